// A Shopify shop for tests, made from Shopify's own Admin schema. What is asked is checked against that schema; what happens is ours.
//
//   node server.mjs [--state FILE] [--version 2026-10] [--port 0]
//
// It listens on 127.0.0.1 and prints one line, {"port":N}. With --state, a killed server starts again with the shop that it had.
//
//   POST /admin/api/2026-10/graphql.json   the Admin API; other versions that the schema package has work too
//   POST /admin/oauth/access_token         grant_type refresh_token, as JSON or as a form
//   GET  /_bulk/N.jsonl                    the result of a bulk operation; refuses requests that bring an access token
//   POST /_control                         the commands below, {"command":NAME,…}; answers {"ok":true,…}, or 400 and {"error":…}
//
// The shop
//   putOrder      {"order":{…}}            an order whole, with the names of the schema; a connection is the list of its nodes:
//                                          {"id":"gid://shopify/Order/1","fulfillmentOrders":[{"fulfillBy":"…"}],"fulfillments":[…],…}.
//                                          Unknown fields and values are refused, missing ids and times are given. "quiet":true: no webhook.
//   putOrders     {"orders":[…]}
//   patch         {"id":"gid://shopify/Fulfillment/7","values":{…}}   any object of an order; objects are merged, lists replaced.
//                                          The order's updatedAt becomes now, or "updatedAt"; "quiet":true: neither that nor a webhook.
//   append        {"id":"gid://shopify/Order/1","field":"fulfillments","value":{…}}
//   stamp         {"id":"…","updatedAt":"…"}   only the time
//   deleteOrder   {"id":"…"}               getOrder {"id":"…"}        get {"id":"…"}        orders {}
//   fill          {"count":100000}         synthetic orders, ids from 5000000000; also "firstId", "from" (time), "everySeconds"
//   clock         {"now":"2026-11-02T09:00:00Z"} stands still; {"advance":3600} moves on; {"now":null} is the machine's again
//   settings      {"domain":…,"orderDays":60,"quiet":["metafieldsSet"],"singleQueryLimit":1000,"latency":50,"bulkPolls":1,
//                  "bulkFailure":{"errorCode":"TIMEOUT","afterObjects":500},"scopes":[…]}   shop.mjs says what each means
//   reset         {}
// What was done to it
//   writes        {"from":0}               all mutations in order: {name, arguments, operation, at, userErrors}
//   calls         {"from":0}               all documents: {operation, variables, outcome, requestedCost, actualCost}
//   stats         {}                       {calls, throttled, points, unauthorized, failed, refreshes, downloads, mostAtOnce, orders, writes}
// Limits and faults
//   throttle      {"maximumAvailable":1000,"restoreRate":50,"available":0}
//   fail          {"next":3,"status":503}  {"next":1,"status":429,"retryAfter":2}  {"reset":true}  {"reset":true,"when":"after"} (carried out,
//                                          but the answer is lost)  {"delayMs":2000}; "match":"TagsAdd" picks requests with that text,
//                                          "at":"oauth" or "bulk" other addresses than the Admin API
//   requireTokens {"tokens":["shpat_1"]}   from then on others get 401        revokeToken {"token":"shpat_1"}, or {} for all
//   installApp    {"clientId":…,"clientSecret":…,"refreshToken":…,"expiresIn":3600}   an app whose tokens expire
//   withhold      {"fields":["Order.email","Customer"]}   null and ACCESS_DENIED
// Webhooks
//   deliver       {"topic":"orders/updated","orderId":"…","url":"…","secret":"…"}   posts one and tells what came back. Also "body",
//                                          "secrets":[…] in turn, "family":"next", "eventId", "webhookId", "times", "headers", "tamper":true
//   autoDeliver   {"url":"…","secret":"…"} posts by itself after every change, to the subscribers of its topic at that url instead of their
//                                          own; without subscribers the "topics" (default orders/create, orders/updated). Also "family",
//                                          "times":2, "lose":true, "delayMs", "retries", "retryMs". {"off":true} ends it
//   deliveries    {}                       what was posted, after all is posted        subscriptions {}
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { randomUUID } from 'node:crypto';
import { Admin } from './admin.mjs';
import { resumeBulkOperations } from './bulk.mjs';
import { commandsOf } from './control.mjs';
import { Faults } from './faults.mjs';
import { loadSchema } from './schema.mjs';
import { Shop } from './shop.mjs';
import { Tokens } from './tokens.mjs';
import { Webhooks } from './webhooks.mjs';

const { values: options } = parseArgs({
    options: { state: { type: 'string' }, version: { type: 'string', default: '2026-10' }, port: { type: 'string', default: '0' } },
});
const schema = loadSchema(options.version);
const shop = new Shop(schema, options.state);
const webhooks = new Webhooks(shop, options.version);
const bulkFolder = options.state === undefined ? mkdtempSync(join(tmpdir(), 'shopify-admin-')) : `${options.state}.bulk`;
const admin = new Admin({ shop, webhooks, bulkFolder });
const tokens = new Tokens(shop);
const faults = new Faults();
const commands = commandsOf({ shop, admin, webhooks, tokens, faults });

const server = createServer((request, response) => handle(request, response).catch(error => send(response, 500, { error: error.stack })));
server.listen(Number(options.port), '127.0.0.1', () => {
    const { port } = server.address();
    resumeBulkOperations(admin.context({ schema, version: options.version, base: `http://127.0.0.1:${port}` }));
    process.stdout.write(`${JSON.stringify({ port })}\n`);
});
for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => process.exit(0));
}
if (options.state === undefined) {
    process.on('exit', () => rmSync(bulkFolder, { recursive: true, force: true }));
}

async function handle(request, response) {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    const body = await textOf(request);
    const [, version] = /^\/admin\/api\/([^/]+)\/graphql\.json$/.exec(pathname) ?? [];
    if (request.method === 'POST' && version !== undefined) {
        return faulty('graphql', body, request, response, () => answerGraphQL(request, response, version, body));
    }
    if (request.method === 'POST' && pathname === '/admin/oauth/access_token') {
        return faulty('oauth', body, request, response, () => refresh(request, response, body));
    }
    if (request.method === 'GET' && pathname.startsWith('/_bulk/')) {
        return faulty('bulk', pathname, request, response, () => download(request, response, pathname));
    }
    return request.method === 'POST' && pathname === '/_control' ? control(response, body) : send(response, 404, { errors: 'Not Found' });
}

async function faulty(at, text, request, response, answer) {
    const fault = faults.take(at, text);
    await setTimeout(fault?.delayMs ?? 0);
    if (fault === undefined || (fault.status === undefined && !fault.reset)) {
        return answer();
    }
    admin.stats.failed++;
    if (fault.when === 'after') {
        response.lost = true;
        await answer();
        response.lost = false;
    }
    if (fault.reset) {
        return request.socket.resetAndDestroy();
    }
    const retryAfter = fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) };
    return send(response, fault.status, fault.body ?? { errors: `Fault ${fault.status}` }, retryAfter);
}

async function answerGraphQL(request, response, version, body) {
    admin.stats.calls++;
    admin.stats.mostAtOnce = Math.max(admin.stats.mostAtOnce, ++admin.stats.running);
    try {
        const [status, answer] = graphQLAnswer(request, version, body);
        await setTimeout(shop.settings.latency);
        send(response, status, answer, { 'X-Shopify-API-Version': version, 'X-Request-Id': randomUUID() });
    } finally {
        admin.stats.running--;
    }
}

function graphQLAnswer(request, version, body) {
    if (!tokens.allows(request.headers['x-shopify-access-token'])) {
        admin.stats.unauthorized++;
        return [401, { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' }];
    }
    const api = { schema: loadSchema(version), version, base: `http://${request.headers.host}` };
    if (api.schema === undefined) {
        return [404, { errors: 'Not Found' }];
    }
    const parsed = jsonOf(body);
    return typeof parsed?.query === 'string' ? [200, admin.answer(parsed, api)] : [400, { errors: { query: 'Required parameter missing or invalid' } }];
}

async function refresh(request, response, body) {
    admin.stats.refreshes++;
    const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    send(response, ...tokens.refresh(form ? Object.fromEntries(new URLSearchParams(body)) : (jsonOf(body) ?? {})));
}

async function download(request, response, pathname) {
    admin.stats.downloads++;
    const path = join(bulkFolder, pathname.slice('/_bulk/'.length).replace(/[^\w.]/g, ''));
    if (request.headers['x-shopify-access-token'] !== undefined || request.headers.authorization !== undefined) {
        return send(response, 400, { error: 'The address is signed; a token has no place here.' });
    }
    if (!existsSync(path)) {
        return send(response, 404, { error: 'Not Found' });
    }
    response.writeHead(200, { 'Content-Type': 'application/jsonl' });
    return createReadStream(path).pipe(response);
}

async function control(response, body) {
    try {
        const request = JSON.parse(body);
        const command = commands[request.command];
        if (command === undefined) {
            throw new Error(`There is no command ${request.command}. There are ${Object.keys(commands).join(', ')}.`);
        }
        send(response, 200, { ok: true, ...(await command(request)) });
    } catch (error) {
        send(response, 400, { error: error.message });
    }
}

function send(response, status, body, headers = {}) {
    if (!response.lost && !response.headersSent && !response.destroyed) {
        response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
        response.end(typeof body === 'string' ? body : JSON.stringify(body));
    }
}

async function textOf(request) {
    const chunks = [];
    for await (const chunk of request) {
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString();
}

function jsonOf(text) {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
