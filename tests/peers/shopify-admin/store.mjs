// What the shop holds, by kind and id. With a file, each change is appended to it at once, so that a killed server starts again where it was.
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';

export class Store {
    #kinds = new Map();
    #file;

    constructor(file) {
        this.#file = file;
    }

    /** Reads the file, and tells every entry that still stands, in the order of their first writing. */
    load(entry) {
        if (this.#file === undefined || !existsSync(this.#file)) {
            return;
        }
        for (const line of readFileSync(this.#file, 'utf8').split('\n')) {
            const [kind, id, value] = read(line) ?? [];
            if (kind !== undefined) {
                value === null ? this.#of(kind).delete(id) : this.#of(kind).set(id, value);
            }
        }
        for (const [kind, values] of this.#kinds) {
            values.forEach((value, id) => entry(kind, id, value));
        }
    }

    get(kind, id) {
        return this.#of(kind).get(id);
    }

    set(kind, id, value) {
        this.#of(kind).set(id, value);
        this.#append([kind, id, value]);
        return value;
    }

    /** Keeps it in memory only; it is made again from other entries. */
    hold(kind, id, value) {
        this.#of(kind).set(id, value);
    }

    delete(kind, id) {
        this.#append([kind, id, null]);
        return this.#of(kind).delete(id);
    }

    values(kind) {
        return [...this.#of(kind).values()];
    }

    ids(kind) {
        return [...this.#of(kind).keys()];
    }

    count(kind) {
        return this.#of(kind).size;
    }

    clear() {
        this.#kinds.clear();
        if (this.#file !== undefined) {
            rmSync(this.#file, { force: true });
        }
    }

    #of(kind) {
        return this.#kinds.get(kind) ?? this.#kinds.set(kind, new Map()).get(kind);
    }

    #append(entry) {
        if (this.#file !== undefined) {
            appendFileSync(this.#file, JSON.stringify(entry) + '\n');
        }
    }
}

function read(line) {
    try {
        return JSON.parse(line);
    } catch {
        // Empty, or the kill came within the last line.
        return null;
    }
}
