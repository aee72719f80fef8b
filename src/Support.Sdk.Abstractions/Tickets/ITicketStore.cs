using Support.Sdk.Deliveries;

namespace Support.Sdk.Tickets;

/// <summary>Keeps the tickets, and saves them together with everything an act caused.</summary>
public interface ITicketStore
{
    /// <summary>Takes numbers for tickets that are about to be opened; one that is not used stays unused.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="count">How many; 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <returns>The first of so many numbers that follow each other.</returns>
    Task<long> TakeNumbersAsync(string shop, int count, CancellationToken cancellationToken = default);

    /// <summary>Reads tickets. Those that are not stored are left out.</summary>
    Task<IReadOnlyList<Ticket>> FindAsync(IReadOnlyList<TicketKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Lists tickets of a shop.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="TicketQuery.Max"/> is not in its range.</exception>
    Task<IReadOnlyList<Ticket>> ListAsync(TicketQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads entries of a ticket in the order of their numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="TicketEntryQuery.Max"/> is not in its range.</exception>
    Task<IReadOnlyList<TicketEntry>> EntriesAsync(TicketEntryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Claims tickets whose <see cref="Ticket.CheckAt"/> has come, taking the shops in turn, for the length of the lease.</summary>
    /// <param name="now">The moment; what is due at it is included.</param>
    /// <param name="max">How many at most.</param>
    /// <param name="lease">How long they are hidden from other claims, by the database's clock.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    Task<IReadOnlyList<Ticket>> ClaimAsync(DateTimeOffset now, int max, TimeSpan lease, CancellationToken cancellationToken = default);

    /// <summary>Saves every change whole or not at all.</summary>
    /// <returns>
    /// The tickets that lost the race: somebody else saved them first, a new one's <see cref="Ticket.OpenedBy"/> is taken, or a
    /// <see cref="TicketEntry.RequestId"/> is known in the ticket. Nothing of their change was applied; decide again.
    /// </returns>
    Task<IReadOnlyList<TicketKey>> SaveAsync(IReadOnlyList<TicketChange> changes, CancellationToken cancellationToken = default);
}

/// <summary>A ticket and everything that one act caused, saved in one piece.</summary>
public sealed record TicketChange
{
    /// <summary>The ticket as it shall be; its <see cref="Ticket.Version"/> is the one that was read, 0 for a new ticket.</summary>
    public required Ticket Ticket { get; init; }

    /// <summary>The inbox entries that are done with it.</summary>
    public IReadOnlyList<long> InboxIds { get; init; } = [];

    /// <summary>The entries to add.</summary>
    public IReadOnlyList<TicketEntry> Entries { get; init; } = [];

    /// <summary>The messages to add. One whose id is stored already is left as it is.</summary>
    public IReadOnlyList<MessageDelivery> Deliveries { get; init; } = [];

    /// <summary>Copies the messages of another ticket into this one, behind <see cref="Entries"/>; null for none.</summary>
    public TicketCopy? Copy { get; init; }

    /// <summary>Another ticket's change that is applied if and only if this one is; null for none.</summary>
    public TicketChange? With { get; init; }
}

/// <summary>Messages (inbound, replies and notes) to copy from one ticket into another. Each copy names where it came from.</summary>
public sealed record TicketCopy
{
    /// <summary>The number of the ticket that they are in.</summary>
    public required long From { get; init; }

    /// <summary>The numbers of the entries, or null for every entry of that ticket up to <see cref="Through"/>.</summary>
    public IReadOnlyList<long>? Entries { get; init; }

    /// <summary>The last entry of that ticket that is copied.</summary>
    public required long Through { get; init; }

    /// <summary>What is added to the number of an entry to get the number of its copy: the last number of the new ticket before.</summary>
    public required long Offset { get; init; }
}

/// <summary>Which tickets to list. Every value that is set narrows the list.</summary>
public sealed record TicketQuery
{
    /// <summary>The shop.</summary>
    public required string Shop { get; init; }

    /// <summary>Only this status.</summary>
    public TicketStatus? Status { get; init; }

    /// <summary>Only tickets that are neither solved nor closed.</summary>
    public bool OnlyOpen { get; init; }

    /// <summary>Only this agent's.</summary>
    public string? Assignee { get; init; }

    /// <summary>Only this team's.</summary>
    public string? Team { get; init; }

    /// <summary>Only this customer's.</summary>
    public string? CustomerId { get; init; }

    /// <summary>Only tickets about this order.</summary>
    public string? OrderId { get; init; }

    /// <summary>Only tickets with this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Only tickets that began on this channel.</summary>
    public string? Channel { get; init; }

    /// <summary>Only this priority.</summary>
    public TicketPriority? Priority { get; init; }

    /// <summary>Only this kind.</summary>
    public TicketKind? Kind { get; init; }

    /// <summary>Only the ticket that this made: <see cref="Ticket.OpenedBy"/>.</summary>
    public string? OpenedBy { get; init; }

    /// <summary>How the list is ordered.</summary>
    public TicketOrder Order { get; init; }

    /// <summary>Only what comes after this ticket in the list: the last one of the previous page.</summary>
    public TicketPlace? After { get; init; }

    /// <summary>How many at most; 1 to 1,000. Default: 50.</summary>
    public int Max { get; init; } = 50;
}

/// <summary>How a list of tickets is ordered.</summary>
public enum TicketOrder
{
    /// <summary>The latest opened first.</summary>
    Newest,

    /// <summary>What is due first comes first; tickets without a running clock are left out.</summary>
    Due,
}

/// <summary>A place in a list of tickets.</summary>
/// <param name="Number">The ticket there.</param>
/// <param name="DueAt">When it was due, in a list ordered by that; else null.</param>
public sealed record TicketPlace(long Number, DateTimeOffset? DueAt = null);

/// <summary>Which entries of a ticket to read.</summary>
public sealed record TicketEntryQuery
{
    /// <summary>The ticket.</summary>
    public required TicketKey Key { get; init; }

    /// <summary>Only entries with a greater number. Default: 0, from the beginning.</summary>
    public long After { get; init; }

    /// <summary>Only the entry that was asked for under this id.</summary>
    public string? RequestId { get; init; }

    /// <summary>The latest ones, still in the order of their numbers, instead of the first ones.</summary>
    public bool Latest { get; init; }

    /// <summary>Only what customers may read: their own words and the replies.</summary>
    public bool OnlyPublic { get; init; }

    /// <summary>How many at most; 1 to 1,000. Default: 100.</summary>
    public int Max { get; init; } = 100;
}
