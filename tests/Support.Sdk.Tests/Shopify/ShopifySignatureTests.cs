using System.Text;
using CsCheck;
using Support.Sdk.Testing;
using Support.Sdk.Webhooks;
using Xunit;

namespace Support.Sdk.Tests.Shopify;

public sealed class ShopifySignatureTests
{
    private const string Header = "X-Shopify-Hmac-Sha256";
    private const string EventsHeader = "Shopify-Hmac-Sha256";

    private const string Privacy = $$$"""{"shop_domain":"{{{ShopifyPost.Domain}}}","customer":{"email":"ada@example.com"},"orders_to_redact":[1]}""";

    public static TheoryData<WebhookRule> Rules => [.. WebhookConformance.Rules];

    [Theory, MemberData(nameof(Rules))]
    public Task Keeps_the_contract(WebhookRule rule) => CheckAsync(rule, new ShopifyPost(), Header, ShopifyPost.Order);

    [Theory, MemberData(nameof(Rules))]
    public Task Keeps_the_contract_with_Events(WebhookRule rule) =>
        CheckAsync(
            rule,
            new ShopifyPost { Prefix = "shopify-", Topic = "Order" },
            EventsHeader,
            """{"topic":"Order","action":"update","handle":"orders","data":{"order":{"id":"gid://shopify/Order/7"}}}"""
        );

    [Theory, MemberData(nameof(Rules))]
    public Task Keeps_the_contract_with_privacy_requests(WebhookRule rule) => CheckAsync(rule, new ShopifyPost { Topic = "customers/redact" }, Header, Privacy);

    private static Task CheckAsync(WebhookRule rule, ShopifyPost post, string header, string body) =>
        rule.CheckAsync(
            new WebhookUnderTest
            {
                Webhook = ShopifyPost.Webhook(),
                Secrets = [ShopifyPost.Secret, ShopifyPost.OldSecret],
                UnknownSecret = ShopifyPost.UnknownSecret,
                Body = Encoding.UTF8.GetBytes(body),
                SignatureHeader = header,
                Sign = (bytes, secret, at) => (post with { Key = secret, ReceivedAt = at, TriggeredAt = at.ToString("o") }).Request(bytes),
            }
        );

    [Fact]
    public async Task A_signature_that_another_program_made_is_taken()
    {
        var request = new ShopifyPost().Request("""{"id":9007199254740993,"admin_graphql_api_id":"gid://shopify/Order/9007199254740993"}""");

        Assert.Equal(WebhookOutcome.Events, (await ShopifyPost.ReadAsync(request.With(Header, "BHa+QYpbZ2IrEK4YfVzOplXxDHGyVoQGsFkZ1OvwNBw="))).Outcome);
    }

    [Fact]
    public async Task No_signature_is_forged() =>
        Assert.Equal(WebhookOutcome.Forged, (await ShopifyPost.ReadAsync(new ShopifyPost().Request().With(Header))).Outcome);

    [Fact]
    public async Task A_wrong_signature_is_forged() =>
        Assert.Equal(WebhookOutcome.Forged, (await new ShopifyPost { Key = ShopifyPost.UnknownSecret }.ReadAsync()).Outcome);

    public static TheoryData<string, string> OtherTexts
    {
        get
        {
            var request = RequestWithSigns();
            var signature = request.Header(Header)!;
            var last = signature[42];
            return new TheoryData<string, string>
            {
                { "base64url", signature.Replace('+', '-').Replace('/', '_') },
                { "without padding", signature.TrimEnd('=') },
                { "lower case", signature.ToLowerInvariant() },
                { "hexadecimal", Convert.ToHexString(Convert.FromBase64String(signature)) },
                { "a blank behind", signature + " " },
                { "a blank before", " " + signature },
                { "a line break within", signature[..20] + "\n" + signature[20..] },
                { "unused bits set", signature[..42] + (char)(last + 1) + "=" },
                { "one character less", signature[1..] },
                { "with a scheme", "sha256=" + signature },
                { "not ASCII", "å" + signature[1..] },
                { "twice in one value", signature + "," + signature },
                { "empty", "" },
            };
        }
    }

    // A body whose signature has both characters that other alphabets write differently.
    private static WebhookRequest RequestWithSigns() =>
        Enumerable
            .Range(1, 10_000)
            .Select(id => new ShopifyPost().Request($$"""{"id":{{id}}}"""))
            .First(request =>
                request.Header(Header) is { } text && text.Contains('+', StringComparison.Ordinal) && text.Contains('/', StringComparison.Ordinal)
            );

    [Theory, MemberData(nameof(OtherTexts))]
    public async Task The_same_signature_in_another_writing_is_forged(string writing, string signature)
    {
        var request = RequestWithSigns();

        Assert.Equal(WebhookOutcome.Events, (await ShopifyPost.ReadAsync(request)).Outcome);
        Assert.True((await ShopifyPost.ReadAsync(request.With(Header, signature))).Outcome is WebhookOutcome.Forged, writing);
    }

    [Fact]
    public async Task A_body_changed_by_a_blank_is_forged()
    {
        var request = new ShopifyPost().Request();
        var body = Encoding.UTF8.GetString(request.Body.Span);

        foreach (var changed in (string[])[body + " ", " " + body, body.Replace(":", ": ", StringComparison.Ordinal), body + "\n"])
        {
            Assert.Equal(WebhookOutcome.Forged, (await ShopifyPost.ReadAsync(request with { Body = Encoding.UTF8.GetBytes(changed) })).Outcome);
        }
    }

    [Fact]
    public async Task A_shop_that_is_not_known_gets_the_same_answer_as_a_wrong_secret()
    {
        var unknownShop = await new ShopifyPost { Shop = "kettles.myshopify.com" }.ReadAsync();
        var wrongSecret = await new ShopifyPost { Key = ShopifyPost.UnknownSecret }.ReadAsync();

        Assert.Equal(WebhookOutcome.Forged, unknownShop.Outcome);
        Assert.Equal(wrongSecret.Reason, unknownShop.Reason);
    }

    [Fact]
    public async Task A_secret_of_one_shop_proves_nothing_for_another()
    {
        var webhook = ShopifyPost.Webhook(options => options.Shops["second"] = ShopifyPost.Settings("kettles.myshopify.com", ShopifyPost.UnknownSecret));

        var own = await webhook.ReadAsync(new ShopifyPost { Shop = "kettles.myshopify.com", Key = ShopifyPost.UnknownSecret }.Request());
        var foreign = await webhook.ReadAsync(new ShopifyPost { Shop = "kettles.myshopify.com" }.Request());

        Assert.Equal("second", Assert.Single(own.Events).Shop);
        Assert.Equal(WebhookOutcome.Forged, foreign.Outcome);
    }

    [Fact]
    public async Task A_shop_without_a_name_is_forged() =>
        Assert.Equal(WebhookOutcome.Forged, (await ShopifyPost.ReadAsync(new ShopifyPost().Request().With("X-Shopify-Shop-Domain"))).Outcome);

    [Fact]
    public async Task The_domain_is_found_in_any_case() =>
        Assert.Equal("main", Assert.Single((await new ShopifyPost { Shop = "Teapots.MyShopify.com" }.ReadAsync()).Events).Shop);

    [Theory]
    [InlineData(ShopifyPost.Secret)]
    [InlineData(ShopifyPost.OldSecret)]
    public async Task While_secrets_rotate_either_is_taken(string secret) =>
        Assert.Equal(WebhookOutcome.Events, (await new ShopifyPost { Key = secret }.ReadAsync()).Outcome);

    [Theory]
    [InlineData("X-SHOPIFY-")]
    [InlineData("x-shopify-")]
    [InlineData("shopify-")]
    [InlineData("SHOPIFY-")]
    public async Task Header_names_are_read_in_any_case_and_both_families(string prefix) =>
        Assert.Equal(WebhookOutcome.Events, (await new ShopifyPost { Prefix = prefix }.ReadAsync()).Outcome);

    [Theory]
    [InlineData("X-Shopify-Hmac-Sha256")]
    [InlineData("X-Shopify-Shop-Domain")]
    public async Task A_header_that_proves_something_and_was_sent_twice_is_forged(string header)
    {
        var request = new ShopifyPost().Request();
        var value = request.Header(header)!;

        Assert.Equal(WebhookOutcome.Forged, (await ShopifyPost.ReadAsync(request.With(header, value, value))).Outcome);
    }

    [Fact]
    public async Task A_topic_that_was_sent_twice_is_none()
    {
        var reading = await ShopifyPost.ReadAsync(new ShopifyPost().Request().With("X-Shopify-Topic", "orders/updated", "customers/redact"));

        Assert.Equal(WebhookOutcome.Malformed, reading.Outcome);
    }

    [Fact]
    public async Task Both_families_that_agree_are_one_delivery_and_that_of_Events_counts()
    {
        var request = Both(new ShopifyPost { Topic = "products/update", EventId = "old" }, new ShopifyPost { Prefix = "Shopify-", EventId = "new" });

        var reading = await ShopifyPost.ReadAsync(request);

        Assert.EndsWith(" new", Assert.Single(reading.Events).EventId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_signatures_that_differ_prove_nothing_although_both_are_right()
    {
        var request = Both(new ShopifyPost { Key = ShopifyPost.OldSecret }, new ShopifyPost { Prefix = "Shopify-" });

        Assert.Equal(WebhookOutcome.Forged, (await ShopifyPost.ReadAsync(request)).Outcome);
    }

    [Theory]
    [InlineData("X-Shopify-", "Shopify-Shop-Domain")]
    [InlineData("Shopify-", "X-Shopify-Shop-Domain")]
    public async Task Two_shops_in_one_request_prove_nothing(string prefix, string other)
    {
        var request = new ShopifyPost { Prefix = prefix }.Request();

        Assert.Equal(WebhookOutcome.Forged, (await ShopifyPost.ReadAsync(request.With(other, "kettles.myshopify.com"))).Outcome);
        Assert.Equal(WebhookOutcome.Events, (await ShopifyPost.ReadAsync(request.With(other, ShopifyPost.Domain))).Outcome);
    }

    [Fact]
    public async Task What_one_family_lacks_is_not_taken_from_the_other()
    {
        var request = new ShopifyPost().Request();

        var noShop = request.With("X-Shopify-Shop-Domain").With("Shopify-Shop-Domain", ShopifyPost.Domain);
        var noTopic = request.With("X-Shopify-Topic").With("Shopify-Topic", "orders/updated");

        Assert.Equal(WebhookOutcome.Forged, (await ShopifyPost.ReadAsync(noShop)).Outcome);
        Assert.Equal(WebhookOutcome.Malformed, (await ShopifyPost.ReadAsync(noTopic)).Outcome);
    }

    [Fact]
    public Task Every_body_that_is_signed_is_taken_and_no_other_bit_is() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Char.AlphaNumeric.Array[1, 60], Gen.UInt, Gen.Bool)
            .SampleAsync(
                async (body, characters, at, isEvent) =>
                {
                    var secret = new string(characters);
                    var webhook = ShopifyPost.Webhook(options => options.Shops["main"] = ShopifyPost.Settings(ShopifyPost.Domain, secret));
                    var post = new ShopifyPost
                    {
                        Key = secret,
                        Topic = "products/update",
                        Prefix = isEvent ? "shopify-" : "X-Shopify-",
                    };
                    var request = post.Request(body);

                    Assert.Equal(WebhookOutcome.Events, (await webhook.ReadAsync(request)).Outcome);
                    Assert.Equal(WebhookOutcome.Forged, (await webhook.ReadAsync(FlipSignature(request, isEvent ? EventsHeader : Header, at))).Outcome);
                    if (body.Length > 0)
                    {
                        Assert.Equal(WebhookOutcome.Forged, (await webhook.ReadAsync(request with { Body = Flip(body, at) })).Outcome);
                    }
                },
                iter: 2000
            );

    private static byte[] Flip(byte[] bytes, uint at)
    {
        var changed = (byte[])bytes.Clone();
        changed[at / 8 % changed.Length] ^= (byte)(1 << (int)(at % 8));
        return changed;
    }

    private static WebhookRequest FlipSignature(WebhookRequest request, string header, uint at) =>
        request.With(header, Encoding.Latin1.GetString(Flip(Encoding.Latin1.GetBytes(request.Header(header)!), at)));

    private static WebhookRequest Both(ShopifyPost classic, ShopifyPost events)
    {
        var (one, other) = (classic.Request(), events.Request());
        return one with
        {
            Headers = one.Headers.Concat(other.Headers).ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase),
        };
    }
}
