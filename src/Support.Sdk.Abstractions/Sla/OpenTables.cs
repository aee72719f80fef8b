namespace Support.Sdk.Sla;

/// <summary>The open time of a calendar in tables of 512 days, each built when it is first asked for.</summary>
/// <remarks>Reads take no lock. Two threads may build the same table; one of the equal tables stays.</remarks>
internal sealed class OpenTables(OpenDays days, TimeZoneInfo zone)
{
    private const int PageSize = 128;

    // No offset and no clock change moves a moment further away from its date.
    private const int Margin = 2;
    private readonly OpenTable?[]?[] _pages = new OpenTable?[]?[(Number(DateTime.MaxValue.Ticks) / PageSize) + 1];

    /// <summary>The first table that can have open time.</summary>
    public int First { get; } = Number(Math.Max(0, days.First.DayNumber - Margin) * TimeSpan.TicksPerDay);

    /// <summary>The last table that can have open time.</summary>
    public int Last { get; } = Number(Math.Min(DateOnly.MaxValue.DayNumber, days.Last.DayNumber + Margin) * TimeSpan.TicksPerDay);

    public static int Number(long ticks) => (int)(ticks / OpenTable.Length);

    public OpenTable this[int number]
    {
        get
        {
            var page = Volatile.Read(ref _pages[number / PageSize]);
            var table = page is null ? null : Volatile.Read(ref page[number % PageSize]);
            return table ?? Build(number);
        }
    }

    private OpenTable Build(int number)
    {
        ref var page = ref _pages[number / PageSize];
        Interlocked.CompareExchange(ref page, new OpenTable?[PageSize], null);
        var from = number * OpenTable.Length;
        var table = new OpenTable(from, Intervals(from, Math.Min(from + OpenTable.Length, DateTime.MaxValue.Ticks)));
        return Interlocked.CompareExchange(ref page![number % PageSize], table, null) ?? table;
    }

    private List<(long From, long To)> Intervals(long from, long to)
    {
        var first = Math.Max(0, (int)(from / TimeSpan.TicksPerDay) - Margin);
        var last = Math.Min(DateOnly.MaxValue.DayNumber - 1, (int)(to / TimeSpan.TicksPerDay) + Margin);
        var found = new List<(long From, long To)>();
        var midnight = LocalTime.StartOfDay(DateOnly.FromDayNumber(first), zone);
        for (var day = first; day <= last; day++)
        {
            var next = LocalTime.StartOfDay(DateOnly.FromDayNumber(day + 1), zone);
            foreach (var interval in InUtc(days.On(DateOnly.FromDayNumber(day)), day, midnight, next))
            {
                var clipped = (From: Math.Max(from, interval.From), To: Math.Min(to, interval.To));
                if (clipped.From < clipped.To)
                {
                    found.Add(clipped);
                }
            }

            midnight = next;
        }

        return Merge(found);
    }

    private IEnumerable<(long From, long To)> InUtc(LocalInterval[] hours, int day, DateTimeOffset midnight, DateTimeOffset next)
    {
        // A date that a zone skipped altogether, as Samoa did in 2011, has no hours.
        if (midnight == next)
        {
            return [];
        }

        var isPlain = midnight.Offset == next.Offset && next - midnight == TimeSpan.FromDays(1);
        return hours.Select(interval =>
            isPlain ? (midnight.UtcTicks + interval.From, midnight.UtcTicks + interval.To) : (ToUtc(day, interval.From), ToUtc(day, interval.To))
        );
    }

    private long ToUtc(int day, long ticks) => LocalTime.ToInstant(new DateTime((day * TimeSpan.TicksPerDay) + ticks), zone).UtcTicks;

    // A gap moves what lies in it behind what comes after it, so that intervals may change their order and overlap.
    private static List<(long From, long To)> Merge(List<(long From, long To)> intervals)
    {
        var merged = new List<(long From, long To)>(intervals.Count);
        foreach (var interval in intervals.OrderBy(interval => interval.From))
        {
            if (merged.Count > 0 && interval.From <= merged[^1].To)
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
}
