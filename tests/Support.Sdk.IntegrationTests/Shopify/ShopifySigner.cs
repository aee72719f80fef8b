using System.Security.Cryptography;
using System.Text;

namespace Support.Sdk.IntegrationTests.Shopify;

/// <summary>Signs webhooks as Shopify does, in both families of its headers.</summary>
internal static class ShopifySigner
{
    public const string Domain = "teapots.myshopify.com";

    /// <summary>The headers of a classic webhook: <c>X-Shopify-Topic</c> and its like.</summary>
    public static Dictionary<string, string> Classic(string secret, byte[] body, string topic = "orders/updated", string eventId = "event-1") =>
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            ["X-Shopify-Topic"] = topic,
            ["X-Shopify-Hmac-Sha256"] = Signature(secret, body),
            ["X-Shopify-Shop-Domain"] = Domain,
            ["X-Shopify-API-Version"] = "2026-10",
            ["X-Shopify-Webhook-Id"] = $"{eventId}-webhook",
            ["X-Shopify-Event-Id"] = eventId,
            ["X-Shopify-Triggered-At"] = "2026-11-02T09:00:00.000Z",
        };

    /// <summary>The headers of an event of the newer family: <c>shopify-topic</c> and its like.</summary>
    public static Dictionary<string, string> Next(string secret, byte[] body, string topic = "Order", string eventId = "event-1") =>
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            ["shopify-topic"] = topic,
            ["shopify-hmac-sha256"] = Signature(secret, body),
            ["shopify-shop-domain"] = Domain,
            ["shopify-api-version"] = "2026-10",
            ["shopify-webhook-id"] = $"{eventId}-webhook",
            ["shopify-event-id"] = eventId,
            ["shopify-triggered-at"] = "2026-11-02T09:00:00.000Z",
            ["shopify-handle"] = "orders",
            ["shopify-action"] = "update",
            ["shopify-resource-id"] = "gid://shopify/Order/1",
        };

    public static string Signature(string secret, byte[] body) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
