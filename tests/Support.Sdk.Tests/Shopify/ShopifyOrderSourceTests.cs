using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Orders;
using Support.Sdk.Shopify;
using Support.Sdk.Shopify.Admin;
using Support.Sdk.Shopify.Orders;
using Xunit;
using static Support.Sdk.Tests.Shopify.ShopifyOrders;

namespace Support.Sdk.Tests.Shopify;

public sealed class ShopifyOrderSourceTests
{
    private static readonly OrderKey First = new("main", "1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void It_serves_the_shops_that_are_set_up()
    {
        var source = Source(new CannedAdmin());

        Assert.True(source.Serves("main"));
        Assert.False(source.Serves("other"));
    }

    [Fact]
    public async Task An_order_is_found_by_its_number()
    {
        var admin = new CannedAdmin().On("Orders", Nodes(Unsent()));

        Assert.Equal(First, (await Source(admin).FindAsync(First, Token))!.Key);
        Assert.Equal("gid://shopify/Order/1", (string?)admin.AskedFor("Orders").Single()["ids"]![0]);
    }

    [Fact]
    public async Task An_order_that_is_gone_is_not_found() => Assert.Null(await Source(new CannedAdmin().On("Orders", Nodes([null]))).FindAsync(First, Token));

    [Fact]
    public async Task An_id_that_is_no_number_is_asked_of_nobody()
    {
        var admin = new CannedAdmin();

        Assert.Null(await Source(admin).FindAsync(new OrderKey("main", "1/../2"), Token));
        Assert.Empty(admin.Asked);
    }

    [Fact]
    public async Task An_order_that_is_held_back_as_a_whole_is_an_error_and_not_gone()
    {
        var admin = new CannedAdmin { Withheld = ["nodes.0"] }.On("Orders", Nodes([null]));

        await Assert.ThrowsAsync<ShopifyException>(() => Source(admin).FindAsync(First, Token));
    }

    [Theory]
    [InlineData("nodes.0.email", true)]
    [InlineData("nodes.0.shippingAddress", true)]
    [InlineData("nodes.0.displayAddress.firstName", true)]
    [InlineData("nodes.1.email", false)]
    [InlineData("nodes.0.fulfillmentOrders", false)]
    public async Task A_customer_is_withheld_only_where_their_own_values_are(string path, bool isWithheld)
    {
        var admin = new CannedAdmin { Withheld = [path] }.On("Orders", Nodes(Unsent(change: order => order["email"] = null)));

        Assert.Equal(isWithheld, (await Source(admin).FindAsync(First, Token))!.Customer.IsWithheld);
    }

    [Fact]
    public async Task The_metafield_of_the_promise_is_asked_for_where_it_is_named()
    {
        var admin = new CannedAdmin().On("Orders", Nodes(Unsent()));

        await Source(admin, promiseMetafield: "custom.delivery_promise").FindAsync(First, Token);
        await Source(admin).FindAsync(First, Token);

        Assert.Equal(
            [(true, "custom", "delivery_promise"), (false, "", "")],
            admin.AskedFor("Orders").Select(asked => ((bool)asked["withPromise"]!, (string)asked["promiseNamespace"]!, (string)asked["promiseKey"]!))
        );
    }

    [Fact]
    public async Task Everything_of_an_order_is_read_to_the_last_page()
    {
        var order = Sent(change: order =>
        {
            order["fulfillments"] = new JsonArray(Parcel("31", 1), Parcel("32", 1), Parcel("33", 1));
            order["lineItems"]!["pageInfo"]!["hasNextPage"] = true;
            order["fulfillmentOrders"]!["pageInfo"]!["hasNextPage"] = true;
            order.FirstParcel()["events"]!["pageInfo"]!["hasNextPage"] = true;
            order.FirstParcel()["fulfillmentLineItems"]!["pageInfo"]!["hasNextPage"] = true;
        });
        var admin = new CannedAdmin()
            .On("Orders", Nodes(order))
            .On("OrderLineItems", Rest("order", "lineItems", """{ "id": "gid://shopify/LineItem/12", "name": "Cup", "unfulfilledQuantity": 1 }"""))
            .On("OrderFulfillmentOrders", Rest("order", "fulfillmentOrders", """{ "status": "OPEN", "fulfillBy": "2026-11-25T00:00:00Z" }"""))
            .On("FulfillmentEvents", Rest("fulfillment", "events", """{ "status": "DELAYED", "happenedAt": "2026-11-24T00:00:00Z" }"""))
            .On("FulfillmentLineItems", Rest("fulfillment", "fulfillmentLineItems", """{ "quantity": 3, "lineItem": { "name": "Saucer" } }"""))
            .On(
                "OrderFulfillments",
                """{ "order": { "fulfillments": [{ "id": "gid://shopify/Fulfillment/31" }, { "id": "gid://shopify/Fulfillment/34" }] } }"""
            )
            .On("Fulfillments", Nodes(Parcel("34", 1)));

        var read = (await Source(admin).FindAsync(First, Token))!;

        Assert.Equal(["31", "32", "33", "34"], read.Shipments.Select(parcel => parcel.Id));
        Assert.Equal([("Teapot - Blue", 4), ("Cup", 1)], read.Items.Select(item => (item.Name, item.Quantity)));
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero), read.Promise!.ShipBy!.Moment);
        Assert.Contains(read.Shipments[0].Events, scan => scan.Status == TrackingStatus.Delayed);
        Assert.Equal(["Teapot - Blue", "Saucer"], read.Shipments[0].Items.Select(item => item.Name));
        Assert.Equal("gid://shopify/Fulfillment/34", (string?)admin.AskedFor("Fulfillments").Single()["ids"]!.AsArray().Single());
    }

    [Fact]
    public async Task Changed_orders_come_in_the_order_of_their_change_from_every_page()
    {
        var admin = Shop().On("OrderIds", asked => Ids((string?)asked["after"] is null ? Enumerable.Range(1, 7) : [8, 9], hasNext: asked["after"] is null));

        var orders = await ChangedAsync(admin);

        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8", "9"], orders.Select(order => order.Key.Id));
        Assert.All(admin.AskedFor("OrderIds"), asked => Assert.Equal("updated_at:>='2026-11-26T11:50:00Z'", (string?)asked["filter"]));
        Assert.All(admin.AskedFor("Orders"), asked => Assert.InRange(asked["ids"]!.AsArray().Count, 1, 6));
    }

    [Fact]
    public async Task A_page_that_leads_back_to_itself_is_an_error_and_no_loop()
    {
        var admin = Shop().On("OrderIds", _ => Ids([1], hasNext: true));

        await Assert.ThrowsAsync<ShopifyException>(() => ChangedAsync(admin));
    }

    [Fact]
    public async Task A_shop_that_never_rests_is_not_listed_for_ever()
    {
        var page = 0;
        var admin = Shop()
            .On(
                "OrderIds",
                _ =>
                {
                    page++;
                    return Ids([page], hasNext: true, cursor: $"c{page}", updatedAt: Now.AddMinutes(page));
                }
            );

        var orders = await ChangedAsync(admin);

        Assert.Equal(["1", "2", "3", "4", "5"], orders.Select(order => order.Key.Id));
    }

    [Fact]
    public async Task An_order_that_changed_while_the_list_was_read_is_read_again_and_others_are_not()
    {
        var admin = Shop().On("OrderIds", asked => asked["after"] is null ? Ids(Enumerable.Range(1, 6), hasNext: true) : AgainAndLater());

        var orders = await ChangedAsync(admin);

        Assert.Equal(["1", "2", "3", "4", "5", "6", "2"], orders.Select(order => order.Key.Id));

        static string AgainAndLater()
        {
            var page = Parse(Ids([1], hasNext: false));
            page["orders"]!["nodes"]!.AsArray().Add(Parse(Ids([2], hasNext: false, updatedAt: Now))["orders"]!["nodes"]![0]!.DeepClone());
            return page.ToJsonString();
        }
    }

    [Fact]
    public async Task Orders_whose_fulfillment_orders_changed_follow_each_once()
    {
        var admin = Shop()
            .On("OrderIds", _ => Ids([1], hasNext: false))
            .On("FulfillmentOrderIds", asked => Parts(asked["after"] is null ? [1, 2, 2] : [3, 2], hasNext: asked["after"] is null));

        var orders = await ChangedAsync(admin);

        Assert.Equal(["1", "2", "3"], orders.Select(order => order.Key.Id));
    }

    [Fact]
    public async Task An_app_that_may_not_list_fulfillment_orders_lists_the_orders_all_the_same()
    {
        var admin = Shop()
            .On("OrderIds", _ => Ids([1], hasNext: false))
            .On("FulfillmentOrderIds", _ => throw new ShopifyException("No scope.") { IsDenied = true });

        Assert.Equal(["1"], (await ChangedAsync(admin)).Select(order => order.Key.Id));
    }

    [Fact]
    public async Task An_order_that_is_gone_since_it_was_listed_is_left_out()
    {
        var admin = Shop().On("OrderIds", _ => Ids([1, 2], hasNext: false)).On("Orders", _ => Nodes(null, Unsent("2")));

        Assert.Equal(["2"], (await ChangedAsync(admin)).Select(order => order.Key.Id));
    }

    [Fact]
    public async Task For_the_first_time_the_open_orders_come_from_a_bulk_operation()
    {
        var admin = Bulk(
            Unsent("1"),
            Unsent("2", order => order["cancelledAt"] = "2026-11-21T08:00:00Z"),
            Sent("3", order => order.FirstParcel()["deliveredAt"] = "2026-11-24T08:00:00Z"),
            Sent("4", order => order["closed"] = true)
        );

        var orders = await OpenAsync(admin);

        Assert.Equal(["1", "4"], orders.Select(order => order.Key.Id));
        Assert.All(orders, order => Assert.Equal(Now.AddMinutes(-1), order.ReadAt));
        Assert.Equal("https://storage.example/result", (string?)admin.AskedFor("download").Single()["address"]);
        Assert.Empty(admin.AskedFor("Orders"));
    }

    [Fact]
    public async Task The_bulk_query_has_its_filter_and_its_metafield()
    {
        var admin = Bulk();

        await OpenAsync(admin, "custom.delivery_promise");

        var query = (string?)admin.AskedFor("BulkRun").Single()["query"];
        Assert.Contains("orders(query: \"status:open OR updated_at:>='2026-10-27T00:00:00Z'\")", query, StringComparison.Ordinal);
        Assert.Contains("metafield(namespace: \"custom\", key: \"delivery_promise\")", query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_metafield_the_bulk_query_asks_for_none()
    {
        var admin = Bulk();

        await OpenAsync(admin);

        Assert.DoesNotContain("metafield", (string?)admin.AskedFor("BulkRun").Single()["query"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_of_which_a_part_was_sent_is_read_once_more()
    {
        var partly = Sent("2", order => order.Line()["unfulfilledQuantity"] = 1);
        var admin = Bulk(Unsent("1"), partly).On("Orders", _ => Nodes(partly.DeepClone().AsObject()));

        var orders = await OpenAsync(admin);

        Assert.Equal(["1", "2"], orders.Select(order => order.Key.Id));
        Assert.Equal("gid://shopify/Order/2", (string?)admin.AskedFor("Orders").Single()["ids"]!.AsArray().Single());
    }

    [Fact]
    public async Task A_bulk_operation_that_is_under_way_is_waited_for_and_none_is_started()
    {
        var filter = OrderLister.Open(Now);
        var running = new JsonObject
        {
            ["id"] = "gid://shopify/BulkOperation/1",
            ["status"] = "RUNNING",
            ["query"] = BulkOrders.Query(filter, null).Replace("\n", "  \n", StringComparison.Ordinal),
        };
        var admin = Bulk(Unsent("1"))
            .On("BulkOperations", new JsonObject { ["bulkOperations"] = new JsonObject { ["nodes"] = new JsonArray(running) } }.ToJsonString());

        Assert.Single(await OpenAsync(admin));
        Assert.Empty(admin.AskedFor("BulkRun"));
    }

    [Fact]
    public async Task Somebody_elses_bulk_operation_is_left_alone()
    {
        var admin = Bulk(Unsent("1"))
            .On(
                "BulkOperations",
                """{ "bulkOperations": { "nodes": [{ "id": "gid://shopify/BulkOperation/9", "status": "RUNNING", "query": "{ products { edges { node { id } } } }" }] } }"""
            );

        Assert.Single(await OpenAsync(admin));
        Assert.Single(admin.AskedFor("BulkRun"));
    }

    [Theory]
    [InlineData("""{ "bulkOperation": { "status": "FAILED", "errorCode": "ACCESS_DENIED" } }""")]
    [InlineData("""{ "bulkOperation": { "status": "EXPIRED" } }""")]
    [InlineData("""{ "bulkOperation": null }""")]
    [InlineData("""{ "bulkOperation": { "status": "COMPLETED", "url": "/plain" } }""")]
    [InlineData("""{ "bulkOperation": { "status": "RUNNING" } }""")]
    public async Task Where_bulk_fails_the_open_orders_are_read_page_by_page(string operation)
    {
        var admin = Bulk().On("BulkOperation", operation).On("OrderIds", _ => Ids([1, 2], hasNext: false)).On("Orders", EachUnsent);

        Assert.Equal(["1", "2"], (await OpenAsync(admin)).Select(order => order.Key.Id));
    }

    [Fact]
    public async Task Where_bulk_is_refused_the_open_orders_are_read_page_by_page()
    {
        var admin = Bulk()
            .On(
                "BulkRun",
                """{ "bulkOperationRunQuery": { "bulkOperation": null, "userErrors": [{ "field": null, "message": "Bulk operations limit reached." }] } }"""
            )
            .On("OrderIds", _ => Ids([1], hasNext: false))
            .On("Orders", EachUnsent);

        Assert.Single(await OpenAsync(admin));
    }

    [Fact]
    public async Task A_bulk_result_that_lacks_orders_is_made_up_for_page_by_page()
    {
        var admin = Bulk(Unsent("1"));
        admin.On("BulkOperation", """{ "bulkOperation": { "status": "COMPLETED", "rootObjectCount": "2", "url": "https://storage.example/result" } }""");
        admin.On("OrderIds", _ => Ids([1, 2], hasNext: false)).On("Orders", EachUnsent);

        Assert.Equal(["1", "1", "2"], (await OpenAsync(admin)).Select(order => order.Key.Id));
    }

    [Fact]
    public async Task A_bulk_operation_that_found_nothing_has_no_file()
    {
        var admin = Bulk().On("BulkOperation", """{ "bulkOperation": { "status": "COMPLETED", "rootObjectCount": "0", "url": null } }""");

        Assert.Empty(await OpenAsync(admin));
    }

    [Fact]
    public async Task Page_by_page_an_order_whose_first_parcel_arrived_still_waits_for_the_second()
    {
        var order = Sent(
            "1",
            order =>
            {
                order.Line()["unfulfilledQuantity"] = 1;
                order.FirstParcel()["deliveredAt"] = "2026-11-24T08:00:00Z";
            }
        );
        var admin = new CannedAdmin().On("OrderIds", _ => Ids([1], hasNext: false)).On("Orders", Nodes(order));

        Assert.Single(await OpenAsync(admin));
    }

    private static CannedAdmin Shop() => new CannedAdmin().On("Orders", EachUnsent).On("FulfillmentOrderIds", _ => Parts([], hasNext: false));

    private static CannedAdmin Bulk(params JsonObject[] orders) =>
        new CannedAdmin { Download = string.Concat(orders.Select(BulkReaderTests.Lines)) }
            .On("BulkOperations", """{ "bulkOperations": { "nodes": [] } }""")
            .On(
                "BulkRun",
                """{ "bulkOperationRunQuery": { "bulkOperation": { "id": "gid://shopify/BulkOperation/1", "status": "CREATED" }, "userErrors": [] } }"""
            )
            .On(
                "BulkOperation",
                $$"""{ "bulkOperation": { "status": "COMPLETED", "createdAt": "2026-11-26T11:59:00Z", "rootObjectCount": "{{orders.Length}}", "url": "https://storage.example/result" } }"""
            );

    private static string EachUnsent(JsonObject asked) => Nodes(asked["ids"]!.AsArray().Select(id => Unsent(ShopifyId.Number((string?)id)!)));

    private static async Task<List<OrderSnapshot>> ChangedAsync(CannedAdmin admin) =>
        await Source(admin).ChangedSinceAsync("main", Now.AddMinutes(-10), Token).ToListAsync(Token);

    // The clock is moved for as long as somebody waits for it.
    private static async Task<List<OrderSnapshot>> OpenAsync(CannedAdmin admin, string? promiseMetafield = null)
    {
        var time = new FakeTimeProvider(Now);
        var reading = Source(admin, time, promiseMetafield).ChangedSinceAsync("main", null, Token).ToListAsync(Token).AsTask();
        while (!reading.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        return await reading;
    }

    private static string Ids(IEnumerable<int> ids, bool hasNext, string cursor = "c", DateTimeOffset? updatedAt = null) =>
        new JsonObject
        {
            ["orders"] = new JsonObject
            {
                ["nodes"] = new JsonArray([
                    .. ids.Select(id => new JsonObject
                    {
                        ["id"] = $"gid://shopify/Order/{id}",
                        ["updatedAt"] = (updatedAt ?? Now.AddDays(-6)).ToString("O", CultureInfo.InvariantCulture),
                    }),
                ]),
                ["pageInfo"] = new JsonObject { ["hasNextPage"] = hasNext, ["endCursor"] = cursor },
            },
        }.ToJsonString();

    private static string Parts(IEnumerable<int> orders, bool hasNext) =>
        new JsonObject
        {
            ["fulfillmentOrders"] = new JsonObject
            {
                ["nodes"] = new JsonArray([.. orders.Select(id => new JsonObject { ["orderId"] = $"gid://shopify/Order/{id}" })]),
                ["pageInfo"] = new JsonObject { ["hasNextPage"] = hasNext, ["endCursor"] = "p" },
            },
        }.ToJsonString();

    private static string Rest(string owner, string connection, string node) =>
        $$"""{ "{{owner}}": { "{{connection}}": { "nodes": [{{node}}], "pageInfo": { "hasNextPage": false } } } }""";
}
