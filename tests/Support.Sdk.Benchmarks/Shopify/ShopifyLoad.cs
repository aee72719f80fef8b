using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Support.Sdk.Benchmarks.Shopify;

/// <summary>Deliveries as Shopify posts them when an order changed.</summary>
internal static class ShopifyLoad
{
    /// <summary>What the adapter's own subscriptions ask for: which order, and when.</summary>
    public const string Named = "shopify";

    /// <summary>The whole order, as a subscription made by hand posts it.</summary>
    public const string Whole = "shopify-whole";

    /// <summary>The address that all of them are posted to.</summary>
    public const string Endpoint = "shopify";

    public const string Domain = "kettles.myshopify.com";
    public const string Secret = "shpss_benchmarks0123456789abcdef0123";
    private const int Orders = 256;

    /// <summary>Whole requests, each of another order.</summary>
    public static List<byte[]> Requests(string load)
    {
        var key = Encoding.UTF8.GetBytes(Secret);
        return [.. Enumerable.Range(0, Orders).Select(number => Request(number, Body(load, number), key))];
    }

    public static byte[] Body(string load, int number) =>
        load switch
        {
            Named => ShopifyOrderBody.Name(5_600_000_000_000 + number),
            Whole => ShopifyOrderBody.Write(5_600_000_000_000 + number),
            _ => throw new ArgumentOutOfRangeException(nameof(load), load, "There is no such load."),
        };

    private static byte[] Request(int number, byte[] body, byte[] key)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            POST /support/webhooks/{Endpoint} HTTP/1.1
            Host: 127.0.0.1
            User-Agent: Shopify-Captain-Hook
            Accept: */*
            Content-Type: application/json
            Content-Length: {body.Length}
            X-Shopify-Topic: orders/updated
            X-Shopify-Shop-Domain: {Domain}
            X-Shopify-Hmac-Sha256: {Convert.ToBase64String(HMACSHA256.HashData(key, body))}
            X-Shopify-Api-Version: {Support.Sdk.Shopify.ShopifyShop.DefaultApiVersion}
            X-Shopify-Event-Id: 98880550-7158-44d4-b7cd-{number:x12}
            X-Shopify-Webhook-Id: b54557e4-bdd9-4b37-8a5f-{number:x12}
            X-Shopify-Triggered-At: 2026-11-02T08:59:58.877041743Z


            """
        );
        return [.. Encoding.ASCII.GetBytes(head.ReplaceLineEndings("\r\n")), .. body];
    }
}
