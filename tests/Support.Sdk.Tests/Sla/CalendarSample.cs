using CsCheck;
using NodaTime;
using Support.Sdk.Sla;

namespace Support.Sdk.Tests.Sla;

/// <summary>An interval of one day in minutes since its 00:00.</summary>
internal sealed record Minutes(int From, int To)
{
    public override string ToString() => $"{From / 60:00}:{From % 60:00}-{To / 60:00}:{To % 60:00}";
}

/// <summary>A random calendar, a moment near a clock change, and pauses around it.</summary>
internal sealed record CalendarSample
{
    private static readonly Gen<Minutes[]> Day = Gen.Int[0, 96]
        .Array[0, 6]
        .Select(points => points.Distinct().Order().Chunk(2).Where(pair => pair.Length == 2).Select(pair => new Minutes(pair[0] * 15, pair[1] * 15)).ToArray());

    private static readonly Gen<Moment> Moments = Gen.Select(
            Gen.Int[0, Zones.Names.Length - 1],
            Gen.Int[0, 1000],
            Gen.Long[-3 * TimeSpan.TicksPerDay, 3 * TimeSpan.TicksPerDay]
        )
        .Select(
            (zone, change, around) =>
            {
                var changes = Zones.ClockChanges(Zones.Names[zone]);
                return new Moment(Zones.Names[zone], changes[change % changes.Count].ToDateTimeOffset().AddTicks(around));
            }
        );

    private static readonly Gen<(int From, int Length)[]> Stretches = Gen.Select(Gen.Int[-72, 720], Gen.Int[0, 96]).Array[0, 3];

    public required string Zone { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Minutes[][] Week { get; init; }

    public required DateOnly[] Holidays { get; init; }

    public required DateOnly[] YearlyHolidays { get; init; }

    public required IReadOnlyDictionary<DateOnly, Minutes[]> SpecialDays { get; init; }

    public required Pause[] Pauses { get; init; }

    public static Gen<CalendarSample> Any { get; } =
        Gen.Select(Moments, Day.Array[7].Where(week => week.Any(day => day.Length > 0)), Gen.Int[-4, 30].Array[4], Day.Array[2], Stretches)
            .Select(
                (moment, week, days, special, stretches) =>
                {
                    var date = DateOnly.FromDateTime(moment.At.UtcDateTime);
                    return new CalendarSample
                    {
                        Zone = moment.Zone,
                        At = moment.At,
                        Week = week,
                        Holidays = [date.AddDays(days[0])],
                        YearlyHolidays = [date.AddDays(days[1])],
                        SpecialDays = days[2..].Zip(special).DistinctBy(day => day.First).ToDictionary(day => date.AddDays(day.First), day => day.Second),
                        Pauses =
                        [
                            .. stretches.Select(stretch => new Pause(moment.At.AddHours(stretch.From), moment.At.AddHours(stretch.From + stretch.Length))),
                        ],
                    };
                }
            );

    public Minutes[] On(DateOnly date)
    {
        if (SpecialDays.TryGetValue(date, out var special))
        {
            return special;
        }

        var isHoliday = Holidays.Contains(date) || YearlyHolidays.Any(day => (day.Month, day.Day) == (date.Month, date.Day));
        return isHoliday ? [] : Week[(int)date.DayOfWeek];
    }

    public BusinessCalendar Compile(ExactFit exactFit = ExactFit.Close) =>
        new(
            new BusinessHours
            {
                TimeZone = Zone,
                Week = Enum.GetValues<DayOfWeek>().ToDictionary(day => day, day => Text(Week[(int)day])),
                Holidays = [.. Holidays.Select(date => $"{date:yyyy-MM-dd}"), .. YearlyHolidays.Select(date => $"--{date:MM-dd}")],
                SpecialDays = SpecialDays.ToDictionary(day => $"{day.Key:yyyy-MM-dd}", day => Text(day.Value), StringComparer.Ordinal),
                ExactFit = exactFit,
            },
            TimeZoneInfo.Utc
        );

    private static string Text(Minutes[] intervals) => string.Join(", ", intervals.Select(interval => interval.ToString()));

    internal sealed record Moment(string Zone, DateTimeOffset At);
}
