// The fields at the root of queries.
import { getNamedType, GraphQLError } from 'graphql';
import { bulkOperation, bulkOperations } from './bulk.mjs';
import { pageOf, pageOfList, wholeConnection } from './connections.mjs';
import { compareEntries, numberOf, typeOf } from './ids.mjs';
import { parseSearch } from './search.mjs';

const day = 86_400_000;

/** What orders can be sorted by. */
const orderings = {
    ID: () => 0,
    ORDER_NUMBER: order => order.number ?? 0,
    CREATED_AT: order => Date.parse(order.createdAt),
    PROCESSED_AT: order => Date.parse(order.processedAt),
    UPDATED_AT: order => Date.parse(order.updatedAt),
};

export const queries = {
    orders(args, context, info) {
        const sort = orderings[args.sortKey] ?? unsupported(`sortKey ${args.sortKey}`);
        const matches = orderFilter(args, context, info);
        const entries = context.shop.sorted(args.sortKey, sort);
        if (context.bulk === undefined) {
            return pageOf(entries, args, matches);
        }
        context.bulk.items ??= entries.map(entry => entry.item).filter(matches);
        return wholeConnection(context.bulk.items.slice(context.bulk.from, context.bulk.to));
    },
    fulfillmentOrders(args, context, info) {
        const matches = orderFilter(args, context, info);
        const entries = context.shop.store
            .values('orders')
            .flatMap(order => (order.fulfillmentOrders ?? []).map(part => ({ part, updatedAt: part.updatedAt ?? order.updatedAt, createdAt: order.createdAt })))
            .filter(({ part }) => args.includeClosed || !['CLOSED', 'CANCELLED'].includes(part.status))
            .map(({ part, updatedAt, createdAt }) => ({ item: part, value: Date.parse(updatedAt), id: numberOf(part.id), updatedAt, createdAt }))
            .sort(compareEntries);
        const stamps = new Map(entries.map(({ item, updatedAt, createdAt }) => [item, { updatedAt, createdAt }]));
        return pageOf(entries, args, part => matches(stamps.get(part)));
    },
    ordersCount(args, context, info) {
        const matches = orderFilter(args, context, info);
        const count = context.shop.store.values('orders').filter(matches).length;
        return count > args.limit ? { count: args.limit, precision: 'AT_LEAST' } : { count, precision: 'EXACT' };
    },
    orderByIdentifier: ({ identifier }, { shop }) => shop.order(identifier.id ?? ''),
    node: ({ id }, context) => object(id, context),
    nodes: ({ ids }, context) => ids.map(id => object(id, context) ?? null),
    shop: (_args, { shop }) => ({
        id: 'gid://shopify/Shop/1',
        name: shop.settings.domain.split('.')[0],
        myshopifyDomain: shop.settings.domain,
        url: `https://${shop.settings.domain}`,
        currencyCode: 'SEK',
        ianaTimezone: 'Europe/Stockholm',
        timezoneAbbreviation: 'CET',
        timezoneOffset: '+0100',
        timezoneOffsetMinutes: 60,
        email: 'shop@example.com',
        contactEmail: 'shop@example.com',
    }),
    currentAppInstallation: (_args, { shop }) => ({
        id: 'gid://shopify/AppInstallation/1',
        accessScopes: shop.settings.scopes.map(handle => ({ handle, description: handle })),
    }),
    webhookSubscriptions({ topics, uri, callbackUrl, format, ...args }, { shop }) {
        const wanted = uri ?? callbackUrl;
        const found = shop.store
            .values('subscriptions')
            .filter(({ topic }) => topics == null || topics.includes(topic))
            .filter(subscription => wanted == null || subscription.uri === wanted)
            .filter(subscription => format == null || subscription.format === format);
        return pageOfList(found, args);
    },
    webhookSubscription: ({ id }, { shop }) => shop.store.get('subscriptions', id),
    bulkOperation: ({ id }, context) => bulkOperation(id, context),
    bulkOperations: ({ query, ...args }, context) => pageOfList(bulkOperations(query, context), args),
    currentBulkOperation: (_args, context) => bulkOperations(null, context).at(-1),
};

/** A root field that names no other way: the object of its type with that id, or nothing. */
export function rootObject({ id }, context, info) {
    return id === undefined ? undefined : object(id, context, getNamedType(info.returnType).name);
}

function object(id, context, expected) {
    const type = typeOf(id);
    if (type === undefined) {
        throw new GraphQLError(`Invalid global id '${id}'`, { extensions: { code: 'argumentLiteralsIncompatible' } });
    }
    if (expected !== undefined && type !== expected) {
        return null;
    }
    return type === 'WebhookSubscription'
        ? context.shop.store.get('subscriptions', id)
        : type === 'BulkOperation'
          ? bulkOperation(id, context)
          : context.shop.object(id);
}

function orderFilter(args, context, info) {
    const { shop, searches } = context;
    const description = info.parentType.getFields()[info.fieldName].args.find(argument => argument.name === 'query')?.description;
    const { matches, warnings } = parseSearch(args.query, description, shop.now());
    if (warnings.length > 0) {
        searches.push({ path: [info.path.key], query: args.query, warnings });
    }
    const { orderDays } = shop.settings;
    const earliest = orderDays === null ? -Infinity : shop.now().getTime() - orderDays * day;
    return order => Date.parse(order.createdAt) >= earliest && matches(order);
}

function unsupported(what) {
    throw new GraphQLError(`This server has no ${what}: write it.`);
}
