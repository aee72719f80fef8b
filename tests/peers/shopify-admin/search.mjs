// Shopify's search syntax, as far as orders need it: field:value, comparisons, quotes, AND, OR, NOT, -, and parentheses.
import { GraphQLError } from 'graphql';
import { compareNumbers, numberOf } from './ids.mjs';

const statuses = {
    open: order => !order.closedAt && !order.cancelledAt,
    closed: order => Boolean(order.closedAt),
    cancelled: order => Boolean(order.cancelledAt),
    not_closed: order => !order.closedAt,
    any: () => true,
};

const fulfillmentStatuses = {
    fulfilled: ['FULFILLED'],
    shipped: ['FULFILLED'],
    unfulfilled: ['UNFULFILLED', 'PARTIALLY_FULFILLED', 'ON_HOLD', 'SCHEDULED', 'OPEN', 'IN_PROGRESS'],
    unshipped: ['UNFULFILLED'],
    partial: ['PARTIALLY_FULFILLED'],
    scheduled: ['SCHEDULED'],
    on_hold: ['ON_HOLD'],
    request_declined: ['REQUEST_DECLINED'],
};

const sameWord = (left, right) => String(left ?? '').toLowerCase() === right.toLowerCase();

/** The filters: (value, comparison) gives a predicate over orders. */
const filters = {
    updated_at: time('updatedAt'),
    created_at: time('createdAt'),
    processed_at: time('processedAt'),
    status: value => statuses[value] ?? (() => false),
    fulfillment_status: value => order => (fulfillmentStatuses[value] ?? []).includes(order.displayFulfillmentStatus ?? 'UNFULFILLED'),
    financial_status: value => order => sameWord(order.displayFinancialStatus ?? 'PAID', value),
    return_status: value => order => sameWord(order.returnStatus ?? 'NO_RETURN', value),
    delivery_method: value => order =>
        (order.fulfillmentOrders ?? []).some(({ deliveryMethod }) => sameWord(deliveryMethod?.methodType ?? 'SHIPPING', value.replace('-', '_'))),
    tag: value => order => (order.tags ?? []).some(tag => sameWord(tag, value)),
    tag_not: value => order => !(order.tags ?? []).some(tag => sameWord(tag, value)),
    customer_id: value => order => numberOf(order.customer?.id) === value,
    email: value => order => sameWord(order.email, value),
    name: value => order => sameWord(order.name?.replace(/^#/, ''), value.replace(/^#/, '')),
    id: (value, comparison) => order => compare(compareNumbers(numberOf(order.id), value), comparison),
    test: value => order => String(order.test ?? false) === value,
};

/**
 * What a query asks for: { matches, warnings }. A word that Shopify does not know is passed over with a warning, as Shopify does;
 * one that only this server does not know is an error.
 */
export function parseSearch(query, description, now) {
    const parser = { tokens: tokenize(query ?? ''), at: 0, warnings: [], known: knownFields(description), now };
    const matches = parser.tokens.length === 0 ? () => true : any(parser);
    if (parser.at < parser.tokens.length) {
        throw new GraphQLError(`The search query cannot be read: ${query}`);
    }
    return { matches, warnings: parser.warnings };
}

function any(parser) {
    const parts = [all(parser)];
    while (parser.tokens[parser.at] === 'OR') {
        parser.at++;
        parts.push(all(parser));
    }
    return parts.length === 1 ? parts[0] : order => parts.some(part => part(order));
}

function all(parser) {
    const parts = [one(parser)];
    while (parser.at < parser.tokens.length && ![')', 'OR'].includes(parser.tokens[parser.at])) {
        parser.at += parser.tokens[parser.at] === 'AND' ? 1 : 0;
        parts.push(one(parser));
    }
    return parts.length === 1 ? parts[0] : order => parts.every(part => part(order));
}

function one(parser) {
    const token = parser.tokens[parser.at++];
    if (token === 'NOT' || token === '-') {
        const part = one(parser);
        return order => !part(order);
    }
    if (token === '(') {
        const part = any(parser);
        parser.at++;
        return part;
    }
    return term(token ?? '', parser);
}

function term(token, { known, warnings, now }) {
    const [, field, comparison, quoted, plain] = /^(\w+):(<=|>=|<|>)?\s*(?:["'](.*)["']|(.*))$/s.exec(token) ?? [];
    const value = quoted ?? plain;
    if (field === undefined) {
        const word = token.replace(/^["']|["']$/g, '').toLowerCase();
        return order => [order.name, order.email, order.customer?.lastName].some(text => text?.toLowerCase().includes(word));
    }
    if (filters[field] !== undefined) {
        const parts = value.split(',').map(part => filters[field](part, comparison, now));
        return order => parts.some(part => part(order));
    }
    if (known.has(field)) {
        throw new GraphQLError(`This server has no filter ${field}, though Shopify has: write it.`);
    }
    warnings.push({ field, message: 'Invalid search field for this query.' });
    return () => true;
}

function time(field) {
    return (value, comparison, now) => {
        const limit = value === 'now' ? now.getTime() : Date.parse(value);
        if (Number.isNaN(limit)) {
            throw new GraphQLError(`The search query's time cannot be read: ${value}`);
        }
        return order => compare(Date.parse(order[field]) - limit, comparison);
    };
}

function compare(difference, comparison = '=') {
    return { '<': difference < 0, '<=': difference <= 0, '=': difference === 0, '>=': difference >= 0, '>': difference > 0 }[comparison];
}

function tokenize(query) {
    return query.match(/\w+:(?:<=|>=|<|>)?\s*(?:"[^"]*"|'[^']*'|[^\s()]+)|"[^"]*"|'[^']*'|[()]|-(?=\S)|[^\s()]+/g) ?? [];
}

// The table in the description of the schema's argument names what Shopify can filter by.
function knownFields(description) {
    return new Set([...(description ?? '').matchAll(/^\| (\w+) \|/gm)].map(match => match[1]));
}
