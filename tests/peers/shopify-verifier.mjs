// Shopify's own check of webhooks, from its library @shopify/shopify-api: a line of JSON in, a line of JSON out.
//
//   {"body":BASE64,"headers":{…},"secret":"…"}                    {"valid":true,"webhookType":"webhooks","topic":…} or {"valid":false,"reason":…}
//   {"sign":true,"body":BASE64,"secret":"…","family":"classic"}   {"headers":{…}}, signed with the library's own HMAC; also "topic", "domain",
//                                                                 "version", "eventId", "webhookId", "triggeredAt", "name", and with "family":"next"
//                                                                 "handle", "action", "resourceId"
//
// The library reads bodies as UTF-8; so must they be.
import '@shopify/shopify-api/adapters/node';
import { createInterface } from 'node:readline';
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api';
import { createSHA256HMAC } from '@shopify/shopify-api/runtime';
import { headersOf } from './shopify-admin/signing.mjs';

for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(await answer(line).catch(error => ({ error: error.message }))) + '\n');
}

async function answer(line) {
    const { sign = false, body, secret, headers = {}, ...about } = JSON.parse(line);
    const rawBody = Buffer.from(body, 'base64').toString();
    return sign ? signed(rawBody, secret, about) : validated(rawBody, secret, headers);
}

async function validated(rawBody, secret, headers) {
    const library = shopifyApi({
        apiKey: 'key',
        apiSecretKey: secret,
        apiVersion: ApiVersion.October26,
        hostName: 'shop.example',
        isEmbeddedApp: false,
        logger: { level: LogSeverity.Error },
    });
    return library.webhooks.validate({ rawBody, rawRequest: { headers, method: 'POST', url: '/webhooks/shopify' }, rawResponse: {} });
}

async function signed(rawBody, secret, { family = 'classic', ...about }) {
    const defaults = {
        topic: family === 'next' ? 'Order' : 'orders/updated',
        domain: 'teapots.myshopify.com',
        version: '2026-10',
        eventId: 'event-1',
        webhookId: 'webhook-1',
        triggeredAt: '2026-11-02T09:00:00.000Z',
    };
    return { headers: headersOf(family, await createSHA256HMAC(secret, rawBody), { ...defaults, ...about }) };
}
