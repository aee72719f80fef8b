using Support.Sdk.Webhooks;

namespace Support.Sdk.Shopify.Webhooks;

/// <summary>What the headers of a delivery say. The signature covers the body alone: all of this is a claim.</summary>
/// <remarks>
/// There are two families, <c>X-Shopify-…</c> of webhooks and <c>Shopify-…</c> of Events. Some deliveries carry both; the latter then count,
/// as in Shopify's own libraries, and who sent it (signature, shop) must be the same in both: what contradicts itself proves nothing. What
/// one family lacks is never taken from the other. See https://shopify.dev/docs/apps/build/webhooks/delivery-structure and
/// https://shopify.dev/docs/apps/build/events/delivery-structure.
/// </remarks>
internal sealed record ShopifyHeaders
{
    private static readonly Family Webhooks = new("X-Shopify-");
    private static readonly Family Events = new("Shopify-");

    public required string Signature { get; init; }

    public string? Domain { get; init; }

    public string? Topic { get; init; }

    public string? EventId { get; init; }

    public string? WebhookId { get; init; }

    public string? TriggeredAt { get; init; }

    public string? ResourceId { get; init; }

    /// <summary>The headers, or why they prove nothing.</summary>
    public static (ShopifyHeaders? Headers, string? Fault) Read(WebhookRequest request)
    {
        var (own, other) = request.Headers.ContainsKey(Events.Signature) ? (Events, Webhooks) : (Webhooks, Events);
        if (request.Header(own.Signature) is not { } signature)
        {
            return (null, $"The header {own.Signature} is missing, or is not one value.");
        }

        var domain = request.Header(own.Domain);
        if (
            Contradicts(request, other.Signature, signature, StringComparison.Ordinal)
            || Contradicts(request, other.Domain, domain, StringComparison.OrdinalIgnoreCase)
        )
        {
            return (null, $"The headers {own.Prefix}… and {other.Prefix}… contradict each other.");
        }

        return (Read(request, own, signature, domain), null);
    }

    private static ShopifyHeaders Read(WebhookRequest request, Family own, string signature, string? domain) =>
        new()
        {
            Signature = signature,
            Domain = domain,
            Topic = Some(request, own.Topic),
            EventId = Some(request, own.EventId),
            WebhookId = Some(request, own.WebhookId),
            TriggeredAt = Some(request, own.TriggeredAt),
            ResourceId = Some(request, own.ResourceId),
        };

    // An empty header says as much as none.
    private static string? Some(WebhookRequest request, string name) => request.Header(name) is { Length: > 0 } value ? value : null;

    private static bool Contradicts(WebhookRequest request, string name, string? value, StringComparison comparison) =>
        request.Headers.ContainsKey(name) && !string.Equals(request.Header(name), value, comparison);

    private sealed class Family(string prefix)
    {
        public string Prefix => prefix;

        public string Signature { get; } = prefix + "Hmac-Sha256";

        public string Domain { get; } = prefix + "Shop-Domain";

        public string Topic { get; } = prefix + "Topic";

        public string EventId { get; } = prefix + "Event-Id";

        public string WebhookId { get; } = prefix + "Webhook-Id";

        public string TriggeredAt { get; } = prefix + "Triggered-At";

        public string ResourceId { get; } = prefix + "Resource-Id";
    }
}
