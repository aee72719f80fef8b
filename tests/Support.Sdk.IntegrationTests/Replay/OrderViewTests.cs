using DelayReplay.Orders;
using Support.Sdk.Orders;
using Xunit;

namespace Support.Sdk.IntegrationTests.Replay;

public sealed class OrderViewTests
{
    private static readonly DateTimeOffset Placed = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly OrderRow Row = new()
    {
        Id = "A 1",
        Status = "delivered",
        PlacedAt = Placed,
        PaidAt = Placed.AddHours(1),
        ShippedAt = Placed.AddDays(1),
        DeliveredAt = Placed.AddDays(3),
        PromisedBy = new DateOnly(2026, 3, 9),
        Carrier = "NordPost",
        TrackingNumber = "NP1",
    };

    [Fact]
    public void Nothing_is_known_before_the_first_event()
    {
        Assert.Null(OrderView.At(Row, new Position(Placed.AddTicks(-1), Step.Delivered), "UTC"));
    }

    [Fact]
    public void A_snapshot_never_shows_the_future()
    {
        foreach (var hours in Enumerable.Range(0, 100))
        {
            var now = Placed.AddHours(hours);
            var snapshot = OrderView.At(Row, new Position(now, Step.Delivered), "UTC")!;

            var parcel = snapshot.Shipments.SingleOrDefault();
            var times = new[] { snapshot.PlacedAt, snapshot.PaidAt, snapshot.UpdatedAt, snapshot.ReadAt, parcel?.ShippedAt, parcel?.DeliveredAt };
            Assert.All(times, time => Assert.False(time > now));
            Assert.Equal(now >= Row.PaidAt, snapshot.PaidAt is not null);
            Assert.Equal(now >= Row.ShippedAt, parcel is not null);
            Assert.Equal(now >= Row.DeliveredAt, parcel?.DeliveredAt is not null);
        }
    }

    [Fact]
    public void The_final_status_is_never_shown()
    {
        var row = Row with { Status = "cancelled" };

        var snapshot = OrderView.At(row, new Position(Placed.AddDays(9), Step.Delivered), "UTC")!;

        Assert.Equal(OrderStatus.Open, snapshot.Status);
        Assert.Null(snapshot.RawStatus);
    }

    [Fact]
    public void At_one_moment_the_steps_come_one_by_one()
    {
        var row = Row with { PaidAt = Placed, ShippedAt = Placed, DeliveredAt = Placed };

        var placed = OrderView.Event(row, new Position(Placed, Step.Placed), "UTC");
        var shipped = OrderView.Event(row, new Position(Placed, Step.Shipped), "UTC");

        Assert.Null(placed.PaidAt);
        Assert.Empty(placed.Shipments);
        Assert.Equal(Placed, shipped.PaidAt);
        Assert.Null(Assert.Single(shipped.Shipments).DeliveredAt);
    }

    [Fact]
    public void A_parcel_that_arrives_before_it_was_shipped_is_shown_as_it_was_told()
    {
        var row = Row with { ShippedAt = Placed.AddDays(5) };

        var parcel = Assert.Single(OrderView.At(row, new Position(Placed.AddDays(4), Step.Delivered), "UTC")!.Shipments);

        Assert.Null(parcel.ShippedAt);
        Assert.Equal(row.DeliveredAt, parcel.DeliveredAt);
    }

    [Fact]
    public void A_parcel_before_its_order_says_that_the_order_was_placed_by_then()
    {
        var row = Row with { ShippedAt = Placed.AddDays(-1) };

        var snapshot = OrderView.At(row, new Position(Placed.AddHours(-1), Step.Delivered), "UTC")!;

        Assert.Equal(Placed.AddDays(-1), snapshot.PlacedAt);
    }

    [Fact]
    public void Event_ids_fit_however_long_the_order_id_is()
    {
        var row = Row with { Id = new string('x', 200) };

        var ids = Enum.GetValues<Step>().Select(step => OrderView.Event(row, new Position(Placed.AddDays(9), step), "UTC").EventId!).ToList();

        Assert.All(ids, id => Assert.InRange(id.Length, 1, 200));
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_customer_without_an_address_gets_one_that_nobody_owns()
    {
        var contact = Assert.Single(OrderView.At(Row, new Position(Placed, Step.Placed), "UTC")!.Customer.ContactPoints);

        Assert.Equal("email", contact.Channel);
        Assert.EndsWith("@customers.example", contact.Value, StringComparison.Ordinal);
    }
}
