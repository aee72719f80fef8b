namespace Support.Sdk.Deliveries;

/// <summary>Keeps messages and what became of them. They come in with <see cref="Orders.IOrderStore"/> and <see cref="Tickets.ITicketStore"/>.</summary>
/// <remarks>
/// A message that comes to be <see cref="DeliveryState.Bounced"/>, <see cref="DeliveryState.Failed"/>, <see cref="DeliveryState.Rejected"/>,
/// <see cref="DeliveryState.InDoubt"/> or <see cref="DeliveryState.Held"/>, or comes in so, is reported in the same transaction: as a
/// <see cref="DeliveryTrouble"/> in the inbox, from <see cref="DeliveryTrouble.Reporter"/>, once for each of these states.
/// </remarks>
public interface IOutboxStore
{
    /// <summary>Claims messages of one channel that are due, oldest first, and counts the attempt.</summary>
    /// <remarks>
    /// Messages of a paused shop stay where they are, and so do those past their <see cref="MessageDelivery.SendBefore"/>: when nothing
    /// else is left to claim, they expire and their orders fall due. Claims whose lease ran out are claimed anew on an idempotent channel,
    /// or have failed after <see cref="OutboxClaim.MaxAttempts"/>; on any other they are in doubt.
    /// </remarks>
    Task<IReadOnlyList<MessageDelivery>> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken = default);

    /// <summary>Records results. One that states another state or lease token than the stored one is not applied.</summary>
    /// <returns>The ids of the deliveries whose result was not applied.</returns>
    /// <remarks>When a message ends without being told (see <see cref="Orders.Notice.IsTaken"/>), its order falls due at once.</remarks>
    Task<IReadOnlyList<string>> SaveAsync(IReadOnlyList<DeliveryUpdate> updates, CancellationToken cancellationToken = default);

    /// <summary>Lists deliveries, the last that came in first.</summary>
    Task<IReadOnlyList<MessageDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Tells what was decided for contact points of a shop since a moment, and whether the last message reached them.</summary>
    Task<IReadOnlyList<Orders.RecentContact>> RecentAsync(
        string shop,
        IReadOnlyList<ContactPoint> contactPoints,
        DateTimeOffset since,
        CancellationToken cancellationToken = default
    );
}

/// <summary>Which messages to claim.</summary>
public sealed record OutboxClaim
{
    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>Whether the channel is idempotent; see <see cref="ChannelTraits.Idempotent"/>.</summary>
    public required bool Idempotent { get; init; }

    /// <summary>The moment; what is due at it is included.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>How many at most.</summary>
    public required int Max { get; init; }

    /// <summary>How long the claim holds, by the database's clock.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>After how many attempts a message whose last one was cut off has failed instead of being claimed again. Default: 10.</summary>
    public int MaxAttempts { get; init; } = 10;
}

/// <summary>A change of one delivery's state.</summary>
public sealed record DeliveryUpdate
{
    /// <summary>Which delivery.</summary>
    public required string Id { get; init; }

    /// <summary>The state that it must be in now; otherwise nothing is changed.</summary>
    public required DeliveryState From { get; init; }

    /// <summary>The token of the claim, or null when the change does not come from a claim.</summary>
    public long? LeaseToken { get; init; }

    /// <summary>The new state.</summary>
    public required DeliveryState To { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The earliest moment for the next attempt, when there is one.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The new end of its usefulness, or null to leave it.</summary>
    public DateTimeOffset? SendBefore { get; init; }

    /// <summary>Why, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The provider's own id, or null to leave it.</summary>
    public string? ProviderId { get; init; }

    /// <summary>True when its order falls due by it, in the same transaction, because something is to be done about what was told. One that was not told falls due in any case.</summary>
    public bool WakesOrder { get; init; }
}

/// <summary>Which deliveries to list. Every value that is set narrows the list.</summary>
public sealed record DeliveryQuery
{
    /// <summary>Only this delivery.</summary>
    public string? Id { get; init; }

    /// <summary>Only this shop.</summary>
    public string? Shop { get; init; }

    /// <summary>Only this order.</summary>
    public Orders.OrderKey? Order { get; init; }

    /// <summary>Only what was addressed to this contact point, compared in its canonical form; needs <see cref="Shop"/>.</summary>
    public ContactPoint? To { get; init; }

    /// <summary>Only these states; empty for all.</summary>
    public IReadOnlyList<DeliveryState> States { get; init; } = [];

    /// <summary>How many at most; 1 to 1,000. Default: 100.</summary>
    public int Max { get; init; } = 100;

    /// <summary>Only what comes after this delivery in the list: the last one of the previous page.</summary>
    public string? After { get; init; }
}
