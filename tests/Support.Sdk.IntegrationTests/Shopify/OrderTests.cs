using System.Globalization;
using System.Text.Json.Nodes;
using Support.Sdk.Orders;
using Xunit;

namespace Support.Sdk.IntegrationTests.Shopify;

/// <summary>Orders as they stand in a shop: in several parcels, on hold, on their way, and in part unreadable.</summary>
public sealed class OrderTests(ShopifyPeer shop, TemporaryDatabase database) : IClassFixture<ShopifyPeer>, IClassFixture<TemporaryDatabase>
{
    private const string Order = "gid://shopify/Order/1";
    private static readonly DateTimeOffset Placed = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Each_parcel_has_what_is_in_it_and_the_rest_is_still_to_come()
    {
        await BeginAsync("7");
        await AppendAsync("1", quantity: 2);
        await AppendAsync("2", quantity: 1);
        // One that was cancelled went nowhere.
        await AppendAsync("3", quantity: 4, status: "CANCELLED");

        var order = await FindAsync();

        Assert.Equal((OrderStatus.Open, 7), (order.Status, Assert.Single(order.Items).Quantity));
        Assert.Equal(["1", "2", "3"], order.Shipments.Select(parcel => parcel.Id));
        Assert.Equal([2, 1, 4], order.Shipments.Select(parcel => Assert.Single(parcel.Items).Quantity));
        Assert.Equal(["SE1", "SE2", "SE3"], order.Shipments.Select(parcel => parcel.TrackingNumber));
        Assert.Null(order.Shipments[2].ShippedAt);
        Assert.Contains(order.Shipments[2].Events, scan => scan.Status == TrackingStatus.Cancelled);
    }

    [Fact]
    public async Task An_order_in_more_parcels_than_fit_into_one_answer_is_read_whole()
    {
        await BeginAsync("30");
        for (var parcel = 1; parcel <= 16; parcel++)
        {
            await AppendAsync(parcel.ToString(CultureInfo.InvariantCulture), quantity: 1);
        }

        var order = await FindAsync();

        Assert.Equal(16, order.Shipments.Select(parcel => parcel.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(16, order.Shipments.Sum(parcel => Assert.Single(parcel.Items).Quantity));
        Assert.Equal(30, Assert.Single(order.Items).Quantity);
    }

    [Fact]
    public async Task A_hold_is_seen_though_its_order_was_not_updated()
    {
        await BeginAsync("1");
        var since = Placed.AddDays(1);
        Assert.Empty(await ChangedAsync(since));

        await shop.CommandAsync(
            "patch",
            new
            {
                id = "gid://shopify/FulfillmentOrder/1",
                values = new
                {
                    status = "ON_HOLD",
                    updatedAt = since,
                    fulfillmentHolds = new[] { new { id = "gid://shopify/FulfillmentHold/1", reason = "INVENTORY_OUT_OF_STOCK" } },
                },
                quiet = true,
            }
        );

        var held = Assert.Single(await ChangedAsync(since));
        Assert.Equal((OrderStatus.OnHold, "Something in the order is out of stock."), (held.Status, held.HoldReason));
        Assert.Equal(Placed, held.UpdatedAt);
        Assert.Empty(await ChangedAsync(since.AddSeconds(1)));
    }

    [Fact]
    public async Task A_parcel_has_the_carriers_scans_and_when_it_is_expected()
    {
        await BeginAsync("1");
        await AppendAsync("1", quantity: 1);
        var (delayedAt, expectedAt) = (Placed.AddDays(2), Placed.AddDays(5));
        await shop.CommandAsync(
            "patch",
            new
            {
                id = "gid://shopify/Fulfillment/1",
                values = new
                {
                    displayStatus = "DELAYED",
                    inTransitAt = Placed.AddDays(1),
                    estimatedDeliveryAt = expectedAt,
                    // Out of order, as carriers report.
                    events = (object[])
                        [
                            new
                            {
                                id = "gid://shopify/FulfillmentEvent/2",
                                status = "DELAYED",
                                happenedAt = delayedAt,
                                message = "Snow",
                                estimatedDeliveryAt = expectedAt,
                            },
                            new
                            {
                                id = "gid://shopify/FulfillmentEvent/1",
                                status = "IN_TRANSIT",
                                happenedAt = Placed.AddDays(1),
                            },
                        ],
                },
            }
        );

        var parcel = Assert.Single((await FindAsync()).Shipments);

        Assert.Equal((Placed.AddDays(1), null, expectedAt), (parcel.ShippedAt, parcel.DeliveredAt, parcel.EstimatedArrival));
        Assert.Equal(("PostNord", new Uri("https://track.example/SE1")), (parcel.Carrier, parcel.TrackingUrl));
        Assert.Equal(
            [(TrackingStatus.InTransit, Placed.AddDays(1), null, null), (TrackingStatus.Delayed, delayedAt, "Snow", expectedAt)],
            parcel.Events.Select(scan => (scan.Status, scan.At, scan.Description, scan.EstimatedArrival))
        );
    }

    [Fact]
    public async Task A_parcel_has_all_of_its_scans_however_many()
    {
        await BeginAsync("1");
        await AppendAsync("1", quantity: 1);
        var events = Enumerable.Range(0, 40).Select(hour => new { status = "IN_TRANSIT", happenedAt = Placed.AddHours(hour) });
        await shop.CommandAsync("patch", new { id = "gid://shopify/Fulfillment/1", values = new { displayStatus = "IN_TRANSIT", events } });

        var parcel = Assert.Single((await FindAsync()).Shipments);

        Assert.Equal(Enumerable.Range(0, 40).Select(hour => Placed.AddHours(hour)), parcel.Events.Select(scan => scan.At));
    }

    [Theory]
    [InlineData("Order.email")]
    [InlineData("Order.displayAddress")]
    [InlineData("MailingAddress")]
    public async Task A_customer_who_is_held_back_is_known_to_be_and_the_order_is_read(string field)
    {
        await BeginAsync("1");
        await shop.CommandAsync("withhold", new { fields = new[] { field } });

        var order = await FindAsync();

        Assert.True(order.Customer.IsWithheld);
        Assert.Equal(field is "Order.email" ? 0 : 1, order.Customer.ContactPoints.Count);
        Assert.Equal("#1001", order.Number);
        await shop.CommandAsync("withhold", new { fields = Array.Empty<string>() });
        Assert.False((await FindAsync()).Customer.IsWithheld);
    }

    [Fact]
    public async Task A_throttled_reading_succeeds_when_there_are_points()
    {
        await BeginAsync("1");
        await shop.CommandAsync(
            "throttle",
            new
            {
                maximumAvailable = 1000,
                restoreRate = 1000,
                available = 0,
            }
        );

        await FindAsync();

        Assert.InRange((await StatsAsync())["throttled"]!.GetValue<int>(), 1, 2);
    }

    [Fact]
    public async Task A_reading_that_came_too_often_waits_as_it_is_told()
    {
        await BeginAsync("1");
        await shop.CommandAsync("fail", new { status = 429, retryAfter = 1 });
        var start = TimeProvider.System.GetTimestamp();

        await FindAsync();

        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromSeconds(0.99));
        Assert.Equal((1, 1), ((await StatsAsync())["failed"]!.GetValue<int>(), (await StatsAsync())["calls"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("""{ "command": "fail", "status": 503, "next": 2 }""")]
    [InlineData("""{ "command": "fail", "reset": true }""")]
    [InlineData("""{ "command": "fail", "reset": true, "when": "after" }""")]
    public async Task A_reading_whose_answer_was_lost_is_made_again(string fault)
    {
        await BeginAsync("1");
        await shop.CommandAsync("fail", JsonNode.Parse(fault));

        await FindAsync();
    }

    [Fact]
    public async Task All_changed_orders_are_listed_page_by_page_each_once_the_oldest_change_first()
    {
        await shop.BeginAsync();
        await shop.CommandAsync("fill", new { count = 600, from = "2026-11-02T09:00:00Z" });
        var since = Placed.AddDays(-1);

        var changed = await ChangedAsync(since);

        Assert.Equal(600, changed.Count);
        Assert.Equal(600, changed.Select(order => order.Key).Distinct().Count());
        Assert.Equal(changed.Select(order => order.UpdatedAt).Order(), changed.Select(order => order.UpdatedAt));
        var calls = (await shop.CommandAsync("calls"))["calls"]!.AsArray().Select(call => (string?)call!["operation"]).ToList();
        Assert.Equal(3, calls.Count(call => call is "OrderIds"));
        Assert.Equal(100, calls.Count(call => call is "Orders"));
    }

    private async Task BeginAsync(string quantity)
    {
        await shop.BeginAsync();
        await shop.PutAsync(
            $$"""
            {
              "id": "{{Order}}", "name": "#1001", "createdAt": "2026-11-02T09:00:00Z", "updatedAt": "2026-11-02T09:00:00Z", "email": "ada@example.com",
              "displayAddress": { "firstName": "Ada" }, "shippingAddress": { "firstName": "Ada", "countryCodeV2": "SE" },
              "lineItems": [{ "id": "gid://shopify/LineItem/1", "name": "Teapot", "quantity": {{quantity}}, "unfulfilledQuantity": {{quantity}} }],
              "fulfillmentOrders": [{ "id": "gid://shopify/FulfillmentOrder/1", "status": "OPEN" }]
            }
            """
        );
    }

    private async Task AppendAsync(string id, int quantity, string status = "SUCCESS")
    {
        await shop.CommandAsync(
            "append",
            new
            {
                id = Order,
                field = "fulfillments",
                value = new
                {
                    id = $"gid://shopify/Fulfillment/{id}",
                    status,
                    createdAt = Placed.AddHours(5),
                    updatedAt = Placed.AddHours(5),
                    trackingInfo = (object[])
                        [
                            new
                            {
                                company = "PostNord",
                                number = $"SE{id}",
                                url = $"https://track.example/SE{id}",
                            },
                        ],
                    fulfillmentLineItems = (object[])[new { quantity, lineItem = new { id = "gid://shopify/LineItem/1" } }],
                },
            }
        );
        if (status is "SUCCESS")
        {
            var left = (await shop.CommandAsync("get", new { id = "gid://shopify/LineItem/1" }))["object"]!["unfulfilledQuantity"]!.GetValue<int>();
            await shop.CommandAsync("patch", new { id = "gid://shopify/LineItem/1", values = new { unfulfilledQuantity = left - quantity } });
        }
    }

    private async Task<OrderSnapshot> FindAsync()
    {
        await using var storefront = new ShopifyStorefront(shop, database);
        return (await storefront.Orders.FindAsync(new OrderKey(ShopifyStorefront.Id, "1"), TestContext.Current.CancellationToken))!;
    }

    private async Task<List<OrderSnapshot>> ChangedAsync(DateTimeOffset since)
    {
        await using var storefront = new ShopifyStorefront(shop, database);
        return await storefront.Orders.ChangedSinceAsync(ShopifyStorefront.Id, since, TestContext.Current.CancellationToken).ToListAsync();
    }

    private async Task<JsonNode> StatsAsync() => (await shop.CommandAsync("stats"))["stats"]!;
}
