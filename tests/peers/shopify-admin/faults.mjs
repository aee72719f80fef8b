// Requests that are to fail, in the order in which they were asked for.
export class Faults {
    #waiting = [];

    /** { next = 1, at = 'graphql' | 'oauth' | 'bulk', match, status, retryAfter, body, reset, when = 'before' | 'after', delayMs }. */
    add({ next = 1, at = 'graphql', when = 'before', ...fault }) {
        this.#waiting.push({ left: next, at, when, ...fault });
    }

    /** The fault that a request meets, or undefined. */
    take(at, text = '') {
        const fault = this.#waiting.find(({ left, at: place, match }) => left > 0 && place === at && (match === undefined || text.includes(match)));
        if (fault !== undefined) {
            fault.left--;
        }
        return fault;
    }

    clear() {
        this.#waiting = [];
    }
}
