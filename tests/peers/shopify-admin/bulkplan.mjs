// What Shopify lets a bulk query ask for, and how its answer becomes lines.
import { getNamedType, getNullableType, isCompositeType, isListType, Kind } from 'graphql';

const mostConnections = 5;
const deepestConnection = 2;

/** Why Shopify refuses a valid query as a bulk query. */
export function bulkErrors(document, schema) {
    const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    if (operation.operation !== 'query') {
        return ['Invalid operation type. Only `query` operations are supported.'];
    }
    const plan = makePlan(operation.selectionSet, schema.getQueryType(), document, schema);
    const all = connectionsOf(plan);
    const asNodes = all.filter(({ usesNodes }) => usesNodes).map(({ name }) => name);
    const withoutId = all.filter(({ plan: inner, hasId }) => inner !== undefined && !hasId && connectionsOf(inner).length > 0).map(({ name }) => name);
    return [
        asNodes.length > 0 &&
            "All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: 'products { edges { node {'. " +
                `Selecting via 'nodes' is not supported. Invalid connection fields: '${asNodes.join("', '")}'.`,
        plan.fields.some(name => ['node', 'nodes'].includes(name)) && 'Bulk queries cannot contain a top level `node` field.',
        all.some(({ depth }) => depth > deepestConnection) && `Bulk queries cannot contain connections with a nesting depth greater than ${deepestConnection}.`,
        all.length > mostConnections && `Bulk queries cannot contain more than ${mostConnections} connections.`,
        withoutId.length > 0 &&
            "The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. " +
                `Connection fields without 'id': ${withoutId.join(', ')}.`,
        all.some(({ inList }) => inList) && 'Queries that contain a connection field within a list field are not currently supported.',
        all.length === 0 && 'Bulk queries must contain at least one connection.',
    ].filter(message => message !== false);
}

/** How the data of a bulk query's document becomes lines. */
export function bulkPlan(document, schema) {
    const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    const plan = makePlan(operation.selectionSet, schema.getQueryType(), document, schema);
    return {
        lines(data, grouped) {
            const [parents, children] = [[], []];
            split(data, plan, undefined, parents, grouped ? parents : children);
            return [...parents, ...children];
        },
    };
}

// Takes the connections out of an object; each node becomes a line of its own.
function split(object, plan, parentId, lines, childLines) {
    for (const { key, plan: inner } of plan.connections) {
        const nodes = (object[key]?.edges ?? []).map(edge => edge.node);
        delete object[key];
        for (const node of nodes) {
            lines.push(parentId === undefined ? node : Object.assign(node, { __parentId: parentId }));
            split(node, inner, node.id, childLines, childLines);
        }
    }
    for (const { key, plan: inner } of plan.objects) {
        if (object[key] !== null && object[key] !== undefined) {
            split(object[key], inner, parentId, lines, childLines);
        }
    }
}

function connectionsOf(plan) {
    return [
        ...plan.connections.flatMap(connection => [connection, ...connectionsOf(connection.plan)]),
        ...plan.objects.flatMap(({ plan: inner }) => connectionsOf(inner)),
    ];
}

// Which of the selected fields are connections, and which objects may hold some.
function makePlan(selectionSet, type, document, schema, depth = 1, inList = false) {
    const plan = { connections: [], objects: [], fields: [] };
    for (const { node, parent } of fieldsOf(selectionSet, type, document, schema)) {
        const field = parent.getFields?.()[node.name.value];
        const named = field === undefined ? undefined : getNamedType(field.type);
        const key = node.alias?.value ?? node.name.value;
        plan.fields.push(node.name.value);
        if (named === undefined || !isCompositeType(named)) {
            continue;
        }
        if (named.name.endsWith('Connection')) {
            plan.connections.push(connectionOf({ node, named, key, document, schema, depth, inList }));
        } else {
            const inside = inList || isListType(getNullableType(field.type));
            plan.objects.push({ key, plan: makePlan(node.selectionSet, named, document, schema, depth, inside) });
        }
    }
    return plan;
}

function connectionOf({ node, named, key, document, schema, depth, inList }) {
    const parts = [...fieldsOf(node.selectionSet, named, document, schema)].map(part => part.node);
    const edges = parts.find(part => part.name.value === 'edges');
    const edgeType = getNamedType(named.getFields().edges.type);
    const inner =
        edges === undefined ? undefined : [...fieldsOf(edges.selectionSet, edgeType, document, schema)].find(part => part.node.name.value === 'node')?.node;
    const nodeType = getNamedType(edgeType.getFields().node.type);
    const plan =
        inner === undefined ? { connections: [], objects: [], fields: [] } : makePlan(inner.selectionSet, nodeType, document, schema, depth + 1, inList);
    return { key, name: node.name.value, plan, depth, inList, usesNodes: parts.some(part => part.name.value === 'nodes'), hasId: plan.fields.includes('id') };
}

function* fieldsOf(selectionSet, type, document, schema) {
    for (const node of selectionSet.selections) {
        if (node.kind === Kind.FIELD) {
            yield { node, parent: type };
            continue;
        }
        const fragment =
            node.kind === Kind.INLINE_FRAGMENT
                ? node
                : document.definitions.find(({ kind, name }) => kind === Kind.FRAGMENT_DEFINITION && name.value === node.name.value);
        const condition = fragment.typeCondition?.name.value;
        yield* fieldsOf(fragment.selectionSet, condition === undefined ? type : schema.getType(condition), document, schema);
    }
}
