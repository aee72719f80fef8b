// Bulk operations: a query over the whole shop, written to a file of JSON lines that the same server hands out.
import { createWriteStream, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { GraphQLError, parse, validate } from 'graphql';
import { bulkErrors, bulkPlan } from './bulkplan.mjs';
import { userError } from './errors.mjs';
import { numberOf } from './ids.mjs';

const mostAtOnce = 5;
const sliceSize = 250;
const running = ['CREATED', 'RUNNING', 'CANCELING'];

export function startBulkOperation({ query, groupObjects }, context) {
    const { shop, schema } = context;
    const messages = errorsOf(query, schema);
    if (messages.length > 0) {
        return { bulkOperation: null, userErrors: messages.map(message => userError(['query'], message, 'INVALID')) };
    }
    if (shop.store.values('bulk').filter(({ status }) => running.includes(status)).length >= mostAtOnce) {
        return { bulkOperation: null, userErrors: [userError(null, `${mostAtOnce} bulk query operations are already in progress.`, 'LIMIT_REACHED')] };
    }
    const operation = {
        id: shop.graph.nextId('BulkOperation'),
        type: 'QUERY',
        status: 'CREATED',
        query,
        groupObjects,
        createdAt: shop.stamp(),
        objectCount: '0',
        rootObjectCount: '0',
        seen: 0,
        outcome: null,
    };
    save(operation, shop);
    run(operation, context);
    return { bulkOperation: shown(operation, context), userErrors: [] };
}

export function cancelBulkOperation({ id }, context) {
    const operation = context.shop.store.get('bulk', id);
    if (operation === undefined) {
        return { bulkOperation: null, userErrors: [userError(['id'], 'Bulk operation does not exist')] };
    }
    if (!running.includes(operation.status)) {
        return {
            bulkOperation: shown(operation, context),
            userErrors: [userError(null, `A bulk operation cannot be canceled when it is ${operation.status.toLowerCase()}`)],
        };
    }
    operation.status = 'CANCELING';
    save(operation, context.shop);
    return { bulkOperation: shown(operation, context), userErrors: [] };
}

/** Being asked moves an operation on: CREATED, RUNNING as often as the settings say, and the end. */
export function bulkOperation(id, context) {
    const operation = context.shop.store.get('bulk', id);
    if (operation === undefined) {
        return undefined;
    }
    if (running.includes(operation.status)) {
        operation.seen++;
        advance(operation, context);
    }
    return shown(operation, context);
}

/** The operations that a query such as 'status:running' asks for. */
export function bulkOperations(query, context) {
    const [, wanted] = /status:(\w+)/.exec(query ?? '') ?? [];
    return context.shop.store
        .values('bulk')
        .map(({ id }) => bulkOperation(id, context))
        .filter(({ status }) => wanted === undefined || status === wanted.toUpperCase());
}

/** Begins again what a kill cut off. */
export function resumeBulkOperations(context) {
    context.shop.store
        .values('bulk')
        .filter(({ outcome }) => outcome === null)
        .forEach(operation => run(operation, context));
}

function advance(operation, { shop, webhooks }) {
    if (operation.status === 'CANCELING') {
        Object.assign(operation, { status: 'CANCELED', completedAt: shop.stamp() });
    } else if (operation.outcome !== null && operation.seen > shop.settings.bulkPolls) {
        Object.assign(operation, operation.outcome, { completedAt: shop.stamp() });
        webhooks.bulkEnded(operation);
    } else {
        operation.status = 'RUNNING';
    }
    save(operation, shop);
}

function shown(operation, { base }) {
    const url = `${base}/_bulk/${numberOf(operation.id)}.jsonl`;
    const hasFile = operation.fileSize !== undefined && operation.fileSize !== '0';
    return {
        ...operation,
        url: operation.status === 'COMPLETED' && hasFile ? url : null,
        partialDataUrl: operation.status === 'FAILED' && hasFile ? url : null,
    };
}

function errorsOf(query, schema) {
    try {
        const document = parse(query);
        const errors = validate(schema, document).map(({ message }) => `Invalid bulk query: ${message}`);
        return errors.length > 0 ? errors : bulkErrors(document, schema);
    } catch (error) {
        return [`Invalid bulk query: ${error.message}`];
    }
}

async function run(operation, context) {
    const { shop, bulkFolder } = context;
    mkdirSync(bulkFolder, { recursive: true });
    const path = join(bulkFolder, `${numberOf(operation.id)}.jsonl`);
    const file = createWriteStream(path);
    const outcome = await write(operation, file, context).catch(error => failure(error));
    file.end();
    await finished(file);
    operation.outcome = { status: 'COMPLETED', errorCode: null, ...outcome, fileSize: String(statSync(path).size) };
    save(operation, shop);
}

async function write(operation, file, context) {
    const document = parse(operation.query);
    const plan = bulkPlan(document, context.schema);
    const { bulkFailure } = context.shop.settings;
    const bulk = { from: 0, to: sliceSize };
    let objects = 0;
    do {
        await setImmediate();
        const result = await context.execute(document, { ...context, bulk });
        if (result.errors !== undefined) {
            throw result.errors[0];
        }
        const lines = plan.lines(result.data, operation.groupObjects);
        objects += lines.length;
        if (!file.write(lines.map(line => JSON.stringify(line) + '\n').join(''))) {
            await new Promise(resolve => file.once('drain', resolve));
        }
        operation.objectCount = String(objects);
        operation.rootObjectCount = String(Math.min(bulk.to, bulk.items?.length ?? 0));
        if (bulkFailure !== null && objects >= bulkFailure.afterObjects) {
            return { status: 'FAILED', errorCode: bulkFailure.errorCode };
        }
        [bulk.from, bulk.to] = [bulk.to, bulk.to + sliceSize];
    } while (bulk.from < (bulk.items?.length ?? 0) && operation.status !== 'CANCELED');
    return {};
}

function failure(error) {
    const denied = error instanceof GraphQLError && error.extensions.code === 'ACCESS_DENIED';
    return { status: 'FAILED', errorCode: denied ? 'ACCESS_DENIED' : 'INTERNAL_SERVER_ERROR' };
}

function save(operation, shop) {
    shop.store.set('bulk', operation.id, operation);
}
