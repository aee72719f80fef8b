using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Support.Sdk.IntegrationTests.Shopify;

/// <summary>The server that stands for Shopify does what the tests of the adapter lean on.</summary>
public sealed class MockServerTests(ShopifyPeer shop) : IClassFixture<ShopifyPeer>
{
    private const string Page = """
        query Page($first: Int!, $after: String, $query: String) {
          orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
            nodes { id updatedAt customer { displayName } }
            pageInfo { hasNextPage endCursor }
          }
        }
        """;

    private const string Tag = "mutation Tag($id: ID!) { tagsAdd(id: $id, tags: [\"late\"]) { userErrors { field message } } }";

    [Fact]
    public async Task Pages_follow_the_cursor_also_when_an_order_moves_meanwhile()
    {
        await shop.BeginAsync();
        for (var number = 1; number <= 5; number++)
        {
            await PutAsync(number, $"2026-11-02T09:00:0{number}Z");
        }

        var first = Orders(await shop.RunAsync(Page, new { first = 2, query = "updated_at:>='2026-11-02T09:00:02Z' status:open" }));
        await shop.CommandAsync("stamp", new { id = Id(3), updatedAt = "2026-11-02T10:00:00Z" });
        var second = Orders(await shop.RunAsync(Page, new { first = 9, after = first["pageInfo"]!["endCursor"]!.GetValue<string>() }));

        Assert.Equal([Id(2), Id(3)], Ids(first));
        Assert.True(first["pageInfo"]!["hasNextPage"]!.GetValue<bool>());
        Assert.Equal([Id(4), Id(5), Id(3)], Ids(second));
        Assert.False(second["pageInfo"]!["hasNextPage"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_document_or_a_value_that_the_schema_does_not_know_is_refused()
    {
        await shop.BeginAsync();

        var field = await shop.RunAsync("{ orders(first: 1) { nodes { promisedAt } } }");
        var variable = await shop.RunAsync(Page, new { first = "many" });
        var page = await shop.RunAsync("{ orders { nodes { id } } }");
        var state = await Assert.ThrowsAsync<InvalidOperationException>(() => shop.PutAsync("""{"id":"gid://shopify/Order/1","promisedAt":"2026-11-02"}"""));

        Assert.Contains("promisedAt", Message(field), StringComparison.Ordinal);
        Assert.Equal("INVALID_VARIABLE", Code(variable));
        Assert.Equal("you must provide one of first or last", Message(page));
        Assert.Contains("promisedAt", state.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_is_throttled_until_the_bucket_holds_enough_and_is_not_carried_out()
    {
        await shop.BeginAsync();
        await PutAsync(1, "2026-11-02T09:00:00Z");
        await shop.CommandAsync(
            "throttle",
            new
            {
                maximumAvailable = 10,
                restoreRate = 0,
                available = 9,
            }
        );

        var throttled = await shop.RunAsync(Tag, new { id = Id(1) });
        await shop.CommandAsync("throttle", new { restoreRate = 1000, available = 10 });
        var done = await shop.RunAsync(Tag, new { id = Id(1) });

        Assert.Equal("THROTTLED", Code(throttled));
        Assert.Equal(10, throttled["extensions"]!["cost"]!["requestedQueryCost"]!.GetValue<int>());
        Assert.Equal(9, throttled["extensions"]!["cost"]!["throttleStatus"]!["currentlyAvailable"]!.GetValue<int>());
        Assert.Null(done["errors"]);
        Assert.Single(await shop.WritesAsync());
    }

    [Fact]
    public async Task What_is_asked_by_ids_costs_as_often_as_there_are_ids()
    {
        await shop.BeginAsync();

        var answer = await shop.RunAsync(
            "query Some($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { id lineItems(first: 5) { nodes { id } } } } }",
            new { ids = new[] { Id(1), Id(2), Id(3) } }
        );

        Assert.Equal(24, answer["extensions"]!["cost"]!["requestedQueryCost"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_token_that_it_does_not_know_is_refused_and_a_refreshed_one_is_taken()
    {
        await shop.BeginAsync();
        await shop.CommandAsync(
            "installApp",
            new
            {
                clientId = "app",
                clientSecret = "secret",
                refreshToken = "first",
            }
        );

        using var unknown = await shop.SendAsync("{ shop { name } }", token: "shpat_unknown");
        var tokens = await RefreshAsync("first");
        using var known = await shop.SendAsync("{ shop { name } }", token: tokens["access_token"]!.GetValue<string>());
        await shop.CommandAsync("clock", new { advance = 3601 });
        using var expired = await shop.SendAsync("{ shop { name } }", token: tokens["access_token"]!.GetValue<string>());

        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, expired.StatusCode);
        Assert.NotEqual("first", tokens["refresh_token"]!.GetValue<string>());
    }

    [Fact]
    public async Task Faults_come_as_asked_and_a_lost_answer_was_carried_out()
    {
        await shop.BeginAsync();
        await PutAsync(1, "2026-11-02T09:00:00Z");
        await shop.CommandAsync("fail", new { status = 429, retryAfter = 2 });
        await shop.CommandAsync("fail", new { reset = true, when = "after" });

        using var limited = await shop.SendAsync(Tag, new { id = Id(1) });
        await Assert.ThrowsAsync<HttpRequestException>(() => shop.SendAsync(Tag, new { id = Id(1) }));

        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), limited.Headers.RetryAfter!.Delta);
        Assert.Single(await shop.WritesAsync());
    }

    [Fact]
    public async Task What_is_withheld_is_null_and_said()
    {
        await shop.BeginAsync();
        await PutAsync(1, "2026-11-02T09:00:00Z");
        await shop.CommandAsync("withhold", new { fields = new[] { "Customer" } });

        var answer = await shop.RunAsync(Page, new { first = 1 });

        Assert.Null(Orders(answer)["nodes"]![0]!["customer"]);
        Assert.Equal("ACCESS_DENIED", Code(answer));
        Assert.Equal("""["orders","nodes",0,"customer"]""", answer["errors"]![0]!["path"]!.ToJsonString());
    }

    [Fact]
    public async Task Mutations_change_the_shop_and_what_cannot_be_is_an_answer()
    {
        await shop.BeginAsync();
        await PutAsync(1, "2026-11-02T09:00:00Z");
        await shop.CommandAsync("clock", new { now = "2026-11-03T09:00:00Z" });

        await shop.RunAsync(Tag, new { id = Id(1) });
        var unknown = await shop.RunAsync(Tag, new { id = Id(2) });
        var insecure = await shop.RunAsync(
            "mutation { webhookSubscriptionCreate(topic: ORDERS_UPDATED, webhookSubscription: { uri: \"http://shop.example\" }) { userErrors { message } } }"
        );

        var order = (await shop.CommandAsync("getOrder", new { id = Id(1) }))["order"]!;
        Assert.Equal("late", order["tags"]![0]!.GetValue<string>());
        Assert.Equal("2026-11-03T09:00:00Z", order["updatedAt"]!.GetValue<string>());
        Assert.Equal("Order does not exist", UserError(unknown, "tagsAdd"));
        Assert.Equal("Address protocol http:// is not supported", UserError(insecure, "webhookSubscriptionCreate"));
    }

    [Fact]
    public async Task A_bulk_operation_ends_in_lines_that_name_their_parents()
    {
        await shop.BeginAsync();
        await shop.CommandAsync("fill", new { count = 600 });
        const string Query = "{ orders { edges { node { id lineItems { edges { node { id name } } } } } } }";

        var started = await shop.RunAsync(
            "mutation Run($query: String!) { bulkOperationRunQuery(query: $query) { bulkOperation { id status } userErrors { message } } }",
            new { query = Query }
        );
        var operation = started["data"]!["bulkOperationRunQuery"]!["bulkOperation"]!;
        var ended = await EndedAsync(operation["id"]!.GetValue<string>());

        Assert.Equal("CREATED", operation["status"]!.GetValue<string>());
        Assert.Equal("1200", ended["objectCount"]!.GetValue<string>());
        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri(ended["url"]!.GetValue<string>()), TestContext.Current.CancellationToken);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(600, lines.Count(line => line["__parentId"] is null));
        Assert.All(lines.Where(line => line["__parentId"] is not null), line => Assert.Equal("Teapot", line["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_killed_server_starts_again_with_the_shop_that_it_had()
    {
        await shop.BeginAsync();
        await PutAsync(1, "2026-11-02T09:00:00Z");
        await shop.CommandAsync("fill", new { count = 10 });
        await shop.RunAsync(Tag, new { id = Id(1) });
        await shop.RunAsync(Tag, new { id = Id(5000000003) });
        var address = shop.Address;

        await shop.KillAsync();
        await shop.StartAsync();

        Assert.Equal(address, shop.Address);
        Assert.Equal("late", (await shop.CommandAsync("getOrder", new { id = Id(1) }))["order"]!["tags"]![0]!.GetValue<string>());
        Assert.Equal("late", (await shop.CommandAsync("getOrder", new { id = Id(5000000003) }))["order"]!["tags"]![0]!.GetValue<string>());
        Assert.Equal(11, (await shop.CommandAsync("orders"))["count"]!.GetValue<int>());
        Assert.Equal(2, (await shop.WritesAsync()).Count);
    }

    [Theory]
    [InlineData("classic", "X-Shopify-Hmac-Sha256")]
    [InlineData("next", "shopify-hmac-sha256")]
    public async Task A_changed_order_is_posted_signed(string family, string header)
    {
        await shop.BeginAsync();
        await PutAsync(1, "2026-11-02T09:00:00Z");
        var posted = new List<(string? Signature, byte[] Body)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost(
            "/",
            async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                posted.Add((request.Headers[header], body.ToArray()));
            }
        );
        await app.StartAsync(TestContext.Current.CancellationToken);
        await shop.CommandAsync(
            "autoDeliver",
            new
            {
                url = app.Urls.Single(),
                secret = "secret",
                family,
                times = 2,
            }
        );

        await shop.CommandAsync("patch", new { id = Id(1), values = new { note = "Åsa" } });
        var deliveries = (await shop.CommandAsync("deliveries"))["deliveries"]!.AsArray();

        Assert.Equal(2, posted.Count);
        Assert.All(posted, each => Assert.Equal(ShopifySigner.Signature("secret", each.Body), each.Signature));
        Assert.Single(deliveries.Select(delivery => delivery!["eventId"]!.GetValue<string>()).Distinct(StringComparer.Ordinal));
    }

    private Task PutAsync(int number, string updatedAt) =>
        shop.PutAsync($$"""{"id":"{{Id(number)}}","customer":{"firstName":"Ada"},"createdAt":"2026-11-01T09:00:00Z","updatedAt":"{{updatedAt}}"}""");

    private async Task<JsonNode> RefreshAsync(string refreshToken)
    {
        using var client = new HttpClient();
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["client_id"] = "app",
                ["client_secret"] = "secret",
                ["grant_type"] = "refresh_token",
                ["refresh_token"] = refreshToken,
            }
        );
        using var response = await client.PostAsync(new Uri(shop.Address, "/admin/oauth/access_token"), form, TestContext.Current.CancellationToken);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task<JsonNode> EndedAsync(string id)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            var answer = await shop.RunAsync("query Poll($id: ID!) { bulkOperation(id: $id) { status objectCount url } }", new { id });
            var operation = answer["data"]!["bulkOperation"]!;
            if (string.Equals(operation["status"]!.GetValue<string>(), "COMPLETED", StringComparison.Ordinal))
            {
                return operation;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("The bulk operation did not end.");
    }

    private static string Id(long number) => FormattableString.Invariant($"gid://shopify/Order/{number}");

    private static JsonNode Orders(JsonNode answer) => answer["data"]!["orders"]!;

    private static List<string> Ids(JsonNode orders) => [.. orders["nodes"]!.AsArray().Select(order => order!["id"]!.GetValue<string>())];

    private static string Message(JsonNode answer) => answer["errors"]![0]!["message"]!.GetValue<string>();

    private static string Code(JsonNode answer) => answer["errors"]![0]!["extensions"]!["code"]!.GetValue<string>();

    private static string UserError(JsonNode answer, string mutation) => answer["data"]![mutation]!["userErrors"]![0]!["message"]!.GetValue<string>();
}
