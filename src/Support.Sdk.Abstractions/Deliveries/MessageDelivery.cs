namespace Support.Sdk.Deliveries;

/// <summary>A message and what became of it. The pending ones are the outbox, all of them the ledger of what was told.</summary>
public sealed record MessageDelivery
{
    /// <summary>The message.</summary>
    public required OutboundMessage Message { get; init; }

    /// <summary>How it stands.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>The earliest moment for the next attempt.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>From this moment on it is no longer worth sending, or null when it always is.</summary>
    public DateTimeOffset? SendBefore { get; init; }

    /// <summary>How many attempts were begun.</summary>
    public int Attempts { get; init; }

    /// <summary>When the state last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Why it is in this state, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The provider's own id for it, or null.</summary>
    public string? ProviderId { get; init; }

    /// <summary>The token of the claim, 0 when it is not claimed. A result is recorded only with the token of the latest claim.</summary>
    public long LeaseToken { get; init; }
}

/// <summary>What can become of a message.</summary>
public enum DeliveryState
{
    /// <summary>Decided, not yet attempted.</summary>
    Pending,

    /// <summary>Claimed; an attempt may be under way.</summary>
    Sending,

    /// <summary>The provider has it. The customer counts as told.</summary>
    Accepted,

    /// <summary>The provider reported that it arrived.</summary>
    Delivered,

    /// <summary>The provider reported that it did not arrive.</summary>
    Bounced,

    /// <summary>An attempt did not work; the next one is planned.</summary>
    Retry,

    /// <summary>The provider will never take it.</summary>
    Rejected,

    /// <summary>Given up after the last attempt, or it could not be written.</summary>
    Failed,

    /// <summary>Nobody knows whether the provider has it, and the provider takes no key; kept for a person.</summary>
    InDoubt,

    /// <summary>Written, and kept for a person to release.</summary>
    Held,

    /// <summary>Facts overtook it before it was sent.</summary>
    Superseded,

    /// <summary>It was not sent in time; its order is decided again.</summary>
    Expired,

    /// <summary>Deliberately not sent: the shop is in shadow mode, or a person discarded it.</summary>
    Suppressed,
}
