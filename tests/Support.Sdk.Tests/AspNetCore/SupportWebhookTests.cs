using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Intake;
using Support.Sdk.Tests.Webhooks;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore;

public sealed class SupportWebhookTests
{
    private const string Path = "/support/webhooks/demo";

    private static Task<SupportApplication> StartAsync(Action<IServiceCollection>? with = null) =>
        SupportApplication.StartAsync(
            application => application.MapSupportWebhooks(),
            support => support.AddShop(Given.Shop).AddSignedWebhook("demo", Signed.Secret, Signed.OtherSecret),
            with
        );

    private static HttpRequestMessage Post(string body, string secret = Signed.Secret, string id = "msg_1", DateTimeOffset? at = null, string path = Path) =>
        Post(Encoding.UTF8.GetBytes(body), secret, id, at, path);

    private static HttpRequestMessage Post(byte[] body, string secret = Signed.Secret, string id = "msg_1", DateTimeOffset? at = null, string path = Path)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in Signed.Headers(body, secret, at ?? Given.Monday, id))
        {
            request.Headers.Add(name, value);
        }

        return request;
    }

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(SupportApplication application, HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await application.Client.SendAsync(request);
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_late_order_that_was_posted_is_told()
    {
        await using var application = await StartAsync();

        var (status, body) = await SendAsync(application, Post(Signed.Order.Replace("InTransit", "PreTransit", StringComparison.Ordinal)));
        await application.AtAsync(Given.Monday);
        await application.AtAsync(Given.PromiseEnds.AddHours(-48));

        Assert.Equal((HttpStatusCode.OK, """{"accepted":1,"repeated":0}"""), (status, body));
        Assert.Equal("order-at-risk", Assert.Single(application.Channel.Messages).Occasion);
    }

    [Fact]
    public async Task A_repetition_within_the_window_changes_nothing()
    {
        await using var application = await StartAsync();
        await SendAsync(application, Post(Signed.Order));

        var (status, body) = await SendAsync(application, Post(Signed.Order));

        Assert.Equal((HttpStatusCode.OK, """{"accepted":0,"repeated":1}"""), (status, body));
    }

    [Fact]
    public async Task A_replay_after_the_window_is_refused()
    {
        await using var application = await StartAsync();
        application.Time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));

        var (status, body) = await SendAsync(application, Post(Signed.Order));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("too old", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_request_leaves_nothing_behind()
    {
        await using var application = await StartAsync();

        var (status, _) = await SendAsync(application, Post(Signed.Order, "a-secret-that-nobody-ever-gave-to-us"));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Empty(await application.Get<IInboxStore>().ClaimAsync(Given.Day(30), 10, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task What_is_not_understood_is_answered_with_its_place()
    {
        await using var application = await StartAsync();

        var (status, body) = await SendAsync(application, Post(Signed.Order.Replace("2026-11-13", "13.11.2026", StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("$.promise.deliverBy.date must be a date", (string?)JsonNode.Parse(body)!["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_that_does_not_exist_is_not_found()
    {
        await using var application = await StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(application, Post(Signed.Order, path: "/support/webhooks/nobody"))).Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("")]
    public async Task Another_content_type_or_charset_is_refused(string type)
    {
        await using var application = await StartAsync();
        var request = Post(Signed.Order);
        request.Content!.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await SendAsync(application, request)).Status);
    }

    [Fact]
    public async Task A_body_that_is_packed_is_refused()
    {
        await using var application = await StartAsync();
        var request = Post(Signed.Order);
        request.Content!.Headers.ContentEncoding.Add("gzip");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await SendAsync(application, request)).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_is_too_long_is_refused_whether_or_not_it_says_so(bool isChunked)
    {
        await using var application = await StartAsync();
        var request = Post(Signed.Order + new string(' ', 256 * 1024));
        request.Headers.TransferEncodingChunked = isChunked;

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync(application, request)).Status);
    }

    [Fact]
    public async Task A_body_exactly_as_long_as_the_limit_is_taken()
    {
        await using var application = await StartAsync();
        var order = Encoding.UTF8.GetBytes(Signed.Order);
        byte[] body = [.. order, .. Enumerable.Repeat((byte)' ', (256 * 1024) - order.Length)];
        var request = Post(body);
        request.Headers.TransferEncodingChunked = true;

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(application, request)).Status);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_given_up()
    {
        await using var application = await StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(application.Address.Host, application.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST {Path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{")
        );
        using var reader = new StreamReader(stream);
        var answer = reader.ReadLineAsync();

        // The clock moves until the server, which reads at its own pace, has seen it.
        while (!answer.IsCompleted)
        {
            application.Time.Advance(TimeSpan.FromSeconds(11));
            await Task.Yield();
        }

        Assert.Equal("HTTP/1.1 408 Request Timeout", await answer);
    }

    [Fact]
    public async Task A_store_that_is_away_asks_the_sender_to_come_again()
    {
        await using var application = await StartAsync(services =>
            services.AddSingleton<ISupportIntake>(new BrokenIntake(new InvalidOperationException("secret detail")))
        );
        using var request = Post(Signed.Order);

        using var response = await application.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), response.Headers.RetryAfter?.Delta);
        Assert.DoesNotContain("secret detail", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_intake_that_is_full_sends_the_sender_away_and_says_for_how_long()
    {
        var busy = new IntakeBusyException("secret detail") { RetryAfter = TimeSpan.FromSeconds(6.2) };
        await using var application = await StartAsync(services => services.AddSingleton<ISupportIntake>(new BrokenIntake(busy)));
        using var request = Post(Signed.Order);

        using var response = await application.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(429, (int?)JsonNode.Parse(body)!["status"]);
        Assert.DoesNotContain("secret detail", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fallback_policy_of_the_host_does_not_stop_a_sender()
    {
        await using var application = await SupportApplication.StartAsync(
            application =>
            {
                application.UseAuthentication();
                application.UseAuthorization();
                application.MapSupportWebhooks();
            },
            support => support.AddShop(Given.Shop).AddSignedWebhook("demo", Signed.Secret),
            services =>
            {
                services.AddAuthentication();
                services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            }
        );

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(application, Post(Signed.Order))).Status);
    }

    [Fact]
    public async Task The_schemas_are_there_for_everybody()
    {
        await using var application = await StartAsync();

        using var response = await application.GetAsync("/support/webhooks/schemas/order-snapshot.json");

        Assert.Equal("application/schema+json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("order-snapshot", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["properties"]!["type"]!["const"]);
        using var other = await application.GetAsync("/support/webhooks/schemas/appsettings.json");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task A_time_in_the_request_is_compared_with_the_clock_of_the_engine()
    {
        await using var application = await StartAsync();
        application.Time.SetUtcNow(Given.Day(20));

        var request = Post(Signed.Order, Signed.OtherSecret, id: 7.ToString(CultureInfo.InvariantCulture), at: Given.Day(20).AddMinutes(5));

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(application, request)).Status);
    }

    [Fact]
    public async Task Without_the_engine_the_missing_call_is_named()
    {
        await using var application = WebApplication.CreateSlimBuilder().Build();

        Assert.Contains("AddSupport()", Assert.Throws<InvalidOperationException>(() => application.MapSupportWebhooks()).Message, StringComparison.Ordinal);
    }

    private sealed class BrokenIntake(Exception exception) : ISupportIntake
    {
        public Task<int> AcceptAsync(IReadOnlyList<SupportEvent> events, CancellationToken cancellationToken = default) => throw exception;

        public Task<IReadOnlyList<InboxEntry>> CheckAsync(IReadOnlyList<SupportEvent> events, CancellationToken cancellationToken = default) => throw exception;
    }
}
