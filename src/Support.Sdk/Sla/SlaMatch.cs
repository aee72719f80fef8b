using Support.Sdk.Orders;
using Support.Sdk.Tickets;

namespace Support.Sdk.Sla;

/// <summary>Finds what is promised to a ticket.</summary>
internal static class SlaMatch
{
    /// <summary>The first policy that fits, or null when none does.</summary>
    public static SlaPolicy? Policy(TicketRules rules, Ticket ticket) =>
        (rules.Policies ?? SlaPolicy.Default).FirstOrDefault(policy => Fits(policy.When, ticket));

    /// <summary>The policy of a name, or null when it is not set up any more.</summary>
    public static SlaPolicy? Named(TicketRules rules, string? name) =>
        (rules.Policies ?? SlaPolicy.Default).FirstOrDefault(policy => string.Equals(policy.Name, name, StringComparison.Ordinal));

    /// <summary>The target for a metric: that of the priority, else the one for all; null when nothing is promised.</summary>
    public static SlaTarget? Target(SlaPolicy? policy, SlaMetric metric, TicketPriority priority) =>
        policy?.Targets.FirstOrDefault(target => target.Metric == metric && target.Priority == priority)
        ?? policy?.Targets.FirstOrDefault(target => target.Metric == metric && target.Priority is null);

    private static bool Fits(SlaCondition when, Ticket ticket) =>
        Any(when.Channels, ticket.Channel)
        && (when.Priorities.Count == 0 || when.Priorities.Contains(ticket.Priority))
        && (when.Kinds.Count == 0 || when.Kinds.Contains(ticket.Kind))
        && Any(when.Tags, ticket.Tags)
        && Any(when.Segments, ticket.Segments)
        && Any(when.Teams, ticket.Team)
        && Comes(when.MinOrder, ticket.OrderTotal);

    private static bool Any(IReadOnlyList<string> wanted, params IEnumerable<string?> found) =>
        wanted.Count == 0 || found.Any(one => one is not null && wanted.Contains(one, StringComparer.Ordinal));

    /// <summary>Whether something comes to at least so much, in the same currency.</summary>
    public static bool Comes(OrderTotal? atLeast, OrderTotal? total) =>
        atLeast is null
        || (total is not null && string.Equals(atLeast.Currency, total.Currency, StringComparison.OrdinalIgnoreCase) && total.Amount >= atLeast.Amount);
}
