using Nop.Plugin.Misc.SupportSdk.Setup;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>What the past says that a shop can promise, and what a promise would have meant.</summary>
internal static class PromiseProposals
{
    /// <summary>Fewer orders say too little.</summary>
    public const int Least = 10;

    /// <summary>Nine of ten orders keep what is proposed.</summary>
    public const int Percent = 90;

    private const int Longest = 365;

    /// <summary>Proposals by shipping method and country, those of most orders first, and at the end one for everything else.</summary>
    /// <param name="past">The past orders.</param>
    /// <param name="zone">The zone in which the shop counts days.</param>
    /// <param name="recordsDeliveries">Whether arrivals are recorded; otherwise none is proposed.</param>
    public static IReadOnlyList<PromiseProposal> Of(IReadOnlyList<PastShipping> past, TimeZoneInfo zone, bool recordsDeliveries)
    {
        var groups = past.GroupBy(order => (Method: order.Method?.ToUpperInvariant(), order.Country))
            .Select(group => Propose(group.First().Method, group.Key.Country, [.. group], zone, recordsDeliveries))
            .OfType<PromiseProposal>()
            .Where(proposal => proposal.Method is not null || proposal.Country is not null)
            // The first that fits is taken: what names only one of the two comes behind.
            .OrderBy(proposal => proposal.Method is null || proposal.Country is null)
            .ThenByDescending(proposal => proposal.Orders)
            .ThenBy(proposal => proposal.Method, StringComparer.Ordinal)
            .ThenBy(proposal => proposal.Country, StringComparer.Ordinal);
        return [.. groups.Concat(new[] { Propose(method: null, country: null, past, zone, recordsDeliveries) }.OfType<PromiseProposal>())];
    }

    /// <summary>What each rule would have meant; an order counts for the first rule that fits it.</summary>
    public static IReadOnlyList<PromiseOutcome> Outcomes(IReadOnlyList<PastShipping> past, IReadOnlyList<PromiseRule> rules, TimeZoneInfo zone)
    {
        var outcomes = rules.Select(_ => new PromiseOutcome()).ToArray();
        foreach (var order in past)
        {
            var index = rules.ToList().FindIndex(rule => Fits(rule.Method, order.Method) && Fits(rule.Country, order.Country));
            if (index >= 0)
            {
                outcomes[index].Orders++;
                outcomes[index].ShippedLate += Days(order.From, order.Shipped, zone) > rules[index].Ship ? 1 : 0;
                outcomes[index].ArrivedLate += Days(order.From, order.Delivered, zone) > rules[index].Deliver ? 1 : 0;
            }
        }

        return outcomes;
    }

    /// <summary>Calendar days from one moment to another in a zone; null when the other is not known or makes no sense.</summary>
    public static int? Days(DateTimeOffset from, DateTimeOffset? to, TimeZoneInfo zone) =>
        to is { } end && Day(end, zone).DayNumber - Day(from, zone).DayNumber is >= 0 and <= Longest and var days ? days : null;

    /// <summary>The smallest of the values that at least so many percent of them do not exceed; null without any.</summary>
    public static int? Percentile(IEnumerable<int> values, int percent)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : sorted[Math.Max(0, (((sorted.Count * percent) + 99) / 100) - 1)];
    }

    private static PromiseProposal? Propose(string? method, string? country, IReadOnlyList<PastShipping> past, TimeZoneInfo zone, bool recordsDeliveries)
    {
        var ship = past.Select(order => Days(order.From, order.Shipped, zone)).OfType<int>().ToList();
        var deliver = recordsDeliveries ? past.Select(order => Days(order.From, order.Delivered, zone)).OfType<int>().ToList() : [];
        if (ship.Count < Least)
        {
            return null;
        }

        var shipDays = Percentile(ship, Percent);
        var deliverDays = deliver.Count < Least ? null : Percentile(deliver, Percent);
        return new PromiseProposal(method, country, ship.Count, shipDays, deliverDays < shipDays ? shipDays : deliverDays);
    }

    private static bool Fits(string? wanted, string? actual) =>
        string.IsNullOrWhiteSpace(wanted) || string.Equals(wanted.Trim(), actual, StringComparison.OrdinalIgnoreCase);

    private static DateOnly Day(DateTimeOffset moment, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);
}

/// <summary>Days that can be promised.</summary>
/// <param name="Method">The shipping method, or null for every one.</param>
/// <param name="Country">The country, or null for every one.</param>
/// <param name="Orders">How many orders say so.</param>
/// <param name="Ship">Days until it is shipped.</param>
/// <param name="Deliver">Days until it arrives, or null when too little is known.</param>
internal sealed record PromiseProposal(string? Method, string? Country, int Orders, int? Ship, int? Deliver);

/// <summary>What a rule would have meant.</summary>
internal sealed class PromiseOutcome
{
    /// <summary>The orders that it was for.</summary>
    public int Orders { get; set; }

    /// <summary>Those shipped later.</summary>
    public int ShippedLate { get; set; }

    /// <summary>Those arrived later.</summary>
    public int ArrivedLate { get; set; }
}
