namespace Support.Sdk.Deliveries;

/// <summary>What an operator does about messages. Every act is recorded with the operator's name.</summary>
public interface IDeliveryDesk
{
    /// <summary>Lists deliveries, newest decision first.</summary>
    Task<IReadOnlyList<MessageDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Sends a message that was held.</summary>
    /// <exception cref="ArgumentException"><paramref name="by"/> is empty.</exception>
    Task<DeskResult> ReleaseAsync(string id, string by, CancellationToken cancellationToken = default);

    /// <summary>Decides that a message that was held, pending or in doubt is not sent. Its occasion stays taken.</summary>
    /// <exception cref="ArgumentException"><paramref name="by"/> or <paramref name="reason"/> is empty.</exception>
    Task<DeskResult> DiscardAsync(string id, string by, string reason, CancellationToken cancellationToken = default);

    /// <summary>Sends the same text once more as a new message, for example after the customer's address was corrected.</summary>
    /// <param name="id">The message to repeat. It must have ended, or be in doubt.</param>
    /// <param name="by">The operator.</param>
    /// <param name="to">Another contact point, or null for the same.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="ArgumentException"><paramref name="by"/> is empty.</exception>
    Task<DeskResult> ResendAsync(string id, string by, ContactPoint? to = null, CancellationToken cancellationToken = default);
}

/// <summary>What came of an operator's act.</summary>
public sealed record DeskResult
{
    private DeskResult() { }

    /// <summary>True when it was done.</summary>
    public bool IsDone { get; private init; }

    /// <summary>The delivery that it made or changed, or null when it was refused.</summary>
    public string? DeliveryId { get; private init; }

    /// <summary>Why it was refused, or null when it was done.</summary>
    public string? Refusal { get; private init; }

    /// <summary>It was done.</summary>
    public static DeskResult Done(string deliveryId) => new() { IsDone = true, DeliveryId = deliveryId };

    /// <summary>It was refused.</summary>
    public static DeskResult Refused(string reason) => new() { Refusal = reason };
}
