using Support.Sdk.Orders;

namespace Support.Sdk.Webhooks;

/// <summary>The webhook for every store without an adapter: an event as JSON, signed by the convention of Standard Webhooks.</summary>
internal sealed class SignedWebhook(string name, IReadOnlyList<byte[]> keys, IReadOnlyList<string> shops, SignedWebhookOptions options) : IWebhook
{
    public string Name => name;

    public WebhookTraits Traits { get; } = new() { MaxBody = options.MaxBody };

    public ValueTask<WebhookReading> ReadAsync(WebhookRequest request, CancellationToken cancellationToken = default) => new(Read(request));

    private WebhookReading Read(WebhookRequest request)
    {
        if (StandardSignature.Fault(request, keys, options.ReplayWindow) is { } forged)
        {
            return WebhookReading.Forged(forged);
        }

        var (read, fault) = EventReader.Read(request.Body.Span);
        if (read?.Order is not { } key)
        {
            return WebhookReading.Malformed(fault ?? "The body is about no order.");
        }

        var shop = key.Shop ?? (shops.Count == 1 ? shops[0] : null);
        if (shop is null || !shops.Contains(shop, StringComparer.Ordinal))
        {
            return WebhookReading.Malformed("$.key.shop must name a shop that this webhook may write to.");
        }

        return WebhookReading.Of([Complete(read, new OrderKey(shop, key.Id)) with { Source = name, EventId = request.Header(StandardSignature.IdHeader) }]);
    }

    private static SupportEvent Complete(SupportEvent read, OrderKey key) =>
        read switch
        {
            OrderSnapshot order => order with { Key = key },
            OrderChanged change => change with { Key = key },
            ShipmentTracked tracked => tracked with { Key = key },
            _ => read,
        };
}
