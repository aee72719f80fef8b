using Support.Sdk.Customers;
using Support.Sdk.Sla;

namespace Support.Sdk.Tickets;

/// <summary>How a shop answers: its promises, teams and agents. Checked when the application starts.</summary>
public sealed record TicketRules
{
    /// <summary>What is promised; the first policy that matches counts. Null for <see cref="SlaPolicy.Default"/>.</summary>
    public IReadOnlyList<SlaPolicy>? Policies { get; init; }

    /// <summary>Further calendars, by the names that policies use; the shop's own hours need none.</summary>
    public IReadOnlyDictionary<string, BusinessHours> Calendars { get; init; } = new Dictionary<string, BusinessHours>(StringComparer.Ordinal);

    /// <summary>Who answers together.</summary>
    public IReadOnlyList<SupportTeam> Teams { get; init; } = [];

    /// <summary>Who answers.</summary>
    public IReadOnlyList<SupportAgent> Agents { get; init; } = [];

    /// <summary>Groups of customers, for policies.</summary>
    public IReadOnlyList<Segment> Segments { get; init; } = [];

    /// <summary>The team of tickets that name none, or null.</summary>
    public string? DefaultTeam { get; init; }

    /// <summary>How long after it was solved a ticket is closed; 0 to 365 days. Default: 7 days.</summary>
    public TimeSpan CloseAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// False to keep no identity and no address of who writes through the form: it asks for none, and the answer is read on the ticket's
    /// page, behind a link that only its writer has. Default: true.
    /// </summary>
    public bool KeepsIdentity { get; init; } = true;

    /// <summary>Whether customers are told at once that their word arrived. Default: true.</summary>
    public bool Acknowledges { get; init; } = true;
}

/// <summary>People who answer together.</summary>
public sealed record SupportTeam
{
    /// <summary>The name, unique in its shop.</summary>
    public required string Name { get; init; }

    /// <summary>Where the team is told of tickets, or null for nowhere.</summary>
    public ContactPoint? Contact { get; init; }

    /// <summary>When the team works, or null for the shop's hours.</summary>
    public BusinessHours? Hours { get; init; }
}

/// <summary>A person who answers customers.</summary>
public sealed record SupportAgent
{
    /// <summary>The id: what the host's login calls the person. At most 100 characters; not <c>customer</c> or <c>engine</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name that customers read, or null for the brand's.</summary>
    public string? Name { get; init; }

    /// <summary>Where the agent is told of tickets, or null for nowhere.</summary>
    public ContactPoint? Contact { get; init; }

    /// <summary>The team, or null.</summary>
    public string? Team { get; init; }

    /// <summary>When the agent works, or null for the team's hours, else the shop's.</summary>
    public BusinessHours? Hours { get; init; }
}
