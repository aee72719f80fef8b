// Posting webhooks: by command, and by itself whenever an order changes.
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { bulkBody, classicBody, nextBody } from './payloads.mjs';
import { headersOf, signature } from './signing.mjs';

const patience = 5000;
const failuresUntilRemoval = 8;
const resources = [
    'FULFILLMENT_EVENTS',
    'FULFILLMENT_ORDERS',
    'FULFILLMENT_HOLDS',
    'BULK_OPERATIONS',
    'ORDERS',
    'FULFILLMENTS',
    'REFUNDS',
    'RETURNS',
    'CUSTOMERS',
    'APP',
];
const actions = { ORDERS_CREATE: 'create', ORDERS_DELETE: 'delete' };

export class Webhooks {
    /** What was posted: { at, topic, url, eventId, webhookId, status, error, lost }. */
    log = [];
    #failures = new Map();
    #pending = new Set();

    constructor(shop, version) {
        this.shop = shop;
        this.version = version;
        shop.onChange((order, topics) => this.changed(order, topics));
    }

    /** Posts to the subscribers of each topic; without any, to autoDeliver's address, where it names the topic. */
    changed(order, topics) {
        for (const topic of topics) {
            const eventId = randomUUID();
            this.#toSubscribers(topic, { order, body: classicBody(topic, order), eventId });
        }
    }

    bulkEnded(operation) {
        this.#toSubscribers('BULK_OPERATIONS_FINISH', { body: bulkBody(operation), eventId: randomUUID() });
    }

    /** Posts once, or several times the same, and tells what came back. */
    async deliver(options) {
        const { url, secret, secrets = [secret], family = 'classic', times = 1, headers = {}, tamper = false } = options;
        const order = options.orderId === undefined ? undefined : (this.shop.order(options.orderId) ?? unknown(options.orderId));
        const body = bodyOf(options, order, family);
        const about = this.#about(options, order, family);
        const results = [];
        for (let time = 0; time < times; time++) {
            const signed = headersOf(family, signature(secrets[time % secrets.length], body), about);
            results.push(await this.#post(url, tamper ? body + ' ' : body, { ...signed, ...headers }, about));
        }
        return results;
    }

    /** Waits until all that was to be posted is posted. */
    async settled() {
        while (this.#pending.size > 0) {
            await Promise.all(this.#pending);
        }
    }

    #toSubscribers(topic, { order, body, eventId }) {
        const { autoDeliver } = this.shop.settings;
        if (autoDeliver === null) {
            return;
        }
        const name = pathOf(topic);
        const subscriptions = this.shop.store.values('subscriptions').filter(subscription => subscription.topic === topic);
        const direct = (autoDeliver.topics ?? ['orders/create', 'orders/updated']).includes(name) ? [{}] : [];
        for (const subscription of subscriptions.length > 0 ? subscriptions : direct) {
            const delivery = this.#repeatedly(autoDeliver, subscription, { topic, order, body, eventId })
                .catch(error => this.log.push({ at: new Date().toISOString(), topic, eventId, status: 0, error: error.message }))
                .finally(() => this.#pending.delete(delivery));
            this.#pending.add(delivery);
        }
    }

    async #repeatedly(autoDeliver, subscription, { topic, order, body, eventId }) {
        const { url = subscription.uri, secret, family = 'classic', lose = false, times = 1, delayMs = 0, retries = 0, retryMs = 100 } = autoDeliver;
        const about = this.#about(
            { topic: family === 'next' ? 'Order' : pathOf(topic), eventId, name: subscription.name, action: actions[topic] },
            order,
            family,
        );
        const sent =
            family === 'next' && order !== undefined
                ? nextBody({ topic: 'Order', action: about.action, handle: about.handle, order, fieldsChanged: ['updatedAt'] })
                : body;
        await setTimeout(delayMs);
        if (lose) {
            this.log.push({ at: new Date().toISOString(), topic: about.topic, url, eventId, webhookId: about.webhookId, lost: true });
            return;
        }
        for (let time = 0; time < times; time++) {
            for (let attempt = 0; attempt <= retries; attempt++) {
                const { status } = await this.#post(url, sent, headersOf(family, signature(secret, sent), about), about);
                if (this.#judge(subscription, status >= 200 && status < 300)) {
                    break;
                }
                await setTimeout(retryMs);
            }
        }
    }

    // Shopify removes a subscription whose deliveries keep failing.
    #judge({ id }, success) {
        const failures = success ? 0 : (this.#failures.get(id) ?? 0) + 1;
        this.#failures.set(id, failures);
        if (failures >= failuresUntilRemoval && this.shop.store.get('subscriptions', id) !== undefined) {
            this.shop.store.delete('subscriptions', id);
        }
        return success;
    }

    #about({ topic, eventId, webhookId, triggeredAt, name, handle, action }, order, family) {
        return {
            topic: topic ?? (family === 'next' ? 'Order' : 'orders/updated'),
            domain: this.shop.settings.domain,
            version: this.version,
            webhookId: webhookId ?? randomUUID(),
            eventId: eventId ?? randomUUID(),
            triggeredAt: triggeredAt ?? this.shop.now().toISOString(),
            name: name ?? undefined,
            handle: handle ?? 'orders',
            action: action ?? 'update',
            resourceId: order?.id,
        };
    }

    async #post(url, body, headers, { topic, eventId, webhookId }) {
        const entry = { at: new Date().toISOString(), topic, url, eventId, webhookId };
        try {
            const response = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal: AbortSignal.timeout(patience) });
            Object.assign(entry, { status: response.status, answer: (await response.text()).slice(0, 1000) });
        } catch (error) {
            Object.assign(entry, { status: 0, error: error.cause?.code ?? error.name });
        }
        this.log.push(entry);
        return entry;
    }
}

/** ORDERS_PARTIALLY_FULFILLED as its header writes it: orders/partially_fulfilled. */
export function pathOf(topic) {
    const resource = resources.find(name => topic.startsWith(`${name}_`)) ?? topic.split('_')[0];
    return `${resource.toLowerCase()}/${topic.slice(resource.length + 1).toLowerCase()}`;
}

function bodyOf({ body, topic = 'orders/updated', action = 'update', handle = 'orders' }, order, family) {
    if (body !== undefined) {
        return typeof body === 'string' ? body : JSON.stringify(body);
    }
    return family === 'next'
        ? nextBody({ topic: 'Order', action, handle, order, fieldsChanged: ['updatedAt'] })
        : classicBody(topic.replace('/', '_').toUpperCase(), order);
}

function unknown(id) {
    throw new Error(`The shop has no ${id}.`);
}
