using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Support.Sdk.Benchmarks.Shopify;

/// <summary>Deliveries as Shopify posts them when an order changed.</summary>
internal static class ShopifyLoad
{
    public const string Name = "shopify";
    public const string Domain = "kettles.myshopify.com";
    public const string Secret = "shpss_benchmarks0123456789abcdef0123";
    private const int Orders = 256;

    /// <summary>Whole requests, each of another order.</summary>
    public static List<byte[]> Requests()
    {
        var key = Encoding.UTF8.GetBytes(Secret);
        return [.. Enumerable.Range(0, Orders).Select(number => Request(number, Body(number), key))];
    }

    public static byte[] Body(int number) => ShopifyOrderBody.Write(5_600_000_000_000 + number);

    private static byte[] Request(int number, byte[] body, byte[] key)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            POST /support/webhooks/{Name} HTTP/1.1
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
