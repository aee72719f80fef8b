using CsCheck;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Xunit;

namespace Support.Sdk.Tests.Orders;

public sealed class OrderObserverTests
{
    [Fact]
    public void An_older_snapshot_changes_nothing()
    {
        var order = Given.Order(Given.Snapshot(readAt: Given.Day(6)) with { UpdatedAt = Given.Day(5), ShippingMethod = "express" });

        var later = Given.Observe(
            order,
            Given.Snapshot(readAt: Given.Day(6)) with
            {
                UpdatedAt = Given.Day(4),
                ShippingMethod = "standard",
                Shipments = [Given.Parcel()],
            }
        );

        Assert.Equal("express", later.Snapshot!.ShippingMethod);
        Assert.Empty(later.Snapshot.Shipments);
    }

    [Fact]
    public void An_equal_stamp_with_other_content_is_applied()
    {
        var order = Given.Order(Given.Snapshot() with { ShippingMethod = "express" });

        var later = Given.Observe(order, Given.Snapshot() with { ShippingMethod = "standard" });

        Assert.Equal("standard", later.Snapshot!.ShippingMethod);
    }

    [Fact]
    public void Of_equal_stamps_the_later_reading_wins()
    {
        var order = Given.Order(Given.Snapshot(readAt: Given.Day(5)) with { ShippingMethod = "express" });

        var later = Given.Observe(order, Given.Snapshot(readAt: Given.Day(4)) with { ShippingMethod = "standard" });

        Assert.Equal("express", later.Snapshot!.ShippingMethod);
    }

    [Fact]
    public void A_stamp_from_the_future_does_not_shut_out_later_snapshots()
    {
        var order = Given.Order(Given.Snapshot() with { UpdatedAt = Given.Monday.AddYears(10) });

        var later = Given.Observe(order, Given.Snapshot(readAt: Given.Day(5)) with { UpdatedAt = Given.Day(5), ShippingMethod = "standard" });

        Assert.Equal("standard", later.Snapshot!.ShippingMethod);
    }

    [Fact]
    public void A_late_event_never_takes_an_arrival_back()
    {
        var order = Given.Order(Given.Snapshot() with { Shipments = [Given.Parcel(shippedAt: Given.Day(3), deliveredAt: Given.Day(5))] });

        var later = Given.Observe(
            order,
            new ShipmentTracked { Key = order.Key, Shipment = Given.Parcel(scans: Given.Scan(TrackingStatus.InTransit, Given.Day(4))) }
        );

        Assert.Equal(Given.Day(5), Assert.Single(later.Snapshot!.Shipments).DeliveredAt);
    }

    [Fact]
    public void A_second_parcel_never_overwrites_the_first()
    {
        var order = Given.Order(Given.Snapshot() with { Shipments = [Given.Parcel("A", Given.Day(3))] });

        var later = Given.Observe(order, Given.Snapshot() with { UpdatedAt = Given.Day(4), Shipments = [Given.Parcel("B", Given.Day(4))] });

        Assert.Equal(["A", "B"], later.Snapshot!.Shipments.Select(parcel => parcel.Id));
    }

    [Fact]
    public void Scans_that_arrive_before_the_order_wait_for_it()
    {
        var key = new OrderKey("main", "1001");
        var early = Given.Observe(null, new ShipmentTracked { Key = key, Shipment = Given.Parcel(shippedAt: Given.Day(3)) });

        var order = Given.Observe(early, Given.Snapshot());

        Assert.Null(early.Snapshot);
        Assert.Equal(Given.Day(3), Assert.Single(order.Snapshot!.Shipments).ShippedAt);
    }

    [Fact]
    public void The_facts_of_a_parcel_are_the_same_in_whatever_order_its_scans_arrive()
    {
        TrackingEvent[] scans =
        [
            Given.Scan(TrackingStatus.PickedUp, Given.Day(3)),
            Given.Scan(TrackingStatus.InTransit, Given.Day(4)),
            Given.Scan(TrackingStatus.Delayed, Given.Day(5)),
            Given.Scan(TrackingStatus.OutForDelivery, Given.Day(6)),
            Given.Scan(TrackingStatus.Delivered, Given.Day(6, 12)),
        ];
        var expected = Facts(scans);

        Gen.Shuffle(scans).Sample(shuffled => Assert.Equal(expected, Facts(shuffled)));

        static string Facts(TrackingEvent[] scans)
        {
            var order = scans.Aggregate(
                Given.Order(),
                (order, scan) => Given.Observe(order, new ShipmentTracked { Key = order.Key, Shipment = Given.Parcel(scans: scan) })
            );
            return SupportJson.Write(order);
        }
    }

    [Fact]
    public void A_hint_asks_for_a_refresh_that_only_a_later_reading_satisfies()
    {
        var order = Given.Observe(Given.Order(), new OrderChanged { Key = new OrderKey("main", "1001"), At = Given.Day(3) }, at: Given.Day(3));

        var stale = Given.Observe(order, Given.Snapshot(readAt: Given.Day(2)), at: Given.Day(3));
        var fresh = Given.Observe(order, Given.Snapshot(readAt: Given.Day(3)), at: Given.Day(3));

        Assert.Equal(Given.Day(3), order.RefreshAt);
        Assert.Equal(Given.Day(3), stale.RefreshAt);
        Assert.Null(fresh.RefreshAt);
    }

    [Fact]
    public void An_older_answer_of_the_source_still_counts_as_asked()
    {
        var order = Given.Order(Given.Snapshot() with { UpdatedAt = Given.Day(5), ReadAt = Given.Day(5) });

        var asked = Given.Observe(order, Given.Snapshot(readAt: Given.Day(6)) with { UpdatedAt = Given.Day(4) });

        Assert.Equal(Given.Day(6), asked.Snapshot!.ReadAt);
    }

    [Fact]
    public void Every_promise_is_kept_the_first_one_first()
    {
        var moved = new PromiseWindow { DeliverBy = PromiseDate.On(new DateOnly(2026, 11, 20)) };

        var order = Given.Observe(Given.Order(), Given.Snapshot() with { UpdatedAt = Given.Day(3), Promise = moved });

        Assert.Equal([Given.Snapshot().Promise!, moved], order.Promises);
    }

    [Fact]
    public void An_order_without_a_promise_gets_the_one_of_the_first_policy_that_fits()
    {
        var shop = Given.Seen(
            Given.Shop with
            {
                TimeZone = "Asia/Tokyo",
                PromisePolicies =
                [
                    new PromisePolicy { ShippingMethod = "express", DeliverWithinDays = 1 },
                    new PromisePolicy { DestinationCountry = "NO", DeliverWithinDays = 9 },
                    new PromisePolicy { ShipWithinDays = 1, DeliverWithinDays = 4 },
                ],
            }
        );
        // In Tokyo it is already Tuesday the 3rd.
        var placed = Given.Snapshot() with
        {
            PlacedAt = Given.Day(2, 20),
            Promise = null,
            ShippingMethod = "Standard",
        };

        var promise = Assert.Single(Given.Order(placed, shop).Promises);

        Assert.Equal(PromiseDate.On(new DateOnly(2026, 11, 7), "Asia/Tokyo", PromiseSource.Policy), promise.DeliverBy);
        Assert.Equal(PromiseDate.On(new DateOnly(2026, 11, 4), "Asia/Tokyo", PromiseSource.Policy), promise.ShipBy);
        Assert.Equal(new DateOnly(2026, 11, 4), Assert.Single(Given.Order(placed with { ShippingMethod = "EXPRESS" }, shop).Promises).DeliverBy!.Date);
    }

    [Fact]
    public void A_policy_counts_from_the_payment_where_that_came_later()
    {
        var shop = Given.Seen(Given.Shop with { PromisePolicies = [new PromisePolicy { ShipWithinDays = 1 }] });
        var order = Given.Snapshot() with { PlacedAt = Given.Day(2), PaidAt = Given.Day(9), Promise = null };

        var promise = Assert.Single(Given.Order(order, shop).Promises);

        Assert.Equal(new DateOnly(2026, 11, 10), promise.ShipBy!.Date);
    }

    [Fact]
    public void A_policy_promises_nothing_while_the_shop_waits_to_be_paid()
    {
        var shop = Given.Seen(Given.Shop with { PromisePolicies = [new PromisePolicy { ShipWithinDays = 1 }] });
        var unpaid = Given.Snapshot() with { PlacedAt = Given.Day(2), Promise = null, AwaitsPayment = true };

        var order = Given.Order(unpaid, shop);
        var paid = Given.Observe(order, unpaid with { AwaitsPayment = false, PaidAt = Given.Day(9), UpdatedAt = Given.Day(9), ReadAt = Given.Day(9) }, shop);

        Assert.Empty(order.Promises);
        Assert.Equal(new DateOnly(2026, 11, 10), Assert.Single(paid.Promises).ShipBy!.Date);
    }

    [Fact]
    public void A_policy_for_shipping_takes_the_days_of_the_chosen_way()
    {
        var shop = Given.Seen(Given.Shop with { PromisePolicies = [new PromisePolicy { ShipWithinDays = 1 }] });
        var order = Given.Snapshot() with { PlacedAt = Given.Day(2), Promise = null, TransitDays = 5 };

        var promise = Assert.Single(Given.Order(order, shop).Promises);

        Assert.Equal(new DateOnly(2026, 11, 8), promise.DeliverBy!.Date);
    }

    [Fact]
    public void An_order_without_promise_and_policy_has_none() => Assert.Empty(Given.Order(Given.Snapshot() with { Promise = null }).Promises);

    [Theory]
    [InlineData(OrderStatus.Cancelled)]
    [InlineData(OrderStatus.Completed)]
    public void An_order_that_is_finished_when_first_seen_tells_nothing(OrderStatus status) =>
        Assert.NotNull(Given.Order(Given.Snapshot() with { Status = status }).Muted);

    [Fact]
    public void An_order_that_is_late_when_first_seen_tells_nothing() => Assert.NotNull(Given.Observe(null, Given.Snapshot(), at: Given.PromiseEnds).Muted);

    [Fact]
    public void An_order_promised_before_it_was_placed_tells_nothing()
    {
        var promise = new PromiseWindow { DeliverBy = PromiseDate.On(new DateOnly(2026, 10, 1)) };

        Assert.NotNull(Given.Order(Given.Snapshot() with { Promise = promise }).Muted);
    }
}
