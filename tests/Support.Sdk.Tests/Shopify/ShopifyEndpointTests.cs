using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Intake;
using Support.Sdk.Tests.AspNetCore;
using Xunit;

namespace Support.Sdk.Tests.Shopify;

/// <summary>From the wire to the inbox.</summary>
public sealed class ShopifyEndpointTests
{
    private static Task<SupportApplication> StartAsync() =>
        SupportApplication.StartAsync(
            application => application.MapSupportWebhooks(),
            support =>
                support
                    .AddShop(Given.Shop)
                    .AddShopify(options => options.Shops["main"] = ShopifyPost.Settings(ShopifyPost.Domain, ShopifyPost.Secret, ShopifyPost.OldSecret))
        );

    private static Task<(HttpStatusCode Status, string Body)> PostAsync(SupportApplication application, ShopifyPost post, string body = ShopifyPost.Order) =>
        PostAsync(application, post, Encoding.UTF8.GetBytes(body));

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(
        SupportApplication application,
        ShopifyPost post,
        byte[] body,
        bool isChunked = false,
        Action<HttpRequestHeaders>? change = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/support/webhooks/shopify", UriKind.Relative))
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = isChunked;
        foreach (var (name, value) in post.Headers(body))
        {
            request.Headers.Add(name, value);
        }

        change?.Invoke(request.Headers);
        using var response = await application.Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<IReadOnlyList<InboxEntry>> WaitingAsync(SupportApplication application) =>
        await application.Get<IInboxStore>().ClaimAsync(Given.Day(30), 100, TimeSpan.FromMinutes(1));

    [Fact]
    public async Task A_change_is_kept_with_its_order()
    {
        await using var application = await StartAsync();

        Assert.Equal((HttpStatusCode.OK, """{"accepted":1,"repeated":0}"""), await PostAsync(application, new ShopifyPost()));

        var entry = Assert.Single(await WaitingAsync(application));
        Assert.Equal(("shopify", "main", ShopifyPost.OrderId), (entry.Source, entry.Shop, entry.OrderId));
        // A hint: nothing of the order itself is believed, or stored.
        Assert.DoesNotContain("Teapot", entry.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_20_megabytes_is_refused_although_it_is_signed()
    {
        await using var application = await StartAsync();

        // The sender asks before it sends so much; whoever does not may find the connection closed instead of an answer.
        var (status, _) = await PostAsync(application, new ShopifyPost(), Padded(20), change: headers => headers.ExpectContinue = true);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Empty(await WaitingAsync(application));
    }

    [Fact]
    public async Task A_body_that_is_too_long_and_does_not_say_so_is_refused()
    {
        await using var application = await StartAsync();

        var (status, _) = await PostAsync(application, new ShopifyPost(), Padded(5), isChunked: true);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Empty(await WaitingAsync(application));
    }

    private static byte[] Padded(int megabytes)
    {
        var body = new byte[megabytes * 1024 * 1024];
        Array.Fill(body, (byte)' ');
        Encoding.UTF8.GetBytes(ShopifyPost.Order).CopyTo(body, 0);
        return body;
    }

    [Fact]
    public async Task A_large_order_is_taken()
    {
        await using var application = await StartAsync();
        var body = Encoding.UTF8.GetBytes($$"""{"note":"{{new string('x', 3_000_000)}}","id":7}""");

        Assert.Equal((HttpStatusCode.OK, """{"accepted":1,"repeated":0}"""), await PostAsync(application, new ShopifyPost(), body, isChunked: true));
    }

    [Fact]
    public async Task A_replay_adds_nothing_however_late()
    {
        await using var application = await StartAsync();
        await PostAsync(application, new ShopifyPost());
        application.Time.Advance(TimeSpan.FromDays(3));

        Assert.Equal((HttpStatusCode.OK, """{"accepted":0,"repeated":1}"""), await PostAsync(application, new ShopifyPost()));
    }

    [Fact]
    public async Task Two_subscriptions_of_one_topic_are_one_event()
    {
        await using var application = await StartAsync();
        await PostAsync(application, new ShopifyPost { WebhookId = "one" });

        Assert.Equal((HttpStatusCode.OK, """{"accepted":0,"repeated":1}"""), await PostAsync(application, new ShopifyPost { WebhookId = "two" }));
    }

    [Fact]
    public async Task A_repetition_without_any_id_is_known_by_its_content()
    {
        await using var application = await StartAsync();
        var post = new ShopifyPost { EventId = null, WebhookId = null };
        await PostAsync(application, post);
        application.Time.Advance(TimeSpan.FromHours(4));

        Assert.Equal((HttpStatusCode.OK, """{"accepted":0,"repeated":1}"""), await PostAsync(application, post));
    }

    [Fact]
    public async Task Deliveries_a_day_late_and_in_any_order_are_all_taken()
    {
        await using var application = await StartAsync();
        foreach (var hour in (int[])[12, 3, 24, 0, 7])
        {
            var post = new ShopifyPost { EventId = $"event-{hour}", TriggeredAt = Given.Monday.AddHours(-hour).ToString("o") };
            Assert.Equal((HttpStatusCode.OK, """{"accepted":1,"repeated":0}"""), await PostAsync(application, post));
        }

        Assert.Equal(5, (await WaitingAsync(application)).Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_clock_that_is_wrong_by_an_hour_refuses_nothing(int hours)
    {
        await using var application = await StartAsync();
        application.Time.SetUtcNow(Given.Monday.AddHours(2));

        var post = new ShopifyPost { TriggeredAt = Given.Monday.AddHours(2 + hours).ToString("o") };

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(application, post)).Status);
    }

    [Fact]
    public async Task Whoever_knows_no_secret_leaves_nothing_behind()
    {
        await using var application = await StartAsync();

        var wrong = await PostAsync(application, new ShopifyPost { Key = ShopifyPost.UnknownSecret });
        var other = await PostAsync(application, new ShopifyPost { Shop = "kettles.myshopify.com" });

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (wrong.Status, other.Status));
        Assert.Equal(wrong.Body, other.Body);
        Assert.Empty(await WaitingAsync(application));
    }

    [Fact]
    public async Task A_signature_that_was_sent_twice_is_refused()
    {
        await using var application = await StartAsync();
        var body = Encoding.UTF8.GetBytes(ShopifyPost.Order);

        var (status, _) = await PostAsync(
            application,
            new ShopifyPost(),
            body,
            change: headers => headers.Add("x-shopify-hmac-sha256", ShopifyPost.Sign(body, ShopifyPost.Secret))
        );

        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Theory]
    [InlineData("app/uninstalled", """{"id":548380009}""")]
    [InlineData("fulfillment_orders/placed_on_hold", """{"fulfillment_order":{"id":"gid://shopify/FulfillmentOrder/1"}}""")]
    public async Task A_topic_that_is_not_needed_is_acknowledged(string topic, string body)
    {
        await using var application = await StartAsync();

        Assert.Equal((HttpStatusCode.OK, """{"accepted":0,"repeated":0}"""), await PostAsync(application, new ShopifyPost { Topic = topic }, body));
    }

    [Theory]
    [InlineData("customers/data_request", """{"shop_domain":"teapots.myshopify.com","customer":{"email":"ada@example.com"},"data_request":{"id":9999}}""")]
    [InlineData("customers/redact", """{"shop_domain":"teapots.myshopify.com","customer":{"email":"ada@example.com"},"orders_to_redact":[7]}""")]
    [InlineData("shop/redact", """{"shop_domain":"teapots.myshopify.com"}""")]
    public async Task A_privacy_request_is_kept_once(string topic, string body)
    {
        await using var application = await StartAsync();
        var post = new ShopifyPost { Topic = topic };

        Assert.Equal((HttpStatusCode.OK, """{"accepted":1,"repeated":0}"""), await PostAsync(application, post, body));
        Assert.Equal((HttpStatusCode.OK, """{"accepted":0,"repeated":1}"""), await PostAsync(application, post, body));
    }
}
