using System.ComponentModel;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

[Description("What is promised to which tickets. The first policy that matches counts.")]
internal sealed record PolicyModel
{
    [Description("The name, unique in its shop.")]
    public required string Name { get; init; }

    [Description("Which tickets. Without any condition it is the fall-back.")]
    public required ConditionModel When { get; init; }

    [Description("What is promised.")]
    public required IReadOnlyList<TargetModel> Targets { get; init; }

    [Description("The calendar; left out for the shop's hours.")]
    public string? Calendar { get; init; }

    [Description("The statuses in which clocks stand still.")]
    public required IReadOnlyList<TicketStatus> PausedIn { get; init; }

    [Description("Whom is warned, and when.")]
    public required IReadOnlyList<WarningModel> Warnings { get; init; }

    [Description("What happens to clocks that run when the policy has become another.")]
    public required SlaOnChange OnChange { get; init; }
}

[Description("Which tickets a policy is for. Every condition that is set must hold; an empty list is not set.")]
internal sealed record ConditionModel
{
    [Description("It began on one of these channels.")]
    public required IReadOnlyList<string> Channels { get; init; }

    [Description("It has one of these priorities.")]
    public required IReadOnlyList<TicketPriority> Priorities { get; init; }

    [Description("It is of one of these kinds.")]
    public required IReadOnlyList<TicketKind> Kinds { get; init; }

    [Description("It has one of these tags.")]
    public required IReadOnlyList<string> Tags { get; init; }

    [Description("Its customer is in one of these segments.")]
    public required IReadOnlyList<string> Segments { get; init; }

    [Description("It is for one of these teams.")]
    public required IReadOnlyList<string> Teams { get; init; }

    [Description("The order that leads comes to at least this much.")]
    public MoneyModel? MinOrder { get; init; }
}

[Description("One promise: how soon something happens.")]
internal sealed record TargetModel
{
    [Description("What happens.")]
    public required SlaMetric Metric { get; init; }

    [Description("Within how much time.")]
    public required TimeSpan Within { get; init; }

    [Description("Which time counts.")]
    public required SlaTime Counts { get; init; }

    [Description("For tickets of this priority; left out for all.")]
    public TicketPriority? Priority { get; init; }
}

[Description("A word to the shop's own people before a promise breaks.")]
internal sealed record WarningModel
{
    [Description("About which clocks; left out for all.")]
    public SlaMetric? Metric { get; init; }

    [Description("How long before the promise breaks, in the time that the clock counts.")]
    public required TimeSpan Before { get; init; }

    [Description("To whom.")]
    public required SlaAudience To { get; init; }
}

[Description("The policies of a shop, in the order in which they match.")]
internal sealed record PolicyList
{
    [Description("The policies.")]
    public required IReadOnlyList<PolicyModel> Items { get; init; }
}

[Description("When a shop, or a support desk, is open.")]
internal sealed record CalendarModel
{
    [Description("The name; default for the shop's hours.")]
    public required string Name { get; init; }

    [Description("The zone of all local times (IANA).")]
    public required string TimeZone { get; init; }

    [Description("The hours of each day of the week, from monday to sunday; a day that is not named is closed.")]
    public required IReadOnlyDictionary<string, string> Week { get; init; }

    [Description("The dates without hours; --12-25 is every year.")]
    public required IReadOnlyList<string> Holidays { get; init; }

    [Description("The hours of dates that differ from their week.")]
    public required IReadOnlyDictionary<string, string> SpecialDays { get; init; }

    [Description("What a duration means that ends exactly when the shop closes.")]
    public required ExactFit ExactFit { get; init; }
}

[Description("The calendars of a shop; the first one is that of the shop's hours.")]
internal sealed record CalendarList
{
    [Description("The calendars.")]
    public required IReadOnlyList<CalendarModel> Items { get; init; }
}

[Description("When a promise would be due.")]
internal sealed record DueModel
{
    [Description("The calendar.")]
    public required string Calendar { get; init; }

    [Description("The moment that was counted from.")]
    public required DateTimeOffset From { get; init; }

    [Description("The time that was promised.")]
    public required TimeSpan Within { get; init; }

    [Description("Which time counted.")]
    public required SlaTime Counts { get; init; }

    [Description("When it is due.")]
    public required DateTimeOffset DueAt { get; init; }
}
