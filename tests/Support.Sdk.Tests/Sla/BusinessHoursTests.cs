using System.Text;
using Microsoft.Extensions.Configuration;
using Support.Sdk.Sla;
using Xunit;

namespace Support.Sdk.Tests.Sla;

public sealed class BusinessHoursTests
{
    [Fact]
    public void Configuration_says_it_all()
    {
        var hours = Bind(
            """
            {
              "TimeZone": "Europe/Stockholm",
              "Week": { "Monday": "08:30-12:00, 13:00-17:00", "Saturday": "10:00-14:00" },
              "Holidays": [ "2026-11-07", "--12-25" ],
              "SpecialDays": { "2026-11-14": "10:00-11:00", "--12-24": "closed" },
              "ExactFit": "NextOpening"
            }
            """
        );

        Assert.Equal("Europe/Stockholm", hours.TimeZone);
        Assert.Equal(["2026-11-07", "--12-25"], hours.Holidays);
        Assert.Equal("closed", hours.SpecialDays["--12-24"]);
        Assert.Equal(ExactFit.NextOpening, hours.ExactFit);
        Assert.Equal(TimeSpan.FromHours(8.5), new BusinessCalendar(hours, TimeZoneInfo.Utc).Measure(Given.Day(8), Given.Day(15)));
    }

    [Fact]
    public void A_week_that_is_configured_replaces_the_default()
    {
        var calendar = new BusinessCalendar(Bind("""{ "Week": { "Monday": "08:00-10:00" } }"""), TimeZoneInfo.Utc);

        Assert.Equal(TimeSpan.FromHours(2), calendar.Measure(Given.Day(2), Given.Day(9)));
    }

    [Fact]
    public void Nothing_configured_is_the_default()
    {
        var calendar = new BusinessCalendar(Bind("{}"), TimeZoneInfo.Utc);

        Assert.Equal(TimeSpan.FromHours(40), calendar.Measure(Given.Day(2), Given.Day(9)));
    }

    [Fact]
    public void More_holidays_are_added_once_and_the_rest_is_kept()
    {
        var hours = new BusinessHours { TimeZone = "UTC", Holidays = ["2026-12-25"] };

        var more = hours.WithHolidays([new DateOnly(2026, 12, 26), new DateOnly(2026, 12, 25)]);

        Assert.Equal(["2026-12-25", "2026-12-26"], more.Holidays);
        Assert.Equal("UTC", more.TimeZone);
        Assert.Equal(["2026-12-25"], hours.Holidays);
    }

    private static BusinessHours Bind(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "Hours": {{json}} }"""));
        return new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection("Hours").Get<BusinessHours>() ?? new BusinessHours();
    }
}
