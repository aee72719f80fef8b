using System.Globalization;
using Support.Sdk.Shops;
using Support.Sdk.Sla;

namespace Support.Sdk.Templates;

/// <summary>The sentences that are values of a ticket's messages: in Swedish, or in English for every other language.</summary>
internal sealed class TicketWords
{
    private static readonly TicketWords English = new(isSwedish: false);
    private static readonly TicketWords Swedish = new(isSwedish: true);

    private static readonly string[] SwedishDays = ["söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"];

    private readonly bool _isSwedish;

    private TicketWords(bool isSwedish) => _isSwedish = isSwedish;

    public static TicketWords Of(Language language) => language.Words is SwedishWords ? Swedish : English;

    /// <summary>When the answer comes, or honestly that no time was promised.</summary>
    public string Answer(string by) =>
        by.Length > 0
            ? Of($"You get an answer by {by} at the latest.", $"Du får svar senast {by}.")
            : Of("A person reads it and answers you.", "En människa läser det och svarar dig.");

    /// <summary>The hours behind a promise, in the shop's own time.</summary>
    public string Hours(Shop shop, SlaClock clock)
    {
        if (clock.Counts == SlaTime.Always)
        {
            return Of("We answer around the clock.", "Vi svarar dygnet runt.");
        }

        var hours = clock.Calendar is { } name && shop.Tickets.Calendars.TryGetValue(name, out var own) ? own : shop.Hours ?? new BusinessHours();
        var week = string.Join(", ", Runs(hours).Select(run => $"{Days(run.First, run.Last)} {run.Hours}"));
        var place = Place(hours.TimeZone ?? shop.TimeZone);
        return week.Length == 0 ? "" : Of($"We answer {week} ({place} time).", $"Vi svarar {week} (tid i {place}).");
    }

    /// <summary>What the shop's own people are told of a promise.</summary>
    public string Alert(SlaClock clock, string due)
    {
        var what = Metric(clock.Metric);
        return clock.BrokenAt is null
            ? Of($"{what} is due {due}.", $"{what}: senast {due}.")
            : Of($"{what} was due {due}, and did not come.", $"{what} skulle ha kommit senast {due}.");
    }

    private string Metric(SlaMetric metric) =>
        metric switch
        {
            SlaMetric.FirstResponse => Of("The first response", "Första svaret"),
            SlaMetric.NextResponse => Of("The next response", "Nästa svar"),
            SlaMetric.PeriodicUpdate => Of("The next update", "Nästa besked"),
            SlaMetric.Resolution => Of("The solution", "Lösningen"),
            _ => Of("The word that was promised", "Det utlovade beskedet"),
        };

    private static IEnumerable<(DayOfWeek First, DayOfWeek Last, string Hours)> Runs(BusinessHours hours)
    {
        var days = WeekHours.Of(hours).Select(day => (day.Day, Hours: Written(day.Hours))).ToList();
        for (var first = 0; first < days.Count; )
        {
            var last = first;
            while (last + 1 < days.Count && string.Equals(days[last + 1].Hours, days[first].Hours, StringComparison.Ordinal))
            {
                last++;
            }

            if (days[first].Hours.Length > 0)
            {
                yield return (days[first].Day, days[last].Day, days[first].Hours);
            }

            first = last + 1;
        }
    }

    private static string Written(string? hours) => WeekHours.Opens(hours) ? hours!.Trim().Replace("-", "–", StringComparison.Ordinal) : "";

    private string Days(DayOfWeek first, DayOfWeek last) => first == last ? Day(first) : Of($"{Day(first)} to {Day(last)}", $"{Day(first)}–{Day(last)}");

    private string Day(DayOfWeek day) => _isSwedish ? SwedishDays[(int)day] : CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(day);

    // Europe/Stockholm is Stockholm to its customers.
    private static string Place(string zone) => zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ');

    private string Of(string english, string swedish) => _isSwedish ? swedish : english;
}
