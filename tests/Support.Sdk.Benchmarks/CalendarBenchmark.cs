using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Spectre.Console;
using Support.Sdk.Sla;

namespace Support.Sdk.Benchmarks;

/// <summary>
/// Open time added to moments of one year: the calendar against a walk over the days with NodaTime, in the same process. The two
/// take turns within each round, so that a noisy machine disturbs both alike; before the clock runs, their answers are compared.
/// </summary>
internal static class CalendarBenchmark
{
    private const int Rounds = 31;
    private const string Zone = "Europe/Stockholm";
    private static readonly string[] Holidays =
    [
        "2026-01-01",
        "2026-01-06",
        "2026-04-03",
        "2026-04-06",
        "2026-05-01",
        "2026-05-14",
        "2026-06-19",
        "2026-12-25",
    ];
    private static readonly DateTimeOffset[] Starts = MakeStarts();
    private static readonly Instant[] Instants = [.. Starts.Select(Instant.FromDateTimeOffset)];

    public static int Run()
    {
        var calendar = new BusinessCalendar(new BusinessHours { Holidays = Holidays }, TimeZoneInfo.FindSystemTimeZoneById(Zone));
        var walk = new NodaTimeWalk(Zone, Holidays);
        var report = new Table().AddColumns("open time", "calendar, ns", "NodaTime day walk, ns", "ratio", "must", "");
        var met = Compare(report, calendar, walk, TimeSpan.FromHours(8), must: 4);
        met &= Compare(report, calendar, walk, TimeSpan.FromHours(400), must: 50);
        AnsiConsole.Write(report);
        AnsiConsole.MarkupLine(
            $"[grey]Medians of {Rounds} rounds. Monday to Friday 09:00-17:00 in {Zone}, {Holidays.Length} holidays, {Starts.Length} scattered moments of 2026.[/]"
        );
        return met ? 0 : 1;
    }

    private static bool Compare(Table report, BusinessCalendar calendar, NodaTimeWalk walk, TimeSpan open, int must)
    {
        var duration = Duration.FromTimeSpan(open);
        for (var index = 0; index < Starts.Length; index++)
        {
            var (ours, theirs) = (calendar.Add(Starts[index], open), walk.Add(Instants[index], duration).ToDateTimeOffset());
            if (ours != theirs)
            {
                throw new InvalidOperationException($"{open} from {Starts[index]:O} is {ours:O} by the calendar and {theirs:O} by the day walk.");
            }
        }

        var (table, days) = (new List<double>(), new List<double>());
        // The walk is repeated less often where it walks far; each measurement lasts a few milliseconds.
        for (var round = 0; round < Rounds; round++)
        {
            table.Add(Measure(40, () => Ours(calendar, open)));
            days.Add(Measure(open.TotalHours > 100 ? 1 : 10, () => Theirs(walk, duration)));
        }

        var (fast, slow) = (Median(table), Median(days));
        var isMet = slow / fast >= must;
        report.AddRow($"+{open.TotalHours} h", Text(fast), Text(slow), $"{Text(slow / fast)} ×", $"{must} ×", isMet ? "[green]PASS[/]" : "[red]MISSED[/]");
        return isMet;
    }

    private static long Ours(BusinessCalendar calendar, TimeSpan open)
    {
        var sum = 0L;
        foreach (var start in Starts)
        {
            sum += calendar.Add(start, open).UtcTicks;
        }

        return sum;
    }

    private static long Theirs(NodaTimeWalk walk, Duration open)
    {
        var sum = 0L;
        foreach (var start in Instants)
        {
            sum += walk.Add(start, open).ToUnixTimeTicks();
        }

        return sum;
    }

    /// <summary>Nanoseconds an addition.</summary>
    private static double Measure(int times, Func<long> action)
    {
        var watch = Stopwatch.StartNew();
        for (var time = 0; time < times; time++)
        {
            _ = action();
        }

        return watch.Elapsed.TotalNanoseconds / times / Starts.Length;
    }

    private static DateTimeOffset[] MakeStarts()
    {
        var year = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return [.. Enumerable.Range(1, 4096).Select(index => year.AddTicks((long)(Scatter((ulong)index) % (365 * TimeSpan.TicksPerDay))))];
    }

    // Without order, so that nothing can be guessed from the question before, and the same in every run (the finalizer of SplitMix64).
    private static ulong Scatter(ulong value)
    {
        unchecked
        {
            value *= 0x9E37_79B9_7F4A_7C15;
            value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
            value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
            return value ^ (value >> 31);
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Text(double value) => value.ToString("F1", CultureInfo.InvariantCulture);

    /// <summary>What a careful developer writes with NodaTime: day by day, each end of each interval mapped into the zone.</summary>
    private sealed class NodaTimeWalk
    {
        private static readonly (LocalTime From, LocalTime To)[] Day = [(new LocalTime(9, 0), new LocalTime(17, 0))];
        private readonly (LocalTime From, LocalTime To)[][] _week =
        [
            [],
            Day,
            Day,
            Day,
            Day,
            Day,
            [],
            [],
        ];
        private readonly HashSet<LocalDate> _holidays;
        private readonly DateTimeZone _zone;

        public NodaTimeWalk(string zone, string[] holidays)
        {
            _zone = DateTimeZoneProviders.Tzdb[zone];
            _holidays = [.. holidays.Select(text => LocalDate.FromDateOnly(DateOnly.Parse(text, CultureInfo.InvariantCulture)))];
        }

        public Instant Add(Instant start, Duration open)
        {
            for (var date = start.InZone(_zone).Date; ; date = date.PlusDays(1))
            {
                var day = _week[(int)date.DayOfWeek];
                if (day.Length == 0 || _holidays.Contains(date))
                {
                    continue;
                }

                foreach (var (from, to) in day)
                {
                    var closing = _zone.AtLeniently(date + to).ToInstant();
                    if (closing <= start)
                    {
                        continue;
                    }

                    var opening = Instant.Max(start, _zone.AtLeniently(date + from).ToInstant());
                    var length = closing - opening;
                    if (open <= length)
                    {
                        return opening + open;
                    }

                    open -= length;
                }
            }
        }
    }
}
