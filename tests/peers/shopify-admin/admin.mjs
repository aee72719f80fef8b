// POST /admin/api/VERSION/graphql.json: a document is checked against the schema, paid for from the bucket, and run over the shop.
import { execute, getOperationAST, getVariableValues, GraphQLError, Kind, parse, validate } from 'graphql';
import { actualCost, Bucket, requestedCost } from './cost.mjs';
import { resolveField, resolveType } from './resolvers.mjs';

const limits = 'https://shopify.dev/api/usage/rate-limits';

export class Admin {
    #documents = new Map();

    constructor({ shop, webhooks, bulkFolder }) {
        Object.assign(this, { shop, webhooks, bulkFolder });
        this.forget();
    }

    /** Begins to count anew, with a full bucket. */
    forget() {
        this.bucket = new Bucket(() => this.shop.settings);
        this.calls = [];
        this.stats = { calls: 0, throttled: 0, points: 0, unauthorized: 0, failed: 0, refreshes: 0, downloads: 0, running: 0, mostAtOnce: 0 };
    }

    /** The answer to a request's body: { data, errors, extensions }. */
    answer({ query, variables, operationName }, { schema, version, base }) {
        const call = { at: new Date().toISOString(), operation: null, outcome: 'invalid', variables: variables ?? {} };
        this.calls.push(call);
        const { document, errors } = this.#read(query, schema, version);
        if (errors !== undefined) {
            return { errors: errors.map(error => error.toJSON()) };
        }
        const operation = getOperationAST(document, operationName);
        if (!operation) {
            return refusal(`No operation named "${operationName ?? ''}"`, { code: 'missingRequiredArguments' });
        }
        call.operation = operation.name?.value ?? null;
        const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {});
        if (coerced.errors !== undefined) {
            return { errors: coerced.errors.map(error => ({ ...error.toJSON(), extensions: { code: 'INVALID_VARIABLE' } })) };
        }
        return this.#pay(call, { document, operation, variables: coerced.coerced, given: variables ?? {}, operationName }, { schema, version, base });
    }

    /** What resolvers get. */
    context({ schema, version, base }) {
        const context = { shop: this.shop, webhooks: this.webhooks, bulkFolder: this.bulkFolder, schema, version, base, searches: [] };
        context.topics = (order, topics) => this.webhooks.changed(order, topics);
        context.execute = (document, contextValue) => run({ schema, document, contextValue });
        return context;
    }

    #pay(call, { document, operation, variables, given, operationName }, api) {
        const fragments = fragmentsOf(document);
        const requested = requestedCost(operation, fragments, variables, api.schema);
        const { singleQueryLimit } = this.shop.settings;
        if (requested > singleQueryLimit) {
            call.outcome = 'too expensive';
            return refusal(`Query cost is ${requested}, which exceeds the single query max cost limit (${singleQueryLimit}).\n\nSee ${limits}`, {
                code: 'MAX_COST_EXCEEDED',
                cost: requested,
                maxCost: singleQueryLimit,
                documentation: limits,
            });
        }
        call.requestedCost = requested;
        if (this.bucket.available < requested) {
            this.stats.throttled++;
            call.outcome = 'throttled';
            return { ...refusal('Throttled', { code: 'THROTTLED', documentation: limits }), extensions: this.#cost(requested, null) };
        }
        this.bucket.available -= requested;
        const context = this.context(api);
        const result = run({ schema: api.schema, document, variableValues: given, operationName, contextValue: context });
        const actual = Math.min(requested, actualCost(operation, fragments, result.data, api.schema));
        this.bucket.available += requested - actual;
        this.stats.points += actual;
        Object.assign(call, { outcome: result.errors === undefined ? 'answered' : 'errors', actualCost: actual });
        const search = context.searches.length > 0 ? { search: context.searches } : {};
        return { ...result, errors: result.errors?.map(error => error.toJSON()), extensions: { ...this.#cost(requested, actual), ...search } };
    }

    #cost(requestedQueryCost, actualQueryCost) {
        return { cost: { requestedQueryCost, actualQueryCost, throttleStatus: this.bucket.status() } };
    }

    #read(query, schema, version) {
        const key = `${version}\n${query}`;
        if (!this.#documents.has(key)) {
            this.#documents.set(key, read(query, schema));
        }
        return this.#documents.get(key);
    }
}

function run(request) {
    return execute({ ...request, fieldResolver: resolveField, typeResolver: resolveType });
}

function read(query, schema) {
    try {
        const document = parse(query);
        const errors = validate(schema, document);
        return errors.length > 0 ? { errors } : { document };
    } catch (error) {
        return { errors: [error instanceof GraphQLError ? error : new GraphQLError(error.message)] };
    }
}

function fragmentsOf(document) {
    return Object.fromEntries(document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).map(fragment => [fragment.name.value, fragment]));
}

function refusal(message, extensions) {
    return { errors: [{ message, extensions }] };
}
