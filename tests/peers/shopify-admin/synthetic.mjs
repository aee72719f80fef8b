// Orders by the number, each the same whenever it is made.
import { gid } from './ids.mjs';

/** The parts of a synthetic order have ids that tell it: 1000 times its own number, and a little more. */
export const partsPerOrder = 1000n;

const hour = 3_600_000;
const carriers = ['PostNord', 'DHL', 'UPS'];

/**
 * The order at a place in a row of orders.
 * Settings: count; firstId (default 5000000000); from (the first order's time, default 2026-10-01T00:00:00Z); everySeconds (default 20).
 */
export function syntheticOrder({ firstId = 5_000_000_000, from = '2026-10-01T00:00:00Z', everySeconds = 20 }, index) {
    const number = BigInt(firstId) + BigInt(index);
    const part = (type, place) => gid(type, number * partsPerOrder + BigInt(place));
    const placed = Date.parse(from) + index * everySeconds * 1000;
    const at = hours => new Date(placed + hours * hour).toISOString().replace(/\.\d+Z$/, 'Z');
    const shipped = index % 3 !== 0;
    const delivered = index % 3 === 2;
    return {
        id: gid('Order', number),
        name: `#${1001 + index}`,
        number: 1001 + index,
        createdAt: at(0),
        processedAt: at(0),
        updatedAt: at(delivered ? 72 : shipped ? 24 : 0),
        email: `customer${index}@example.com`,
        currencyCode: 'SEK',
        customerLocale: index % 2 === 0 ? 'sv' : 'en',
        tags: [],
        displayFinancialStatus: 'PAID',
        displayFulfillmentStatus: shipped ? 'FULFILLED' : 'UNFULFILLED',
        totalPriceSet: money('499.00'),
        customer: {
            id: part('Customer', 1),
            firstName: 'Ada',
            lastName: `Nr ${index}`,
            locale: 'sv',
            defaultEmailAddress: { emailAddress: `customer${index}@example.com`, marketingState: 'NOT_SUBSCRIBED' },
        },
        shippingAddress: { id: part('MailingAddress', 2), firstName: 'Ada', city: 'Uppsala', zip: '753 10', countryCodeV2: 'SE' },
        shippingLine: { id: part('ShippingLine', 3), title: 'Standard', code: 'standard' },
        lineItems: [{ id: part('LineItem', 4), name: 'Teapot', title: 'Teapot', sku: 'TEA-1', quantity: 1, unfulfilledQuantity: shipped ? 0 : 1 }],
        fulfillmentOrders: [
            {
                id: part('FulfillmentOrder', 5),
                status: shipped ? 'CLOSED' : 'OPEN',
                fulfillBy: at(48),
                deliveryMethod: {
                    id: part('DeliveryMethod', 6),
                    methodType: 'SHIPPING',
                    presentedName: 'Standard',
                    minDeliveryDateTime: at(48),
                    maxDeliveryDateTime: at(120),
                },
                lineItems: [
                    { id: part('FulfillmentOrderLineItem', 7), lineItem: { id: part('LineItem', 4) }, totalQuantity: 1, remainingQuantity: shipped ? 0 : 1 },
                ],
            },
        ],
        fulfillments: shipped ? [fulfillment(index, part, at, delivered)] : [],
    };
}

function fulfillment(index, part, at, delivered) {
    return {
        id: part('Fulfillment', 8),
        status: 'SUCCESS',
        displayStatus: delivered ? 'DELIVERED' : 'IN_TRANSIT',
        createdAt: at(24),
        updatedAt: at(delivered ? 72 : 24),
        inTransitAt: at(24),
        deliveredAt: delivered ? at(72) : null,
        estimatedDeliveryAt: at(96),
        trackingInfo: [{ company: carriers[index % carriers.length], number: `T${index}`, url: `https://track.example/T${index}` }],
        events: [{ id: part('FulfillmentEvent', 9), status: 'IN_TRANSIT', happenedAt: at(24) }],
        fulfillmentLineItems: [{ id: part('FulfillmentLineItem', 10), quantity: 1, lineItem: { id: part('LineItem', 4) } }],
    };
}

function money(amount) {
    const value = { amount, currencyCode: 'SEK' };
    return { shopMoney: value, presentmentMoney: value };
}
