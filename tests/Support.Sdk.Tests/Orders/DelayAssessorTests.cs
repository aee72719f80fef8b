using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Xunit;

namespace Support.Sdk.Tests.Orders;

public sealed class DelayAssessorTests
{
    private static readonly DateTimeOffset AtRisk = Given.PromiseEnds.AddHours(-48);

    private static DelayAssessment Assess(WatchedOrder order, DateTimeOffset now, ShopView? shop = null) =>
        new DelayAssessor().Assess(order, shop ?? Given.View, now);

    private static OrderSnapshot With(params Shipment[] parcels) => Given.Snapshot() with { Shipments = parcels };

    [Fact]
    public void An_order_is_on_track_until_48_hours_before_the_promise_ends_and_at_risk_from_then_on()
    {
        var order = Given.Order();

        Assert.Equal(DelayVerdict.OnTrack, Assess(order, AtRisk.AddTicks(-1)).Verdict);
        Assert.Equal(AtRisk, Assess(order, Given.Monday).NextCheckAt);
        Assert.Equal(DelayVerdict.AtRisk, Assess(order, AtRisk).Verdict);
        Assert.Equal(Given.PromiseEnds, Assess(order, AtRisk).NextCheckAt);
    }

    [Fact]
    public void The_promise_is_missed_at_the_very_instant_that_it_ends()
    {
        var order = Given.Order();

        Assert.Equal(DelayVerdict.AtRisk, Assess(order, Given.PromiseEnds.AddTicks(-1)).Verdict);
        var late = Assess(order, Given.PromiseEnds);
        Assert.Equal(DelayVerdict.Late, late.Verdict);
        Assert.Equal(DelaySignalKind.PromiseMissed, Assert.Single(late.Signals).Kind);
        Assert.Equal(TimeSpan.Zero, late.Lateness);
    }

    [Fact]
    public void A_short_promise_is_at_risk_only_in_its_second_half()
    {
        var tomorrow = new PromiseWindow { DeliverBy = PromiseDate.At(Given.Monday.AddHours(20)) };
        var order = Given.Order(Given.Snapshot() with { Promise = tomorrow });

        Assert.Equal(DelayVerdict.OnTrack, Assess(order, Given.Monday).Verdict);
        Assert.Equal(Given.Monday.AddHours(10), Assess(order, Given.Monday).NextCheckAt);
    }

    [Fact]
    public void An_order_that_is_out_for_delivery_is_not_at_risk()
    {
        var order = Given.Order(With(Given.Parcel(shippedAt: Given.Day(3), scans: Given.Scan(TrackingStatus.OutForDelivery, AtRisk.AddHours(-1)))));

        Assert.Equal(DelayVerdict.OnTrack, Assess(order, AtRisk).Verdict);
    }

    [Fact]
    public void What_cannot_be_observed_is_not_judged()
    {
        var shop = Given.Seen(Given.Shop with { RecordsDeliveries = false });

        Assert.Equal(DelayVerdict.Unknown, Assess(Given.Order(), Given.PromiseEnds.AddDays(1), shop).Verdict);
    }

    [Theory]
    [InlineData(20, 40, true)]
    [InlineData(19, 19, false)]
    [InlineData(20, 41, false)]
    public void Whether_arrivals_are_recorded_is_learned_from_the_shop_s_history(int delivered, int shipped, bool judged)
    {
        var shop = Given.Shop with { RecordsDeliveries = null };
        var state = new ShopState
        {
            Shop = "main",
            Delivered = delivered,
            Shipped = shipped,
        };

        Assert.Equal(judged, Assess(Given.Order(), Given.PromiseEnds, Given.Seen(shop, state)).Signals.Count > 0);
    }

    [Fact]
    public void A_missed_shipping_date_is_a_signal_until_everything_is_shipped()
    {
        var promise = new PromiseWindow { ShipBy = PromiseDate.On(new DateOnly(2026, 11, 4)) };
        var waiting = Given.Order(Given.Snapshot() with { Promise = promise });
        var shipped = Given.Order(With(Given.Parcel(shippedAt: Given.Day(4, 12))) with { Promise = promise });

        Assert.Equal(Given.Day(5), Assess(waiting, Given.Monday).NextCheckAt);
        Assert.Equal(DelaySignalKind.ShipByMissed, Assert.Single(Assess(waiting, Given.Day(5)).Signals).Kind);
        Assert.Empty(Assess(shipped, Given.Day(5)).Signals);
    }

    [Fact]
    public void A_part_that_is_not_shipped_still_misses_the_shipping_date()
    {
        var item = new OrderItem { Name = "Mug" };
        var order = Given.Order(
            Given.Snapshot() with
            {
                Promise = new PromiseWindow { ShipBy = PromiseDate.On(new DateOnly(2026, 11, 4)) },
                Items = [item with { Quantity = 2 }],
                Shipments = [Given.Parcel(shippedAt: Given.Day(3)) with { Items = [item] }],
            }
        );

        Assert.Equal(DelaySignalKind.ShipByMissed, Assert.Single(Assess(order, Given.Day(5)).Signals).Kind);
    }

    [Fact]
    public void The_carrier_s_word_is_a_signal_with_the_carrier_s_reason()
    {
        var order = Given.Order(With(Given.Parcel(shippedAt: Given.Day(3), scans: Given.Scan(TrackingStatus.Delayed, Given.Day(5), "Snow on the E4"))));

        var signal = Assert.Single(Assess(order, Given.Day(5)).Signals);

        Assert.Equal(DelaySignalKind.CarrierDelay, signal.Kind);
        Assert.Equal("Snow on the E4", signal.Cause);
        Assert.Equal("1", signal.ShipmentId);
    }

    [Fact]
    public void A_later_scan_takes_the_carrier_s_word_back()
    {
        var order = Given.Order(
            With(
                Given.Parcel(
                    shippedAt: Given.Day(3),
                    scans: [Given.Scan(TrackingStatus.Delayed, Given.Day(5)), Given.Scan(TrackingStatus.InTransit, Given.Day(6))]
                )
            )
        );

        Assert.Empty(Assess(order, Given.Day(7)).Signals);
    }

    [Fact]
    public void An_expected_arrival_after_the_promise_is_a_signal_and_the_new_date()
    {
        var order = Given.Order(With(Given.Parcel(shippedAt: Given.Day(3)) with { EstimatedArrival = Given.Day(16, 12) }));

        var assessment = Assess(order, Given.Day(5));

        Assert.Equal(DelaySignalKind.CarrierDelay, Assert.Single(assessment.Signals).Kind);
        Assert.Equal(PromiseDate.On(new DateOnly(2026, 11, 16), "UTC", PromiseSource.Carrier), assessment.NewDate);
    }

    [Fact]
    public void Signals_come_the_gravest_first()
    {
        var order = Given.Order(With(Given.Parcel(shippedAt: Given.Day(3), scans: Given.Scan(TrackingStatus.Delayed, Given.Day(5)))));

        Assert.Equal(
            [DelaySignalKind.PromiseMissed, DelaySignalKind.CarrierDelay, DelaySignalKind.Stalled],
            Assess(order, Given.PromiseEnds).Signals.Select(signal => signal.Kind)
        );
    }

    [Fact]
    public void A_fact_dated_in_the_future_counts_from_that_moment_on()
    {
        var order = Given.Order(With(Given.Parcel(shippedAt: Given.Day(3), deliveredAt: Given.Day(6))));

        Assert.Equal(DelayVerdict.OnTrack, Assess(order, Given.Day(5)).Verdict);
        Assert.Equal(Given.Day(6), Assess(order, Given.Day(5)).NextCheckAt);
        Assert.Equal(DelayVerdict.Finished, Assess(order, Given.Day(6)).Verdict);
    }

    [Fact]
    public void An_order_is_finished_only_when_every_parcel_has_arrived()
    {
        var one = Given.Order(With(Given.Parcel("A", Given.Day(3), Given.Day(5)), Given.Parcel("B", Given.Day(3))));

        Assert.Equal(DelayVerdict.OnTrack, Assess(one, Given.Day(6)).Verdict);
    }

    [Fact]
    public void A_voided_label_is_no_parcel()
    {
        var order = Given.Order(
            With(Given.Parcel("A", Given.Day(3), Given.Day(5)), Given.Parcel("B", scans: Given.Scan(TrackingStatus.Cancelled, Given.Day(3))))
        );

        Assert.Equal(DelayVerdict.Finished, Assess(order, Given.Day(6)).Verdict);
    }

    [Fact]
    public void An_order_without_a_promise_cannot_be_judged()
    {
        var assessment = Assess(Given.Order(Given.Snapshot() with { Promise = null }), Given.Day(20));

        Assert.Equal(DelayVerdict.Unknown, assessment.Verdict);
        Assert.Equal(Given.Monday.AddDays(30), assessment.NextCheckAt);
    }

    [Fact]
    public void A_promise_that_the_source_moves_is_the_new_date_and_the_first_one_still_counts()
    {
        var moved = new PromiseWindow { DeliverBy = PromiseDate.On(new DateOnly(2026, 11, 20)) };
        var order = Given.Observe(Given.Order(), Given.Snapshot() with { UpdatedAt = Given.Day(3), Promise = moved });

        var assessment = Assess(order, AtRisk);

        Assert.Equal(DelayVerdict.AtRisk, assessment.Verdict);
        Assert.Equal(moved.DeliverBy, assessment.NewDate);
    }
}
