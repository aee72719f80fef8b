// The bodies of webhooks. Those of the classic family are shaped like the REST resource, with whole numbers that may exceed 2^53.
import { numberOf } from './ids.mjs';

const fulfillmentWords = { FULFILLED: 'fulfilled', PARTIALLY_FULFILLED: 'partial', RESTOCKED: 'restocked' };
const raw = '@number:';

/** The body of a topic about an order. */
export function classicBody(topic, order) {
    if (topic === 'ORDERS_DELETE') {
        return write({ id: number(order.id) });
    }
    if (topic === 'FULFILLMENT_EVENTS_CREATE') {
        const fulfillment = latest(order.fulfillments ?? []);
        return write(fulfillmentEvent(latest(fulfillment?.events ?? []) ?? {}, fulfillment, order));
    }
    return write(topic.startsWith('FULFILLMENTS_') ? fulfillmentOf(latest(order.fulfillments ?? []) ?? {}, order) : orderOf(order));
}

/** The body of an event of the newer family. */
export function nextBody({ topic, action, handle, order, fieldsChanged }) {
    const data = { [topic.toLowerCase()]: { id: order.id, updatedAt: order.updatedAt, name: order.name ?? null } };
    return write({ topic, action, handle, fields_changed: { added: [], updated: fieldsChanged, removed: [] }, data });
}

export function bulkBody(operation) {
    return write({
        admin_graphql_api_id: operation.id,
        completed_at: operation.completedAt,
        created_at: operation.createdAt,
        error_code: operation.errorCode?.toLowerCase() ?? null,
        status: operation.status.toLowerCase(),
        type: operation.type.toLowerCase(),
    });
}

function orderOf(order) {
    return {
        id: number(order.id),
        admin_graphql_api_id: order.id,
        name: order.name ?? `#${numberOf(order.id)}`,
        order_number: order.number ?? null,
        created_at: local(order.createdAt),
        processed_at: local(order.processedAt),
        updated_at: local(order.updatedAt),
        cancelled_at: local(order.cancelledAt),
        closed_at: local(order.closedAt),
        cancel_reason: order.cancelReason?.toLowerCase() ?? null,
        confirmed: order.confirmed ?? true,
        test: order.test ?? false,
        currency: order.currencyCode ?? 'EUR',
        customer_locale: order.customerLocale ?? null,
        email: order.email ?? '',
        contact_email: order.email ?? null,
        phone: order.phone ?? null,
        financial_status: (order.displayFinancialStatus ?? 'PAID').toLowerCase(),
        fulfillment_status: fulfillmentWords[order.displayFulfillmentStatus] ?? null,
        note: order.note ?? null,
        note_attributes: (order.customAttributes ?? []).map(({ key, value }) => ({ name: key, value })),
        tags: (order.tags ?? []).join(', '),
        total_price: order.totalPriceSet?.shopMoney.amount ?? '0.00',
        customer: customerOf(order.customer),
        shipping_address: addressOf(order.shippingAddress),
        shipping_lines: order.shippingLine ? [{ title: order.shippingLine.title, code: order.shippingLine.code ?? null }] : [],
        line_items: (order.lineItems ?? []).map(lineItemOf),
        fulfillments: (order.fulfillments ?? []).map(fulfillment => fulfillmentOf(fulfillment, order)),
    };
}

function customerOf(customer) {
    return customer
        ? {
              id: number(customer.id),
              admin_graphql_api_id: customer.id,
              email: customer.defaultEmailAddress?.emailAddress ?? null,
              phone: customer.defaultPhoneNumber?.phoneNumber ?? null,
              first_name: customer.firstName ?? null,
              last_name: customer.lastName ?? null,
          }
        : null;
}

function addressOf(address) {
    return address
        ? {
              first_name: address.firstName ?? null,
              last_name: address.lastName ?? null,
              address1: address.address1 ?? null,
              city: address.city ?? null,
              zip: address.zip ?? null,
              country_code: address.countryCodeV2 ?? null,
              phone: address.phone ?? null,
          }
        : null;
}

function lineItemOf(item) {
    return { id: number(item.id), name: item.name ?? item.title, title: item.title ?? item.name, sku: item.sku ?? null, quantity: item.quantity ?? 1 };
}

function fulfillmentOf(fulfillment, order) {
    const tracking = fulfillment.trackingInfo ?? [];
    return {
        id: number(fulfillment.id),
        admin_graphql_api_id: fulfillment.id,
        order_id: number(order.id),
        status: (fulfillment.status ?? 'SUCCESS').toLowerCase(),
        shipment_status: fulfillment.events?.at(-1)?.status.toLowerCase() ?? null,
        created_at: local(fulfillment.createdAt ?? order.createdAt),
        updated_at: local(fulfillment.updatedAt ?? order.updatedAt),
        tracking_company: tracking[0]?.company ?? null,
        tracking_number: tracking[0]?.number ?? null,
        tracking_numbers: tracking.map(({ number: each }) => each),
        tracking_url: tracking[0]?.url ?? null,
        tracking_urls: tracking.map(({ url }) => url),
    };
}

function fulfillmentEvent(event, fulfillment, order) {
    return {
        id: number(event.id),
        admin_graphql_api_id: event.id,
        fulfillment_id: number(fulfillment?.id),
        order_id: number(order.id),
        status: event.status?.toLowerCase(),
        message: event.message ?? null,
        happened_at: local(event.happenedAt),
        estimated_delivery_at: local(event.estimatedDeliveryAt),
        created_at: local(event.createdAt ?? event.happenedAt),
    };
}

function latest(items) {
    return [...items].sort((left, right) => ((left.updatedAt ?? left.createdAt ?? '') < (right.updatedAt ?? right.createdAt ?? '') ? -1 : 1)).at(-1);
}

// REST writes times in the shop's zone.
function local(time) {
    return time ? new Date(Date.parse(time) + 3_600_000).toISOString().replace(/\.\d+Z$/, '+01:00') : null;
}

function number(id) {
    return id === undefined ? null : `${raw}${numberOf(id)}`;
}

function write(body) {
    return JSON.stringify(body).replace(new RegExp(`"${raw}(\\d+)"`, 'g'), '$1');
}
