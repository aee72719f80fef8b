namespace Support.Sdk.Webhooks;

/// <summary>What a sender posted, byte for byte.</summary>
public sealed record WebhookRequest
{
    /// <summary>The body as it came. Valid until the webhook has answered; copy what is kept longer.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The headers, found by name without regard to case; each may have several values.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; init; }

    /// <summary>When the request came, by the receiver's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The only value of a header, or null when it is missing or was sent more than once.</summary>
    /// <remarks>A header that proves something must be unambiguous: two values are as good as none.</remarks>
    public string? Header(string name) => Headers.TryGetValue(name, out var values) && values is [var only] ? only : null;
}
