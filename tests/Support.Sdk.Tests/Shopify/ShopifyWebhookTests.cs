using System.Text;
using Support.Sdk.Orders;
using Support.Sdk.Webhooks;
using Xunit;

namespace Support.Sdk.Tests.Shopify;

public sealed class ShopifyWebhookTests
{
    private static async Task<OrderChanged> ChangedAsync(ShopifyPost post, string body = ShopifyPost.Order) =>
        Assert.IsType<OrderChanged>(Assert.Single((await post.ReadAsync(body)).Events));

    private static Task<OrderChanged> ChangedAsync(string topic, string body) => ChangedAsync(new ShopifyPost { Topic = topic }, body);

    [Fact]
    public async Task A_changed_order_is_a_hint_that_names_it()
    {
        var changed = await ChangedAsync(new ShopifyPost());

        Assert.Equal(new OrderKey("main", ShopifyPost.OrderId), changed.Key);
        Assert.Equal("shopify", changed.Source);
        Assert.Equal("teapots.myshopify.com orders/updated 9007199254740993 98880550-7158-44d4-b7cd-2c97c8a091b5", changed.EventId);
        Assert.Equal(Given.Monday.AddSeconds(-1.1229583), changed.At, TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData("orders/create", """{"id":7}""")]
    [InlineData("orders/updated", """{"id":7}""")]
    [InlineData("orders/cancelled", """{"id":7}""")]
    [InlineData("orders/fulfilled", """{"id":7}""")]
    [InlineData("orders/partially_fulfilled", """{"id":7}""")]
    [InlineData("orders/paid", """{"id":7}""")]
    [InlineData("orders/delete", """{"id":7}""")]
    [InlineData("orders/edited", """{"order_edit":{"id":1,"order_id":7}}""")]
    [InlineData("fulfillments/create", """{"id":1,"order_id":7}""")]
    [InlineData("fulfillments/update", """{"id":1,"order_id":7}""")]
    [InlineData("fulfillment_events/create", """{"id":1,"fulfillment_id":2,"order_id":7}""")]
    [InlineData("fulfillment_events/delete", """{"id":1,"order_id":7}""")]
    [InlineData("refunds/create", """{"id":1,"order_id":7,"return":null}""")]
    [InlineData("returns/request", """{"id":1,"order":{"id":7,"admin_graphql_api_id":"gid://shopify/Order/7"}}""")]
    [InlineData("returns/approve", """{"id":1,"order":{"id":7}}""")]
    public async Task Every_topic_names_its_order(string topic, string body) => Assert.Equal("7", (await ChangedAsync(topic, body)).Key.Id);

    [Theory]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("820982911946154508", "820982911946154508")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("\"820982911946154508\"", "820982911946154508")]
    [InlineData("\"gid://shopify/Order/820982911946154508\"", "820982911946154508")]
    [InlineData("\"gid:\\/\\/shopify\\/Order\\/820982911946154508\"", "820982911946154508")]
    [InlineData("\"gid://shopify/Order/820982911946154508?key=1\"", "820982911946154508")]
    public async Task Ids_are_read_to_the_last_digit(string written, string expected) =>
        Assert.Equal(expected, (await ChangedAsync("orders/create", $$"""{"id":{{written}}}""")).Key.Id);

    [Theory]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":-7}""")]
    [InlineData("""{"id":7.0}""")]
    [InlineData("""{"id":8.20982911946154508e17}""")]
    [InlineData("""{"id":100000000000000000000}""")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"id":"7 "}""")]
    [InlineData("""{"id":"gid://shopify/Fulfillment/7"}""")]
    [InlineData("""{"id":"gid://shopify/Order/"}""")]
    [InlineData("""{"id":[7]}""")]
    [InlineData("""{"id":{"id":7}}""")]
    [InlineData("""{"ID":7}""")]
    [InlineData("""{"order":{"id":7}}""")]
    [InlineData("""{"id":7""")]
    [InlineData("""[{"id":7}]""")]
    [InlineData("")]
    public async Task A_body_without_one_id_where_its_topic_has_one_is_malformed(string body)
    {
        var reading = await new ShopifyPost { Topic = "orders/create" }.ReadAsync(body);

        Assert.Equal(WebhookOutcome.Malformed, reading.Outcome);
        Assert.DoesNotContain("7", reading.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":7,"id":8}""")]
    [InlineData("""{"admin":{"id":8},"id":7,"\u0069d":8}""")]
    [InlineData("""{"id":7}{"id":8}""")]
    [InlineData("""{"id":7,"name":""")]
    public async Task The_first_id_is_taken_and_what_stands_behind_it_is_not_read_because_the_body_is_signed(string body) =>
        Assert.Equal("7", (await ChangedAsync("orders/updated", body)).Key.Id);

    [Fact]
    public async Task A_body_that_is_nested_without_end_is_malformed()
    {
        var body = $$"""{"a":{{new string('[', 100_000)}}""";

        Assert.Equal(WebhookOutcome.Malformed, (await new ShopifyPost().ReadAsync(body)).Outcome);
    }

    [Fact]
    public async Task Members_that_are_not_known_change_nothing()
    {
        const string Body = """{"new":{"id":1,"deep":[[{"id":2}]]},"order_id":3,"id":7,"later":[{"id":4}],"half":"\ud83d"}""";

        Assert.Equal("7", (await ChangedAsync("orders/updated", Body)).Key.Id);
    }

    [Theory]
    [InlineData("app/uninstalled", """{"id":548380009,"name":"Super Toys"}""")]
    [InlineData("fulfillment_orders/rescheduled", """{"fulfillment_order":{"id":"gid://shopify/FulfillmentOrder/1"}}""")]
    [InlineData("inventory_levels/update", """{"inventory_item_id":1}""")]
    [InlineData("orders/reinvented", """{"id":7}""")]
    [InlineData("Orders/Create", """{"id":7}""")]
    [InlineData("Product", """{"topic":"Product"}""")]
    [InlineData("\u202e", "no JSON at all")]
    [InlineData("returns/update", """{"admin_graphql_api_id":"gid://shopify/Return/1"}""")]
    [InlineData("returns/update", """{"order":null}""")]
    [InlineData("returns/reinvented", """{"order":{"id":7}}""")]
    public async Task A_topic_that_support_does_not_need_is_taken_and_forgotten(string topic, string body)
    {
        var reading = await new ShopifyPost { Topic = topic }.ReadAsync(body);

        Assert.Equal(WebhookOutcome.Events, reading.Outcome);
        Assert.Empty(reading.Events);
    }

    [Theory]
    [InlineData(-24 * 60)]
    [InlineData(-10 * 24 * 60)]
    [InlineData(-60)]
    [InlineData(60)]
    public async Task A_delivery_that_is_late_or_whose_clock_is_ahead_is_taken_with_its_own_time(int minutes)
    {
        var at = Given.Monday.AddMinutes(minutes);

        Assert.Equal(at, (await ChangedAsync(new ShopifyPost { TriggeredAt = at.ToString("o") })).At);
    }

    [Theory]
    [InlineData("2026-11-03T09:00:01Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("yesterday")]
    [InlineData("2")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_time_that_is_missing_senseless_or_far_ahead_is_that_of_arrival(string? time) =>
        Assert.Equal(Given.Monday, (await ChangedAsync(new ShopifyPost { TriggeredAt = time })).At);

    [Fact]
    public async Task A_retry_is_the_same_event_and_so_is_a_second_subscription()
    {
        var first = await ChangedAsync(new ShopifyPost());
        var retry = await ChangedAsync(new ShopifyPost { ReceivedAt = Given.Monday.AddHours(4) });
        var second = await ChangedAsync(new ShopifyPost { WebhookId = "another-subscription" });

        Assert.Equal(first.EventId, retry.EventId);
        Assert.Equal(first.EventId, second.EventId);
    }

    [Fact]
    public async Task What_one_action_does_to_two_orders_or_topics_is_several_events()
    {
        var one = await ChangedAsync("orders/updated", """{"id":7}""");
        var other = await ChangedAsync("orders/updated", """{"id":8}""");
        var topic = await ChangedAsync("orders/paid", """{"id":7}""");

        Assert.Equal(3, new[] { one.EventId, other.EventId, topic.EventId }.Distinct().Count());
    }

    [Fact]
    public async Task Without_an_event_id_the_webhook_id_counts_and_without_both_the_content()
    {
        Assert.EndsWith(" w", (await ChangedAsync(new ShopifyPost { EventId = null, WebhookId = "w" })).EventId, StringComparison.Ordinal);
        Assert.EndsWith(" w", (await ChangedAsync(new ShopifyPost { EventId = "", WebhookId = "w" })).EventId, StringComparison.Ordinal);
        Assert.Null((await ChangedAsync(new ShopifyPost { EventId = null, WebhookId = null })).EventId);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(20_000)]
    public async Task An_id_of_any_length_fits(int length)
    {
        var one = await ChangedAsync(
            new ShopifyPost { Topic = "fulfillment_events/delete", EventId = new string('x', length) },
            """{"order_id":18446744073709551615}"""
        );
        var other = await ChangedAsync(new ShopifyPost { EventId = new string('x', length) + "y" });

        Assert.InRange(one.EventId!.Length, 1, 200);
        Assert.NotEqual(one.EventId, other.EventId);
    }

    [Fact]
    public async Task An_id_of_any_characters_is_kept_as_visible_ones() =>
        Assert.DoesNotContain((await ChangedAsync(new ShopifyPost { EventId = "a\r\nb\0\u202e \ud83d" })).EventId!, one => one is < ' ' or > '~');

    [Theory]
    [InlineData("""{"topic":"Order","action":"create","data":{"order":{"id":"gid://shopify/Order/7"}}}""")]
    [InlineData("""{"topic":"Order","fields_changed":{"added":[],"updated":["order[id: 'gid://shopify/Order/7'].note"],"removed":[]}}""")]
    [InlineData("""{"topic":"Order","action":"delete","query_variables":{"orderId":"gid:\/\/shopify\/Order\/7"}}""")]
    public async Task Events_name_the_order_by_its_global_id_somewhere(string body)
    {
        var changed = await ChangedAsync(new ShopifyPost { Prefix = "shopify-", Topic = "Order" }, body);

        Assert.Equal("7", changed.Key.Id);
        Assert.Equal("teapots.myshopify.com Order 7 b54557e4-bdd9-4b37-8a5f-bf7d70bcd043", changed.EventId);
    }

    [Fact]
    public async Task An_event_of_a_parcel_reads_every_order_that_it_names_again()
    {
        const string Body =
            """{"topic":"Fulfillment","data":{"a":{"id":"gid://shopify/Order/8"},"b":["gid://shopify/Order/7","gid://shopify/Order/8","gid://shopify/Fulfillment/9"]}}""";

        var reading = await new ShopifyPost { Prefix = "shopify-", Topic = "Fulfillment" }.ReadAsync(Body);

        Assert.Equal(["8", "7"], reading.Events.Select(one => one.Order?.Id));
        Assert.Equal(2, reading.Events.Select(one => one.EventId).Distinct().Count());
    }

    [Fact]
    public async Task An_event_that_names_its_order_in_the_header_only_is_taken()
    {
        var request = new ShopifyPost { Prefix = "shopify-", Topic = "Order" }.Request("""{"topic":"Order"}""");

        var order = await ShopifyPost.ReadAsync(request.With("shopify-resource-id", "gid://shopify/Order/7"));
        var parcel = await ShopifyPost.ReadAsync(request.With("shopify-resource-id", "gid://shopify/Fulfillment/7"));

        Assert.Equal("7", Assert.Single(order.Events).Order?.Id);
        Assert.Equal(WebhookOutcome.Malformed, parcel.Outcome);
    }

    [Fact]
    public async Task A_body_that_names_orders_without_end_is_cut()
    {
        var body = new StringBuilder("""{"data":[""")
            .AppendJoin(',', Enumerable.Range(1, 5000).Select(id => $"\"gid://shopify/Order/{id}\""))
            .Append("]}")
            .ToString();

        Assert.Equal(100, (await new ShopifyPost { Topic = "Order" }.ReadAsync(body)).Events.Count);
    }
}
