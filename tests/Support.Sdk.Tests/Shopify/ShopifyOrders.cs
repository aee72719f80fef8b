using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Orders;
using Support.Sdk.Shopify;
using Support.Sdk.Shopify.Orders;

namespace Support.Sdk.Tests.Shopify;

/// <summary>Orders as the Admin API writes them.</summary>
internal static class ShopifyOrders
{
    public static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Placed on the 20th, not sent, promised for the 30th.</summary>
    public static JsonObject Unsent(string id = "1", Action<JsonObject>? change = null)
    {
        var order = Parse(
            $$"""
            {
              "id": "gid://shopify/Order/{{id}}",
              "name": "#1001",
              "createdAt": "2026-11-20T10:00:05Z",
              "processedAt": "2026-11-20T10:00:00Z",
              "updatedAt": "2026-11-21T08:00:00Z",
              "cancelledAt": null,
              "closed": false,
              "requiresShipping": true,
              "displayFulfillmentStatus": "UNFULFILLED",
              "customerLocale": "sv-SE",
              "email": "ada@example.com",
              "phone": "+46 70-123 45 67",
              "displayAddress": { "firstName": "Ada", "name": "Ada Lovelace" },
              "shippingAddress": { "countryCodeV2": "SE", "timeZone": "Europe/Stockholm" },
              "shippingLine": { "title": "Express" },
              "currentTotalPriceSet": { "shopMoney": { "amount": "499.50", "currencyCode": "SEK" } },
              "lineItems": {
                "nodes": [
                  { "id": "gid://shopify/LineItem/11", "name": "Teapot - Blue", "sku": "T-1", "quantity": 2, "currentQuantity": 2, "unfulfilledQuantity": 2, "requiresShipping": true }
                ],
                "pageInfo": { "hasNextPage": false, "endCursor": "L1" }
              },
              "fulfillmentOrders": {
                "nodes": [
                  {
                    "id": "gid://shopify/FulfillmentOrder/21",
                    "status": "OPEN",
                    "fulfillBy": "2026-11-27T17:00:00Z",
                    "deliveryMethod": {
                      "methodType": "SHIPPING",
                      "presentedName": "Express",
                      "minDeliveryDateTime": "2026-11-28T08:00:00Z",
                      "maxDeliveryDateTime": "2026-11-30T20:00:00Z"
                    },
                    "fulfillmentHolds": []
                  }
                ],
                "pageInfo": { "hasNextPage": false, "endCursor": "F1" }
              },
              "fulfillments": []
            }
            """
        );
        change?.Invoke(order);
        return order;
    }

    /// <summary>All of it sent on the 22nd, and under way.</summary>
    public static JsonObject Sent(string id = "1", Action<JsonObject>? change = null) =>
        Unsent(
            id,
            order =>
            {
                order["displayFulfillmentStatus"] = "FULFILLED";
                order.Line()["unfulfilledQuantity"] = 0;
                order.Part()["status"] = "CLOSED";
                order["fulfillments"] = new JsonArray(Parcel());
                change?.Invoke(order);
            }
        );

    public static JsonObject Parcel(string id = "31", int quantity = 2, Action<JsonObject>? change = null)
    {
        var parcel = Parse(
            $$"""
            {
              "id": "gid://shopify/Fulfillment/{{id}}",
              "status": "SUCCESS",
              "displayStatus": "IN_TRANSIT",
              "createdAt": "2026-11-22T09:00:00Z",
              "updatedAt": "2026-11-23T09:00:00Z",
              "inTransitAt": "2026-11-22T18:00:00Z",
              "deliveredAt": null,
              "estimatedDeliveryAt": "2026-11-29T12:00:00Z",
              "requiresShipping": true,
              "trackingInfo": [ { "company": "PostNord", "number": "PN1", "url": "https://tracking.example/PN1" } ],
              "events": {
                "nodes": [ { "status": "IN_TRANSIT", "happenedAt": "2026-11-22T18:00:00Z", "message": "Sorted", "estimatedDeliveryAt": null } ],
                "pageInfo": { "hasNextPage": false, "endCursor": "E1" }
              },
              "fulfillmentLineItems": {
                "nodes": [
                  { "quantity": {{quantity}}, "lineItem": { "id": "gid://shopify/LineItem/11", "name": "Teapot - Blue", "sku": "T-1", "requiresShipping": true } }
                ],
                "pageInfo": { "hasNextPage": false, "endCursor": "I1" }
              }
            }
            """
        );
        change?.Invoke(parcel);
        return parcel;
    }

    public static JsonObject Line(this JsonObject order) => order["lineItems"]!["nodes"]![0]!.AsObject();

    public static JsonObject Part(this JsonObject order) => order["fulfillmentOrders"]!["nodes"]![0]!.AsObject();

    public static JsonObject FirstParcel(this JsonObject order) => order["fulfillments"]![0]!.AsObject();

    public static OrderSnapshot Map(JsonObject order, bool isWithheld = false) =>
        OrderMapper.Map("main", JsonSerializer.Deserialize(order, OrderJson.Default.OrderNode)!, isWithheld);

    public static string Nodes(params IEnumerable<JsonObject?> nodes) => new JsonObject { ["nodes"] = new JsonArray([.. nodes]) }.ToJsonString();

    public static ShopifyOptions Options(string? promiseMetafield = null) =>
        new()
        {
            Shops =
            {
                ["main"] = new ShopifyShop { Domain = "teapots.myshopify.com", PromiseMetafield = promiseMetafield },
            },
        };

    public static ShopifyOrderSource Source(CannedAdmin admin, FakeTimeProvider? time = null, string? promiseMetafield = null)
    {
        time ??= new FakeTimeProvider(Now);
        var options = Microsoft.Extensions.Options.Options.Create(Options(promiseMetafield));
        var reader = new OrderReader(admin, new FulfillmentReader(admin), options);
        return new ShopifyOrderSource(
            reader,
            new OrderLister(admin, time),
            new BulkOrders(admin, time),
            options,
            time,
            NullLogger<ShopifyOrderSource>.Instance
        );
    }

    public static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
