using CsCheck;
using NodaTime;
using Support.Sdk.Sla;
using Xunit;

namespace Support.Sdk.Tests.Sla;

public sealed class CalendarPropertyTests
{
    private static readonly Gen<ExactFit> ExactFits = Gen.Bool.Select(close => close ? ExactFit.Close : ExactFit.NextOpening);

    // Half of the durations end exactly when it closes, or begins to pause; some are zero.
    private static readonly Gen<Func<NodaTimeJudge, DateTimeOffset, TimeSpan>> Durations = Gen.Frequency(
        (1, Gen.Const<Func<NodaTimeJudge, DateTimeOffset, TimeSpan>>((_, _) => TimeSpan.Zero)),
        (4, Gen.Long[0, 40 * TimeSpan.TicksPerHour].Select<long, Func<NodaTimeJudge, DateTimeOffset, TimeSpan>>(ticks => (_, _) => new TimeSpan(ticks))),
        (
            5,
            Gen.Int[0, 30]
                .Select<int, Func<NodaTimeJudge, DateTimeOffset, TimeSpan>>(closing =>
                    (judge, at) => judge.ClosingsAfter(at).Take(closing + 1).Select(end => judge.Measure(at, end)).LastOrDefault()
                )
        )
    );

    [Fact]
    public void Adding_is_what_NodaTime_says() =>
        Gen.Select(CalendarSample.Any, Durations, ExactFits)
            .Sample(
                (sample, duration, exactFit) =>
                {
                    var judge = new NodaTimeJudge(sample, sample.Pauses);
                    var open = duration(judge, sample.At);
                    if (judge.Add(sample.At, open, exactFit) is { } expected)
                    {
                        Assert.Equal(expected, sample.Compile(exactFit).Add(sample.At, open, sample.Pauses));
                    }
                },
                iter: 2000
            );

    [Fact]
    public void Subtracting_is_what_NodaTime_says() =>
        Gen.Select(CalendarSample.Any, Gen.Int[0, 30], Gen.Long[0, 40 * TimeSpan.TicksPerHour], ExactFits)
            .Sample(
                (sample, openings, ticks, exactFit) =>
                {
                    var judge = new NodaTimeJudge(sample, sample.Pauses);
                    var end = sample.At.AddDays(10);
                    // Back to an opening where there is one, else any time back.
                    var open =
                        openings < 20 && judge.Subtract(end, new TimeSpan(ticks), ExactFit.Close) is { } back ? judge.Measure(back, end) : new TimeSpan(ticks);
                    if (judge.Subtract(end, open, exactFit) is { } expected)
                    {
                        Assert.Equal(expected, sample.Compile(exactFit).Subtract(end, open, sample.Pauses));
                    }
                },
                iter: 2000
            );

    [Fact]
    public void Measuring_is_what_NodaTime_says() =>
        Gen.Select(CalendarSample.Any, Gen.Long[0, 60 * TimeSpan.TicksPerDay])
            .Sample(
                (sample, ticks) =>
                {
                    var end = sample.At.AddTicks(ticks);
                    Assert.Equal(new NodaTimeJudge(sample, sample.Pauses).Measure(sample.At, end), sample.Compile().Measure(sample.At, end, sample.Pauses));
                },
                iter: 2000
            );

    [Fact]
    public void What_was_added_is_what_is_measured() =>
        Gen.Select(CalendarSample.Any, Gen.Long[0, 2000 * TimeSpan.TicksPerHour], ExactFits)
            .Sample(
                (sample, ticks, exactFit) =>
                {
                    var (calendar, open) = (sample.Compile(exactFit), new TimeSpan(ticks));

                    Assert.Equal(open, calendar.Measure(sample.At, calendar.Add(sample.At, open, sample.Pauses), sample.Pauses));
                    Assert.Equal(open, calendar.Measure(calendar.Subtract(sample.At, open, sample.Pauses), sample.At, sample.Pauses));
                },
                iter: 500
            );

    [Fact]
    public void The_next_opening_is_open_and_nothing_before_it() =>
        CalendarSample.Any.Sample(
            sample =>
            {
                var calendar = sample.Compile();
                var next = calendar.NextOpening(sample.At);

                Assert.True(calendar.IsOpen(next));
                Assert.Equal(TimeSpan.Zero, calendar.Measure(sample.At, next));
                Assert.Equal(calendar.IsOpen(sample.At), next == sample.At);
            },
            iter: 500
        );

    [Fact]
    public void Ten_days_are_open_when_the_clock_on_the_wall_says_so() =>
        CalendarSample
            .Any.Where(sample => Days(sample).All(day => IsPlain(sample, day)))
            .Sample(
                sample =>
                {
                    var calendar = sample.Compile();
                    var zone = TimeZoneInfo.FindSystemTimeZoneById(sample.Zone);
                    var first = new DateTimeOffset(sample.At.UtcTicks - (sample.At.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
                    var minutes = Enumerable
                        .Range(0, 10 * 24 * 60)
                        .Select(minute => first.AddMinutes(minute))
                        .Where(at => IsOpenOnTheWall(sample, at, zone))
                        .ToList();

                    Assert.Equal(minutes.Count, calendar.Measure(first, first.AddDays(10)).TotalMinutes);
                    Assert.All(minutes, at => Assert.True(calendar.IsOpen(at)));
                },
                iter: 150
            );

    [Fact]
    public void Business_days_are_those_that_NodaTime_counts() =>
        Gen.Select(CalendarSample.Any, Gen.Int[1, 9])
            .Sample(
                (sample, days) =>
                {
                    var zone = Zones.Judge(sample.Zone);
                    var local = Instant.FromDateTimeOffset(sample.At).InZone(zone).LocalDateTime;
                    var date = Enumerable.Range(1, 200).Select(local.Date.PlusDays).Where(day => IsBusinessDay(sample, zone, day)).ElementAtOrDefault(days - 1);
                    if (date != default)
                    {
                        var expected = date.At(local.TimeOfDay).InZone(zone, NodaTime.TimeZones.Resolvers.LenientResolver).ToDateTimeOffset();
                        Assert.Equal(expected, sample.Compile().AddDays(sample.At, days));
                    }
                },
                iter: 1000
            );

    private static bool IsBusinessDay(CalendarSample sample, DateTimeZone zone, LocalDate day) =>
        sample.On(day.ToDateOnly()).Length > 0 && zone.MapLocal(day.At(NodaTime.LocalTime.Noon)).Count > 0;

    private static bool IsOpenOnTheWall(CalendarSample sample, DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        var minute = (local.Hour * 60) + local.Minute;
        return sample.On(DateOnly.FromDateTime(local)).Any(interval => interval.From <= minute && minute < interval.To);
    }

    private static IEnumerable<DateOnly> Days(CalendarSample sample) =>
        Enumerable.Range(-2, 14).Select(day => DateOnly.FromDateTime(sample.At.UtcDateTime).AddDays(day));

    // In the midst of a skipped or repeated hour, the convention and the wall may differ; at its beginning, and on skipped dates, they agree.
    private static bool IsPlain(CalendarSample sample, DateOnly date)
    {
        var zone = Zones.Judge(sample.Zone);
        var midnight = LocalDate.FromDateOnly(date).AtMidnight();
        return zone.MapLocal(midnight.PlusHours(12)).Count == 0
            || sample.On(date).SelectMany(interval => new[] { interval.From, interval.To }).All(minute => IsPlain(zone, midnight.PlusMinutes(minute)));
    }

    // Many zones change their clocks at midnight, where both agree; St John's did at 00:01, so that midnight lay in the repeated hour.
    private static bool IsPlain(DateTimeZone zone, LocalDateTime time)
    {
        var count = zone.MapLocal(time).Count;
        return count == 1 || (time.TimeOfDay == NodaTime.LocalTime.Midnight && zone.MapLocal(time.PlusMinutes(-1)).Count != count);
    }
}
