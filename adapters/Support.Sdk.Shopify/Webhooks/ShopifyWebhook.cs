using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Support.Sdk.Orders;
using Support.Sdk.Storefronts;
using Support.Sdk.Webhooks;

namespace Support.Sdk.Shopify.Webhooks;

/// <summary>What Shopify posts: which order changed, and what people ask about their data.</summary>
/// <remarks>
/// <para>
/// A change is a hint that names the order; what the body says about it is not used, because deliveries come late, twice and in any order.
/// Topics that support does not need are taken and forgotten, so that Shopify does not count them as failed and delete the subscription.
/// </para>
/// <para>
/// No age is refused. <c>Triggered-At</c> stands outside of the signature, so whoever can repeat a body can write any time beside it, and a
/// limit would stop nobody but Shopify itself: deliveries may be a day late, and a request to erase a person waits for ten days to six
/// months (https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance). What makes a repetition harmless is that it is the same event to the inbox, and that an order is read again, not believed.
/// </para>
/// <para>
/// One event has one id: shop, topic, order and Shopify's own id. <c>X-Shopify-Event-Id</c> comes first, because it is equal for two
/// subscriptions of one topic (https://shopify.dev/docs/apps/build/webhooks/ignore-duplicates); it is shared by everything that one action
/// of the merchant changed, so the order belongs to it. Events have <c>Shopify-Webhook-Id</c> only, since
/// https://shopify.dev/changelog/updates-to-events-payloads-and-subscription-configuration.
/// </para>
/// </remarks>
internal sealed class ShopifyWebhook(IOptions<ShopifyOptions> options) : IWebhook
{
    private const string Shopify = "shopify";

    // A line item is about a kilobyte, and stands once more in every fulfilment and refund; Shopify speaks of bodies "upwards of a
    // megabyte". A body that is refused counts as failed, and eight of them end the subscription, so the limit lies well above.
    private const int MaxBody = 4 * 1024 * 1024;
    private const int MaxOrders = 1000;

    private readonly ShopifySignature _signature = new(options.Value);

    public string Name => Shopify;

    public WebhookTraits Traits { get; } = new() { MaxBody = MaxBody };

    public ValueTask<WebhookReading> ReadAsync(WebhookRequest request, CancellationToken cancellationToken = default) => new(Read(request));

    private WebhookReading Read(WebhookRequest request)
    {
        var (headers, fault) = ShopifyHeaders.Read(request);
        if (headers is null)
        {
            return WebhookReading.Forged(fault ?? "It is not signed.");
        }

        if (_signature.Prove(headers.Domain, headers.Signature, request.Body.Span) is not { } shop)
        {
            return WebhookReading.Forged("The signature does not belong to this body and shop. Compare the shop's domain and the app's client secrets.");
        }

        try
        {
            return Read(new ShopifyDelivery(shop, headers, request.ReceivedAt), request.Body.Span);
        }
        // Half a character in an escape is found only when the text is read.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return WebhookReading.Malformed("The body is no JSON of its topic, or says something twice.");
        }
    }

    private static WebhookReading Read(ShopifyDelivery delivery, ReadOnlySpan<byte> body) =>
        delivery.Headers.Topic switch
        {
            null => WebhookReading.Malformed("The header that names the topic is missing, or is not one value."),
            "orders/create"
            or "orders/updated"
            or "orders/cancelled"
            or "orders/fulfilled"
            or "orders/partially_fulfilled"
            or "orders/paid"
            or "orders/delete" => Changed(delivery, ShopifyJson.OrderId(body, "id"u8)),
            "orders/edited" => Changed(delivery, ShopifyJson.OrderId(body, "order_edit"u8, "order_id"u8)),
            "fulfillments/create" or "fulfillments/update" or "fulfillment_events/create" or "fulfillment_events/delete" or "refunds/create" => Changed(
                delivery,
                ShopifyJson.OrderId(body, "order_id"u8)
            ),
            "returns/request"
            or "returns/approve"
            or "returns/decline"
            or "returns/cancel"
            or "returns/close"
            or "returns/reopen"
            or "returns/process"
            or "returns/update" => Returned(delivery, ShopifyJson.OrderId(body, "order"u8, "id"u8)),
            "Order" or "Fulfillment" => Changed(delivery, ShopifyJson.OrdersNamed(body)),
            "customers/data_request" => Privacy(delivery, PrivacyRequestKind.Export, PrivacyBody.Read(body)),
            "customers/redact" => Privacy(delivery, PrivacyRequestKind.Erase, PrivacyBody.Read(body)),
            "shop/redact" => Privacy(delivery, PrivacyRequestKind.ForgetShop, PrivacyBody.Read(body)),
            _ => WebhookReading.Of([]),
        };

    private static WebhookReading Changed(ShopifyDelivery delivery, string? orderId) =>
        orderId is null
            ? WebhookReading.Malformed("The body does not name the order that its topic is about.")
            : WebhookReading.Of([Change(delivery, orderId, delivery.Headers.EventId ?? delivery.Headers.WebhookId)]);

    // Some bodies name the return and not its order.
    private static WebhookReading Returned(ShopifyDelivery delivery, string? orderId) => orderId is null ? WebhookReading.Of([]) : Changed(delivery, orderId);

    // Deliveries of older versions name it in a header only.
    private static WebhookReading Changed(ShopifyDelivery delivery, List<string> named)
    {
        if (named.Count == 0 && ShopifyJson.IdIn(delivery.Headers.ResourceId) is { } resource)
        {
            named = [resource];
        }

        return named.Count == 0
            ? WebhookReading.Malformed("The body names no order. Add order { id } to the query of the Events subscription.")
            : WebhookReading.Of([.. named.Select(id => Change(delivery, id, delivery.Headers.WebhookId ?? delivery.Headers.EventId))]);
    }

    private static OrderChanged Change(ShopifyDelivery delivery, string orderId, string? given) =>
        new()
        {
            Source = Shopify,
            EventId = delivery.Id(orderId, given),
            Key = new OrderKey(delivery.Shop.Id, orderId),
            At = delivery.At,
        };

    // Headers are claims. Here they would erase a person, or a shop, so the signed body must say the same.
    private static WebhookReading Privacy(ShopifyDelivery delivery, PrivacyRequestKind kind, PrivacyBody body)
    {
        if (!string.Equals(body.Domain, delivery.Shop.Domain, StringComparison.OrdinalIgnoreCase))
        {
            return WebhookReading.Malformed("The body does not name the shop that the headers name.");
        }

        return body.Fits(kind)
            ? WebhookReading.Of([
                .. body.OrderIds.Chunk(MaxOrders).DefaultIfEmpty([]).Select((orderIds, part) => Request(delivery, kind, body, orderIds, part)),
            ])
            : WebhookReading.Malformed("The body is that of another topic.");
    }

    private static PrivacyRequested Request(ShopifyDelivery delivery, PrivacyRequestKind kind, PrivacyBody body, IReadOnlyList<string> orderIds, int part) =>
        new()
        {
            Source = Shopify,
            // Its own number is signed, and stays the same when the request is sent once more.
            EventId = delivery.Id((part + 1).ToString(CultureInfo.InvariantCulture), body.RequestId ?? delivery.Headers.EventId ?? delivery.Headers.WebhookId),
            ShopId = delivery.Shop.Id,
            Kind = kind,
            At = delivery.At,
            RequestId = body.RequestId,
            ContactPoints = body.ContactPoints,
            OrderIds = orderIds,
        };
}
