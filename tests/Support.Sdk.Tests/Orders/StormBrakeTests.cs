using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Xunit;

namespace Support.Sdk.Tests.Orders;

public sealed class StormBrakeTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    private static ShopView With(int floor, params (int DaysAgo, int Notices)[] days) =>
        Given.Seen(
            Given.Shop with
            {
                StormFloor = floor,
            },
            new ShopState { Shop = "main", DelayNoticesByDay = days.ToDictionary(day => Today.AddDays(-day.DaysAgo), day => day.Notices) }
        );

    [Fact]
    public void A_day_within_the_floor_is_never_a_storm() => Assert.False(StormBrake.IsStorm(With(100), Today, 100));

    [Fact]
    public void The_first_day_of_a_shop_is_a_storm_above_the_floor() => Assert.True(StormBrake.IsStorm(With(100), Today, 101));

    [Fact]
    public void A_shop_with_many_notices_a_day_has_a_storm_above_five_times_its_average()
    {
        var shop = With(100, [.. Enumerable.Range(1, 28).Select(day => (day, 40))]);

        Assert.False(StormBrake.IsStorm(shop, Today, 200));
        Assert.True(StormBrake.IsStorm(shop, Today, 201));
    }

    [Fact]
    public void A_young_shop_is_measured_by_the_days_that_it_has()
    {
        var shop = With(10, (1, 40), (2, 40));

        Assert.False(StormBrake.IsStorm(shop, Today, 200));
        Assert.True(StormBrake.IsStorm(shop, Today, 201));
    }

    [Fact]
    public void Today_does_not_raise_its_own_average() => Assert.True(StormBrake.IsStorm(With(10, (0, 500), (1, 1)), Today, 501));
}
