using System.Text;
using Microsoft.Extensions.Options;
using Support.Sdk.Shopify;
using Support.Sdk.Shopify.Webhooks;
using Support.Sdk.Webhooks;
using Xunit;

namespace Support.Sdk.IntegrationTests.Shopify;

/// <summary>Shopify's own library and our signer agree, in both families and in both directions.</summary>
public sealed class VerifierTests(ShopifyVerifier verifier) : IClassFixture<ShopifyVerifier>
{
    private const string Secret = "shpss_0123456789abcdef";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"id":820982911946154508,"note":"Åsas tekanna 🫖"}""");

    public static TheoryData<string> Families => ["classic", "next"];

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Shopify_takes_what_we_sign(string family)
    {
        var verdict = await verifier.VerifyAsync(Body, Signed(family, Body), Secret);

        Assert.True(verdict["valid"]!.GetValue<bool>(), verdict.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Shopify_takes_any_writing_of_the_header_names(string family)
    {
        var headers = Signed(family, Body).ToDictionary(header => header.Key.ToUpperInvariant(), header => header.Value, StringComparer.Ordinal);

        var verdict = await verifier.VerifyAsync(Body, headers, Secret);

        Assert.True(verdict["valid"]!.GetValue<bool>(), verdict.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Shopify_refuses_a_changed_body_another_secret_and_no_signature(string family)
    {
        byte[] changed = [.. Body, (byte)' '];
        var unsigned = Signed(family, Body).Where(header => !header.Key.EndsWith("sha256", StringComparison.OrdinalIgnoreCase)).ToDictionary();

        Assert.Equal("invalid_hmac", await ReasonAsync(changed, Signed(family, Body), Secret));
        Assert.Equal("invalid_hmac", await ReasonAsync(Body, Signed(family, Body), Secret + "0"));
        Assert.Equal("missing_hmac", await ReasonAsync(Body, unsigned, Secret));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Our_signature_is_that_of_Shopifys_library(string family)
    {
        var theirs = await verifier.SignAsync(Body, Secret, family);

        var name = theirs.Keys.Single(header => header.EndsWith("sha256", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(theirs[name], Signed(family, Body)[name]);
        Assert.Equal(theirs.Keys.Order(StringComparer.Ordinal), Signed(family, Body).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task We_take_what_Shopifys_library_signs_and_refuse_what_it_refuses(string family)
    {
        var headers = await verifier.SignAsync(Body, Secret, family);
        byte[] changed = [.. Body, (byte)' '];

        // An event of the newer family names its order elsewhere in the body; here only the signature counts.
        Assert.NotEqual(WebhookOutcome.Forged, await ReadAsync(Body, headers, Secret));
        Assert.Equal(WebhookOutcome.Forged, await ReadAsync(changed, headers, Secret));
        Assert.Equal(WebhookOutcome.Forged, await ReadAsync(Body, headers, Secret + "0"));
    }

    private static async Task<WebhookOutcome> ReadAsync(byte[] body, IReadOnlyDictionary<string, string> headers, string secret)
    {
        var options = new ShopifyOptions();
        var shop = new ShopifyShop { Domain = ShopifySigner.Domain };
        shop.ClientSecrets.Add(secret);
        options.Shops["main"] = shop;
        var request = new WebhookRequest
        {
            Body = body,
            ReceivedAt = new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero),
            Headers = headers.ToDictionary(header => header.Key, IReadOnlyList<string> (header) => [header.Value], StringComparer.OrdinalIgnoreCase),
        };
        var reading = await new ShopifyWebhook(Options.Create(options)).ReadAsync(request, TestContext.Current.CancellationToken);
        return reading.Outcome;
    }

    private static Dictionary<string, string> Signed(string family, byte[] body) =>
        string.Equals(family, "next", StringComparison.Ordinal) ? ShopifySigner.Next(Secret, body) : ShopifySigner.Classic(Secret, body);

    private async Task<string> ReasonAsync(byte[] body, IReadOnlyDictionary<string, string> headers, string secret)
    {
        var verdict = await verifier.VerifyAsync(body, headers, secret);
        Assert.False(verdict["valid"]!.GetValue<bool>());
        return verdict["reason"]!.GetValue<string>();
    }
}
