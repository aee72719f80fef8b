using Support.Sdk.Sla;

namespace Support.Sdk.Tickets;

/// <summary>One customer problem as it stands now. What was said, and how it came to stand so, are its <see cref="TicketEntry"/> rows.</summary>
public sealed record Ticket
{
    /// <summary>Which ticket.</summary>
    public required TicketKey Key { get; init; }

    /// <summary>How often it was saved; 0 before the first time. A save states the version that it read, and loses the race when it is no longer the stored one.</summary>
    public long Version { get; init; }

    /// <summary>What it is about, in the customer's words where there are some; one line of at most 200 characters.</summary>
    public required string Subject { get; init; }

    /// <summary>What sort of matter it is.</summary>
    public TicketKind Kind { get; init; } = TicketKind.Other;

    /// <summary>How it stands.</summary>
    public TicketStatus Status { get; init; } = TicketStatus.New;

    /// <summary>How urgent it is.</summary>
    public TicketPriority Priority { get; init; } = TicketPriority.Normal;

    /// <summary>The channel on which the conversation began: <c>email</c>, <c>form</c>, <c>chat</c>, <c>phone</c> and the like.</summary>
    public required string Channel { get; init; }

    /// <summary>Who asks.</summary>
    public TicketRequester Requester { get; init; } = new();

    /// <summary>The orders that it is about, by their ids; the first one leads.</summary>
    public IReadOnlyList<string> Orders { get; init; } = [];

    /// <summary>The products that it is about: article numbers or links.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>Its tags, in ordinal order.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The shop's own fields.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The team that answers, or null.</summary>
    public string? Team { get; init; }

    /// <summary>The id of the agent who answers, or null.</summary>
    public string? Assignee { get; init; }

    /// <summary>The segments that the customer belonged to when the ticket was opened.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>The total of the order that leads, as far as it was known when the order was linked.</summary>
    public Orders.OrderTotal? OrderTotal { get; init; }

    /// <summary>Tickets that it belongs together with.</summary>
    public IReadOnlyList<TicketLink> Links { get; init; } = [];

    /// <summary>The name of the policy whose clocks run, or null when none fits.</summary>
    public string? Policy { get; init; }

    /// <summary>The clocks, one a metric: the running ones, and how the others ended last.</summary>
    public IReadOnlyList<SlaClock> Clocks { get; init; } = [];

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Since when the customer waits for a word of a person, or null while nobody waits.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>When a person first answered, or null.</summary>
    public DateTimeOffset? FirstReplyAt { get; init; }

    /// <summary>When it was solved last, or null while it is not.</summary>
    public DateTimeOffset? SolvedAt { get; init; }

    /// <summary>When its customer was told last that the word arrived, or null.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>How many acknowledgements were written.</summary>
    public int Acknowledgements { get; init; }

    /// <summary>The number of its last entry.</summary>
    public long Entries { get; init; }

    /// <summary>What made it: unique in its shop, so that two events can never open the same ticket twice.</summary>
    public required string OpenedBy { get; init; }

    /// <summary>When its customer was erased, or null.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>The earliest moment at which a clock, a warning or a closing falls due, or null when none is planned.</summary>
    public DateTimeOffset? CheckAt { get; init; }

    /// <summary>True while somebody has to do something about it, or is waited for.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOpen => Status is not (TicketStatus.Solved or TicketStatus.Closed);

    /// <summary>The earliest moment that was promised for what comes next, or null when no clock runs.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public DateTimeOffset? DueAt => Clocks.Where(clock => clock.State == SlaClockState.Running).Min(clock => clock.DueAt);

    /// <summary>The ticket that this one was merged into, or null.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public TicketKey? MergedInto =>
        Links.FirstOrDefault(link => link.Relation == TicketRelation.MergedInto) is { } link ? Key with { Number = link.Number } : null;
}

/// <summary>What sort of matter a ticket is.</summary>
public enum TicketKind
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>A question before the sale, about a product.</summary>
    Question,

    /// <summary>A problem with an order.</summary>
    OrderProblem,

    /// <summary>A return.</summary>
    Return,

    /// <summary>A review.</summary>
    Review,
}

/// <summary>How a ticket stands.</summary>
public enum TicketStatus
{
    /// <summary>Nobody has worked on it.</summary>
    New,

    /// <summary>Somebody works on it, or has to.</summary>
    Open,

    /// <summary>The customer's turn.</summary>
    Pending,

    /// <summary>A third party's turn: a carrier, a supplier.</summary>
    OnHold,

    /// <summary>Answered for good, as far as the shop knows; a word of the customer opens it again.</summary>
    Solved,

    /// <summary>Over; a word of the customer opens a new ticket that is linked to it.</summary>
    Closed,
}

/// <summary>How urgent a ticket is.</summary>
public enum TicketPriority
{
    /// <summary>Neither urgent nor forgotten.</summary>
    Normal,

    /// <summary>Can wait.</summary>
    Low,

    /// <summary>Before the others.</summary>
    High,

    /// <summary>Now.</summary>
    Urgent,
}

/// <summary>Who asks, as far as is known. Everything may be missing: an anonymous visitor has nothing.</summary>
public sealed record TicketRequester
{
    /// <summary>The customer's id, or null when no identity is kept.</summary>
    public string? CustomerId { get; init; }

    /// <summary>The name to greet with, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Where the requester can be reached, the one written from last first.</summary>
    public IReadOnlyList<ContactPoint> ContactPoints { get; init; } = [];

    /// <summary>The culture to write in, or null for the shop's.</summary>
    public string? Culture { get; init; }

    /// <summary>The requester's time zone (IANA), or null for the shop's.</summary>
    public string? TimeZone { get; init; }
}

/// <summary>A ticket that another one belongs together with.</summary>
/// <param name="Number">The other ticket of the same shop.</param>
/// <param name="Relation">What it is to this one.</param>
public sealed record TicketLink(long Number, TicketRelation Relation);

/// <summary>What another ticket is to this one.</summary>
public enum TicketRelation
{
    /// <summary>They have to do with each other.</summary>
    Related,

    /// <summary>The closed ticket that this one goes on from.</summary>
    FollowUpOf,

    /// <summary>The ticket that goes on from this closed one.</summary>
    FollowedUpBy,

    /// <summary>The ticket that took over everything of this one.</summary>
    MergedInto,

    /// <summary>A ticket that was taken over.</summary>
    MergedFrom,

    /// <summary>The ticket that this one was split from.</summary>
    SplitFrom,

    /// <summary>A ticket that was split from this one.</summary>
    SplitInto,
}
