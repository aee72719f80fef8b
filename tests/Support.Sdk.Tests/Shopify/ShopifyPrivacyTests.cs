using System.Globalization;
using Support.Sdk.Storefronts;
using Support.Sdk.Webhooks;
using Xunit;

namespace Support.Sdk.Tests.Shopify;

public sealed class ShopifyPrivacyTests
{
    private const string Export =
        """{"shop_id":1,"shop_domain":"teapots.myshopify.com","orders_requested":[9007199254740993,8],"customer":{"id":2,"email":"Ada@example.com","phone":"+46 (70) 123-45 67"},"data_request":{"id":9999}}""";

    private const string Erasure =
        """{"shop_id":1,"shop_domain":"Teapots.myshopify.com","customer":{"id":2,"email":"ada@example.com","phone":null},"orders_to_redact":[7]}""";
    private const string Forget = """{"shop_id":1,"shop_domain":"teapots.myshopify.com"}""";

    private static Task<WebhookReading> ReadAsync(string topic, string body) => new ShopifyPost { Topic = topic }.ReadAsync(body);

    private static async Task<PrivacyRequested> RequestAsync(string topic, string body) =>
        Assert.IsType<PrivacyRequested>(Assert.Single((await ReadAsync(topic, body)).Events));

    [Fact]
    public async Task A_person_asks_for_their_data()
    {
        var request = await RequestAsync("customers/data_request", Export);

        Assert.Equal((PrivacyRequestKind.Export, "main", "9999"), (request.Kind, request.ShopId, request.RequestId));
        Assert.Equal([new ContactPoint("email", "Ada@example.com"), new ContactPoint("sms", "+46701234567")], request.ContactPoints);
        Assert.Equal([ShopifyPost.OrderId, "8"], request.OrderIds);
        Assert.Equal("teapots.myshopify.com customers/data_request 1 9999", request.EventId);
    }

    [Fact]
    public async Task A_person_asks_to_be_erased()
    {
        var request = await RequestAsync("customers/redact", Erasure);

        Assert.Equal((PrivacyRequestKind.Erase, null), (request.Kind, request.RequestId));
        Assert.Equal([new ContactPoint("email", "ada@example.com")], request.ContactPoints);
        Assert.Equal(["7"], request.OrderIds);
        Assert.Equal("teapots.myshopify.com customers/redact 1 98880550-7158-44d4-b7cd-2c97c8a091b5", request.EventId);
    }

    [Fact]
    public async Task A_shop_asks_to_be_forgotten()
    {
        var request = await RequestAsync("shop/redact", Forget);

        Assert.Equal((PrivacyRequestKind.ForgetShop, "main"), (request.Kind, request.ShopId));
        Assert.Empty(request.ContactPoints);
        Assert.Empty(request.OrderIds);
    }

    [Fact]
    public async Task A_second_request_of_the_same_person_is_another_one()
    {
        var first = await RequestAsync("customers/redact", Erasure);
        var second = Assert.Single((await new ShopifyPost { Topic = "customers/redact", EventId = "later" }.ReadAsync(Erasure)).Events);

        Assert.NotEqual(first.EventId, second.EventId);
    }

    // The signature covers the body only: whoever got hold of one request could change its headers.
    [Theory]
    [InlineData("customers/redact", Export)]
    [InlineData("shop/redact", Export)]
    [InlineData("shop/redact", Erasure)]
    [InlineData("customers/data_request", Erasure)]
    [InlineData("customers/data_request", Forget)]
    [InlineData("customers/redact", Forget)]
    [InlineData("shop/redact", """{"id":548380009,"domain":"teapots.myshopify.com","myshopify_domain":"teapots.myshopify.com"}""")]
    [InlineData("customers/redact", ShopifyPost.Order)]
    public async Task A_body_of_one_topic_is_not_taken_for_another(string topic, string body) =>
        Assert.Equal(WebhookOutcome.Malformed, (await ReadAsync(topic, body)).Outcome);

    [Fact]
    public async Task A_request_to_one_shop_is_not_taken_for_another_with_the_same_app()
    {
        var webhook = ShopifyPost.Webhook(options => options.Shops["second"] = ShopifyPost.Settings("kettles.myshopify.com", ShopifyPost.Secret));

        var reading = await webhook.ReadAsync(new ShopifyPost { Topic = "shop/redact", Shop = "kettles.myshopify.com" }.Request(Forget));

        Assert.Equal(WebhookOutcome.Malformed, reading.Outcome);
    }

    [Theory]
    [InlineData("555-625-1199")]
    [InlineData("0701234567")]
    [InlineData("0046701234567")]
    [InlineData("+")]
    [InlineData("+46")]
    [InlineData("+46 70 CALL ME")]
    [InlineData("+1234567890123456")]
    public async Task A_phone_number_that_is_none_everywhere_is_left_out(string phone)
    {
        var request = await RequestAsync("customers/redact", Erasure.Replace("null", $"\"{phone}\"", StringComparison.Ordinal));

        Assert.Equal("email", Assert.Single(request.ContactPoints).Channel);
    }

    [Fact]
    public async Task A_person_who_is_known_by_orders_only_is_passed_on()
    {
        var request = await RequestAsync(
            "customers/redact",
            """{"shop_domain":"teapots.myshopify.com","customer":{"id":2,"email":null},"orders_to_redact":[7]}"""
        );

        Assert.Empty(request.ContactPoints);
        Assert.Equal(["7"], request.OrderIds);
    }

    [Fact]
    public async Task More_orders_than_a_request_holds_are_several_requests_and_none_is_lost()
    {
        var ids = Enumerable.Range(1, 2500).Select(id => id.ToString(CultureInfo.InvariantCulture)).ToList();
        var body = Erasure.Replace("[7]", $"[{string.Join(',', ids)}]", StringComparison.Ordinal);

        var requests = (await ReadAsync("customers/redact", body)).Events.Cast<PrivacyRequested>().ToList();

        Assert.Equal([1000, 1000, 500], requests.Select(request => request.OrderIds.Count));
        Assert.Equal(ids, requests.SelectMany(request => request.OrderIds));
        Assert.Equal(3, requests.Select(request => request.EventId).Distinct().Count());
        Assert.All(requests, request => Assert.Single(request.ContactPoints));
    }

    [Theory]
    [InlineData("""{"shop_domain":"teapots.myshopify.com","customer":{"email":"a@b.c"},"orders_to_redact":[7,null]}""")]
    [InlineData("""{"shop_domain":"teapots.myshopify.com","customer":{"email":"a@b.c"},"orders_to_redact":[1.5]}""")]
    [InlineData("""{"shop_domain":"teapots.myshopify.com","customer":{"email":"a@b.c"},"customer":{"email":"c@d.e"}}""")]
    [InlineData("""{"shop_domain":"teapots.myshopify.com","customer":{"email":"a@b.c","email":"c@d.e"}}""")]
    [InlineData("""{"shop_domain":"teapots.myshopify.com","shop_domain":"teapots.myshopify.com","customer":{}}""")]
    [InlineData("""{"shop_domain":"teapots.myshopify.com","customer":[]}""")]
    [InlineData("""{"shop_domain":null,"customer":{}}""")]
    [InlineData("""{"customer":{"email":"a@b.c"}}""")]
    public async Task What_could_be_half_of_a_request_is_malformed(string body) =>
        Assert.Equal(WebhookOutcome.Malformed, (await ReadAsync("customers/redact", body)).Outcome);
}
