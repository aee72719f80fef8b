using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Xunit;

namespace Support.Sdk.Tests.Deliveries;

public sealed class DeliveryIdsTests
{
    private static readonly DeliveryIds Ids = new([.. Enumerable.Range(0, 32).Select(value => (byte)value)]);

    [Fact]
    public void The_same_decision_has_the_same_id() =>
        Assert.Equal(Ids.Create(new("main", "1"), "order-delayed", "customer", 0), Ids.Create(new("main", "1"), "order-delayed", "customer", 0));

    [Fact]
    public void Parts_that_read_alike_when_joined_have_different_ids() =>
        Assert.NotEqual(Ids.Create(new("a", "bc"), "x", "customer", 0), Ids.Create(new("ab", "c"), "x", "customer", 0));

    [Fact]
    public void Another_attempt_another_order_and_another_occasion_have_ids_of_their_own()
    {
        string[] ids =
        [
            Ids.Create(new("main", "1"), "order-delayed", "customer", 0),
            Ids.Create(new("main", "1"), "order-delayed", "customer", 1),
            Ids.Create(new("main", "1"), "order-delayed/2", "customer", 0),
            Ids.Create(new("main", "2"), "order-delayed", "customer", 0),
            Ids.Create(new("other", "1"), "order-delayed", "customer", 0),
            Ids.Create(new("main", "1"), "order-delayed", "shop", 0),
        ];

        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Another_installation_has_other_ids() =>
        Assert.NotEqual(
            Ids.Create(new("main", "1"), "order-delayed", "customer", 0),
            new DeliveryIds(new byte[32]).Create(new("main", "1"), "order-delayed", "customer", 0)
        );

    [Fact]
    public void An_occasion_is_kind_parcel_and_number()
    {
        Assert.Equal("order-at-risk", new Occasion(NoticeKinds.OrderAtRisk).ToString());
        Assert.Equal("order-delayed/2", new Occasion(NoticeKinds.OrderDelayed, Number: 2).ToString());
        Assert.Equal("order-shipped/a%2Fb%20c/3", new Occasion(NoticeKinds.OrderShipped, "a/b c", 3).ToString());
    }

    [Theory]
    [InlineData(1, 15, 30)]
    [InlineData(3, 60, 120)]
    [InlineData(8, 1800, 3600)]
    public void A_pause_doubles_and_spreads_by_half(int attempts, int atLeast, int atMost) =>
        Assert.InRange(RetrySchedule.Pause("some-id", attempts, asked: null).TotalSeconds, atLeast, atMost);

    [Fact]
    public void A_provider_that_asks_for_more_patience_gets_it() =>
        Assert.Equal(TimeSpan.FromHours(2), RetrySchedule.Pause("some-id", 1, TimeSpan.FromHours(2)));
}
