// A webhook's headers, as Shopify sends them in its two families.
import { createHmac } from 'node:crypto';

/** The base64 of the HMAC-SHA256 of the raw body under the app's client secret. */
export function signature(secret, body) {
    return createHmac('sha256', secret).update(body).digest('base64');
}

/** about: { topic, domain, version, webhookId, eventId, triggeredAt, name?, handle?, action?, resourceId? }. */
export function headersOf(family, hmac, about) {
    return { 'Content-Type': 'application/json', ...(family === 'next' ? next : classic)(hmac, about) };
}

function classic(hmac, { topic, domain, version, webhookId, eventId, triggeredAt, name }) {
    return {
        'X-Shopify-Topic': topic,
        'X-Shopify-Hmac-Sha256': hmac,
        'X-Shopify-Shop-Domain': domain,
        'X-Shopify-API-Version': version,
        'X-Shopify-Webhook-Id': webhookId,
        'X-Shopify-Event-Id': eventId,
        'X-Shopify-Triggered-At': triggeredAt,
        ...(name ? { 'X-Shopify-Name': name } : {}),
    };
}

function next(hmac, { topic, domain, version, webhookId, eventId, triggeredAt, handle, action, resourceId }) {
    return {
        'shopify-topic': topic,
        'shopify-hmac-sha256': hmac,
        'shopify-shop-domain': domain,
        'shopify-api-version': version,
        'shopify-webhook-id': webhookId,
        'shopify-event-id': eventId,
        'shopify-triggered-at': triggeredAt,
        'shopify-handle': handle ?? 'orders',
        'shopify-action': action ?? 'update',
        'shopify-resource-id': resourceId ?? '',
    };
}
