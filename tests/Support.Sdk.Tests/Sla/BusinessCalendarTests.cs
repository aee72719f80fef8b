using Support.Sdk.Sla;
using Xunit;

namespace Support.Sdk.Tests.Sla;

public sealed class BusinessCalendarTests
{
    private static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");
    private static readonly BusinessCalendar Default = new(new BusinessHours(), TimeZoneInfo.Utc);
    private static readonly BusinessCalendar NextOpening = new(new BusinessHours { ExactFit = ExactFit.NextOpening }, TimeZoneInfo.Utc);

    [Fact]
    public void Without_settings_it_is_open_from_Monday_to_Friday_from_nine_to_five()
    {
        Assert.Equal(TimeSpan.FromHours(40), Default.Measure(Given.Day(2), Given.Day(9)));
        Assert.True(Default.IsOpen(Given.Day(2, 9)));
        Assert.False(Default.IsOpen(Given.Day(2, 17)));
        Assert.False(Default.IsOpen(Given.Day(7, 12)));
    }

    [Fact]
    public void The_shops_zone_counts_unless_the_hours_name_their_own()
    {
        var shop = new BusinessCalendar(new BusinessHours(), Stockholm);
        var own = new BusinessCalendar(new BusinessHours { TimeZone = "Asia/Tokyo" }, Stockholm);

        Assert.Equal(Given.Day(2, 8), shop.NextOpening(Given.Day(2, 1)));
        Assert.Equal(Given.Day(2, 0), own.NextOpening(Given.Day(1, 12)));
    }

    [Fact]
    public void A_duration_that_fits_exactly_is_due_at_closing_or_at_the_next_opening()
    {
        Assert.Equal(Given.Day(2, 17), Default.Add(Given.Day(2, 9), TimeSpan.FromHours(8)));
        Assert.Equal(Given.Day(3, 9), NextOpening.Add(Given.Day(2, 9), TimeSpan.FromHours(8)));
    }

    [Fact]
    public void Counted_backward_an_exact_fit_begins_at_opening_or_at_the_closing_before()
    {
        Assert.Equal(Given.Day(3, 9), Default.Subtract(Given.Day(3, 17), TimeSpan.FromHours(8)));
        Assert.Equal(Given.Day(2, 17), NextOpening.Subtract(Given.Day(3, 17), TimeSpan.FromHours(8)));
    }

    [Fact]
    public void What_fits_exactly_before_a_pause_ends_there_or_goes_on_behind_it()
    {
        Pause[] lunch = [new(Given.Day(2, 12), Given.Day(2, 13))];

        Assert.Equal(Given.Day(2, 12), Default.Add(Given.Day(2, 9), TimeSpan.FromHours(3), lunch));
        Assert.Equal(Given.Day(2, 13), NextOpening.Add(Given.Day(2, 9), TimeSpan.FromHours(3), lunch));
    }

    [Fact]
    public void Zero_is_due_at_the_first_open_moment()
    {
        Assert.Equal(Given.Day(9, 9), Default.Add(Given.Day(6, 17), TimeSpan.Zero));
        Assert.Equal(Given.Day(6, 16, 59), Default.Add(Given.Day(6, 16, 59), TimeSpan.Zero));
        Assert.Equal(Given.Day(6, 17), Default.Subtract(Given.Day(9, 9), TimeSpan.Zero));
    }

    [Fact]
    public void Zero_in_a_pause_is_due_when_the_pause_ends() =>
        Assert.Equal(Given.Day(2, 13), Default.Add(Given.Day(2, 12), TimeSpan.Zero, [new Pause(Given.Day(2, 11), Given.Day(2, 13))]));

    [Fact]
    public void Nothing_is_rounded()
    {
        var start = Given.Day(6, 16, 59).AddTicks(1);

        Assert.Equal(Given.Day(9, 9).AddTicks(2), Default.Add(start, TimeSpan.FromMinutes(1) + TimeSpan.FromTicks(1)));
        Assert.Equal(TimeSpan.FromTicks(3), Default.Measure(Given.Day(2, 10), Given.Day(2, 10).AddTicks(3)));
    }

    [Fact]
    public void Between_reversed_moments_open_time_is_negative() => Assert.Equal(TimeSpan.FromHours(-2), Default.Measure(Given.Day(3, 10), Given.Day(2, 16)));

    [Fact]
    public void Negative_open_time_is_refused_with_the_method_to_call()
    {
        Assert.Contains(
            "Subtract",
            Assert.Throws<ArgumentOutOfRangeException>(() => Default.Add(Given.Day(2), TimeSpan.FromTicks(-1))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Add",
            Assert.Throws<ArgumentOutOfRangeException>(() => Default.Subtract(Given.Day(2), TimeSpan.FromTicks(-1))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_pause_that_ends_before_it_begins_is_refused() =>
        Assert.Throws<ArgumentException>(() => Default.Add(Given.Day(2), TimeSpan.Zero, [new Pause(Given.Day(3), Given.Day(2))]));

    [Fact]
    public void A_special_day_wins_over_its_week_and_over_a_holiday_and_a_year_over_every_year()
    {
        var calendar = new BusinessCalendar(
            new BusinessHours
            {
                Holidays = ["--12-24", "2026-12-25", "12-26"],
                SpecialDays = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["--12-24"] = "09:00-12:00",
                    ["2027-12-24"] = "closed",
                    ["2026-12-25"] = "10:00-11:00, 12:00-12:30",
                    ["2026-12-19"] = "09:00-10:00",
                },
            },
            TimeZoneInfo.Utc
        );

        Assert.Equal(3, HoursOn(calendar, new DateOnly(2026, 12, 24)));
        Assert.Equal(0, HoursOn(calendar, new DateOnly(2027, 12, 24)));
        Assert.Equal(1.5, HoursOn(calendar, new DateOnly(2026, 12, 25)));
        Assert.Equal(8, HoursOn(calendar, new DateOnly(2028, 12, 25)));
        Assert.Equal(0, HoursOn(calendar, new DateOnly(2028, 12, 26)));
        Assert.Equal(1, HoursOn(calendar, new DateOnly(2026, 12, 19)));
    }

    [Fact]
    public void A_yearly_holiday_on_29_February_closes_leap_days_only()
    {
        var calendar = new BusinessCalendar(new BusinessHours { Holidays = ["--02-29"] }, TimeZoneInfo.Utc);

        Assert.Equal(0, HoursOn(calendar, new DateOnly(2028, 2, 29)));
        Assert.Equal(8, HoursOn(calendar, new DateOnly(2027, 3, 1)));
    }

    [Fact]
    public void Open_all_day_loses_nothing_at_midnight()
    {
        var week = Enum.GetValues<DayOfWeek>().ToDictionary(day => day, _ => "00:00-24:00");
        var calendar = new BusinessCalendar(new BusinessHours { Week = week, ExactFit = ExactFit.NextOpening }, Stockholm);

        Assert.Equal(Given.Day(2).AddDays(900).AddTicks(1), calendar.Add(Given.Day(2), TimeSpan.FromDays(900) + TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void A_day_of_a_clock_change_is_as_long_as_it_is()
    {
        var sunday = new Dictionary<DayOfWeek, string> { [DayOfWeek.Sunday] = "00:00-24:00" };
        var calendar = new BusinessCalendar(new BusinessHours { Week = sunday }, Stockholm);

        Assert.Equal(23, HoursOn(calendar, new DateOnly(2026, 3, 29), Stockholm));
        Assert.Equal(25, HoursOn(calendar, new DateOnly(2026, 10, 25), Stockholm));
    }

    [Fact]
    public void A_midnight_that_is_repeated_is_the_earlier()
    {
        // St John's set its clocks back from 00:01 to 23:01 of the day before.
        var saturday = new Dictionary<DayOfWeek, string> { [DayOfWeek.Saturday] = "22:00-24:00" };
        var calendar = new BusinessCalendar(new BusinessHours { TimeZone = "America/St_Johns", Week = saturday }, TimeZoneInfo.Utc);

        Assert.Equal(
            new DateTimeOffset(2009, 11, 1, 0, 0, 0, TimeSpan.FromHours(-2.5)),
            calendar.Add(new DateTimeOffset(2009, 10, 31, 12, 0, 0, TimeSpan.FromHours(-2.5)), TimeSpan.FromHours(2))
        );
    }

    [Fact]
    public void A_date_that_its_zone_skipped_has_no_hours_and_is_no_business_day()
    {
        // Samoa had no 2011-12-30, a Friday.
        var calendar = new BusinessCalendar(new BusinessHours { TimeZone = "Pacific/Apia" }, TimeZoneInfo.Utc);
        var thursday = new DateTimeOffset(2011, 12, 29, 12, 0, 0, TimeSpan.FromHours(-10));

        Assert.Equal(TimeSpan.FromHours(5), calendar.Measure(thursday, new DateTimeOffset(2012, 1, 2, 9, 0, 0, TimeSpan.FromHours(14))));
        Assert.Equal(new DateTimeOffset(2012, 1, 2, 12, 0, 0, TimeSpan.FromHours(14)), calendar.AddDays(thursday, 1));
    }

    [Fact]
    public void Business_days_keep_the_local_time_across_weekends_holidays_and_clock_changes()
    {
        var calendar = new BusinessCalendar(new BusinessHours { Holidays = ["2026-10-27"] }, Stockholm);
        var friday = new DateTimeOffset(2026, 10, 23, 20, 30, 0, TimeSpan.FromHours(2));

        Assert.Equal(new DateTimeOffset(2026, 10, 28, 20, 30, 0, TimeSpan.FromHours(1)), calendar.AddDays(friday, 2));
        Assert.Equal(friday, calendar.AddDays(friday, 0));
    }

    [Fact]
    public void Always_open_is_real_time() => Assert.Equal(Given.Day(7, 4), BusinessCalendar.AlwaysOpen.Add(Given.Day(2), TimeSpan.FromHours(124)));

    [Fact]
    public void There_is_no_search_limit_of_years()
    {
        var days = new Dictionary<string, string>(StringComparer.Ordinal) { ["--02-29"] = "09:00-10:00" };
        var calendar = new BusinessCalendar(new BusinessHours { Week = new Dictionary<DayOfWeek, string>(), SpecialDays = days }, TimeZoneInfo.Utc);

        Assert.Equal(new DateTimeOffset(2048, 2, 29, 9, 30, 0, TimeSpan.Zero), calendar.Add(Given.Day(2), TimeSpan.FromHours(5.5)));
    }

    [Fact]
    public void A_calendar_of_special_days_says_when_they_run_out()
    {
        var days = new Dictionary<string, string>(StringComparer.Ordinal) { ["2026-11-28"] = "10:00-18:00" };
        var calendar = new BusinessCalendar(new BusinessHours { Week = new Dictionary<DayOfWeek, string>(), SpecialDays = days }, TimeZoneInfo.Utc);

        Assert.Equal(Given.Day(28, 18), calendar.Add(Given.Day(2), TimeSpan.FromHours(8)));
        Assert.Throws<InvalidOperationException>(() => calendar.Add(Given.Day(2), TimeSpan.FromHours(9)));
        Assert.Throws<InvalidOperationException>(() => calendar.Subtract(Given.Day(2), TimeSpan.FromHours(1)));
        Assert.Throws<InvalidOperationException>(() => calendar.AddDays(Given.Day(2), 2));
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("Pacific/Honolulu")]
    public void The_ends_of_time_are_answered(string zone)
    {
        var calendar = new BusinessCalendar(new BusinessHours { TimeZone = zone }, TimeZoneInfo.Utc);

        Assert.InRange(calendar.Measure(DateTimeOffset.MinValue, DateTimeOffset.MinValue.AddDays(4)).TotalHours, 24, 32);
        Assert.InRange(calendar.Measure(DateTimeOffset.MaxValue.AddDays(-8), DateTimeOffset.MaxValue).TotalHours, 32, 48);
        Assert.Throws<InvalidOperationException>(() => calendar.Add(DateTimeOffset.MaxValue.AddDays(-1), TimeSpan.MaxValue));
        Assert.Throws<InvalidOperationException>(() => calendar.Subtract(DateTimeOffset.MinValue.AddDays(1), TimeSpan.MaxValue));
        Assert.Throws<InvalidOperationException>(() => calendar.AddDays(DateTimeOffset.MaxValue.AddDays(-9), int.MaxValue));
    }

    [Fact]
    public async Task Many_threads_get_the_same_answers_from_a_new_calendar()
    {
        var calendar = new BusinessCalendar(new BusinessHours(), Stockholm);
        using var begin = new ManualResetEventSlim();
        var asks = Enumerable
            .Range(0, 8)
            .Select(_ =>
                Task.Run(() =>
                {
                    begin.Wait(TestContext.Current.CancellationToken);
                    return Enumerable.Range(0, 20).Select(year => calendar.Add(Given.Day(2).AddYears(year), TimeSpan.FromHours(400))).ToList();
                })
            )
            .ToList();
        begin.Set();

        var answers = await Task.WhenAll(asks);

        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
    }

    private static double HoursOn(BusinessCalendar calendar, DateOnly date, TimeZoneInfo? zone = null)
    {
        var (from, to) = (LocalTime.StartOfDay(date, zone ?? TimeZoneInfo.Utc), LocalTime.StartOfDay(date.AddDays(1), zone ?? TimeZoneInfo.Utc));
        return calendar.Measure(from, to).TotalHours;
    }
}
