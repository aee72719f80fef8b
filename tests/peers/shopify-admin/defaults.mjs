// What Shopify always answers, where the state does not say it. Anything else that is missing is null, or an error where null is not allowed.
import { createHash } from 'node:crypto';
import { owner } from './graph.mjs';
import { numberOf } from './ids.mjs';

const order = object => object[owner];

export const defaults = {
    Order: {
        name: object => `#${numberOf(object.id)}`,
        number: object => Number(numberOf(object.id)),
        confirmed: () => true,
        closed: object => Boolean(object.closedAt),
        currencyCode: () => 'EUR',
        presentmentCurrencyCode: object => object.currencyCode ?? 'EUR',
        displayFulfillmentStatus: object => (fulfilled(object) ? 'FULFILLED' : 'UNFULFILLED'),
        displayFinancialStatus: () => 'PAID',
        returnStatus: () => 'NO_RETURN',
        requiresShipping: () => true,
        fullyPaid: () => true,
        merchantEditable: () => true,
        canNotifyCustomer: object => Boolean(object.email),
        subtotalLineItemsQuantity: quantity,
        currentSubtotalLineItemsQuantity: quantity,
        shippingLine: object => object.shippingLines?.[0],
        fulfillmentsCount: object => ({ count: (object.fulfillments ?? []).length, precision: 'EXACT' }),
        statusPageUrl: object => `https://shop.example/orders/${numberOf(object.id)}`,
    },
    Fulfillment: {
        name: object => `${order(object).name ?? `#${numberOf(order(object).id)}`}-F${1 + order(object).fulfillments.indexOf(object)}`,
        status: () => 'SUCCESS',
        displayStatus: object => object.events?.at(-1)?.status ?? (object.status === 'CANCELLED' ? 'CANCELED' : 'FULFILLED'),
        requiresShipping: () => true,
        totalQuantity: object => (object.fulfillmentLineItems ?? []).reduce((sum, item) => sum + (item.quantity ?? 1), 0),
        order,
    },
    FulfillmentOrder: {
        status: () => 'OPEN',
        requestStatus: () => 'UNSUBMITTED',
        order,
        orderId: object => order(object).id,
        orderName: object => order(object).name ?? `#${numberOf(order(object).id)}`,
        orderProcessedAt: object => order(object).processedAt,
        assignedLocation: () => ({ name: 'Warehouse', countryCode: 'SE' }),
    },
    FulfillmentOrderLineItem: {
        totalQuantity: () => 1,
        remainingQuantity: object => object.totalQuantity ?? 1,
        requiresShipping: () => true,
        productTitle: object => object.lineItem?.title ?? '',
    },
    FulfillmentHold: { displayReason: object => object.reason },
    FulfillmentEvent: { createdAt: object => object.happenedAt },
    LineItem: {
        title: object => object.name,
        name: object => object.title,
        quantity: () => 1,
        currentQuantity: object => object.quantity ?? 1,
        unfulfilledQuantity: object => object.quantity ?? 1,
        refundableQuantity: object => object.quantity ?? 1,
        nonFulfillableQuantity: () => 0,
        requiresShipping: () => true,
        taxable: () => true,
    },
    ShippingLine: { code: object => object.title },
    DeliveryMethod: { methodType: () => 'SHIPPING' },
    Customer: {
        displayName: object => [object.firstName, object.lastName].filter(Boolean).join(' '),
        locale: () => 'en',
        state: () => 'ENABLED',
        numberOfOrders: () => '1',
        verifiedEmail: () => true,
    },
    CustomerEmailAddress: { marketingState: () => 'NOT_SUBSCRIBED', openTrackingLevel: () => 'UNKNOWN', validFormat: () => true },
    CustomerPhoneNumber: {
        marketingState: object => object.smsMarketingConsent?.state ?? 'NOT_SUBSCRIBED',
        smsMarketingConsent: () => ({ state: 'NOT_SUBSCRIBED' }),
        whatsAppMarketingConsent: () => ({ state: 'NOT_SUBSCRIBED' }),
    },
    MailingAddress: { name: object => [object.firstName, object.lastName].filter(Boolean).join(' ') || null },
    BasicEvent: { action: () => 'updated', subjectType: () => 'ORDER', subjectId: object => order(object).id },
    CommentEvent: { action: () => 'commented', rawMessage: object => object.message },
    Metafield: {
        type: () => 'single_line_text_field',
        compareDigest: object => digest(object.value),
        ownerType: () => 'ORDER',
        owner: order,
        sizeInBytes: object => Buffer.byteLength(object.value),
        jsonValue: object => parsed(object),
    },
};

/** The same for the fields of every type. */
export const anywhere = {
    legacyResourceId: object => numberOf(object.id),
    createdAt: object => order(object)?.createdAt,
    updatedAt: object => order(object)?.updatedAt,
};

/** By the type of a field that cannot be null. */
export const ofType = {
    Boolean: () => false,
    MoneyBag: object => money(order(object)?.currencyCode ?? 'EUR'),
};

/** The digest of a metafield's value, for compare-and-set. */
export function digest(value) {
    return createHash('sha256').update(String(value)).digest('hex');
}

function fulfilled(object) {
    return (object.fulfillments ?? []).some(fulfillment => (fulfillment.status ?? 'SUCCESS') === 'SUCCESS');
}

function quantity(object) {
    return (object.lineItems ?? []).reduce((sum, item) => sum + (item.quantity ?? 1), 0);
}

function money(currencyCode) {
    const value = { amount: '0.0', currencyCode };
    return { shopMoney: value, presentmentMoney: value };
}

function parsed(metafield) {
    return /^(json|boolean|number_|list\.)/.test(metafield.type ?? '') ? JSON.parse(metafield.value) : metafield.value;
}
