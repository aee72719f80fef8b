// The mutations, with the errors that Shopify gives as answers.
import { startBulkOperation, cancelBulkOperation } from './bulk.mjs';
import { digest } from './defaults.mjs';
import { userError } from './errors.mjs';
import { owner } from './graph.mjs';
import { typeOf } from './ids.mjs';
import { createSubscription, deleteSubscription, updateSubscription } from './subscriptions.mjs';

const longestOrderTag = 40;
const mostMetafields = 25;
const overwritten = ['note', 'email', 'phone', 'poNumber', 'customAttributes', 'shippingAddress', 'tags'];

/** What a fulfilment's events make of its state. */
const shownAs = {
    LABEL_PURCHASED: 'LABEL_PURCHASED',
    LABEL_PRINTED: 'LABEL_PRINTED',
    READY_FOR_PICKUP: 'READY_FOR_PICKUP',
    CONFIRMED: 'CONFIRMED',
    CARRIER_PICKED_UP: 'CARRIER_PICKED_UP',
    IN_TRANSIT: 'IN_TRANSIT',
    DELAYED: 'DELAYED',
    OUT_FOR_DELIVERY: 'OUT_FOR_DELIVERY',
    ATTEMPTED_DELIVERY: 'ATTEMPTED_DELIVERY',
    DELIVERED: 'DELIVERED',
    FAILURE: 'FAILURE',
};

export const mutations = {
    orderUpdate({ input }, context, info) {
        const order = context.shop.order(input.id);
        if (order === undefined) {
            return { userErrors: [userError(['id'], 'Order does not exist')] };
        }
        const userErrors = [
            ...tagErrors(input.tags ?? [], ['tags']),
            ...(input.metafields ?? []).flatMap((metafield, index) => metafieldErrors(metafield, order, ['metafields', String(index)])),
        ];
        if (userErrors.length > 0) {
            return { order, userErrors };
        }
        for (const field of overwritten.filter(name => name in input)) {
            order[field] = field === 'tags' ? sortedTags(input.tags) : input[field];
        }
        (input.metafields ?? []).forEach(metafield => setMetafield(order, metafield, context));
        touch(order, context, info);
        return { order, userErrors };
    },

    tagsAdd({ id, tags }, context, info) {
        return changeTags(id, context, info, tagErrors(tags, ['tags']), order => [
            ...(order.tags ?? []),
            ...tags.map(tag => tag.trim()).filter(tag => !(order.tags ?? []).some(known => known.toLowerCase() === tag.toLowerCase())),
        ]);
    },

    tagsRemove({ id, tags }, context, info) {
        const removed = tags.map(tag => tag.trim().toLowerCase());
        return changeTags(id, context, info, [], order => (order.tags ?? []).filter(tag => !removed.includes(tag.toLowerCase())));
    },

    metafieldsSet({ metafields }, context, info) {
        const owners = metafields.map(({ ownerId }) => context.shop.object(ownerId));
        const userErrors =
            metafields.length > mostMetafields
                ? [userError(['metafields'], `Exceeded the maximum metafields input limit of ${mostMetafields}.`, 'LESS_THAN_OR_EQUAL_TO')]
                : metafields.flatMap((metafield, index) => metafieldErrors(metafield, owners[index], ['metafields', String(index)], index));
        if (userErrors.length > 0) {
            return { metafields: null, userErrors };
        }
        const set = metafields.map((metafield, index) => setMetafield(owners[index], metafield, context));
        new Set(owners.map(object => object[owner])).forEach(order => touch(order, context, info));
        return { metafields: set, userErrors };
    },

    fulfillmentTrackingInfoUpdate({ fulfillmentId, trackingInfoInput: input, notifyCustomer }, context, info) {
        const fulfillment = found(fulfillmentId, 'Fulfillment', context);
        if (fulfillment === undefined) {
            return { userErrors: [userError(['fulfillmentId'], 'Fulfillment does not exist.')] };
        }
        const numbers = input.numbers ?? (input.number == null ? [] : [input.number]);
        const urls = input.urls ?? (input.url == null ? [] : [input.url]);
        fulfillment.trackingInfo = Array.from({ length: Math.max(numbers.length, urls.length) }, (_, index) => ({
            company: input.company ?? null,
            number: numbers[index] ?? null,
            url: urls[index] ?? null,
        }));
        fulfillment.updatedAt = context.shop.stamp();
        if (notifyCustomer) {
            context.shop.store.set('mails', String(context.shop.store.count('mails')), { fulfillmentId, kind: 'tracking' });
        }
        touch(fulfillment[owner], context, info, 'FULFILLMENTS_UPDATE');
        return { fulfillment, userErrors: [] };
    },

    fulfillmentEventCreate({ fulfillmentEvent: { fulfillmentId, ...event } }, context, info) {
        const fulfillment = found(fulfillmentId, 'Fulfillment', context);
        if (fulfillment === undefined) {
            return { userErrors: [userError(['fulfillmentEvent', 'fulfillmentId'], 'Fulfillment does not exist.')] };
        }
        const now = context.shop.stamp();
        const created = { id: context.shop.graph.nextId('FulfillmentEvent'), createdAt: now, ...event, happenedAt: event.happenedAt ?? now };
        fulfillment.events = [...(fulfillment.events ?? []), created];
        fulfillment.displayStatus = shownAs[event.status] ?? fulfillment.displayStatus;
        fulfillment.estimatedDeliveryAt = event.estimatedDeliveryAt ?? fulfillment.estimatedDeliveryAt ?? null;
        fulfillment.inTransitAt ??= event.status === 'IN_TRANSIT' ? created.happenedAt : null;
        fulfillment.deliveredAt ??= event.status === 'DELIVERED' ? created.happenedAt : null;
        fulfillment.updatedAt = now;
        touch(fulfillment[owner], context, info, 'FULFILLMENT_EVENTS_CREATE');
        return { fulfillmentEvent: created, userErrors: [] };
    },

    webhookSubscriptionCreate: createSubscription,
    webhookSubscriptionUpdate: updateSubscription,
    webhookSubscriptionDelete: deleteSubscription,
    bulkOperationRunQuery: startBulkOperation,
    bulkOperationCancel: cancelBulkOperation,
};

function found(id, type, { shop }) {
    return typeOf(id) === type ? shop.object(id) : undefined;
}

function touch(order, { shop, topics }, { fieldName }, topic) {
    shop.graph.add(order);
    shop.touch(order, { updatedAt: shop.settings.quiet.includes(fieldName) ? order.updatedAt : undefined });
    if (topic !== undefined) {
        topics(order, [topic]);
    }
}

function changeTags(id, context, info, userErrors, change) {
    const order = found(id, 'Order', context);
    if (order === undefined) {
        return { node: null, userErrors: [userError(['id'], 'Order does not exist')] };
    }
    if (userErrors.length === 0) {
        order.tags = sortedTags(change(order));
        touch(order, context, info);
    }
    return { node: order, userErrors };
}

function sortedTags(tags) {
    return [...new Set(tags.map(tag => tag.trim()).filter(tag => tag !== ''))].sort((left, right) => left.localeCompare(right, 'en'));
}

function tagErrors(tags, field) {
    return tags.filter(tag => tag.length > longestOrderTag).map(tag => userError(field, `Tag '${tag}' is too long (maximum is ${longestOrderTag} characters)`));
}

function metafieldErrors(metafield, object, field, elementIndex) {
    const error = (name, message, code) =>
        elementIndex === undefined ? userError([...field, name], message) : { ...userError([...field, name], message, code), elementIndex };
    if (object === undefined) {
        return [error('ownerId', 'Owner does not exist.', 'INVALID')];
    }
    const known = object.metafields?.find(item => item.namespace === spaceOf(metafield) && item.key === metafield.key);
    const type = metafield.type ?? known?.type;
    if (type === undefined) {
        return [error('type', "Type can't be blank", 'BLANK')];
    }
    if (metafield.value === '') {
        return [error('value', "Value can't be blank.", 'BLANK')];
    }
    if (!accepts(type, metafield.value)) {
        return [error('value', `Value must be a valid ${type}.`, 'INVALID_VALUE')];
    }
    if ('compareDigest' in metafield && metafield.compareDigest !== (known === undefined ? null : digest(known.value))) {
        return [error('compareDigest', 'The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.', 'STALE_OBJECT')];
    }
    return [];
}

function accepts(type, value) {
    const checks = {
        date_time: () => !Number.isNaN(Date.parse(value)),
        date: () => /^\d{4}-\d{2}-\d{2}$/.test(value),
        number_integer: () => /^-?\d+$/.test(value),
        boolean: () => ['true', 'false'].includes(value),
        url: () => URL.canParse(value),
        json: () => isJson(value),
        single_line_text_field: () => !/[\r\n]/.test(value),
    };
    return checks[type]?.() ?? true;
}

function isJson(value) {
    try {
        JSON.parse(value);
        return true;
    } catch {
        return false;
    }
}

function spaceOf({ namespace }) {
    return namespace == null ? 'app--1' : namespace.replace(/^\$app/, 'app--1').replace(':', '--');
}

function setMetafield(object, { key, type, value, ...input }, { shop }) {
    object.metafields ??= [];
    const namespace = spaceOf(input);
    const known = object.metafields.find(item => item.namespace === namespace && item.key === key);
    if (known !== undefined) {
        return Object.assign(known, { value, type: type ?? known.type, updatedAt: shop.stamp() });
    }
    const created = { id: shop.graph.nextId('Metafield'), namespace, key, type, value, createdAt: shop.stamp(), updatedAt: shop.stamp() };
    created[owner] = object[owner];
    object.metafields.push(created);
    return created;
}
