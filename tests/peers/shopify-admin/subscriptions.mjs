// Webhook subscriptions, with the errors that Shopify gives for addresses it does not take.
import { userError } from './errors.mjs';

const settable = ['uri', 'format', 'includeFields', 'metafieldNamespaces', 'metafields', 'filter', 'name'];

export function createSubscription({ topic, webhookSubscription: input }, { shop, version }) {
    const now = shop.stamp();
    const subscription = {
        id: shop.graph.nextId('WebhookSubscription'),
        topic,
        format: 'JSON',
        includeFields: [],
        metafieldNamespaces: [],
        metafields: [],
        filter: null,
        name: null,
        apiVersion: { handle: version, displayName: version, supported: true },
        createdAt: now,
        ...chosen(input),
        updatedAt: now,
    };
    return keep(subscription, shop);
}

export function updateSubscription({ id, webhookSubscription: input }, { shop }) {
    const known = shop.store.get('subscriptions', id);
    if (known === undefined) {
        return { webhookSubscription: null, userErrors: [userError(['id'], 'Webhook subscription does not exist')] };
    }
    return keep({ ...known, ...chosen(input), updatedAt: shop.stamp() }, shop);
}

export function deleteSubscription({ id }, { shop }) {
    return shop.store.get('subscriptions', id) !== undefined && shop.store.delete('subscriptions', id)
        ? { deletedWebhookSubscriptionId: id, userErrors: [] }
        : { deletedWebhookSubscriptionId: null, userErrors: [userError(['id'], 'Webhook subscription does not exist')] };
}

function keep(subscription, shop) {
    const userErrors = errorsOf(subscription, shop).map(message => userError(['webhookSubscription', 'callbackUrl'], message));
    if (userErrors.length > 0) {
        return { webhookSubscription: null, userErrors };
    }
    shop.store.set('subscriptions', subscription.id, { ...subscription, callbackUrl: subscription.uri });
    return { webhookSubscription: shop.store.get('subscriptions', subscription.id), userErrors };
}

function chosen(input) {
    const given = Object.fromEntries(Object.entries(input).filter(([name, value]) => settable.includes(name) && value !== null));
    return input.callbackUrl == null ? given : { uri: input.callbackUrl, ...given };
}

function errorsOf({ id, topic, uri, filter, name }, shop) {
    if (uri === undefined || uri.trim() === '') {
        return ["Address can't be blank"];
    }
    const protocol = /^[a-z]+:/i.exec(uri)?.[0];
    if (protocol === 'arn:' || protocol === 'pubsub:') {
        return [];
    }
    if (protocol !== 'https:') {
        return [protocol === undefined ? 'Address is invalid' : `Address protocol ${protocol}// is not supported`];
    }
    if (!URL.canParse(uri) || /^(localhost|127\.|.*\.internal$)|shopify\.com$/.test(new URL(uri).hostname)) {
        return [URL.canParse(uri) ? 'Address cannot be a Shopify or an internal domain' : 'Address is invalid'];
    }
    const taken = shop.store
        .values('subscriptions')
        .some(other => other.id !== id && other.topic === topic && other.uri === uri && other.filter === filter && other.name === name);
    return taken ? ['Address for this topic has already been taken'] : [];
}
