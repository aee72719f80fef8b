// What a query costs, about as Shopify counts: an object 1, a connection 2 and its size times its nodes, a mutation 10; and the bucket of points.
import { getNamedType, isCompositeType, Kind } from 'graphql';

const mutationCost = 10;
const free = ['PageInfo', 'UserError'];

/** What an operation may cost at most. */
export function requestedCost(operation, fragments, variables, schema) {
    return costOf(operation, schema, root => mostOf(operation.selectionSet, root, { fragments, schema, variables }));
}

/** What its answer has cost. */
export function actualCost(operation, fragments, data, schema) {
    return costOf(operation, schema, root => (data ? answered(operation.selectionSet, root, data, { fragments, schema }) : 0));
}

export class Bucket {
    #settings;
    #points;
    #at = performance.now();

    constructor(settings) {
        this.#settings = settings;
        this.#points = settings().maximumAvailable;
    }

    get available() {
        const { maximumAvailable, restoreRate } = this.#settings();
        const now = performance.now();
        this.#points = Math.min(maximumAvailable, this.#points + ((now - this.#at) / 1000) * restoreRate);
        this.#at = now;
        return this.#points;
    }

    set available(points) {
        this.#at = performance.now();
        this.#points = points;
    }

    status() {
        const { maximumAvailable, restoreRate } = this.#settings();
        return { maximumAvailable, currentlyAvailable: Math.floor(this.available), restoreRate };
    }
}

function costOf(operation, schema, ofQuery) {
    return operation.operation === 'mutation' ? operation.selectionSet.selections.length * mutationCost : ofQuery(schema.getQueryType());
}

function mostOf(selectionSet, type, walk) {
    let [sum, most] = [0, 0];
    for (const { node, selection, condition } of partsOf(selectionSet, type, walk)) {
        if (selection === undefined) {
            sum += mostOfField(node, type, walk);
        } else if (condition === type) {
            sum += mostOf(selection, type, walk);
        } else {
            // Of the types that it may have, an object has one.
            most = Math.max(most, mostOf(selection, condition, walk));
        }
    }
    return sum + most;
}

function mostOfField(node, type, walk) {
    const named = compositeOf(node, type);
    if (named === undefined) {
        return 0;
    }
    const size = sizeOf(node, walk.variables);
    if (!named.name.endsWith('Connection')) {
        return size * (ownCost(named) + mostOf(node.selectionSet, named, walk));
    }
    // Edges and nodes are two ways to the same.
    const ways = [...partsOf(node.selectionSet, named, walk)].map(({ node: part }) => mostOf({ selections: [part] }, named, walk));
    return ownCost(named) + size * Math.max(0, ...ways);
}

function answered(selectionSet, type, data, walk) {
    let sum = 0;
    for (const { node, selection, condition } of partsOf(selectionSet, type, walk)) {
        if (selection !== undefined) {
            sum += answered(selection, condition, data, walk);
            continue;
        }
        const named = compositeOf(node, type);
        const items = named === undefined ? [] : [data[node.alias?.value ?? node.name.value]].flat();
        for (const item of items) {
            sum += item ? ownCost(named) + answered(node.selectionSet, named, item, walk) : 0;
        }
    }
    return sum;
}

// Fields as { node }, fragments as { node, selection, condition }.
function* partsOf(selectionSet, type, { fragments, schema }) {
    for (const node of selectionSet.selections) {
        if (node.kind === Kind.FIELD) {
            yield { node };
        } else {
            const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments[node.name.value];
            const condition = fragment.typeCondition === undefined ? type : schema.getType(fragment.typeCondition.name.value);
            yield { node, selection: fragment.selectionSet, condition };
        }
    }
}

function compositeOf(node, type) {
    const named = getNamedType(type.getFields?.()[node.name.value]?.type);
    return named !== undefined && isCompositeType(named) && !free.includes(named.name) ? named : undefined;
}

function ownCost({ name }) {
    return name.endsWith('Connection') ? 2 : name.endsWith('Edge') ? 0 : 1;
}

// A list of ids is as long as it is.
function sizeOf(node, variables) {
    const argument = node.arguments?.find(({ name }) => ['first', 'last', 'ids'].includes(name.value))?.value;
    const value = argument?.kind === Kind.VARIABLE ? variables[argument.name.value] : (argument?.values ?? argument?.value);
    return value === undefined || value === null ? 1 : Array.isArray(value) ? value.length : Number(value);
}
