using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Support.Sdk.Shopify;
using Support.Sdk.Shopify.Admin;
using Xunit;

namespace Support.Sdk.Tests.Shopify;

public sealed class SubscriptionsTests : IDisposable
{
    private const string Address = "https://shop.example/webhooks/shopify";

    private static readonly string[] Topics =
    [
        "ORDERS_CREATE",
        "ORDERS_UPDATED",
        "ORDERS_EDITED",
        "ORDERS_CANCELLED",
        "ORDERS_FULFILLED",
        "ORDERS_PARTIALLY_FULFILLED",
        "ORDERS_DELETE",
        "FULFILLMENTS_CREATE",
        "FULFILLMENTS_UPDATE",
        "FULFILLMENT_EVENTS_CREATE",
        "FULFILLMENT_EVENTS_DELETE",
        "REFUNDS_CREATE",
        "APP_UNINSTALLED",
    ];

    private readonly AdminShop _shop = new();
    private readonly List<JsonObject> _kept = [];
    private int _nextId;

    public SubscriptionsTests() => _shop.Answer = Answer;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task What_is_missing_is_created_and_then_all_is_well()
    {
        var check = await CheckAsync();
        Assert.Equal(Topics.Order(), check.Created.Order());
        Assert.Equal(Topics.Order(), _kept.Select(kept => kept["topic"]!.GetValue<string>()).Order());
        Assert.All(_kept, kept => Assert.Equal((Address, "JSON"), (kept["uri"]!.GetValue<string>(), kept["format"]!.GetValue<string>())));

        _shop.Requests.Clear();
        check = await CheckAsync();
        Assert.Equal((0, 0, 0, 0), (check.Created.Count, check.Repaired.Count, check.Removed.Count, check.Refused.Count));
        Assert.Single(_shop.Requests);
    }

    [Theory]
    [InlineData("ORDERS_UPDATED", "id")]
    [InlineData("FULFILLMENTS_UPDATE", "order_id")]
    [InlineData("FULFILLMENT_EVENTS_CREATE", "order_id")]
    [InlineData("REFUNDS_CREATE", "order_id")]
    public async Task A_body_is_small_and_names_its_order(string topic, string field)
    {
        await CheckAsync();
        var fields = Assert.Single(_kept, kept => Has(kept, "topic", topic))["includeFields"]!.AsArray();
        Assert.Contains(fields, node => string.Equals(node!.GetValue<string>(), field, StringComparison.Ordinal));
        Assert.InRange(fields.Count, 2, 4);
    }

    [Theory]
    [InlineData("https://old.example/webhooks/shopify", "JSON", true)]
    [InlineData("https://shop.example/webhooks/shopify/", "JSON", true)]
    [InlineData(Address, "XML", true)]
    [InlineData(Address, "JSON", false)]
    public async Task One_of_ours_that_is_wrong_is_repaired(string at, string format, bool namesOrder)
    {
        await CheckAsync();
        Change("FULFILLMENTS_UPDATE", at, format, namesOrder ? ["id", "order_id", "updated_at"] : ["id"]);

        var check = await CheckAsync();

        Assert.Equal(["FULFILLMENTS_UPDATE"], check.Repaired);
        Assert.Equal(Topics.Length, _kept.Count);
        Assert.All(_kept, kept => Assert.Equal((Address, "JSON"), (kept["uri"]!.GetValue<string>(), kept["format"]!.GetValue<string>())));
    }

    [Fact]
    public async Task What_is_twice_is_removed_and_the_good_one_stays()
    {
        await CheckAsync();
        Add("ORDERS_UPDATED", "https://old.example/webhooks/shopify");
        Add("ORDERS_UPDATED", "https://older.example/webhooks/shopify");

        var check = await CheckAsync();

        Assert.Equal(["ORDERS_UPDATED", "ORDERS_UPDATED"], check.Removed);
        Assert.Empty(check.Repaired);
        Assert.Equal(Topics.Length, _kept.Count);
    }

    [Theory]
    [InlineData("https://shop.example/webhooks/other")]
    [InlineData("arn:aws:events:us-east-1::event-source/aws.partner/shopify.com/1/x")]
    [InlineData("pubsub://project:topic")]
    [InlineData("not an address")]
    public async Task Foreign_ones_are_left_alone(string at)
    {
        Add("ORDERS_UPDATED", at);
        Add("PRODUCTS_UPDATE", Address);

        var check = await CheckAsync();

        Assert.Equal(Topics.Length, check.Created.Count);
        Assert.Equal((0, 0), (check.Repaired.Count, check.Removed.Count));
        Assert.Equal(Topics.Length + 2, _kept.Count);
    }

    [Fact]
    public async Task All_pages_are_read()
    {
        for (var other = 0; other < 250; other++)
        {
            Add("ORDERS_UPDATED", $"https://other.example/{other}");
        }

        await CheckAsync();
        _shop.Requests.Clear();
        var check = await CheckAsync();

        Assert.Empty(check.Created);
        Assert.Equal(3, _shop.Requests.Count);
    }

    [Fact]
    public async Task A_topic_that_the_app_may_not_have_is_named_and_the_others_are_made()
    {
        _shop.Answer = request =>
            !request.Is("WebhookSubscriptionCreate") ? Answer(request)
            : request.Body.Contains("\"REFUNDS_CREATE\"", StringComparison.Ordinal)
                ? AdminShop.Data(
                    """{"webhookSubscriptionCreate":{"webhookSubscription":null,"userErrors":[{"field":["topic"],"message":"You cannot create a webhook with this topic."}]}}"""
                )
            : request.Body.Contains("\"ORDERS_EDITED\"", StringComparison.Ordinal)
                ? AdminShop.Data(
                    """{"webhookSubscriptionCreate":null}""",
                    ""","errors":[{"message":"Access denied","path":["webhookSubscriptionCreate"],"extensions":{"code":"ACCESS_DENIED"}}]"""
                )
            : Answer(request);

        var check = await CheckAsync();

        Assert.Equal(Topics.Length - 2, check.Created.Count);
        Assert.Equal(["ORDERS_EDITED: the app lacks a permission for it", "REFUNDS_CREATE: You cannot create a webhook with this topic."], check.Refused);
    }

    [Fact]
    public async Task Another_process_that_was_quicker_is_no_fault()
    {
        _shop.Answer = request =>
            request.Is("WebhookSubscriptionCreate")
                ? AdminShop.Data(
                    """{"webhookSubscriptionCreate":{"userErrors":[{"field":["webhookSubscription"],"message":"Address for this topic has already been taken"}]}}"""
                )
                : Answer(request);
        Assert.Empty((await CheckAsync()).Refused);
    }

    [Theory]
    [InlineData("""{"webhookSubscriptions":null}""")]
    [InlineData("""{}""")]
    public async Task Without_a_list_nothing_is_created(string data)
    {
        _shop.Answer = _ => AdminShop.Data(data);
        await Assert.ThrowsAsync<ShopifyException>(CheckAsync);
        Assert.Single(_shop.Requests);
    }

    [Fact]
    public async Task Without_an_address_nothing_is_looked_after()
    {
        await using var process = _shop.Process();
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            process.GetRequiredService<ShopifySubscriptions>().CheckAsync("main", TestContext.Current.CancellationToken)
        );
        using var service = Service(process);
        await service.StartAsync(TestContext.Current.CancellationToken);
        await service.ExecuteTask!;
        Assert.Empty(_shop.Requests);
    }

    [Fact]
    public async Task A_shop_that_fails_is_logged_and_looked_after_again_with_growing_pauses()
    {
        _shop.Answer = _ => new HttpResponseMessage(HttpStatusCode.PaymentRequired);
        await using var process = _shop.Process(webhook: new Uri(Address));
        using var service = Service(process);

        var (first, failures) = await service.RunOnceAsync("main", 0, TestContext.Current.CancellationToken);
        var (second, more) = await service.RunOnceAsync("main", failures, TestContext.Current.CancellationToken);
        var (last, _) = await service.RunOnceAsync("main", 100, TestContext.Current.CancellationToken);
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromHours(1)), (first, second, last));
        Assert.Contains(_shop.Log, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("frozen", StringComparison.Ordinal));

        _shop.Answer = Answer;
        Assert.Equal((TimeSpan.FromHours(1), 0), await service.RunOnceAsync("main", more, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Where_the_app_was_installed_again_the_subscriptions_are_remade()
    {
        _shop.Answer = _ => new HttpResponseMessage(HttpStatusCode.Unauthorized);
        await using var process = _shop.Process(webhook: new Uri(Address));
        using var service = Service(process);
        var pause = TimeSpan.Zero;
        for (var round = 0; round < 6; round++)
        {
            (pause, _) = await service.RunOnceAsync("main", 0, TestContext.Current.CancellationToken);
            _shop.Time.Advance(pause);
        }

        Assert.Single(_shop.Requests);
        Assert.Single(_shop.Log, line => line.StartsWith("Warning", StringComparison.Ordinal));
        _shop.Answer = Answer;
        Assert.Equal((TimeSpan.FromHours(1), 0), await service.RunOnceAsync("main", 0, TestContext.Current.CancellationToken));
        Assert.Equal(Topics.Length, _kept.Count);
    }

    [Fact]
    public async Task The_service_looks_at_the_start_and_every_hour_until_the_host_stops()
    {
        await using var process = _shop.Process(webhook: new Uri(Address));
        using var service = Service(process);
        var start = _shop.Time.GetUtcNow();
        await service.StartAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => _kept.Count == Topics.Length, TimeSpan.Zero);

        _kept.RemoveAt(0);
        await UntilAsync(() => _kept.Count == Topics.Length, TimeSpan.FromMinutes(1));
        Assert.True(_shop.Time.GetUtcNow() - start >= TimeSpan.FromHours(1));

        await service.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(service.ExecuteTask!.IsCompletedSuccessfully);
    }

    // The host runs a service on threads of its own.
    private async Task UntilAsync(Func<bool> isSo, TimeSpan step)
    {
        while (!isSo())
        {
            _shop.Time.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static bool Has(JsonObject kept, string member, string value) => string.Equals(kept[member]!.GetValue<string>(), value, StringComparison.Ordinal);

    private static ShopifyService Service(IServiceProvider process) => process.GetServices<IHostedService>().OfType<ShopifyService>().Single();

    private async Task<SubscriptionCheck> CheckAsync()
    {
        await using var process = _shop.Process(webhook: new Uri(Address));
        return await process.GetRequiredService<ShopifySubscriptions>().CheckAsync("main", TestContext.Current.CancellationToken);
    }

    private void Add(string topic, string uri) =>
        _kept.Add(
            new JsonObject
            {
                ["id"] = $"gid://shopify/WebhookSubscription/{++_nextId}",
                ["topic"] = topic,
                ["uri"] = uri,
                ["format"] = "JSON",
                ["includeFields"] = new JsonArray(),
            }
        );

    private void Change(string topic, string uri, string format, string[] fields)
    {
        var kept = _kept.Single(kept => Has(kept, "topic", topic));
        (kept["uri"], kept["format"], kept["includeFields"]) = (uri, format, new JsonArray([.. fields.Select(field => (JsonNode)field)]));
    }

    /// <summary>Keeps subscriptions as Shopify does.</summary>
    private HttpResponseMessage Answer(AdminRequest request)
    {
        var variables = request.Variables;
        if (request.Is("WebhookSubscriptions"))
        {
            var start = int.Parse(variables["after"]?.GetValue<string>() ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            var nodes = new JsonArray([.. _kept.Skip(start).Take(100).Select(kept => kept.DeepClone())]);
            var page = new JsonObject { ["hasNextPage"] = start + 100 < _kept.Count, ["endCursor"] = $"{start + nodes.Count}" };
            return AdminShop.Data(
                new JsonObject
                {
                    ["webhookSubscriptions"] = new JsonObject { ["nodes"] = nodes, ["pageInfo"] = page },
                }.ToJsonString()
            );
        }

        if (request.Is("WebhookSubscriptionDelete"))
        {
            Assert.Equal(1, _kept.RemoveAll(kept => Has(kept, "id", variables["id"]!.GetValue<string>())));
            return AdminShop.Data("""{"webhookSubscriptionDelete":{"userErrors":[]}}""");
        }

        var isNew = request.Is("WebhookSubscriptionCreate");
        var subscription = variables["subscription"]!;
        if (isNew)
        {
            Add(variables["topic"]!.GetValue<string>(), "");
        }

        var changed = isNew ? _kept[^1] : _kept.Single(kept => Has(kept, "id", variables["id"]!.GetValue<string>()));
        foreach (var (name, value) in subscription.AsObject())
        {
            changed[name] = value?.DeepClone();
        }

        return AdminShop.Data(isNew ? """{"webhookSubscriptionCreate":{"userErrors":[]}}""" : """{"webhookSubscriptionUpdate":{"userErrors":[]}}""");
    }
}
