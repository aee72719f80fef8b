using Support.Sdk.Webhooks;

namespace Support.Sdk.Testing;

/// <summary>A webhook, and what its suite needs to know about its sender.</summary>
public sealed record WebhookUnderTest
{
    /// <summary>The webhook.</summary>
    public required IWebhook Webhook { get; init; }

    /// <summary>The secrets that the webhook knows. Give two, so that rotation is proven.</summary>
    public required IReadOnlyList<string> Secrets { get; init; }

    /// <summary>Another secret of the same form, which the webhook does not know.</summary>
    public required string UnknownSecret { get; init; }

    /// <summary>A body, as JSON, that brings at least one event.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The header that carries the signature.</summary>
    public required string SignatureHeader { get; init; }

    /// <summary>Makes the request that a sender makes: the body, and every header, signed with a secret at a moment, which is also when it arrives.</summary>
    public required Func<ReadOnlyMemory<byte>, string, DateTimeOffset, WebhookRequest> Sign { get; init; }

    /// <summary>How far the sender's time may lie from ours, or null where the sender signs no time.</summary>
    public TimeSpan? ReplayWindow { get; init; }
}
