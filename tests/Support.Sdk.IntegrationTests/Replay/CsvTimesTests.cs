using System.Globalization;
using DelayReplay.Orders;
using Xunit;

namespace Support.Sdk.IntegrationTests.Replay;

public sealed class CsvTimesTests
{
    private static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    [Theory]
    [InlineData("2026-03-02T09:30:00Z", "2026-03-02T09:30:00Z")]
    [InlineData("2026-03-02T09:30:00+02:00", "2026-03-02T07:30:00Z")]
    [InlineData("2026-03-02T09:30", "2026-03-02T08:30:00Z")]
    [InlineData("2026-03-02 09:30:00", "2026-03-02T08:30:00Z")]
    [InlineData("2026-07-02T09:30:00.25", "2026-07-02T07:30:00.25Z")]
    public void A_time_without_an_offset_is_read_by_the_clock_of_the_shop(string text, string expected)
    {
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), CsvTimes.Time(text, Stockholm));
    }

    [Fact]
    public void A_time_that_the_clock_skips_moves_forward_by_the_gap()
    {
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero), CsvTimes.Time("2026-03-29T02:30:00", Stockholm));
    }

    [Fact]
    public void A_time_that_comes_twice_is_the_first()
    {
        Assert.Equal(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero), CsvTimes.Time("2026-10-25T02:30:00", Stockholm));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-03-02")]
    [InlineData("02.03.2026 09:30")]
    [InlineData("2026-03-02T09:30:00 CET")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("2200-01-01T00:00:00Z")]
    public void Anything_else_is_no_time(string text)
    {
        Assert.Null(CsvTimes.Time(text, Stockholm));
    }
}
