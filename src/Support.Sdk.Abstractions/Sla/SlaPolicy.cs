using Support.Sdk.Tickets;

namespace Support.Sdk.Sla;

/// <summary>What is promised to which tickets. Policies match in their order, and the first that matches counts.</summary>
public sealed record SlaPolicy
{
    /// <summary>The name, unique in its shop; at most 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Which tickets. Without any condition it is the fall-back, and only the last policy may be that.</summary>
    public SlaCondition When { get; init; } = new();

    /// <summary>What is promised; for a metric, the target of the ticket's priority counts before the one for all. Empty promises nothing.</summary>
    public IReadOnlyList<SlaTarget> Targets { get; init; } = [];

    /// <summary>The name of the calendar (<see cref="TicketRules.Calendars"/>), or null for the shop's hours.</summary>
    public string? Calendar { get; init; }

    /// <summary>The statuses in which clocks stand still, open time not counted. Default: <see cref="TicketStatus.Pending"/>.</summary>
    /// <remarks>A promised word (<see cref="SlaMetric.Promise"/>) never stands still. Only Pending and OnHold can pause.</remarks>
    public IReadOnlyList<TicketStatus> PausedIn { get; init; } = [TicketStatus.Pending];

    /// <summary>Whom to warn, and when.</summary>
    public IReadOnlyList<SlaWarning> Warnings { get; init; } = [];

    /// <summary>What happens to clocks that run when the policy, or the ticket, has become another. Default: they keep what was promised.</summary>
    public SlaOnChange OnChange { get; init; } = SlaOnChange.Keep;

    /// <summary>
    /// The policies of a shop that sets none: live chat within 2 open minutes, social media within an open hour, the phone at once,
    /// self-service without a clock, and everything else, e-mail and forms among it, within 24 hours of days on which the shop opens.
    /// </summary>
    public static IReadOnlyList<SlaPolicy> Default { get; } =
    [
        Of("chat", "chat", TimeSpan.FromMinutes(2), SlaTime.OpenHours),
        Of("social", "social", TimeSpan.FromHours(1), SlaTime.OpenHours),
        Of("phone", "phone", TimeSpan.Zero, SlaTime.OpenHours),
        new()
        {
            Name = "self-service",
            When = new SlaCondition { Channels = ["self-service"] },
        },
        Of("e-mail", channel: null, TimeSpan.FromHours(24), SlaTime.OpenDays),
    ];

    private static SlaPolicy Of(string name, string? channel, TimeSpan within, SlaTime counts) =>
        new()
        {
            Name = name,
            When = new SlaCondition { Channels = channel is null ? [] : [channel] },
            Targets =
            [
                new SlaTarget
                {
                    Metric = SlaMetric.FirstResponse,
                    Within = within,
                    Counts = counts,
                },
                new SlaTarget
                {
                    Metric = SlaMetric.NextResponse,
                    Within = within,
                    Counts = counts,
                },
            ],
        };
}

/// <summary>Which tickets a policy is for. Every condition that is set must hold; an empty list is not set.</summary>
public sealed record SlaCondition
{
    /// <summary>The ticket began on one of these channels.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>It has one of these priorities.</summary>
    public IReadOnlyList<TicketPriority> Priorities { get; init; } = [];

    /// <summary>It is of one of these kinds.</summary>
    public IReadOnlyList<TicketKind> Kinds { get; init; } = [];

    /// <summary>It has one of these tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Its customer is in one of these segments.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>It is for one of these teams.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];

    /// <summary>The order that leads comes to at least this much, in this currency. An unknown total does not fit.</summary>
    public Orders.OrderTotal? MinOrder { get; init; }

    /// <summary>True when nothing is set: it fits every ticket.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsEmpty =>
        Channels.Count == 0 && Priorities.Count == 0 && Kinds.Count == 0 && Tags.Count == 0 && Segments.Count == 0 && Teams.Count == 0 && MinOrder is null;
}

/// <summary>One promise: how soon something happens.</summary>
public sealed record SlaTarget
{
    /// <summary>What happens.</summary>
    public required SlaMetric Metric { get; init; }

    /// <summary>Within how much time; zero is the first moment that counts. At most 365 days.</summary>
    public required TimeSpan Within { get; init; }

    /// <summary>Which time counts. Default: the hours of the policy's calendar.</summary>
    public SlaTime Counts { get; init; } = SlaTime.OpenHours;

    /// <summary>For tickets of this priority, or null for all.</summary>
    public TicketPriority? Priority { get; init; }
}

/// <summary>What can be promised.</summary>
public enum SlaMetric
{
    /// <summary>From the customer's first word to the first reply of a person.</summary>
    FirstResponse,

    /// <summary>From the customer's oldest unanswered word to the reply; it begins only after the first response.</summary>
    NextResponse,

    /// <summary>From one reply to the next, while the ticket is not solved.</summary>
    PeriodicUpdate,

    /// <summary>From the opening until the ticket is solved; what lies between solved and opened again does not count.</summary>
    Resolution,

    /// <summary>What an agent promised in a reply: "you hear from me tomorrow". Due at that moment, whatever the calendar.</summary>
    Promise,
}

/// <summary>Which time counts.</summary>
public enum SlaTime
{
    /// <summary>The open hours of the calendar.</summary>
    OpenHours,

    /// <summary>Whole days, midnight to midnight, on which the calendar opens at all: 24 hours from Friday at three are Monday at three.</summary>
    OpenDays,

    /// <summary>All time.</summary>
    Always,
}

/// <summary>What a change of policy does to clocks that run.</summary>
public enum SlaOnChange
{
    /// <summary>They keep what was promised; only clocks that start later follow the new targets.</summary>
    Keep,

    /// <summary>They are set to the new targets, counting what has passed already; one without a target any more is dropped.</summary>
    Reapply,
}

/// <summary>A word to the shop's own people before a promise breaks.</summary>
public sealed record SlaWarning
{
    /// <summary>About which clocks, or null for all.</summary>
    public SlaMetric? Metric { get; init; }

    /// <summary>How long before the promise breaks, in the time that the clock counts; zero is the moment at which it breaks.</summary>
    /// <remarks>Outside the working hours of whom it goes to, it waits for their next opening; then it tells how things stand by then.</remarks>
    public TimeSpan Before { get; init; }

    /// <summary>To whom. Default: the assignee.</summary>
    public SlaAudience To { get; init; }

    /// <summary>The address, where <see cref="To"/> is <see cref="SlaAudience.Contact"/>; else null.</summary>
    public ContactPoint? Contact { get; init; }
}

/// <summary>Whom a warning goes to.</summary>
public enum SlaAudience
{
    /// <summary>The agent who answers; while there is none, the team.</summary>
    Assignee,

    /// <summary>The team that answers; while there is none, the shop's own people (<see cref="Shops.Shop.Staff"/>).</summary>
    Team,

    /// <summary>A contact point of its own, at the shop's hours.</summary>
    Contact,
}
