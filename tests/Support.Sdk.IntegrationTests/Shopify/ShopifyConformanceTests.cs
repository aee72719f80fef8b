using System.Globalization;
using System.Text.Json.Nodes;
using Support.Sdk.Orders;
using Support.Sdk.Shopify.Orders;
using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.IntegrationTests.Shopify;

/// <summary>The adapter keeps the contract of storefronts, over the server that stands for Shopify.</summary>
public sealed class ShopifyConformanceTests(ShopifyPeer shop) : IClassFixture<ShopifyPeer>
{
    private long _last = 9007199254740993;

    public static TheoryData<StorefrontRule> Rules => [.. StorefrontConformance.Rules];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Shopify_keeps_the_contract(StorefrontRule rule)
    {
        await shop.BeginAsync();
        await using var application = await ShopifyApplication.StartAsync(shop, new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
        await application.WaitAsync(rule.CheckAsync(Target(application), TestContext.Current.CancellationToken));
    }

    private StorefrontUnderTest Target(ShopifyApplication application) =>
        new()
        {
            Shop = "main",
            Source = application.Get<IOrderSource>(),
            WriteBack = application.Get<IOrderWriteBack>(),
            PlaceAsync = PlaceAsync,
            ShipAsync = ShipAsync,
            DeliverAsync = DeliverAsync,
            CancelAsync = (id, _) => PatchAsync($"Order/{id}", new { cancelledAt = "2026-11-02T10:00:00Z" }),
            TakeAwayAsync = isAway => isAway ? shop.KillAsync() : shop.StartAsync(),
            CountWritesAsync = async () => (await shop.WritesAsync()).Count,
        };

    private async Task<string> PlaceAsync(StorefrontOrder order, CancellationToken cancellationToken)
    {
        var id = (_last += 2).ToString(CultureInfo.InvariantCulture);
        // Time goes on between two orders.
        await shop.CommandAsync("clock", new { advance = 1 });
        await shop.CommandAsync(
            "putOrder",
            new
            {
                order = new
                {
                    id = $"gid://shopify/Order/{id}",
                    name = $"#{id}",
                    email = order.Email,
                    requiresShipping = true,
                    displayFulfillmentStatus = "UNFULFILLED",
                    shippingAddress = new { countryCodeV2 = order.Country },
                    lineItems = (object[])
                        [
                            new
                            {
                                id = $"gid://shopify/LineItem/{id}",
                                name = order.Item,
                                quantity = order.Quantity,
                                currentQuantity = order.Quantity,
                                unfulfilledQuantity = order.Quantity,
                                requiresShipping = true,
                            },
                        ],
                    fulfillmentOrders = (object[])[new { id = $"gid://shopify/FulfillmentOrder/{id}", status = "OPEN" }],
                },
            }
        );
        return id;
    }

    // One piece in each parcel.
    private async Task ShipAsync(string id, StorefrontParcel parcel, CancellationToken cancellationToken)
    {
        await shop.CommandAsync("clock", new { advance = 1 });
        var order = await OrderAsync(id);
        var sent = order["fulfillments"]?.AsArray().Count ?? 0;
        var left = order["lineItems"]![0]!["unfulfilledQuantity"]!.GetValue<int>();
        await shop.CommandAsync(
            "patch",
            new
            {
                id = $"gid://shopify/LineItem/{id}",
                values = new { unfulfilledQuantity = left - 1 },
                quiet = true,
            }
        );
        await shop.CommandAsync(
            "append",
            new
            {
                id = $"gid://shopify/Order/{id}",
                field = "fulfillments",
                value = new
                {
                    id = $"gid://shopify/Fulfillment/{id}{sent}",
                    status = "SUCCESS",
                    displayStatus = "IN_TRANSIT",
                    createdAt = "2026-11-02T10:00:00Z",
                    inTransitAt = "2026-11-02T10:00:00Z",
                    trackingInfo = (object[])
                        [
                            new
                            {
                                company = parcel.Carrier,
                                number = parcel.TrackingNumber,
                                url = parcel.Url,
                            },
                        ],
                    fulfillmentLineItems = (object[])[new { quantity = 1, lineItem = new { id = $"gid://shopify/LineItem/{id}" } }],
                },
            }
        );
    }

    private async Task DeliverAsync(string id, string number, CancellationToken cancellationToken)
    {
        var parcel = (await OrderAsync(id))["fulfillments"]!
            .AsArray()
            .Single(one => string.Equals((string?)one!["trackingInfo"]![0]!["number"], number, StringComparison.Ordinal))!;
        await shop.CommandAsync(
            "patch",
            new { id = (string?)parcel["id"], values = new { displayStatus = "DELIVERED", deliveredAt = "2026-11-04T10:00:00Z" } }
        );
    }

    private async Task<JsonNode> OrderAsync(string id) => (await shop.CommandAsync("getOrder", new { id = $"gid://shopify/Order/{id}" }))["order"]!;

    private async Task PatchAsync(string id, object values)
    {
        await shop.CommandAsync("clock", new { advance = 1 });
        await shop.CommandAsync("patch", new { id = $"gid://shopify/{id}", values });
    }
}
