// The shop: its orders, its clock, and what changes them.
import { Graph, owner } from './graph.mjs';
import { compareEntries, gid, numberOf, typeOf } from './ids.mjs';
import { Store } from './store.mjs';
import { partsPerOrder, syntheticOrder } from './synthetic.mjs';

const initial = {
    /** The shop's domain with Shopify. */
    domain: 'teapots.myshopify.com',
    /** A time that stands still, or null for the machine's. */
    now: null,
    /** Seconds to add to the machine's time. */
    ahead: 0,
    /** The mutations after which updatedAt stays where it is. */
    quiet: [],
    /** Orders older than so many days are hidden, as without the scope read_all_orders; or null. */
    orderDays: null,
    /** The highest cost of one query. */
    singleQueryLimit: 1000,
    /** How long an answer takes, in milliseconds. */
    latency: 0,
    /** The bucket of points, and how many come back in a second. Shopify Plus; Standard has 2000 and 100. */
    maximumAvailable: 20000,
    restoreRate: 1000,
    /** How often a bulk operation is seen RUNNING before it ends. */
    bulkPolls: 1,
    /** { errorCode, afterObjects }: how the bulk operations to come fail; or null. */
    bulkFailure: null,
    /** Type.field, or a type: what answers with null and ACCESS_DENIED. */
    withheld: [],
    scopes: ['read_orders', 'read_all_orders', 'write_orders', 'read_fulfillments', 'write_fulfillments', 'read_customers'],
    autoDeliver: null,
};

export class Shop {
    #sorted = new Map();
    #listeners = [];

    constructor(schema, file) {
        this.graph = new Graph(schema);
        this.store = new Store(file);
        this.settings = { ...initial };
        this.store.load((kind, id, value) => this.#restore(kind, id, value));
    }

    now() {
        return this.settings.now === null ? new Date(Date.now() + this.settings.ahead * 1000) : new Date(this.settings.now);
    }

    /** Now as Shopify writes it: to the second. */
    stamp() {
        return this.now()
            .toISOString()
            .replace(/\.\d+Z$/, 'Z');
    }

    set(settings) {
        for (const name of Object.keys(settings)) {
            if (!(name in initial)) {
                throw new Error(`There is no setting ${name}. There are ${Object.keys(initial).join(', ')}.`);
            }
        }
        Object.assign(this.settings, settings);
        Object.entries(settings).forEach(([name, value]) => this.store.set('settings', name, value));
        return this.settings;
    }

    reset() {
        this.store.clear();
        this.graph.clear();
        this.#sorted.clear();
        this.settings = { ...initial };
    }

    /** Tells (order, topics) of every change. */
    onChange(listener) {
        this.#listeners.push(listener);
    }

    /** Writes an order whole. */
    put(order, { quiet = false } = {}) {
        const known = this.order(order.id);
        const now = this.stamp();
        order.createdAt ??= known?.createdAt ?? now;
        order.processedAt ??= order.createdAt;
        order.updatedAt ??= now;
        this.graph.check(order);
        this.graph.remove(known ?? null);
        this.graph.add(order);
        this.#keep(order);
        this.#tell(order, quiet ? [] : topicsBetween(known, order));
        return order;
    }

    /** Changes any object of an order. Objects are merged, lists replaced whole. */
    patch(id, values, { quiet = false, updatedAt } = {}) {
        const object = this.object(id) ?? missing(id);
        const order = object[owner];
        const before = structuredClone(order);
        const changed = merge(structuredClone(object), values);
        this.graph.check(changed, typeOf(id));
        this.graph.remove(order);
        Object.assign(object, changed);
        this.graph.add(order);
        this.touch(order, { updatedAt: updatedAt ?? (object === order ? values.updatedAt : undefined), quiet, before });
        return order;
    }

    append(id, field, value, options) {
        const object = this.object(id) ?? missing(id);
        return this.patch(id, { [field]: [...structuredClone(object[field] ?? []), value] }, options);
    }

    /** The order has changed: it gets its time, and whoever listens hears of it. */
    touch(order, { updatedAt, quiet = false, before } = {}) {
        order.updatedAt = updatedAt ?? (quiet ? order.updatedAt : this.stamp());
        this.#keep(order);
        this.#tell(order, quiet ? [] : before === undefined ? ['ORDERS_UPDATED'] : topicsBetween(before, order));
    }

    remove(id) {
        const order = this.order(id) ?? missing(id);
        this.graph.remove(order);
        this.store.delete('orders', id);
        this.#sorted.clear();
        this.#tell(order, ['ORDERS_DELETE']);
    }

    order(id) {
        return this.store.get('orders', id);
    }

    /** Any object of any order. */
    object(id) {
        return typeOf(id) === 'Order' ? this.order(id) : (this.graph.find(id) ?? this.#syntheticPart(id));
    }

    /** Makes many orders, of which only the settings are written down. */
    fill(settings) {
        this.store.set('fills', String(this.store.count('fills')), settings);
        this.#fill(settings);
    }

    /** All orders by a value of theirs and then by id: [{ item, value, id }]. */
    sorted(key, valueOf) {
        if (!this.#sorted.has(key)) {
            const entries = this.store.values('orders').map(item => ({ item, value: valueOf(item), id: numberOf(item.id) }));
            this.#sorted.set(key, entries.sort(compareEntries));
        }
        return this.#sorted.get(key);
    }

    #keep(order) {
        this.store.set('orders', order.id, order);
        this.#sorted.clear();
    }

    #tell(order, topics) {
        if (topics.length > 0) {
            this.#listeners.forEach(listener => listener(order, topics));
        }
    }

    #restore(kind, id, value) {
        if (kind === 'settings') {
            this.settings[id] = value;
        } else if (kind === 'fills') {
            this.#fill(value);
        } else if (kind === 'orders') {
            this.graph.add(value);
        } else {
            this.graph.reserve(id);
        }
    }

    #fill(settings) {
        for (let index = 0; index < settings.count; index++) {
            const order = syntheticOrder(settings, index);
            if (this.order(order.id) === undefined) {
                order[owner] = order;
                this.store.hold('orders', order.id, order);
            }
        }
        this.#sorted.clear();
    }

    // The parts of many orders are made findable only when one of them is looked for.
    #syntheticPart(id) {
        const number = numberOf(id) ?? '';
        const order = /^\d+$/.test(number) ? this.order(gid('Order', BigInt(number) / partsPerOrder)) : undefined;
        if (order !== undefined) {
            this.graph.add(order);
        }
        return this.graph.find(id);
    }
}

function missing(id) {
    throw new Error(`The shop has no ${id}.`);
}

function merge(target, values) {
    for (const [name, value] of Object.entries(values)) {
        const mergeable = isObject(value) && isObject(target[name]);
        target[name] = mergeable ? merge(target[name], value) : value;
    }
    return target;
}

function isObject(value) {
    return value !== null && typeof value === 'object' && !Array.isArray(value);
}

// The topics of what happened between two states of an order.
function topicsBetween(before, after) {
    if (before === undefined) {
        return ['ORDERS_CREATE'];
    }
    const topics = ['ORDERS_UPDATED'];
    if (!before.cancelledAt && after.cancelledAt) {
        topics.push('ORDERS_CANCELLED');
    }
    const [earlier, later] = [before.fulfillments ?? [], after.fulfillments ?? []];
    if (later.length > earlier.length) {
        topics.push('FULFILLMENTS_CREATE');
    } else if (JSON.stringify(earlier) !== JSON.stringify(later)) {
        topics.push('FULFILLMENTS_UPDATE');
    }
    return topics;
}
