using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Support.Sdk.Shopify;
using Support.Sdk.Shopify.Webhooks;
using Support.Sdk.Webhooks;

namespace Support.Sdk.Tests.Shopify;

/// <summary>Posts as Shopify does, without the code under test.</summary>
internal sealed record ShopifyPost
{
    public const string Domain = "teapots.myshopify.com";
    public const string Secret = "shpss_0123456789abcdef0123456789abcdef";
    public const string OldSecret = "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";
    public const string UnknownSecret = "shpss_00000000000000000000000000000000";
    public const string OrderId = "9007199254740993";
    public const string Order =
        """{"id":9007199254740993,"name":"#1001","line_items":[{"id":1,"title":"Teapot"}],"note":null,"updated_at":"2026-11-02T10:00:00+01:00"}""";

    public string Topic { get; init; } = "orders/updated";

    public string Shop { get; init; } = Domain;

    public string Key { get; init; } = Secret;

    public string? EventId { get; init; } = "98880550-7158-44d4-b7cd-2c97c8a091b5";

    public string? WebhookId { get; init; } = "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043";

    public string? TriggeredAt { get; init; } = "2026-11-02T08:59:58.877041743Z";

    public DateTimeOffset ReceivedAt { get; init; } = Given.Monday;

    public string Prefix { get; init; } = "X-Shopify-";

    public static ShopifyWebhook Webhook(Action<ShopifyOptions>? configure = null)
    {
        var options = new ShopifyOptions();
        options.Shops["main"] = Settings(Domain, Secret, OldSecret);
        configure?.Invoke(options);
        return new ShopifyWebhook(Options.Create(options));
    }

    public static ShopifyShop Settings(string domain, params string[] secrets)
    {
        var shop = new ShopifyShop { Domain = domain, AccessToken = "shpat_token" };
        foreach (var secret in secrets)
        {
            shop.ClientSecrets.Add(secret);
        }

        return shop;
    }

    public static string Sign(ReadOnlySpan<byte> body, string secret) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    public Dictionary<string, string> Headers(ReadOnlySpan<byte> body)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [Prefix + "Hmac-Sha256"] = Sign(body, Key),
            [Prefix + "Topic"] = Topic,
            [Prefix + "Shop-Domain"] = Shop,
            [Prefix + "API-Version"] = "2026-10",
        };
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("Event-Id", EventId), ("Webhook-Id", WebhookId), ("Triggered-At", TriggeredAt)])
        {
            if (value is not null)
            {
                headers[Prefix + name] = value;
            }
        }

        return headers;
    }

    public WebhookRequest Request(ReadOnlyMemory<byte> body) =>
        new()
        {
            Body = body,
            ReceivedAt = ReceivedAt,
            Headers = Headers(body.Span).ToDictionary(one => one.Key, one => (IReadOnlyList<string>)[one.Value], StringComparer.OrdinalIgnoreCase),
        };

    public WebhookRequest Request(string body = Order) => Request(Encoding.UTF8.GetBytes(body));

    public Task<WebhookReading> ReadAsync(string body = Order) => ReadAsync(Request(body));

    public static async Task<WebhookReading> ReadAsync(WebhookRequest request) => await Webhook().ReadAsync(request);
}

internal static class ShopifyRequests
{
    /// <summary>The request with other values of one header, or without it.</summary>
    public static WebhookRequest With(this WebhookRequest request, string header, params string[] values)
    {
        var headers = request.Headers.ToDictionary(one => one.Key, one => one.Value, StringComparer.OrdinalIgnoreCase);
        headers.Remove(header);
        if (values.Length > 0)
        {
            headers[header] = values;
        }

        return request with
        {
            Headers = headers,
        };
    }
}
