using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Support.Sdk.Webhooks;

namespace Support.Sdk.Tests.Webhooks;

/// <summary>Signs as a sender does, without the code under test.</summary>
internal static class Signed
{
    public const string Secret = "a-secret-of-more-than-32-characters";
    public const string OtherSecret = "another-secret-that-is-long-enough-too";

    public const string Order = """
        {
          "key": { "id": "1001" },
          "placedAt": "2026-11-02T09:00:00Z",
          "customer": { "name": "Ada", "contactPoints": [{ "channel": "email", "value": "ada@example.com" }] },
          "items": [{ "name": "Teapot", "quantity": 2 }],
          "promise": { "deliverBy": { "date": "2026-11-13" } },
          "shipments": [{ "id": "1", "trackingUrl": "https://carrier.example/1", "events": [{ "status": "InTransit", "at": "2026-11-03T09:00:00+01:00" }] }]
        }
        """;

    public static SignedWebhook Webhook(params string[] shops) =>
        new(
            "demo",
            [WebhookSecret.Key(Secret)!, WebhookSecret.Key(OtherSecret)!],
            shops.Length == 0 ? ["main"] : shops,
            new SignedWebhookOptions { ReplayWindow = TimeSpan.FromMinutes(5) }
        );

    public static WebhookRequest Request(ReadOnlyMemory<byte> body, string secret, DateTimeOffset at, string id = "msg_1") =>
        new()
        {
            Body = body,
            ReceivedAt = at,
            Headers = Headers(body.Span, secret, at, id)
                .ToDictionary(header => header.Key, header => (IReadOnlyList<string>)[header.Value], StringComparer.OrdinalIgnoreCase),
        };

    public static Dictionary<string, string> Headers(ReadOnlySpan<byte> body, string secret, DateTimeOffset at, string id = "msg_1")
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] content = [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body];
        return new(StringComparer.Ordinal)
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = time,
            ["webhook-signature"] = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), content)),
        };
    }

    public static async Task<WebhookReading> ReadAsync(string json, params string[] shops) =>
        await Webhook(shops).ReadAsync(Request(Encoding.UTF8.GetBytes(json), Secret, Given.Monday));
}
