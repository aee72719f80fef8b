namespace Support.Sdk.Sla;

/// <summary>Adds, subtracts and measures open time, exact across clock changes.</summary>
/// <remarks>
/// <para>Immutable and safe for concurrent use. Compile it once and keep it: it remembers the open intervals that it has worked out.</para>
/// <para>
/// A moment is open from the beginning of an interval until just before its end. Durations are exact to the tick (100 ns) and
/// of real time: a Sunday on which clocks are set back has an hour more. A local time that a clock change skips moves forward
/// by the gap, one that it repeats is the earlier; an interval that lies with both ends around a gap loses it, and a date
/// that a zone skipped altogether has no hours. Answers are in UTC.
/// </para>
/// </remarks>
public sealed class BusinessCalendar
{
    private static readonly BusinessHours Always = new() { Week = Enum.GetValues<DayOfWeek>().ToDictionary(day => day, _ => "00:00-24:00") };
    private readonly OpenDays _days;
    private readonly OpenTables _tables;
    private readonly TimeZoneInfo _zone;
    private readonly bool _dueAtClosing;

    /// <summary>Compiles business hours.</summary>
    /// <param name="hours">The hours.</param>
    /// <param name="zone">The shop's zone, which counts unless the hours name their own.</param>
    /// <exception cref="ArgumentException">The hours are impossible; the message says why and what to write instead.</exception>
    public BusinessCalendar(BusinessHours hours, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(hours);
        ArgumentNullException.ThrowIfNull(zone);
        var faults = new List<string>();
        (_days, _zone) = Read(hours, zone, faults);
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(hours));
        }

        _tables = new OpenTables(_days, _zone);
        _dueAtClosing = hours.ExactFit == ExactFit.Close;
    }

    /// <summary>The calendar that never closes.</summary>
    public static BusinessCalendar AlwaysOpen { get; } = new(Always, TimeZoneInfo.Utc);

    /// <summary>The moment at which so much open time has passed since the start.</summary>
    /// <param name="start">The moment to count from.</param>
    /// <param name="open">The open time, not negative. Zero is the first open moment, not before the start.</param>
    /// <param name="pauses">Stretches that do not count, in any order; where they overlap, they count once. A pause is like a closed shop.</param>
    /// <exception cref="ArgumentOutOfRangeException">The open time is negative; count backward with <see cref="Subtract"/>.</exception>
    /// <exception cref="ArgumentException">A pause ends before it begins.</exception>
    /// <exception cref="InvalidOperationException">The calendar has not so much open time left: it opens on special days only, or time ends (year 9999).</exception>
    public DateTimeOffset Add(DateTimeOffset start, TimeSpan open, IReadOnlyList<Pause>? pauses = null)
    {
        ThrowIfNegative(open, nameof(Subtract));
        var (from, left) = (start.UtcTicks, open.Ticks);
        return Utc(pauses is null or [] ? Forward(from, left) : ForwardPast(Pauses.Merge(pauses), from, left));
    }

    /// <summary>The moment from which so much open time passes until the end.</summary>
    /// <param name="end">The moment to count back from.</param>
    /// <param name="open">The open time, not negative. Zero is the last moment, not after the end, just before which it is open.</param>
    /// <param name="pauses">Stretches that do not count, in any order; where they overlap, they count once. A pause is like a closed shop.</param>
    /// <exception cref="ArgumentOutOfRangeException">The open time is negative; count forward with <see cref="Add"/>.</exception>
    /// <exception cref="ArgumentException">A pause ends before it begins.</exception>
    /// <exception cref="InvalidOperationException">The calendar has not so much open time before: it opens on special days only, or time begins (year 1).</exception>
    public DateTimeOffset Subtract(DateTimeOffset end, TimeSpan open, IReadOnlyList<Pause>? pauses = null)
    {
        ThrowIfNegative(open, nameof(Add));
        var (to, left) = (end.UtcTicks, open.Ticks);
        return Utc(pauses is null or [] ? Backward(to, left) : BackwardPast(Pauses.Merge(pauses), to, left));
    }

    /// <summary>The open time between two moments; negative when the end is before the start.</summary>
    /// <param name="start">The first moment, included.</param>
    /// <param name="end">The last moment, excluded.</param>
    /// <param name="pauses">Stretches that do not count, in any order; where they overlap, they count once.</param>
    /// <exception cref="ArgumentException">A pause ends before it begins.</exception>
    public TimeSpan Measure(DateTimeOffset start, DateTimeOffset end, IReadOnlyList<Pause>? pauses = null)
    {
        if (end < start)
        {
            return -Measure(end, start, pauses);
        }

        var (from, to) = (start.UtcTicks, end.UtcTicks);
        var open = OpenTime(from, to);
        foreach (var pause in pauses is null ? [] : Pauses.Merge(pauses))
        {
            open -= OpenTime(Math.Clamp(pause.From, from, to), Math.Clamp(pause.To, from, to));
        }

        return new TimeSpan(open);
    }

    /// <summary>Whether it is open at a moment.</summary>
    /// <param name="at">The moment.</param>
    public bool IsOpen(DateTimeOffset at) => _tables[OpenTables.Number(at.UtcTicks)].IsOpen(at.UtcTicks);

    /// <summary>The first open moment that is not before the given one, which is itself when it is open.</summary>
    /// <param name="at">The moment to look from.</param>
    /// <exception cref="InvalidOperationException">It does not open any more.</exception>
    public DateTimeOffset NextOpening(DateTimeOffset at) => Utc(Forward(at.UtcTicks, 0));

    /// <summary>The same local time so many business days later: on the n-th following date that has opening hours.</summary>
    /// <remarks>For thresholds such as "3 business days". Whether it is open at the local time does not matter.</remarks>
    /// <param name="start">The moment to count from; its own date does not count.</param>
    /// <param name="days">The number of business days, not negative. Zero is the start itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of days is negative.</exception>
    /// <exception cref="InvalidOperationException">The calendar has not so many business days left.</exception>
    public DateTimeOffset AddDays(DateTimeOffset start, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var local = TimeZoneInfo.ConvertTime(start, _zone).DateTime;
        var date = DateOnly.FromDateTime(local);
        for (var left = days; left > 0; left -= IsBusinessDay(date) ? 1 : 0)
        {
            if (date >= _days.Last || date == DateOnly.MaxValue)
            {
                throw RunsOut();
            }

            date = date.AddDays(1);
        }

        return days == 0 ? start.ToUniversalTime() : LocalTime.ToInstant(date.ToDateTime(TimeOnly.FromDateTime(local)), _zone).ToUniversalTime();
    }

    /// <summary>Why the hours are impossible; each reason begins with the name of the setting.</summary>
    internal static IReadOnlyList<string> Faults(BusinessHours hours)
    {
        var faults = new List<string>();
        Read(hours, TimeZoneInfo.Utc, faults);
        return faults;
    }

    private static (OpenDays Days, TimeZoneInfo Zone) Read(BusinessHours hours, TimeZoneInfo zone, List<string> faults)
    {
        var own = zone;
        if (hours.TimeZone is { } name && !TimeZoneInfo.TryFindSystemTimeZoneById(name, out own))
        {
            faults.Add($"TimeZone '{name}' is not known. Use an IANA name such as Europe/Stockholm.");
        }

        return (OpenDays.Read(hours, faults), own ?? zone);
    }

    private static DateTimeOffset Utc(long ticks) => new(ticks, TimeSpan.Zero);

    private static void ThrowIfNegative(TimeSpan open, string instead)
    {
        if (open < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(open), open, $"Open time is not negative. Use {instead}() for the other direction.");
        }
    }

    private static InvalidOperationException RunsOut() =>
        new("The calendar has not so much open time. It opens on special days only, or the duration is longer than time (years 1 to 9999).");

    private bool IsBusinessDay(DateOnly date) => _days.On(date).Length > 0 && DateOnly.FromDateTime(LocalTime.StartOfDay(date, _zone).DateTime) == date;

    private long Forward(long start, long open)
    {
        var number = OpenTables.Number(start);
        var table = _tables[number];
        // What is left to find, counted from the beginning of the table.
        var wanted = table.OpenBefore(start);
        wanted = open > long.MaxValue - wanted ? long.MaxValue : wanted + open;
        var dueAtClosing = _dueAtClosing && open > 0;
        while (dueAtClosing ? wanted > table.OpenTime : wanted >= table.OpenTime)
        {
            if (number >= _tables.Last)
            {
                throw RunsOut();
            }

            wanted -= table.OpenTime;
            table = _tables[++number];
        }

        return dueAtClosing ? table.FirstAfter(wanted) : table.LastAfter(wanted);
    }

    private long Backward(long end, long open)
    {
        var number = OpenTables.Number(end);
        var table = _tables[number];
        var wanted = table.OpenBefore(end) - open;
        var fromOpening = _dueAtClosing && open > 0;
        while (fromOpening ? wanted < 0 : wanted <= 0)
        {
            if (number <= _tables.First)
            {
                throw RunsOut();
            }

            table = _tables[--number];
            wanted += table.OpenTime;
        }

        return fromOpening ? table.LastAfter(wanted) : table.FirstAfter(wanted);
    }

    private long ForwardPast(List<(long From, long To)> pauses, long start, long left)
    {
        foreach (var pause in pauses.Where(pause => pause.To > start))
        {
            var before = OpenTime(start, Math.Max(start, pause.From));
            if (Suffices(before, left))
            {
                break;
            }

            left -= before;
            start = pause.To;
        }

        return Forward(start, left);
    }

    private long BackwardPast(List<(long From, long To)> pauses, long end, long left)
    {
        foreach (var pause in Enumerable.Reverse(pauses).Where(pause => pause.From < end))
        {
            var after = OpenTime(Math.Min(end, pause.To), end);
            if (Suffices(after, left))
            {
                break;
            }

            left -= after;
            end = pause.From;
        }

        return Backward(end, left);
    }

    // What fits exactly before a pause ends there, or goes on behind it, as at closing.
    private bool Suffices(long open, long wanted) => open > wanted || (open == wanted && wanted > 0 && _dueAtClosing);

    private long OpenTime(long from, long to)
    {
        var (number, last) = (OpenTables.Number(from), OpenTables.Number(to));
        var open = _tables[last].OpenBefore(to) - _tables[number].OpenBefore(from);
        for (; number < last; number++)
        {
            open += _tables[number].OpenTime;
        }

        return open;
    }
}
