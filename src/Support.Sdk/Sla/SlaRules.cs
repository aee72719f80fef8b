using Support.Sdk.Customers;
using Support.Sdk.Shops;
using Support.Sdk.Tickets;

namespace Support.Sdk.Sla;

/// <summary>What a shop's promises, teams and agents must fulfil. Policies that contradict each other are named.</summary>
internal static class SlaRules
{
    private const int MaxName = 100;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>Every fault, beginning with the name of the setting.</summary>
    public static IEnumerable<string> Faults(Shop shop)
    {
        var rules = shop.Tickets;
        IEnumerable<string> faults =
        [
            .. Policies(rules.Policies ?? SlaPolicy.Default, rules),
            .. rules.Calendars.SelectMany(calendar => BusinessCalendar.Faults(calendar.Value).Select(fault => $"Calendars:{calendar.Key}:{fault}")),
            .. People(rules),
            .. rules.Segments.SelectMany(Segment),
            .. Twice("Segments", rules.Segments.Select(segment => segment.Name)),
        ];
        foreach (var fault in faults)
        {
            yield return $"Tickets:{fault}";
        }

        if (rules.CloseAfter < TimeSpan.Zero || rules.CloseAfter > Longest)
        {
            yield return "Tickets:CloseAfter must lie between 0 and 365 days.";
        }
    }

    private static IEnumerable<string> Policies(IReadOnlyList<SlaPolicy> policies, TicketRules rules)
    {
        foreach (var fault in Twice("Policies", policies.Select(policy => policy.Name)))
        {
            yield return fault;
        }

        for (var index = 0; index < policies.Count; index++)
        {
            var policy = policies[index];
            if (policy.When.IsEmpty && index < policies.Count - 1)
            {
                yield return $"Policies:{policy.Name}: without a condition it fits every ticket, and those after it never get one. Put it last, or give it a condition.";
            }

            if (!policy.When.IsEmpty && policies.Take(index).FirstOrDefault(earlier => IsHiddenBy(policy.When, earlier.When)) is { } hides)
            {
                yield return $"Policies:{policy.Name}: every ticket that it fits is taken by '{hides.Name}' before it. Put it above, or make the conditions differ.";
            }

            foreach (var fault in Policy(policy, rules))
            {
                yield return $"Policies:{policy.Name}: {fault}";
            }
        }
    }

    // The earlier one asks for nothing that this one does not ask for more narrowly.
    private static bool IsHiddenBy(SlaCondition later, SlaCondition earlier) =>
        !earlier.IsEmpty
        && Covers(earlier.Channels, later.Channels)
        && Covers(earlier.Priorities, later.Priorities)
        && Covers(earlier.Kinds, later.Kinds)
        && Covers(earlier.Tags, later.Tags)
        && Covers(earlier.Segments, later.Segments)
        && Covers(earlier.Teams, later.Teams)
        && SlaMatch.Comes(earlier.MinOrder, later.MinOrder);

    private static bool Covers<T>(IReadOnlyList<T> earlier, IReadOnlyList<T> later) => earlier.Count == 0 || (later.Count > 0 && later.All(earlier.Contains));

    private static IEnumerable<string> Policy(SlaPolicy policy, TicketRules rules)
    {
        if (policy.Name.Length is 0 or > MaxName)
        {
            yield return "a policy needs a name of 1 to 100 characters.";
        }

        if (policy.Calendar is { } calendar && !rules.Calendars.ContainsKey(calendar))
        {
            yield return $"there is no calendar '{calendar}'. Set Tickets:Calendars:{calendar}, or leave it out for the shop's hours.";
        }

        foreach (var twice in policy.Targets.GroupBy(target => (target.Metric, target.Priority)).Where(group => group.Count() > 1))
        {
            yield return $"{twice.Key.Metric} has two targets for {(twice.Key.Priority is { } one ? $"the priority {one}" : "all priorities")}. Keep one.";
        }

        if (policy.Targets.Any(target => target.Within < TimeSpan.Zero || target.Within > Longest))
        {
            yield return "a target must lie between 0 and 365 days.";
        }

        if (policy.Targets.Any(target => target.Metric == SlaMetric.Promise))
        {
            yield return "Promise is what an agent promises in a reply; a policy has no target for it.";
        }

        if (policy.Targets.Any(target => target is { Metric: SlaMetric.PeriodicUpdate, Within.Ticks: 0 }))
        {
            yield return "a periodic update needs a time above zero.";
        }

        foreach (var fault in Resolution(policy))
        {
            yield return fault;
        }

        if (policy.PausedIn.Any(status => status is not (TicketStatus.Pending or TicketStatus.OnHold)))
        {
            yield return "PausedIn takes Pending and OnHold only.";
        }

        foreach (var fault in Conditions(policy.When, rules).Concat(policy.Warnings.SelectMany(warning => Warning(warning, policy))))
        {
            yield return fault;
        }
    }

    // Counted in the same time, solved before answered can never be kept.
    private static IEnumerable<string> Resolution(SlaPolicy policy) =>
        from priority in Enum.GetValues<TicketPriority>()
        let first = SlaMatch.Target(policy, SlaMetric.FirstResponse, priority)
        let solved = SlaMatch.Target(policy, SlaMetric.Resolution, priority)
        where first is not null && solved is not null && first.Counts == solved.Counts && solved.Within < first.Within
        select $"for {priority}, Resolution ({solved.Within}) is due before FirstResponse ({first.Within}). Make it longer.";

    private static IEnumerable<string> Conditions(SlaCondition when, TicketRules rules) =>
        [
            .. when.Teams.Where(team => !Knows(rules, team)).Select(team => $"there is no team '{team}'. Add it to Tickets:Teams."),
            .. when
                .Segments.Where(segment => !rules.Segments.Any(known => string.Equals(known.Name, segment, StringComparison.Ordinal)))
                .Select(segment => $"there is no segment '{segment}'. Add it to Tickets:Segments."),
        ];

    private static IEnumerable<string> Warning(SlaWarning warning, SlaPolicy policy)
    {
        if (warning.Before < TimeSpan.Zero || warning.Before > Longest)
        {
            yield return "a warning must come 0 to 365 days before.";
        }

        if (warning.To == SlaAudience.Contact && (warning.Contact is not { } contact || contact.Channel.Length == 0 || contact.Value.Length == 0))
        {
            yield return "a warning to a contact needs a Contact with its Channel and Value.";
        }

        if (warning.Metric is { } metric && metric != SlaMetric.Promise && !policy.Targets.Any(target => target.Metric == metric))
        {
            yield return $"a warning is about {metric}, which has no target. Add one, or leave the warning out.";
        }
    }

    private static IEnumerable<string> People(TicketRules rules)
    {
        foreach (var fault in Twice("Teams", rules.Teams.Select(team => team.Name)).Concat(Twice("Agents", rules.Agents.Select(agent => agent.Id))))
        {
            yield return fault;
        }

        foreach (var team in rules.Teams.Where(team => team.Name.Length is 0 or > MaxName))
        {
            yield return $"Teams: the name '{team.Name}' must have 1 to 100 characters.";
        }

        foreach (var agent in rules.Agents)
        {
            if (agent.Id.Length is 0 or > MaxName || TicketBy.IsReserved(agent.Id))
            {
                yield return $"Agents: the id '{agent.Id}' must have 1 to 100 characters, and be neither customer nor engine.";
            }

            if (agent.Team is { } team && !Knows(rules, team))
            {
                yield return $"Agents:{agent.Id}: there is no team '{team}'. Add it to Tickets:Teams.";
            }
        }

        if (rules.DefaultTeam is { } byDefault && !Knows(rules, byDefault))
        {
            yield return $"DefaultTeam: there is no team '{byDefault}'. Add it to Tickets:Teams.";
        }

        var hours = rules
            .Agents.Select(agent => (Name: $"Agents:{agent.Id}", agent.Hours))
            .Concat(rules.Teams.Select(team => (Name: $"Teams:{team.Name}", team.Hours)));
        foreach (var (name, own) in hours)
        {
            foreach (var fault in own is null ? [] : BusinessCalendar.Faults(own))
            {
                yield return $"{name}:Hours:{fault}";
            }
        }
    }

    private static IEnumerable<string> Segment(Segment segment)
    {
        if (segment.Name.Length is 0 or > MaxName)
        {
            yield return "Segments: a segment needs a name of 1 to 100 characters.";
        }

        if (segment is { MinOrders: null, MaxOrders: null, MinSpent: null, OrderedWithin: null, MinTickets: null, Tags.Count: 0 })
        {
            yield return $"Segments:{segment.Name}: it sets no condition, so everybody is in it. Set one.";
        }

        if (segment.MinOrders is < 1 or > 1000 || segment.MaxOrders is < 0 or > 1000 || segment.MinTickets is < 1 or > 1000)
        {
            yield return $"Segments:{segment.Name}: numbers of orders and tickets must not be above 1,000, nor below 1 (MaxOrders: 0).";
        }

        if (segment.MinOrders > segment.MaxOrders)
        {
            yield return $"Segments:{segment.Name}: MinOrders is above MaxOrders, so nobody is in it.";
        }
    }

    private static bool Knows(TicketRules rules, string team) => rules.Teams.Any(known => string.Equals(known.Name, team, StringComparison.Ordinal));

    private static IEnumerable<string> Twice(string setting, IEnumerable<string> names) =>
        names
            .GroupBy(name => name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => $"{setting}: '{group.Key}' is set up twice. Keep one.");
}
