using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Xunit;

namespace Support.Sdk.IntegrationTests.Shopify;

/// <summary>One order from its placing to its arrival, through a date to ship by that nobody kept.</summary>
public sealed class DelayFlowTests(ShopifyPeer shop) : IClassFixture<ShopifyPeer>
{
    // Beyond 2^53.
    private const string Id = "9007199254740993";
    private static readonly DateTimeOffset Placed = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset ShipBy = Placed.AddDays(2);

    private const string Order = $$"""
        {
          "id": "gid://shopify/Order/{{Id}}", "name": "#1001", "createdAt": "2026-11-02T09:00:00Z", "processedAt": "2026-11-02T09:00:00Z",
          "email": "ada@example.com", "customerLocale": "en", "displayFulfillmentStatus": "UNFULFILLED", "requiresShipping": true,
          "note": "Wrap it as a present.", "tags": ["vip"],
          "shippingAddress": { "firstName": "Ada", "countryCodeV2": "SE" }, "displayAddress": { "firstName": "Ada" },
          "shippingLine": { "title": "Standard" },
          "lineItems": [{ "id": "gid://shopify/LineItem/1", "name": "Teapot, blue", "quantity": 1, "currentQuantity": 1, "unfulfilledQuantity": 1, "requiresShipping": true }],
          "fulfillmentOrders": [{ "id": "gid://shopify/FulfillmentOrder/1", "status": "OPEN", "fulfillBy": "2026-11-04T09:00:00Z" }]
        }
        """;

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(3, false)]
    public async Task The_customer_hears_of_it_once_each_whatever_becomes_of_the_webhooks(int times, bool isKilled)
    {
        await shop.BeginAsync();
        await using var application = await ShopifyApplication.StartAsync(shop, Placed);
        await application.DeliverWebhooksAsync(times);
        await application.RunAsync();
        await shop.PutAsync(Order);
        await application.AtAsync(Placed.AddMinutes(11));
        Assert.Equal(ShipBy, Assert.Single((await application.OrderAsync(Id)).Promises).ShipBy!.Moment);

        if (isKilled)
        {
            await shop.KillAsync();
            await application.AtAwayAsync(ShipBy.AddMinutes(1));
            Assert.Empty(application.Channel.Messages);
            await shop.StartAsync();
        }

        await application.AtAsync(ShipBy.AddMinutes(20));
        var delayed = Assert.Single(application.Channel.Messages);
        Assert.Equal((NoticeKinds.OrderDelayed, "ada@example.com"), (delayed.Occasion.Split('/')[0], delayed.To.Value));
        await AssertToldAsync("order-delayed");

        await application.DeliverWebhooksAsync(times);
        await ShipAsync(ShipBy.AddHours(5));
        await application.AtAsync(ShipBy.AddHours(5).AddMinutes(20));
        await application.AtAsync(ShipBy.AddHours(5).AddMinutes(40));
        Assert.Equal(2, application.Channel.Messages.Count);
        Assert.Contains("SE123", application.Channel.Messages[1].Text, StringComparison.Ordinal);

        await shop.CommandAsync(
            "patch",
            new
            {
                id = "gid://shopify/Fulfillment/7",
                values = new { displayStatus = "DELIVERED", deliveredAt = ShipBy.AddDays(2) },
                updatedAt = ShipBy.AddDays(2),
            }
        );
        await application.AtAsync(ShipBy.AddDays(2).AddMinutes(20));
        await application.AtAsync(ShipBy.AddDays(2).AddMinutes(40));
        Assert.Equal(
            [NoticeKinds.OrderDelayed, NoticeKinds.OrderShipped, NoticeKinds.OrderDelivered],
            application.Channel.Messages.Select(message => message.Occasion.Split('/')[0])
        );
        await AssertToldAsync("order-delivered");
    }

    private async Task ShipAsync(DateTimeOffset at)
    {
        await shop.CommandAsync(
            "patch",
            new
            {
                id = "gid://shopify/LineItem/1",
                values = new { unfulfilledQuantity = 0 },
                quiet = true,
            }
        );
        await shop.CommandAsync(
            "patch",
            new
            {
                id = "gid://shopify/FulfillmentOrder/1",
                values = new { status = "CLOSED" },
                quiet = true,
            }
        );
        await shop.CommandAsync(
            "append",
            new
            {
                id = $"gid://shopify/Order/{Id}",
                field = "fulfillments",
                value = new
                {
                    id = "gid://shopify/Fulfillment/7",
                    status = "SUCCESS",
                    displayStatus = "IN_TRANSIT",
                    createdAt = at,
                    updatedAt = at,
                    inTransitAt = at,
                    requiresShipping = true,
                    trackingInfo = (object[])
                        [
                            new
                            {
                                company = "PostNord",
                                number = "SE123",
                                url = "https://track.example/SE123",
                            },
                        ],
                    fulfillmentLineItems = (object[])[new { quantity = 1, lineItem = new { id = "gid://shopify/LineItem/1" } }],
                },
            }
        );
    }

    private async Task AssertToldAsync(string kind)
    {
        var order = (await shop.CommandAsync("getOrder", new { id = $"gid://shopify/Order/{Id}" }))["order"]!;
        Assert.StartsWith("Wrap it as a present.", (string?)order["note"], StringComparison.Ordinal);
        Assert.Contains($"told \"{kind}\"", (string?)order["note"], StringComparison.Ordinal);
        Assert.Contains("vip", order["tags"]!.AsArray().Select(tag => (string?)tag));
        Assert.Equal(2, order["tags"]!.AsArray().Count);
    }
}
