using Support.Sdk.Sla;
using Xunit;

namespace Support.Sdk.Tests.Sla;

public sealed class ImpossibleCalendarTests
{
    [Theory]
    [InlineData("25:00-17:00", "no interval")]
    [InlineData("09:00-18:60", "no interval")]
    [InlineData("09:00-24:01", "no interval")]
    [InlineData("09:00", "no interval")]
    [InlineData("09:00-12:00-13:00", "no interval")]
    [InlineData("nine to five", "no interval")]
    [InlineData("09:00-12:00,", "no interval")]
    [InlineData("-01:00-12:00", "no interval")]
    [InlineData("17:00-09:00", "24:00 for the end of the day")]
    [InlineData("09:00-00:00", "24:00 for the end of the day")]
    [InlineData("09:00-09:00", "does not end after it begins")]
    [InlineData("09:00-12:00, 11:59-13:00", "overlap")]
    [InlineData("13:00-17:00, 09:00-13:01", "overlap")]
    public void Hours_of_a_day_that_cannot_be_are_refused_with_the_day_and_the_reason(string text, string reason)
    {
        var fault = Fault(new BusinessHours { Week = new Dictionary<DayOfWeek, string> { [DayOfWeek.Tuesday] = text } });

        Assert.Contains("Week:Tuesday", fault, StringComparison.Ordinal);
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-02-29")]
    [InlineData("--02-30")]
    [InlineData("13-01")]
    [InlineData("24/12/2026")]
    [InlineData("")]
    public void A_holiday_that_is_no_date_is_refused(string date) =>
        Assert.Contains($"Holidays names '{date}'", Fault(new BusinessHours { Holidays = [date] }), StringComparison.Ordinal);

    [Fact]
    public void A_special_day_that_is_no_date_or_is_named_twice_is_refused()
    {
        var fault = Fault(Special(("tomorrow", "closed"), ("--12-24", "closed"), ("12-24", "09:00-12:00"), ("2026-12-23", "9")));

        Assert.Contains("SpecialDays names 'tomorrow'", fault, StringComparison.Ordinal);
        Assert.Contains("'12-24' twice", fault, StringComparison.Ordinal);
        Assert.Contains("SpecialDays:2026-12-23", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zone_that_is_not_known_is_refused() =>
        Assert.Contains("IANA", Fault(new BusinessHours { TimeZone = "Europe/Atlantis" }), StringComparison.Ordinal);

    [Fact]
    public void A_convention_that_is_not_known_is_refused() =>
        Assert.Contains("ExactFit", Fault(new BusinessHours { ExactFit = (ExactFit)7 }), StringComparison.Ordinal);

    [Fact]
    public void A_shop_that_never_opens_is_refused()
    {
        var always = Enumerable.Range(0, 366).Select(day => $"--{new DateOnly(2000, 1, 1).AddDays(day):MM-dd}").ToList();

        Assert.Contains("never open", Fault(Closed), StringComparison.Ordinal);
        Assert.Contains("never open", Fault(new BusinessHours { Holidays = always }), StringComparison.Ordinal);
        Assert.Contains("never open", Fault(Special(("2026-12-24", "closed")) with { Week = Closed.Week }), StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var fault = Fault(new BusinessHours { TimeZone = "Mars", Holidays = ["x", "y"] });

        Assert.Equal(3, fault.Split(Environment.NewLine).Length);
    }

    private static BusinessHours Closed { get; } =
        new()
        {
            Week = new Dictionary<DayOfWeek, string> { [DayOfWeek.Monday] = "closed", [DayOfWeek.Friday] = "" },
        };

    private static BusinessHours Special(params (string Date, string Hours)[] days) =>
        new() { SpecialDays = days.ToDictionary(day => day.Date, day => day.Hours, StringComparer.Ordinal) };

    private static string Fault(BusinessHours hours) => Assert.Throws<ArgumentException>(() => new BusinessCalendar(hours, TimeZoneInfo.Utc)).Message;
}
