using System.Text.Json.Nodes;
using Support.Sdk.Shopify.Admin;
using Xunit;

namespace Support.Sdk.IntegrationTests.Shopify;

/// <summary>The webhook subscriptions that a shop needs are there, and stay there.</summary>
public sealed class SubscriptionTests(ShopifyPeer shop, TemporaryDatabase database) : IClassFixture<ShopifyPeer>, IClassFixture<TemporaryDatabase>
{
    private const string Address = "https://shop.example/support/webhooks/shopify";
    private const string Moved = "https://old.example/support/webhooks/shopify";
    private const string Foreign = "https://shop.example/hooks/stock";

    private const string Create = """
        mutation Create($topic: WebhookSubscriptionTopic!, $uri: String!) {
          webhookSubscriptionCreate(topic: $topic, webhookSubscription: { uri: $uri }) { webhookSubscription { id } userErrors { message } }
        }
        """;

    private const string Delete = "mutation Delete($id: ID!) { webhookSubscriptionDelete(id: $id) { userErrors { message } } }";

    private const string Move = """
        mutation Move($id: ID!, $uri: String!) { webhookSubscriptionUpdate(id: $id, webhookSubscription: { uri: $uri }) { userErrors { message } } }
        """;

    [Fact]
    public async Task The_first_check_makes_what_is_needed_and_the_second_nothing()
    {
        await shop.BeginAsync();

        var first = await CheckAsync();
        var writes = await shop.WritesAsync();
        var second = await CheckAsync();

        Assert.Empty(first.Refused);
        var made = await SubscriptionsAsync();
        Assert.Equal(first.Created.Order(StringComparer.Ordinal), made.Select(Topic).Order(StringComparer.Ordinal));
        Assert.All(["ORDERS_UPDATED", "FULFILLMENTS_UPDATE", "FULFILLMENT_EVENTS_CREATE"], topic => Assert.Contains(topic, first.Created));
        Assert.All(made, subscription => Assert.Equal(Address, Uri(subscription)));
        AssertNothing(second);
        Assert.Equal(writes.Count, (await shop.WritesAsync()).Count);
    }

    [Fact]
    public async Task One_that_was_removed_is_made_again()
    {
        await shop.BeginAsync();
        await CheckAsync();
        await shop.RunAsync(Delete, new { id = await IdAsync("ORDERS_UPDATED") });

        var check = await CheckAsync();

        Assert.Equal(["ORDERS_UPDATED"], check.Created);
        Assert.Equal((0, 0), (check.Repaired.Count, check.Removed.Count));
        AssertNothing(await CheckAsync());
    }

    [Fact]
    public async Task One_that_posts_elsewhere_after_a_move_is_repaired()
    {
        await shop.BeginAsync();
        await CheckAsync();
        var id = await IdAsync("FULFILLMENTS_UPDATE");
        await shop.RunAsync(Move, new { id, uri = Moved });

        var check = await CheckAsync();

        Assert.Equal(["FULFILLMENTS_UPDATE"], check.Repaired);
        Assert.Equal((0, 0), (check.Created.Count, check.Removed.Count));
        Assert.Equal(id, await IdAsync("FULFILLMENTS_UPDATE"));
        Assert.All(await SubscriptionsAsync(), subscription => Assert.Equal(Address, Uri(subscription)));
    }

    [Fact]
    public async Task One_that_is_there_twice_is_removed()
    {
        await shop.BeginAsync();
        await CheckAsync();
        await shop.RunAsync(Create, new { topic = "ORDERS_CREATE", uri = Moved });

        var check = await CheckAsync();

        Assert.Equal(["ORDERS_CREATE"], check.Removed);
        Assert.All(await SubscriptionsAsync(), subscription => Assert.Equal(Address, Uri(subscription)));
    }

    [Fact]
    public async Task One_that_is_not_ours_is_left_alone()
    {
        await shop.BeginAsync();
        await shop.RunAsync(Create, new { topic = "ORDERS_UPDATED", uri = Foreign });
        var before = (await SubscriptionsAsync()).Single().ToJsonString();

        var check = await CheckAsync();

        Assert.Contains("ORDERS_UPDATED", check.Created);
        Assert.Equal((0, 0), (check.Repaired.Count, check.Removed.Count));
        var foreign = Assert.Single(await SubscriptionsAsync(), subscription => Uri(subscription) is Foreign);
        Assert.Equal(before, foreign.ToJsonString());
    }

    private async Task<SubscriptionCheck> CheckAsync()
    {
        await using var storefront = new ShopifyStorefront(shop, database);
        return await storefront.Subscriptions.CheckAsync(ShopifyStorefront.Id, TestContext.Current.CancellationToken);
    }

    private async Task<List<JsonNode>> SubscriptionsAsync() =>
        [.. (await shop.CommandAsync("subscriptions"))["subscriptions"]!.AsArray().Select(subscription => subscription!)];

    private async Task<string?> IdAsync(string topic) =>
        (string?)(await SubscriptionsAsync()).Single(subscription => string.Equals(Topic(subscription), topic, StringComparison.Ordinal))["id"];

    private static string? Topic(JsonNode subscription) => (string?)subscription["topic"];

    private static string? Uri(JsonNode subscription) => (string?)subscription["uri"];

    private static void AssertNothing(SubscriptionCheck check) =>
        Assert.Equal((0, 0, 0, 0), (check.Created.Count, check.Repaired.Count, check.Removed.Count, check.Refused.Count));
}
