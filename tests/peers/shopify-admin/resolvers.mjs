// How fields are answered: by the property of the state, by what Shopify always answers, or by null.
import { getNamedType, getNullableType, GraphQLError, isListType, isNonNullType, isObjectType } from 'graphql';
import { pageOfList, wholeConnection } from './connections.mjs';
import { anywhere, defaults, ofType } from './defaults.mjs';
import { owner, typeName } from './graph.mjs';
import { mutations } from './mutations.mjs';
import { queries, rootObject } from './queries.mjs';

const plans = new WeakMap();

/** Fields that take part of a list of the state. */
const selections = {
    'Order.events': byKey({ ID: 'id', CREATED_AT: 'createdAt' }),
    'Fulfillment.events': byKey({ ID: 'id', HAPPENED_AT: 'happenedAt' }),
    'Order.metafields': metafieldsOf,
    'Customer.metafields': metafieldsOf,
};

export function resolveField(source, args, context, info) {
    const plan = planOf(info);
    checkAccess(plan, context.shop.settings.withheld);
    if (info.parentType === info.schema.getMutationType()) {
        return mutate(args, context, info);
    }
    const value = plan.isRoot ? root(args, context, info) : property(source, args, context, plan);
    if (value === undefined || value === null) {
        return plan.required ? lacks(plan) : null;
    }
    if (plan.isComposite && source?.[owner] !== undefined) {
        own(value, source[owner]);
    }
    return shape(value, args, context, plan);
}

export function resolveType(value, _context, _info, type) {
    return typeName(value, type);
}

function planOf(info) {
    const field = info.parentType.getFields()[info.fieldName];
    return plans.get(field) ?? plans.set(field, makePlan(field, info)).get(field);
}

function makePlan(field, { parentType, fieldName, schema }) {
    const type = getNamedType(field.type);
    const isConnection = type.name.endsWith('Connection') && isObjectType(type);
    return {
        path: `${parentType.name}.${fieldName}`,
        fieldName,
        typeName: type.name,
        isRoot: parentType === schema.getQueryType(),
        isConnection,
        isList: isListType(getNullableType(field.type)),
        isComposite: type.getFields !== undefined || type.getTypes !== undefined,
        hasFirst: field.args.some(argument => argument.name === 'first'),
        required: isNonNullType(field.type),
        fallback: defaults[parentType.name]?.[fieldName] ?? anywhere[fieldName] ?? fallbackOf(field, type, isConnection),
    };
}

function fallbackOf(field, type, isConnection) {
    if (!isNonNullType(field.type)) {
        return undefined;
    }
    return isConnection || isListType(getNullableType(field.type)) ? () => [] : ofType[type.name];
}

function root(args, context, info) {
    const query = queries[info.fieldName];
    return query === undefined ? rootObject(args, context, info) : query(args, context, info);
}

function property(source, args, context, plan) {
    const lookup = plan.fieldName === 'metafield' ? metafieldOf(source, args) : undefined;
    const value = lookup ?? source[plan.fieldName] ?? (source[plan.fieldName] === undefined ? plan.fallback?.(source) : null);
    return pointsElsewhere(value) ? (context.shop.object(value.id) ?? value) : value;
}

function shape(value, args, context, plan) {
    if (plan.isConnection && Array.isArray(value)) {
        const list = selections[plan.path]?.(value, args) ?? value;
        return context.bulk === undefined ? pageOfList(list, args) : wholeConnection(list);
    }
    return plan.isList && plan.hasFirst && args.first != null ? value.slice(0, args.first) : value;
}

function own(value, order) {
    for (const item of Array.isArray(value) ? value : [value]) {
        if (item !== null && typeof item === 'object' && item[owner] === undefined) {
            item[owner] = order;
        }
    }
}

function pointsElsewhere(value) {
    return typeof value?.id === 'string' && hasOneField(value);
}

// Asked of every object of a bulk operation.
function hasOneField(value) {
    let fields = 0;
    for (const _ in value) {
        if (++fields > 1) {
            return false;
        }
    }
    return true;
}

function metafieldOf(source, { namespace, key }) {
    const [space, name] = namespace === undefined && key.includes('.') ? key.split('.') : [namespace, key];
    return (source.metafields ?? []).find(metafield => metafield.namespace === space && metafield.key === name) ?? null;
}

function metafieldsOf(list, { namespace, keys }) {
    return list.filter(
        metafield =>
            (namespace === undefined || metafield.namespace === namespace) &&
            (keys === undefined || keys.includes(`${metafield.namespace}.${metafield.key}`) || keys.includes(metafield.key)),
    );
}

function byKey(fields) {
    return (list, { sortKey, reverse }) => {
        const field = fields[sortKey] ?? 'id';
        const sorted = [...list].sort((left, right) => (left[field] < right[field] ? -1 : left[field] > right[field] ? 1 : 0));
        return reverse ? sorted.reverse() : sorted;
    };
}

function mutate(args, context, info) {
    const mutation = mutations[info.fieldName];
    if (mutation === undefined) {
        throw new GraphQLError(`This server has no mutation ${info.fieldName}: write it.`);
    }
    const payload = mutation(args, context, info);
    context.shop.store.set('writes', String(context.shop.store.count('writes')), {
        name: info.fieldName,
        arguments: args,
        operation: info.operation.name?.value ?? null,
        at: context.shop.now().toISOString(),
        userErrors: payload.userErrors,
    });
    return payload;
}

function checkAccess({ path, typeName: type, isRoot }, withheld) {
    if (withheld.length > 0 && (withheld.includes(path) || (!isRoot && withheld.includes(type)))) {
        throw new GraphQLError(`This app is not approved to access the ${path.split('.')[1]} field.`, {
            extensions: { code: 'ACCESS_DENIED', documentation: 'https://shopify.dev/docs/apps/launch/protected-customer-data' },
        });
    }
}

function lacks({ path }) {
    throw new GraphQLError(`The shop's state has no ${path}, which cannot be null. Put it there.`, { extensions: { code: 'INTERNAL_SERVER_ERROR' } });
}
