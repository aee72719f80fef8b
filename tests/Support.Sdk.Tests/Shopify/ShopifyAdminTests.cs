using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Shopify;
using Support.Sdk.Shopify.Admin;
using Xunit;

namespace Support.Sdk.Tests.Shopify;

public sealed class ShopifyAdminTests : IDisposable
{
    private readonly AdminShop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_query_goes_to_the_version_of_the_shop_with_its_token_and_variables()
    {
        _shop.Answer = _ => AdminShop.Data("""{"fulfillment":{"trackingInfo":[{"number":"1Z"}]}}""");

        var answer = await QueryAsync();

        var request = Assert.Single(_shop.Requests);
        Assert.Equal("https://teapots.myshopify.com/admin/api/2026-10/graphql.json", request.Address.AbsoluteUri);
        Assert.Equal("shpat_fixed", request.Token);
        Assert.Equal("gid://shopify/Fulfillment/1", request.Variables["fulfillmentId"]!.GetValue<string>());
        Assert.True(request.Is("FulfillmentTracking"));
        Assert.Equal("1Z", answer.Data.Fulfillment!.TrackingInfo![0].Number);
        Assert.Empty(answer.Withheld);
    }

    [Fact]
    public async Task A_proxy_takes_the_place_of_the_domain()
    {
        await using var process = _shop.Process(shop => shop.ApiBaseAddress = new Uri("http://127.0.0.1:8080/shopify"));

        await RunAsync(process, isRead: true);

        Assert.Equal("http://127.0.0.1:8080/shopify/admin/api/2026-10/graphql.json", Assert.Single(_shop.Requests).Address.AbsoluteUri);
    }

    [Fact]
    public async Task A_document_that_does_not_exist_is_a_mistake_of_ours()
    {
        await using var process = _shop.Process();
        var admin = process.GetRequiredService<IShopifyAdmin>();
        await Assert.ThrowsAsync<ArgumentException>(() =>
            admin.QueryAsync("main", "Nothing", [], AdminJson.Default.FulfillmentData, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task A_shop_that_is_not_configured_is_named()
    {
        await using var process = _shop.Process();
        var admin = process.GetRequiredService<IShopifyAdmin>();
        var error = await Assert.ThrowsAsync<ArgumentException>(() =>
            admin.QueryAsync("other", "FulfillmentTracking", [], AdminJson.Default.FulfillmentData, TestContext.Current.CancellationToken)
        );
        Assert.Contains("Support:Shopify:Shops", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_that_are_held_back_are_named_beside_the_data()
    {
        _shop.Answer = _ =>
            AdminShop.Data(
                """{"fulfillment":{"trackingInfo":null}}""",
                ""","errors":[{"message":"Access denied for trackingInfo field.","path":["fulfillment","trackingInfo",0],"extensions":{"code":"ACCESS_DENIED"}}]"""
            );

        var answer = await QueryAsync();

        Assert.Equal(["fulfillment.trackingInfo.0"], answer.Withheld);
    }

    [Theory]
    [InlineData(
        """{"data":null,"errors":[{"message":"Access denied for orders field. Required access: `read_orders`","extensions":{"code":"ACCESS_DENIED"}}]}""",
        "read_orders"
    )]
    [InlineData(
        """{"errors":[{"message":"Field 'foo' doesn't exist on type 'Order'","extensions":{"code":"undefinedField"}}]}""",
        "undefinedField: Field 'foo'"
    )]
    [InlineData("""{"errors":[{"message":"Field 'foo' doesn't exist on type 'Order'"}]}""", "NO_CODE: Field 'foo'")]
    [InlineData("""{"errors":[{"message":"Query cost is 1205, which exceeds the limit","extensions":{"code":"MAX_COST_EXCEEDED"}}]}""", "MAX_COST_EXCEEDED")]
    [InlineData("""{"errors":[{"message":"Shop is inactive","extensions":{"code":"SHOP_INACTIVE"}}]}""", "not active")]
    [InlineData("""{"errors":"Not Found"}""", "Not Found")]
    [InlineData("""{"errors":[null,7,{"message":5,"extensions":[]}]}""", "NO_CODE")]
    [InlineData("""{"errors":[]}""", "neither data nor errors")]
    [InlineData("""{"data":null}""", "neither data nor errors")]
    [InlineData("""{"data":[]}""", "neither data nor errors")]
    [InlineData("""{}""", "neither data nor errors")]
    [InlineData("""[]""", "no answer to GraphQL")]
    [InlineData("""{"data":{"fulfillment":"not an object"}}""", "$.fulfillment")]
    public async Task An_answer_that_is_no_data_is_an_error_that_says_why(string answer, string reason)
    {
        _shop.Answer = _ => AdminShop.Json(answer);
        var error = await Assert.ThrowsAsync<ShopifyException>(() => QueryAsync());
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("'main'", error.Message, StringComparison.Ordinal);
        Assert.Single(_shop.Requests);
    }

    [Fact]
    public async Task An_error_quotes_neither_what_was_sent_nor_addresses()
    {
        _shop.Answer = _ =>
            AdminShop.Json(
                """{"errors":[{"message":"Invalid gid://shopify/Fulfillment/1 of Ada <ada@example.com>, call +49 (30) 1234-5678","extensions":{"code":"BAD"}}]}"""
            );
        var error = await Assert.ThrowsAsync<ShopifyException>(() => QueryAsync());
        Assert.Contains("BAD: Invalid … of Ada …", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.com", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_or_unknown_in_the_data_is_no_error()
    {
        _shop.Answer = _ => AdminShop.Data("""{"fulfillment":{"events":{"nodes":[{"status":"TELEPORTED","happenedAt":null,"new":{}}]}},"more":1}""");
        var answer = await QueryAsync();
        Assert.Equal("TELEPORTED", answer.Data.Fulfillment!.Events!.Nodes![0].Status);
        Assert.Null(answer.Data.Fulfillment.TrackingInfo);
    }

    [Theory]
    [InlineData(HttpStatusCode.PaymentRequired, "frozen")]
    [InlineData(HttpStatusCode.Locked, "locked")]
    [InlineData(HttpStatusCode.NotFound, "closed")]
    [InlineData(HttpStatusCode.Found, "myshopify.com")]
    [InlineData(HttpStatusCode.BadRequest, "HTTP 400")]
    public async Task A_shop_that_is_closed_to_us_is_not_asked_again(HttpStatusCode status, string reason)
    {
        _shop.Answer = _ => new HttpResponseMessage(status);
        var error = await Assert.ThrowsAsync<ShopifyException>(() => QueryAsync());
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Single(_shop.Requests);
    }

    [Fact]
    public Task A_query_is_tried_three_times_when_the_shop_fails() =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                _shop.Answer = _ => new HttpResponseMessage(HttpStatusCode.BadGateway);
                var error = await Assert.ThrowsAsync<ShopifyException>(() => QueryAsync());
                Assert.Contains("HTTP 502", error.Message, StringComparison.Ordinal);
                Assert.Equal(3, _shop.Requests.Count);
            }
        );

    [Fact]
    public Task A_query_that_fails_once_succeeds() =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                _shop.Answer = _ => _shop.Requests.Count == 1 ? throw new HttpRequestException("broken pipe") : AdminShop.Data("{}");
                await QueryAsync();
                Assert.Equal(2, _shop.Requests.Count);
            }
        );

    [Theory]
    [InlineData("<html>Maintenance</html>")]
    [InlineData("""{"data":{"fulfil""")]
    [InlineData("""{"data":null,"errors":[{"message":"Internal error","extensions":{"code":"INTERNAL_SERVER_ERROR","requestId":"1"}}]}""")]
    public Task What_is_half_an_answer_is_asked_for_again(string half) =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                _shop.Answer = _ => _shop.Requests.Count == 1 ? AdminShop.Json(half) : AdminShop.Data("{}");
                await QueryAsync();
                Assert.Equal(2, _shop.Requests.Count);
            }
        );

    [Fact]
    public Task A_mutation_that_may_have_arrived_is_never_sent_again() =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                _shop.Answer = _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
                var error = await Assert.ThrowsAsync<ShopifyException>(() => MutateAsync());
                Assert.Contains("not known whether the write was made", error.Message, StringComparison.Ordinal);
                Assert.Single(_shop.Requests);
            }
        );

    [Fact]
    public Task A_mutation_that_was_never_sent_goes_again() =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                _shop.Answer = _ =>
                    _shop.Requests.Count == 1 ? throw new HttpRequestException(HttpRequestError.ConnectionError, "refused") : AdminShop.Data("{}");
                await MutateAsync();
                Assert.Equal(2, _shop.Requests.Count);
            }
        );

    [Fact]
    public Task A_shop_that_does_not_answer_is_given_up_after_30_seconds() =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                _shop.Latency = TimeSpan.FromHours(1);
                var start = _shop.Time.GetUtcNow();
                var error = await Assert.ThrowsAsync<ShopifyException>(() => MutateAsync());
                Assert.Contains("no answer within 30 s", error.Message, StringComparison.Ordinal);
                Assert.InRange(_shop.Time.GetUtcNow() - start, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
            }
        );

    [Fact]
    public Task Whoever_cancels_gets_a_cancellation() =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                _shop.Latency = TimeSpan.FromHours(1);
                await using var process = _shop.Process();
                using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2), _shop.Time);
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                    process.GetRequiredService<IShopifyAdmin>().QueryAsync("main", "FulfillmentTracking", [], AdminJson.Default.FulfillmentData, stop.Token)
                );
            }
        );

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        _shop.Answer = _ => new HttpResponseMessage { Content = new StreamContent(new Endless()) };
        var error = await Assert.ThrowsAsync<ShopifyException>(() => QueryAsync());
        Assert.Contains("longer than 16 MB", error.Message, StringComparison.Ordinal);
        Assert.Single(_shop.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task What_is_throttled_goes_again_when_there_are_points(bool isRead) =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                _shop.Answer = _ => _shop.Requests.Count == 1 ? AdminShop.Json(Throttled(requested: 500, available: 100)) : AdminShop.Data("{}");
                var start = _shop.Time.GetUtcNow();
                await using var process = _shop.Process();
                await RunAsync(process, isRead);
                Assert.Equal(2, _shop.Requests.Count);
                Assert.InRange(_shop.Time.GetUtcNow() - start, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(30));
            }
        );

    [Fact]
    public Task A_429_is_waited_for_as_long_as_it_asks() =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                _shop.Answer = _ =>
                {
                    var answer = _shop.Requests.Count == 1 ? new HttpResponseMessage(HttpStatusCode.TooManyRequests) : AdminShop.Data("{}");
                    answer.Headers.Add("Retry-After", "9");
                    return answer;
                };
                var start = _shop.Time.GetUtcNow();
                await MutateAsync();
                Assert.InRange(_shop.Time.GetUtcNow() - start, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(30));
            }
        );

    [Theory]
    [InlineData("")]
    [InlineData(""","extensions":{"cost":{"requestedQueryCost":10,"throttleStatus":{"maximumAvailable":2000,"currentlyAvailable":2000,"restoreRate":100}}}""")]
    [InlineData(""","extensions":{"cost":{"requestedQueryCost":10,"throttleStatus":{"maximumAvailable":0,"currentlyAvailable":-5,"restoreRate":0}}}""")]
    [InlineData(""","extensions":{"cost":[]}""")]
    public Task Whoever_is_throttled_for_ever_gives_up(string extensions) =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                _shop.Answer = _ => AdminShop.Json($$$"""{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}]{{{extensions}}}}""");
                var start = _shop.Time.GetUtcNow();
                var error = await Assert.ThrowsAsync<ShopifyException>(() => MutateAsync());
                Assert.Contains("throttled (THROTTLED) for 2 minutes", error.Message, StringComparison.Ordinal);
                Assert.InRange(_shop.Time.GetUtcNow() - start, TimeSpan.FromSeconds(90), TimeSpan.FromMinutes(4));
                Assert.InRange(_shop.Requests.Count, 5, 15);
            }
        );

    [Fact]
    public Task A_token_that_is_revoked_on_the_way_is_replaced_and_the_document_goes_again() =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                await using var process = _shop.Expiring();
                await RunAsync(process, isRead: true);
                _shop.Answer = request => request.Token is "shpat_1" ? Refused() : AdminShop.Data("{}");

                await RunAsync(process, isRead: false);

                Assert.Equal(["shpat_1", "shpat_1", "shpat_2"], _shop.Documents.Select(request => request.Token));
            }
        );

    [Fact]
    public Task When_the_new_token_is_refused_too_the_app_has_to_be_installed_again() =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                _shop.Answer = _ => Refused();
                await using var process = _shop.Expiring();
                var error = await Assert.ThrowsAsync<ShopifyException>(() => RunAsync(process, isRead: true));
                Assert.Contains("uninstalled", error.Message, StringComparison.Ordinal);
                Assert.Equal(2, _shop.Documents.Count());
            }
        );

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task A_fixed_token_that_is_refused_is_a_clear_error(HttpStatusCode status)
    {
        _shop.Answer = _ => AdminShop.Json("""{"errors":"[API] Invalid API key or access token (unrecognized login or wrong password)"}""", status);
        var error = await Assert.ThrowsAsync<ShopifyException>(() => QueryAsync());
        Assert.Contains($"was refused (HTTP {(int)status})", error.Message, StringComparison.Ordinal);
        Assert.Contains("Support:Shopify:Shops:main:AccessToken", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("shpat_fixed", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task A_shop_that_was_left_is_told_once_and_asked_every_hour_until_it_answers(HttpStatusCode status)
    {
        await using var process = _shop.Process();
        _shop.Answer = _ => new HttpResponseMessage(status);
        await Assert.ThrowsAsync<ShopifyException>(() => RunAsync(process, isRead: true));

        var paused = await Assert.ThrowsAsync<ShopifyException>(() => RunAsync(process, isRead: false));
        Assert.Contains("is left alone until 2026-11-02 10:00:00Z", paused.Message, StringComparison.Ordinal);
        Assert.Single(_shop.Requests);

        _shop.Time.Advance(TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<ShopifyException>(() => RunAsync(process, isRead: true));
        await Assert.ThrowsAsync<ShopifyException>(() => RunAsync(process, isRead: true));
        Assert.Equal(2, _shop.Requests.Count);

        _shop.Time.Advance(TimeSpan.FromHours(1));
        _shop.Answer = _ => AdminShop.Data("{}");
        await RunAsync(process, isRead: true);
        await RunAsync(process, isRead: true);
        Assert.Equal(4, _shop.Requests.Count);
        Assert.Single(_shop.Log, line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Single(_shop.Log, line => line.StartsWith("Information: Shop main lets the app in again.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refresh_token_that_is_refused_pauses_the_shop_too()
    {
        await using var process = _shop.Expiring();
        _shop.AnswerToken = _ => AdminShop.Json("{}", HttpStatusCode.Unauthorized);
        await Assert.ThrowsAsync<ShopifyException>(() => RunAsync(process, isRead: true));
        var asked = _shop.Requests.Count;

        await Assert.ThrowsAsync<ShopifyException>(() => RunAsync(process, isRead: true));

        Assert.Equal(asked, _shop.Requests.Count);
    }

    [Fact]
    public async Task A_shop_that_is_only_away_is_not_paused()
    {
        await using var process = _shop.Process();
        _shop.Answer = _ => new HttpResponseMessage(HttpStatusCode.PaymentRequired);
        await Assert.ThrowsAsync<ShopifyException>(() => RunAsync(process, isRead: true));
        await Assert.ThrowsAsync<ShopifyException>(() => RunAsync(process, isRead: true));
        Assert.Equal(2, _shop.Requests.Count);
    }

    [Fact]
    public async Task No_log_line_holds_a_token_or_a_secret()
    {
        await using var process = _shop.Expiring();
        _shop.Answer = request => request.Token is "shpat_1" ? Refused() : AdminShop.Data("{}");
        await RunAsync(process, isRead: true);

        Assert.NotEmpty(_shop.Log);
        Assert.DoesNotContain(_shop.Log, line => line.Contains("shpat_", StringComparison.Ordinal) || line.Contains("shprt_", StringComparison.Ordinal));
        Assert.DoesNotContain(_shop.Log, line => line.Contains(AdminShop.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_is_opened_without_a_token()
    {
        _shop.Answer = _ => new HttpResponseMessage { Content = new StringContent("line") };
        await using var process = _shop.Process();
        var admin = process.GetRequiredService<IShopifyAdmin>();

        await using var file = await admin.DownloadAsync("main", new Uri("https://storage.example/bulk?signature=1"), TestContext.Current.CancellationToken);

        using var reader = new StreamReader(file);
        Assert.Equal("line", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Null(Assert.Single(_shop.Requests).Token);
        Assert.DoesNotContain(_shop.Log, line => line.Contains("signature=1", StringComparison.Ordinal));
    }

    [Fact]
    public Task A_file_that_is_gone_or_not_behind_https_is_a_clear_error() =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                _shop.Answer = request => new HttpResponseMessage(
                    request.Address.AbsolutePath is "/gone" ? HttpStatusCode.Forbidden : HttpStatusCode.BadGateway
                );
                await using var process = _shop.Process();
                var admin = process.GetRequiredService<IShopifyAdmin>();
                foreach (
                    var (address, requests) in new[] { ("http://storage.example/1", 0), ("https://storage.example/gone", 1), ("https://storage.example/", 4) }
                )
                {
                    await Assert.ThrowsAsync<ShopifyException>(() => admin.DownloadAsync("main", new Uri(address), TestContext.Current.CancellationToken));
                    Assert.Equal(requests, _shop.Requests.Count);
                }
            }
        );

    [Fact]
    public Task A_port_where_nobody_listens_is_tried_again_for_a_mutation_too_which_is_not_in_doubt() =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                using var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                var port = ((IPEndPoint)listener.LocalEndpoint).Port;
                listener.Stop();
                await using var process = _shop.Process(shop => shop.ApiBaseAddress = new Uri($"http://127.0.0.1:{port}"), isReal: true);
                var error = await Assert.ThrowsAsync<ShopifyException>(() => RunAsync(process, isRead: false));
                Assert.Contains("the connection failed (ConnectionError)", error.Message, StringComparison.Ordinal);
                Assert.DoesNotContain("not known", error.Message, StringComparison.Ordinal);
            }
        );

    [Theory]
    [InlineData(AdminClient.Name)]
    [InlineData(AdminClient.DownloadName)]
    public async Task A_redirect_is_not_followed_because_it_would_carry_the_token_away(string client)
    {
        await using var process = _shop.Process(isReal: true);
        var handler = process.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(client);
        while (handler is DelegatingHandler outer)
        {
            handler = outer.InnerHandler!;
        }

        Assert.False(Assert.IsType<SocketsHttpHandler>(handler).AllowAutoRedirect);
    }

    private static HttpResponseMessage Refused() => AdminShop.Json("""{"errors":"[API] Invalid API key or access token"}""", HttpStatusCode.Unauthorized);

    private static string Throttled(double requested, double available) =>
        $$$"""
            {"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}],"extensions":{"cost":{"requestedQueryCost":{{{requested}}},"actualQueryCost":null,
            "throttleStatus":{"maximumAvailable":2000.0,"currentlyAvailable":{{{available}}},"restoreRate":100.0} } } }
            """;

    private static async Task<AdminAnswer<FulfillmentData>> RunAsync(IServiceProvider process, bool isRead)
    {
        var admin = process.GetRequiredService<IShopifyAdmin>();
        var variables = new JsonObject { ["fulfillmentId"] = "gid://shopify/Fulfillment/1" };
        return isRead
            ? await admin.QueryAsync("main", "FulfillmentTracking", variables, AdminJson.Default.FulfillmentData, TestContext.Current.CancellationToken)
            : await admin.MutateAsync("main", "FulfillmentEventCreate", variables, AdminJson.Default.FulfillmentData, TestContext.Current.CancellationToken);
    }

    private async Task<AdminAnswer<FulfillmentData>> QueryAsync()
    {
        await using var process = _shop.Process();
        return await RunAsync(process, isRead: true);
    }

    private async Task<AdminAnswer<FulfillmentData>> MutateAsync()
    {
        await using var process = _shop.Process();
        return await RunAsync(process, isRead: false);
    }

    private sealed class Endless : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => 0;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)' ');
            return count;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
