namespace Support.Sdk.Deliveries;

/// <summary>What a provider said to one attempt.</summary>
public sealed record DeliveryResult
{
    private DeliveryResult(DeliveryOutcome outcome) => Outcome = outcome;

    /// <summary>The answer.</summary>
    public DeliveryOutcome Outcome { get; }

    /// <summary>Why, without personal data, or null.</summary>
    public string? Reason { get; private init; }

    /// <summary>True when the cause lies with this one message: it says nothing about the channel, which is not left alone for it.</summary>
    public bool ConcernsOnlyMessage { get; private init; }

    /// <summary>The provider's own id for the message, or null.</summary>
    public string? ProviderId { get; private init; }

    /// <summary>How long the provider asks to wait, or null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>The provider has the message and answers for it.</summary>
    public static DeliveryResult Accepted(string? providerId = null) => new(DeliveryOutcome.Accepted) { ProviderId = providerId };

    /// <summary>The provider does not have the message; a later attempt may work.</summary>
    public static DeliveryResult Retry(string reason, TimeSpan? after = null) => new(DeliveryOutcome.Retry) { Reason = reason, RetryAfter = after };

    /// <summary>
    /// The provider does not have the message, and this one has to come later, for example because its recipient's server asks for
    /// patience; the channel itself works.
    /// </summary>
    public static DeliveryResult Later(string reason, TimeSpan? after = null) => Retry(reason, after) with { ConcernsOnlyMessage = true };

    /// <summary>The provider will never take the message.</summary>
    public static DeliveryResult Rejected(string reason) => new(DeliveryOutcome.Rejected) { Reason = reason, ConcernsOnlyMessage = true };

    /// <summary>Nobody knows whether the provider has the message: the connection broke at the worst moment.</summary>
    public static DeliveryResult InDoubt(string reason) => new(DeliveryOutcome.InDoubt) { Reason = reason };
}

/// <summary>The answers that a provider can give to one attempt.</summary>
public enum DeliveryOutcome
{
    /// <summary>It has the message.</summary>
    Accepted,

    /// <summary>It does not have it; try later.</summary>
    Retry,

    /// <summary>It will never take it.</summary>
    Rejected,

    /// <summary>It may or may not have it.</summary>
    InDoubt,
}
