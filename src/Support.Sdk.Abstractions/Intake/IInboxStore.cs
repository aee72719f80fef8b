using Support.Sdk.Orders;

namespace Support.Sdk.Intake;

/// <summary>The durable inbox: everything that came in, unique by source and event id.</summary>
public interface IInboxStore
{
    /// <summary>Appends entries durably; those whose source and event id are known are left out.</summary>
    /// <returns>The positions, in the given list and in its order, of the entries that were new. Of two equal ones in the list the first is new.</returns>
    Task<IReadOnlyList<int>> AppendAsync(IReadOnlyList<InboxEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>Claims the oldest pending entries in the order of their arrival, and counts the try.</summary>
    /// <remarks>
    /// An entry whose order has an older entry that is claimed by somebody else is passed over: the events of one order stay
    /// in order. One that failed and waits to be tried again holds back nothing; it is applied when it succeeds.
    /// </remarks>
    Task<IReadOnlyList<InboxEntry>> ClaimAsync(DateTimeOffset now, int max, TimeSpan lease, CancellationToken cancellationToken = default);

    /// <summary>Records what became of entries that no order change covers.</summary>
    Task SaveAsync(IReadOnlyList<InboxResult> results, CancellationToken cancellationToken = default);

    /// <summary>Lists parked entries of a shop (null for all), oldest first.</summary>
    Task<IReadOnlyList<InboxEntry>> ParkedAsync(string? shop, int max, CancellationToken cancellationToken = default);
}

/// <summary>One entry of the inbox.</summary>
public sealed record InboxEntry
{
    /// <summary>The position in the inbox; given by the store, 0 before.</summary>
    public long Id { get; init; }

    /// <summary>Who reported it.</summary>
    public required string Source { get; init; }

    /// <summary>The id that the source gave it.</summary>
    public required string EventId { get; init; }

    /// <summary>The shop.</summary>
    public required string Shop { get; init; }

    /// <summary>The order's id, or null when it is about none.</summary>
    public string? OrderId { get; init; }

    /// <summary>The event as JSON; see <see cref="SupportJson"/>.</summary>
    public required string Body { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>How often it was claimed, this time included.</summary>
    public int Attempts { get; init; }

    /// <summary>How it stands.</summary>
    public InboxState State { get; init; }

    /// <summary>Why it is parked or tried again, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The token of the latest claim, 0 before the first.</summary>
    public long LeaseToken { get; init; }

    /// <summary>The order, or null.</summary>
    public OrderKey? Order => OrderId is null ? null : new OrderKey(Shop, OrderId);
}

/// <summary>How an inbox entry stands.</summary>
public enum InboxState
{
    /// <summary>Waits to be processed.</summary>
    Pending,

    /// <summary>Processed.</summary>
    Done,

    /// <summary>Put aside for a person: its shop is unknown, or it failed again and again.</summary>
    Parked,
}

/// <summary>What became of an inbox entry.</summary>
public sealed record InboxResult
{
    /// <summary>Which entry.</summary>
    public required long Id { get; init; }

    /// <summary>The token of the claim, or null when the change does not come from a claim. With another than the latest one nothing is changed.</summary>
    public long? LeaseToken { get; init; }

    /// <summary>How it stands now; Pending to try it again.</summary>
    public required InboxState State { get; init; }

    /// <summary>When to try it again, or null for at once.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Why, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>True to begin counting tries anew, as when a person replays a parked entry.</summary>
    public bool ResetAttempts { get; init; }
}
