using CsCheck;
using NodaTime;
using NodaTime.TimeZones;
using Support.Sdk.Orders;
using Xunit;

namespace Support.Sdk.Tests.Orders;

public sealed class PromiseDateTests
{
    private static readonly string[] Zones =
    [
        "Europe/Stockholm",
        "America/New_York",
        "America/Sao_Paulo",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Africa/Casablanca",
        "Asia/Beirut",
        "America/Havana",
        "UTC",
    ];

    [Fact]
    public void A_date_ends_at_the_next_midnight_of_its_zone()
    {
        var promise = PromiseDate.On(new DateOnly(2026, 12, 1), "Europe/Stockholm");

        Assert.Equal(new DateTimeOffset(2026, 12, 1, 23, 0, 0, TimeSpan.Zero), promise.EndsAt(TimeZoneInfo.Utc));
    }

    [Fact]
    public void A_date_without_a_zone_is_of_the_shop() =>
        Assert.Equal(
            new DateTimeOffset(2026, 12, 1, 23, 0, 0, TimeSpan.Zero),
            PromiseDate.On(new DateOnly(2026, 12, 1)).EndsAt(TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm"))
        );

    [Fact]
    public void A_moment_ends_at_itself() => Assert.Equal(Given.Monday, PromiseDate.At(Given.Monday).EndsAt(TimeZoneInfo.Utc));

    [Fact]
    public void A_promise_of_nothing_says_how_to_make_one()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new PromiseDate().EndsAt(TimeZoneInfo.Utc));

        Assert.Contains("PromiseDate.On", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_date_there_is_ends_without_overflow() =>
        Assert.Equal(DateTimeOffset.MaxValue, PromiseDate.On(DateOnly.MaxValue).EndsAt(TimeZoneInfo.Utc));

    [Fact]
    public void A_midnight_that_is_skipped_moves_forward_by_the_gap()
    {
        // Sao Paulo skipped 2018-11-04 00:00.
        var end = PromiseDate.On(new DateOnly(2018, 11, 3), "America/Sao_Paulo").EndsAt(TimeZoneInfo.Utc);

        Assert.Equal(new DateTimeOffset(2018, 11, 4, 3, 0, 0, TimeSpan.Zero), end);
    }

    [Fact]
    public void A_midnight_that_occurs_twice_is_the_first()
    {
        // Havana set its clocks back at 01:00 on 2018-11-04, so that midnight came twice.
        var end = PromiseDate.On(new DateOnly(2018, 11, 3), "America/Havana").EndsAt(TimeZoneInfo.Utc);

        Assert.Equal(new DateTimeOffset(2018, 11, 4, 4, 0, 0, TimeSpan.Zero), end);
    }

    [Fact]
    public void Every_midnight_is_what_NodaTime_says()
    {
        var dates = Gen.Int[0, 14_000].Select(days => new DateOnly(2000, 1, 1).AddDays(days));

        Gen.Select(dates, Gen.Int[0, Zones.Length - 1].Select(index => Zones[index]))
            .Sample(
                (date, zone) =>
                {
                    var ours = PromiseDate.On(date, zone).EndsAt(TimeZoneInfo.Utc);
                    var next = LocalDate.FromDateOnly(date).PlusDays(1).AtMidnight();
                    // The same data, so that only the arithmetic is compared.
                    var judge = BclDateTimeZone.FromTimeZoneInfo(TimeZoneInfo.FindSystemTimeZoneById(zone));
                    Assert.Equal(next.InZone(judge, Resolvers.LenientResolver).ToInstant().ToDateTimeOffset(), ours.ToUniversalTime());
                },
                iter: 20_000
            );
    }
}
