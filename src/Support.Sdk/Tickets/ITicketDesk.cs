using Support.Sdk.Deliveries;

namespace Support.Sdk.Tickets;

/// <summary>What agents do with tickets. Every act is an entry with the agent's id.</summary>
/// <remarks>
/// Acts of two agents at once are both done, one after the other. Who must not act on what he has not seen names the
/// <see cref="Ticket.Version"/> that he saw; then the act is refused as <see cref="TicketOutcome.Overtaken"/> when the ticket has changed
/// since. An act under a request id that the ticket knows is not done twice, and answers as done.
/// </remarks>
public interface ITicketDesk
{
    /// <summary>Opens a ticket for a customer, for example during a phone call.</summary>
    /// <param name="message">What the customer said. Its <see cref="SupportEvent.EventId"/>, if any, keeps it from being opened twice.</param>
    /// <param name="by">The id of the agent.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="ArgumentException">The message cannot be kept, or <paramref name="by"/> is empty or reserved.</exception>
    Task<TicketResult> OpenAsync(InboundMessage message, string by, CancellationToken cancellationToken = default);

    /// <summary>Writes to the customer.</summary>
    /// <exception cref="ArgumentException">The text is empty or too long, the status is New, or <paramref name="by"/> is empty or reserved.</exception>
    Task<TicketResult> ReplyAsync(TicketKey key, TicketReply reply, string by, CancellationToken cancellationToken = default);

    /// <summary>Writes something down that the customer never sees.</summary>
    /// <exception cref="ArgumentException">The text is empty or too long, or <paramref name="by"/> is empty or reserved.</exception>
    Task<TicketResult> NoteAsync(TicketKey key, TicketNote note, string by, CancellationToken cancellationToken = default);

    /// <summary>Changes what is set in the edit, and nothing else.</summary>
    /// <exception cref="ArgumentException">A value is impossible: an unknown agent or team, a tag that is too long; or <paramref name="by"/> is empty or reserved.</exception>
    Task<TicketResult> ChangeAsync(TicketKey key, TicketEdit edit, string by, CancellationToken cancellationToken = default);

    /// <summary>Moves everything of one ticket into another, and closes it. Whoever writes to it afterwards writes to the other.</summary>
    /// <param name="from">The ticket that ends.</param>
    /// <param name="into">The ticket that goes on, of the same shop.</param>
    /// <param name="by">The id of the agent.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <returns>The ticket that goes on.</returns>
    /// <exception cref="ArgumentException">The two are one, or of different shops; or <paramref name="by"/> is empty or reserved.</exception>
    Task<TicketResult> MergeAsync(TicketKey from, TicketKey into, string by, CancellationToken cancellationToken = default);

    /// <summary>Opens another ticket with copies of messages of this one, for a second matter of the same customer.</summary>
    /// <param name="key">The ticket.</param>
    /// <param name="split">What goes.</param>
    /// <param name="by">The id of the agent.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <returns>The new ticket.</returns>
    /// <exception cref="ArgumentException">No entries are named, or more than 100, or <paramref name="by"/> is empty or reserved.</exception>
    Task<TicketResult> SplitAsync(TicketKey key, TicketSplit split, string by, CancellationToken cancellationToken = default);
}

/// <summary>A word to the customer.</summary>
public sealed record TicketReply
{
    /// <summary>What is written, as plain text; 1 to <see cref="InboundMessage.MaxText"/> characters.</summary>
    public required string Text { get; init; }

    /// <summary>Files that go with it, saved in the content store before; together at most <see cref="MessageAttachment.MaxTotalBytes"/>.</summary>
    public IReadOnlyList<ContentReference> Attachments { get; init; } = [];

    /// <summary>How the ticket stands afterwards. Default: it is the customer's turn.</summary>
    public TicketStatus Status { get; init; } = TicketStatus.Pending;

    /// <summary>When the customer was promised the next word in it, or null. It becomes a clock.</summary>
    public DateTimeOffset? NextWordBy { get; init; }

    /// <summary>An id under which it is done once, or null; at most 200 characters.</summary>
    public string? RequestId { get; init; }

    /// <summary>The version that was seen, or null to do it in any case.</summary>
    public long? Version { get; init; }
}

/// <summary>A word among agents.</summary>
public sealed record TicketNote
{
    /// <summary>What is written, as plain text; 1 to <see cref="InboundMessage.MaxText"/> characters.</summary>
    public required string Text { get; init; }

    /// <summary>Files that belong to it.</summary>
    public IReadOnlyList<ContentReference> Attachments { get; init; } = [];

    /// <summary>An id under which it is done once, or null; at most 200 characters.</summary>
    public string? RequestId { get; init; }

    /// <summary>The version that was seen, or null to do it in any case.</summary>
    public long? Version { get; init; }
}

/// <summary>What becomes different; null leaves a thing as it is.</summary>
public sealed record TicketEdit
{
    /// <summary>The subject.</summary>
    public string? Subject { get; init; }

    /// <summary>What sort of matter it is.</summary>
    public TicketKind? Kind { get; init; }

    /// <summary>How it stands; not <see cref="TicketStatus.New"/>.</summary>
    public TicketStatus? Status { get; init; }

    /// <summary>How urgent it is.</summary>
    public TicketPriority? Priority { get; init; }

    /// <summary>The team that answers; empty for none.</summary>
    public string? Team { get; init; }

    /// <summary>The id of the agent who answers; empty for none.</summary>
    public string? Assignee { get; init; }

    /// <summary>Tags to add.</summary>
    public IReadOnlyList<string> AddTags { get; init; } = [];

    /// <summary>Tags to take away.</summary>
    public IReadOnlyList<string> RemoveTags { get; init; } = [];

    /// <summary>Fields to set; an empty value takes the field away.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Orders that it is about besides.</summary>
    public IReadOnlyList<string> AddOrders { get; init; } = [];

    /// <summary>Why, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>An id under which it is done once, or null; at most 200 characters.</summary>
    public string? RequestId { get; init; }

    /// <summary>The version that was seen, or null to do it in any case.</summary>
    public long? Version { get; init; }
}

/// <summary>What goes into a ticket of its own.</summary>
public sealed record TicketSplit
{
    /// <summary>The numbers of the messages; 1 to 100.</summary>
    public required IReadOnlyList<long> Entries { get; init; }

    /// <summary>The subject of the new ticket.</summary>
    public required string Subject { get; init; }

    /// <summary>An id under which it is done once, or null; at most 200 characters.</summary>
    public string? RequestId { get; init; }
}

/// <summary>What came of an act.</summary>
public sealed record TicketResult
{
    private TicketResult(TicketOutcome outcome) => Outcome = outcome;

    /// <summary>How it went.</summary>
    public TicketOutcome Outcome { get; }

    /// <summary>The ticket as it stands now, or null when there is none.</summary>
    public Ticket? Ticket { get; private init; }

    /// <summary>Why it was not done, or null when it was.</summary>
    public string? Refusal { get; private init; }

    /// <summary>It was done.</summary>
    public static TicketResult Done(Ticket ticket) => new(TicketOutcome.Done) { Ticket = ticket };

    /// <summary>There is no such ticket.</summary>
    public static TicketResult NotFound(TicketKey key) => new(TicketOutcome.NotFound) { Refusal = $"There is no ticket {key}." };

    /// <summary>Somebody else changed the ticket since the version that was seen.</summary>
    public static TicketResult Overtaken(Ticket ticket) =>
        new(TicketOutcome.Overtaken) { Ticket = ticket, Refusal = "The ticket has changed since. Read it again, then decide." };

    /// <summary>It cannot be done.</summary>
    public static TicketResult Refused(string reason, Ticket? ticket = null) => new(TicketOutcome.Refused) { Refusal = reason, Ticket = ticket };
}

/// <summary>How an act went.</summary>
public enum TicketOutcome
{
    /// <summary>It was done, now or under the same request id before.</summary>
    Done,

    /// <summary>There is no such ticket.</summary>
    NotFound,

    /// <summary>The ticket has changed since the version that was seen.</summary>
    Overtaken,

    /// <summary>It cannot be done; <see cref="TicketResult.Refusal"/> says why.</summary>
    Refused,
}
