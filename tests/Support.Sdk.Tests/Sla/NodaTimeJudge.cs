using NodaTime;
using NodaTime.TimeZones;
using Support.Sdk.Sla;

namespace Support.Sdk.Tests.Sla;

/// <summary>An independent calendar: it maps each day with NodaTime and walks the open intervals one by one.</summary>
internal sealed class NodaTimeJudge
{
    private const int Around = 100;
    private readonly List<(long From, long To)> _open;

    public NodaTimeJudge(CalendarSample sample, IReadOnlyList<Pause> pauses)
    {
        var zone = Zones.Judge(sample.Zone);
        var middle = DateOnly.FromDateTime(sample.At.UtcDateTime);
        var mapped = Enumerable.Range(-Around, 2 * Around).SelectMany(day => Map(zone, middle.AddDays(day), sample));
        _open = pauses.Aggregate(Merge(mapped), (open, pause) => [.. open.SelectMany(interval => Without(interval, pause))]);
    }

    /// <summary>The moments at which it closes, after the given one.</summary>
    public IReadOnlyList<DateTimeOffset> ClosingsAfter(DateTimeOffset at) =>
        [.. _open.Where(interval => interval.To > at.UtcTicks).Select(interval => Utc(interval.To))];

    public TimeSpan Measure(DateTimeOffset start, DateTimeOffset end) =>
        new(_open.Sum(interval => Math.Max(0, Math.Min(interval.To, end.UtcTicks) - Math.Max(interval.From, start.UtcTicks))));

    public DateTimeOffset? Add(DateTimeOffset start, TimeSpan open, ExactFit exactFit)
    {
        var left = open.Ticks;
        foreach (var interval in _open.Where(interval => interval.To > start.UtcTicks))
        {
            var from = Math.Max(interval.From, start.UtcTicks);
            if (left < interval.To - from || (left == interval.To - from && exactFit == ExactFit.Close))
            {
                return Utc(from + left);
            }

            left -= interval.To - from;
        }

        return null;
    }

    public DateTimeOffset? Subtract(DateTimeOffset end, TimeSpan open, ExactFit exactFit)
    {
        var left = open.Ticks;
        foreach (var interval in Enumerable.Reverse(_open).Where(interval => interval.From < end.UtcTicks))
        {
            var to = Math.Min(interval.To, end.UtcTicks);
            if (left < to - interval.From || (left == to - interval.From && exactFit == ExactFit.Close))
            {
                return Utc(to - left);
            }

            left -= to - interval.From;
        }

        return null;
    }

    private static DateTimeOffset Utc(long ticks) => new(ticks, TimeSpan.Zero);

    private static IEnumerable<(long From, long To)> Map(DateTimeZone zone, DateOnly date, CalendarSample sample)
    {
        var day = LocalDate.FromDateOnly(date);
        return IsSkipped(zone, day)
            ? []
            : sample
                .On(date)
                .Select(interval => (Ticks(zone, day, interval.From), Ticks(zone, day, interval.To)))
                .Where(interval => interval.Item1 < interval.Item2);
    }

    private static long Ticks(DateTimeZone zone, LocalDate day, int minutes) =>
        day.AtMidnight().PlusMinutes(minutes).InZone(zone, Resolvers.LenientResolver).ToDateTimeOffset().UtcTicks;

    private static bool IsSkipped(DateTimeZone zone, LocalDate day)
    {
        try
        {
            return zone.AtStartOfDay(day).Date != day;
        }
        catch (SkippedTimeException)
        {
            return true;
        }
    }

    private static List<(long From, long To)> Merge(IEnumerable<(long From, long To)> intervals)
    {
        var merged = new List<(long From, long To)>();
        foreach (var interval in intervals.Order())
        {
            if (merged.Count > 0 && merged[^1].To >= interval.From)
            {
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, interval.To));
            }
            else
            {
                merged.Add(interval);
            }
        }

        return merged;
    }

    private static IEnumerable<(long From, long To)> Without((long From, long To) interval, Pause pause)
    {
        var before = (interval.From, To: Math.Min(interval.To, pause.From.UtcTicks));
        var after = (From: Math.Max(interval.From, pause.To.UtcTicks), interval.To);
        return pause.From == pause.To ? [interval] : new[] { before, after }.Where(rest => rest.Item1 < rest.Item2);
    }
}
