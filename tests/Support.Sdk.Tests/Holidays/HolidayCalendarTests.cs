using System.Text;
using Support.Sdk.Holidays;
using Support.Sdk.Sla;
using Xunit;

namespace Support.Sdk.Tests.Holidays;

public sealed class HolidayCalendarTests
{
    [Fact]
    public async Task A_whole_day_is_a_holiday() =>
        Assert.Equal(["2026-06-19 Midsommarafton"], await Ics.HolidaysAsync("DTSTART;VALUE=DATE:20260619\nDTEND;VALUE=DATE:20260620\nSUMMARY:Midsommarafton"));

    [Fact]
    public async Task Several_days_end_before_the_end() =>
        Assert.Equal(
            ["2026-12-24 Jul", "2026-12-25 Jul", "2026-12-26 Jul"],
            await Ics.HolidaysAsync("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227\nSUMMARY:Jul")
        );

    [Fact]
    public async Task A_duration_may_stand_for_the_end() =>
        Assert.Equal(["2026-05-01 x", "2026-05-02 x"], await Ics.HolidaysAsync("DTSTART;VALUE=DATE:20260501\nDURATION:P2D\nSUMMARY:x"));

    [Fact]
    public async Task Only_the_years_that_were_asked_for_are_read() =>
        Assert.Equal(
            ["2026-01-01 over", "2028-12-31 end"],
            await Ics.HolidaysAsync(
                "DTSTART;VALUE=DATE:20251230\nDTEND;VALUE=DATE:20260102\nSUMMARY:over",
                "DTSTART;VALUE=DATE:20281231\nDTEND;VALUE=DATE:20290103\nSUMMARY:end",
                "DTSTART;VALUE=DATE:20290101\nSUMMARY:after"
            )
        );

    [Fact]
    public async Task A_yearly_entry_is_a_holiday_every_year() =>
        Assert.Equal(
            ["2026-07-04 Independence Day", "2027-07-04 Independence Day", "2028-07-04 Independence Day"],
            await Ics.HolidaysAsync("DTSTART;VALUE=DATE:17760704\nRRULE:FREQ=YEARLY\nSUMMARY:Independence Day")
        );

    [Fact]
    public async Task A_moving_holiday_moves_and_an_excluded_date_is_open() =>
        Assert.Equal(
            ["2026-05-25 Memorial Day", "2028-05-29 Memorial Day"],
            await Ics.HolidaysAsync("DTSTART;VALUE=DATE:20000529\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO\nEXDATE;VALUE=DATE:20270531\nSUMMARY:Memorial Day")
        );

    [Fact]
    public async Task A_rule_that_ends_ends() =>
        Assert.Equal(
            ["2026-03-01 a", "2026-08-01 b", "2026-08-02 b"],
            await Ics.HolidaysAsync(
                "DTSTART;VALUE=DATE:20250301\nRRULE:FREQ=YEARLY;UNTIL=20261231\nSUMMARY:a",
                "DTSTART;VALUE=DATE:20260801\nRRULE:FREQ=DAILY;COUNT=2\nSUMMARY:b"
            )
        );

    [Fact]
    public async Task Listed_dates_are_holidays_too() =>
        Assert.Equal(["2026-01-01 x", "2027-05-06 x"], await Ics.HolidaysAsync("DTSTART;VALUE=DATE:20260101\nRDATE;VALUE=DATE:20270506\nSUMMARY:x"));

    [Fact]
    public async Task Leap_days_are_holidays_in_leap_years() =>
        Assert.Equal(["2028-02-29 x"], await Ics.HolidaysAsync("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY\nSUMMARY:x"));

    [Fact]
    public async Task A_date_of_a_repeating_entry_can_be_cancelled_or_moved() =>
        Assert.Equal(
            ["2026-06-06 Day", "2028-06-05 Day, moved"],
            await Ics.HolidaysAsync(
                "UID:day\nDTSTART;VALUE=DATE:20200606\nRRULE:FREQ=YEARLY\nSUMMARY:Day",
                "UID:day\nRECURRENCE-ID;VALUE=DATE:20270606\nDTSTART;VALUE=DATE:20270606\nSTATUS:CANCELLED\nSUMMARY:Day",
                "UID:day\nRECURRENCE-ID;VALUE=DATE:20280606\nDTSTART;VALUE=DATE:20280605\nSUMMARY:Day\\, moved"
            )
        );

    [Fact]
    public async Task Cancelled_free_and_timed_entries_close_nothing_and_are_named()
    {
        var list = await Ics.ReadAsync(
            Ics.Calendar(
                "DTSTART;VALUE=DATE:20260101\nSTATUS:CANCELLED\nSUMMARY:cancelled",
                "DTSTART;VALUE=DATE:20260102\nTRANSP:TRANSPARENT\nSUMMARY:free",
                "DTSTART:20260103T120000Z\nDTEND:20260103T180000Z\nSUMMARY:half",
                "DTSTART;TZID=Mars/Olympus:20260104T120000\nSUMMARY:elsewhere",
                "DTSTART;VALUE=DATE:20260105\nTRANSP:OPAQUE\nSTATUS:CONFIRMED\nSUMMARY:closed"
            )
        );

        Assert.Equal("closed", Assert.Single(list.Holidays).Title);
        Assert.Equal(["cancelled", "free", "half", "elsewhere"], list.Skipped.Select(entry => entry.Title));
        Assert.All(list.Skipped, entry => Assert.NotEmpty(entry.Reason));
    }

    [Fact]
    public async Task Free_entries_close_when_they_are_included()
    {
        var calendar = Ics.Calendar("DTSTART;VALUE=DATE:20260102\nTRANSP:TRANSPARENT\nSUMMARY:free");

        Assert.Single((await Ics.ReadAsync(calendar, Ics.Years with { IncludeFree = true })).Holidays);
    }

    [Fact]
    public async Task A_date_is_a_holiday_once() =>
        Assert.Equal(["2026-12-25 a"], await Ics.HolidaysAsync("DTSTART;VALUE=DATE:20261225\nSUMMARY:a", "DTSTART;VALUE=DATE:20261225\nSUMMARY:b"));

    [Fact]
    public async Task All_calendars_of_a_file_are_read()
    {
        var two = Ics.Calendar("DTSTART;VALUE=DATE:20260101") + Ics.Calendar("DTSTART;VALUE=DATE:20260106");

        Assert.Equal([new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 6)], (await Ics.ReadAsync(two)).Dates);
    }

    [Fact]
    public async Task A_file_closes_the_shop()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("support-holidays-").FullName, "sweden.ics");
        await File.WriteAllTextAsync(path, Ics.Calendar("DTSTART;VALUE=DATE:20201103\nRRULE:FREQ=YEARLY\nSUMMARY:Åsnans dag"), Encoding.UTF8);

        var list = await HolidayCalendar.ReadFileAsync(path, Ics.Years);

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        Assert.Equal("Åsnans dag", list.Holidays[0].Title);
        var calendar = new BusinessCalendar(new BusinessHours().WithHolidays(list.Dates), TimeZoneInfo.Utc);
        Assert.Equal(Given.Day(4, 9), calendar.NextOpening(Given.Day(2, 17)));
    }
}
