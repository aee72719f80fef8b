using Support.Sdk.Customers;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Tickets;

namespace Support.Sdk.Contacts;

/// <summary>What a store does so that personal data goes when it shall.</summary>
public interface IPrivacyStore
{
    /// <summary>Reads inbox entries of a shop that still have their body (pending or parked, claimed or not), in the order of their ids.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="after">Only ids above this one.</param>
    /// <param name="max">How many at most.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    Task<IReadOnlyList<InboxEntry>> WaitingAsync(string shop, long after, int max, CancellationToken cancellationToken = default);

    /// <summary>Erases one batch, whole or not at all.</summary>
    /// <returns>What was left alone, because somebody works on it or has saved it since.</returns>
    Task<ErasureRest> EraseAsync(ErasureBatch batch, CancellationToken cancellationToken = default);

    /// <summary>Removes what is stored for a shop, of whatever age: at most one batch of each sort. Its erasures stay on record.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="max">How many of each sort at most; 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <returns>How many rows were removed; 0 when nothing is left but what somebody works on at this moment (entries of the inbox that are claimed, messages that are being sent).</returns>
    Task<int> ForgetShopAsync(string shop, int max, CancellationToken cancellationToken = default);

    /// <summary>Lists what was erased, the latest first.</summary>
    Task<IReadOnlyList<ErasureResult>> ErasuresAsync(string shop, int max, CancellationToken cancellationToken = default);

    /// <summary>Removes what has been kept long enough: at most one batch of each sort.</summary>
    /// <returns>How many orders, tickets and entries were removed or emptied; 0 when nothing is left to remove.</returns>
    Task<int> RemoveAsync(RetentionCut cut, CancellationToken cancellationToken = default);
}

/// <summary>One batch of an erasure.</summary>
public sealed record ErasureBatch
{
    /// <summary>The shop.</summary>
    public required string Shop { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// The messages as they shall stay, found by their id. Their recipient is forgotten; those that were not sent yet become superseded;
    /// one that is being sent is left alone.
    /// </summary>
    public IReadOnlyList<OutboundMessage> Messages { get; init; } = [];

    /// <summary>The inbox entries to empty, which makes them done. One that is claimed is left alone.</summary>
    public IReadOnlyList<long> InboxIds { get; init; } = [];

    /// <summary>The orders in whose decisions the words of operators, and of failures, are blanked.</summary>
    public IReadOnlyList<OrderKey> Orders { get; init; } = [];

    /// <summary>
    /// The tickets as they shall stay; each version is the one that was read, and a ticket that was saved since is left alone. All their
    /// entries keep number, kind, time, author, channel and delivery; texts, files and changed fields go, and so does every file that
    /// no other ticket names.
    /// </summary>
    public IReadOnlyList<Ticket> Tickets { get; init; } = [];

    /// <summary>The customers as they shall stay; each version is the one that was read, and a customer who was saved since is left alone. No contact point is theirs any more.</summary>
    public IReadOnlyList<Customer> Customers { get; init; } = [];

    /// <summary>What to record about the whole erasure, or null.</summary>
    public ErasureResult? Result { get; init; }
}

/// <summary>What a batch could not erase, because somebody works on it at this moment or has saved it since it was read.</summary>
public sealed record ErasureRest
{
    /// <summary>The ids of messages that are being sent.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>The ids of inbox entries that are claimed.</summary>
    public IReadOnlyList<long> InboxIds { get; init; } = [];

    /// <summary>The tickets that were saved since.</summary>
    public IReadOnlyList<TicketKey> Tickets { get; init; } = [];

    /// <summary>The ids of customers who were saved since.</summary>
    public IReadOnlyList<string> Customers { get; init; } = [];
}

/// <summary>Until when what is stored is old enough to go. A moment is included; null leaves that sort alone.</summary>
public sealed record RetentionCut
{
    /// <summary>Orders that are quiet (<see cref="WatchedOrder.QuietSince"/>) since then go, with decisions and messages; never one with a message that may still be sent.</summary>
    public DateTimeOffset? QuietSince { get; init; }

    /// <summary>
    /// Tickets that are closed, and have not changed since then, go with their entries, their messages about no order, and the files
    /// that no other ticket names; never one with a message that may still be sent.
    /// </summary>
    public DateTimeOffset? TicketsClosedUntil { get; init; }

    /// <summary>Parked entries received until then are emptied, which makes them done; their ids stay.</summary>
    public DateTimeOffset? ParkedUntil { get; init; }

    /// <summary>The ids of entries that are done, and were received until then, go; a repeat is then new.</summary>
    public DateTimeOffset? EventIdsUntil { get; init; }

    /// <summary>How many of each sort at most; 1 to 1,000.</summary>
    public int Max { get; init; } = 200;
}
