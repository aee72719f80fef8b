using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Sla;
using Xunit;
using static Support.Sdk.Orders.DelaySignalKind;
using static Support.Sdk.Orders.TrackingStatus;

namespace Support.Sdk.Tests.Orders;

/// <summary>Monday is 2 November 2026; the promise of the given order ends on the 14th at midnight.</summary>
public sealed class SignalTests
{
    private static readonly ShopView Scanning = Given.Seen(Given.Shop with { RecordsScans = true, Country = "SE" });

    private static DelayAssessment Assess(WatchedOrder order, DateTimeOffset now, ShopView? shop = null) =>
        new DelayAssessor().Assess(order, shop ?? Given.View, now);

    private static IEnumerable<DelaySignalKind> Kinds(WatchedOrder order, DateTimeOffset now, ShopView? shop = null) =>
        Assess(order, now, shop).Signals.Select(signal => signal.Kind);

    private static OrderSnapshot Unpromised => Given.Snapshot() with { Promise = null };

    private static WatchedOrder With(params TrackingEvent[] scans) => Given.Order(Unpromised with { Shipments = [Given.Parcel(scans: scans)] });

    private static WatchedOrder To(string country, params TrackingEvent[] scans) =>
        Given.Order(Unpromised with { DestinationCountry = country, Shipments = [Given.Parcel(scans: scans)] });

    [Fact]
    public void A_label_without_a_scan_is_a_signal_after_three_business_days()
    {
        var friday = Given.Day(6, 16);
        var order = With(Given.Scan(PreTransit, friday));

        Assert.Equal(Given.Day(11, 16), Assess(order, friday).NextCheckAt);
        Assert.Empty(Kinds(order, Given.Day(11, 16).AddTicks(-1)));
        var signal = Assert.Single(Assess(order, Given.Day(11, 16)).Signals);
        Assert.Equal((LabelWithoutScan, "1"), (signal.Kind, signal.ShipmentId));
    }

    [Fact]
    public void A_parcel_without_any_scan_is_judged_only_where_scans_are_recorded()
    {
        var order = Given.Order(Unpromised with { Shipments = [Given.Parcel(shippedAt: Given.Day(3))] });

        Assert.Empty(Kinds(order, Given.Day(10)));
        Assert.Equal([LabelWithoutScan], Kinds(order, Given.Day(10), Scanning));
    }

    [Fact]
    public void A_parcel_without_a_tracking_number_cannot_be_scanned()
    {
        var parcel = Given.Parcel(shippedAt: Given.Day(3)) with { TrackingNumber = null };

        Assert.Empty(Kinds(Given.Order(Unpromised with { Shipments = [parcel] }), Given.Day(10), Scanning));
    }

    [Theory]
    [InlineData("SE", 6)]
    [InlineData("DE", 10)]
    [InlineData("", 10)]
    public void A_parcel_has_stalled_after_three_business_days_at_home_and_five_elsewhere(string country, int day)
    {
        var order = To(country, Given.Scan(PickedUp, Given.Day(2, 12)), Given.Scan(InTransit, Given.Day(3, 12)));

        Assert.Empty(Kinds(order, Given.Day(day, 12).AddTicks(-1), Scanning));
        Assert.Equal([Stalled], Kinds(order, Given.Day(day, 12), Scanning));
    }

    [Fact]
    public void A_scan_that_means_nothing_known_is_still_a_scan()
    {
        var order = To("SE", Given.Scan(InTransit, Given.Day(3, 12)), Given.Scan(Unknown, Given.Day(5, 12)));

        Assert.Empty(Kinds(order, Given.Day(10, 11), Scanning));
        Assert.Equal([Stalled], Kinds(order, Given.Day(10, 12), Scanning));
    }

    [Theory]
    [InlineData(TrackingStatus.Exception, DelaySignalKind.Exception)]
    [InlineData(Failed, DelaySignalKind.Exception)]
    [InlineData(TrackingStatus.Returning, DelaySignalKind.Returning)]
    [InlineData(Returned, DelaySignalKind.Returning)]
    [InlineData(TrackingStatus.AttemptFailed, DelaySignalKind.AttemptFailed)]
    [InlineData(TrackingStatus.AvailableForPickup, DelaySignalKind.AvailableForPickup)]
    [InlineData(Expired, NoNews)]
    public void What_the_carrier_says_holds_at_once_and_silence_after_it_says_nothing_more(TrackingStatus status, DelaySignalKind kind)
    {
        var order = With(Given.Scan(InTransit, Given.Day(3)), Given.Scan(status, Given.Day(4), "Customs"));

        Assert.Empty(Kinds(order, Given.Day(4).AddTicks(-1)));
        var signal = Assert.Single(Assess(order, Given.Day(4)).Signals);
        Assert.Equal((kind, Given.Day(4), "1", "Customs"), (signal.Kind, signal.Since, signal.ShipmentId, signal.Cause));
        Assert.Equal([kind], Kinds(order, Given.Day(20)));
    }

    [Fact]
    public void A_status_that_is_repeated_holds_since_its_first_scan()
    {
        var order = With(Given.Scan(TrackingStatus.AttemptFailed, Given.Day(4)), Given.Scan(TrackingStatus.AttemptFailed, Given.Day(5)));

        Assert.Equal(Given.Day(4), Assert.Single(Assess(order, Given.Day(6)).Signals).Since);
    }

    [Fact]
    public void An_order_that_waits_at_a_pickup_point_is_neither_at_risk_nor_late()
    {
        var scan = Given.Scan(TrackingStatus.AvailableForPickup, Given.Day(12));
        var order = Given.Order(Given.Snapshot() with { Shipments = [Given.Parcel(scans: scan)] });

        Assert.Equal([DelaySignalKind.AvailableForPickup], Kinds(order, Given.PromiseEnds.AddDays(1)));
    }

    [Fact]
    public void The_date_of_a_return_is_no_new_date()
    {
        var scan = Given.Scan(TrackingStatus.Returning, Given.Day(5), eta: Given.Day(20));
        var order = Given.Order(Given.Snapshot() with { Shipments = [Given.Parcel(scans: scan)] });

        Assert.Null(Assess(order, Given.Day(6)).NewDate);
        Assert.Equal([DelaySignalKind.Returning], Kinds(order, Given.Day(6)));
    }

    [Fact]
    public void The_handling_time_counts_business_days_from_payment_and_only_without_a_date_to_ship_by()
    {
        var shop = Given.Seen(Given.Shop with { Signals = [new SignalRule { HandlingDays = 3 }] });
        var order = Given.Order(Unpromised with { PaidAt = Given.Day(5, 12) });
        var promised = Given.Order(Unpromised with { Promise = new PromiseWindow { ShipBy = PromiseDate.On(new DateOnly(2026, 11, 20)) } });

        Assert.Equal(Given.Day(10, 12), Assess(order, Given.Day(5, 12), shop).NextCheckAt);
        Assert.Equal([HandlingTimeExceeded], Kinds(order, Given.Day(10, 12), shop));
        Assert.Empty(Kinds(promised, Given.Day(15), shop));
        Assert.Empty(Kinds(order, Given.Day(15)));
    }

    [Fact]
    public void A_holiday_is_no_business_day()
    {
        var hours = new BusinessHours { Holidays = ["2026-11-09"] };
        var shop = Given.Seen(Given.Shop with { Hours = hours, Signals = [new SignalRule { HandlingDays = 3 }] });

        Assert.Equal(Given.Day(11, 12), Assess(Given.Order(Unpromised with { PaidAt = Given.Day(5, 12) }), Given.Day(5, 12), shop).NextCheckAt);
    }

    [Fact]
    public void A_shop_that_never_opens_has_no_business_days_and_judges_none()
    {
        var hours = new BusinessHours
        {
            Week = new Dictionary<DayOfWeek, string>(),
            SpecialDays = new Dictionary<string, string>(StringComparer.Ordinal) { ["2026-11-04"] = "09:00-17:00" },
        };
        var shop = Given.Seen(Given.Shop with { Hours = hours });

        Assert.Empty(Kinds(With(Given.Scan(InTransit, Given.Day(3))), Given.Day(25), shop));
    }

    [Fact]
    public void An_order_on_hold_says_since_when_and_why_and_is_not_slow_to_handle()
    {
        var shop = Given.Seen(Given.Shop with { Signals = [new SignalRule { HandlingDays = 1 }] });
        var held = Unpromised with { Status = OrderStatus.OnHold, HeldSince = Given.Day(3), HoldReason = "The mug is out of stock." };

        Assert.Equal(Given.Day(3), Assess(Given.Order(held), Given.Monday, shop).NextCheckAt);
        var signal = Assert.Single(Assess(Given.Order(held), Given.Day(8), shop).Signals);
        Assert.Equal((OnHold, Given.Day(3), "The mug is out of stock."), (signal.Kind, signal.Since, signal.Cause));
    }

    [Fact]
    public void A_hold_without_a_time_began_when_it_was_first_heard_of()
    {
        var held = Unpromised with { Status = OrderStatus.OnHold, UpdatedAt = Given.Day(3), ReadAt = Given.Day(3) };
        var order = Given.Observe(Given.Order(Unpromised), held, at: Given.Day(3));
        order = Given.Observe(order, held with { UpdatedAt = Given.Day(5), ReadAt = Given.Day(5) }, at: Given.Day(5));

        Assert.Equal(Given.Day(3), Assert.Single(Assess(order, Given.Day(6)).Signals).Since);
        var open = Given.Observe(order, Unpromised with { UpdatedAt = Given.Day(7), ReadAt = Given.Day(7) }, at: Given.Day(7));
        Assert.Empty(Kinds(open, Given.Day(8)));
    }

    [Fact]
    public void Thirty_days_without_news_are_a_signal_but_not_before_the_promise_has_ended()
    {
        var silent = Given.Order(Unpromised);
        var promised = Given.Order();

        Assert.Equal([NoNews], Kinds(silent, Given.Monday.AddDays(30)));
        Assert.Empty(Kinds(silent, Given.Monday.AddDays(30).AddTicks(-1)));
        Assert.DoesNotContain(NoNews, Kinds(promised, Given.PromiseEnds.AddDays(30).AddTicks(-1)));
        Assert.Contains(NoNews, Kinds(promised, Given.PromiseEnds.AddDays(30)));
    }

    [Fact]
    public void Silence_after_shipping_says_nothing_where_arrivals_are_not_recorded()
    {
        var shop = Given.Seen(Given.Shop with { RecordsDeliveries = false });
        var order = Given.Order(Unpromised with { Shipments = [Given.Parcel(shippedAt: Given.Day(3))] });

        Assert.Empty(Kinds(order, Given.Day(3).AddDays(300), shop));
    }

    [Fact]
    public void Every_signal_can_hold_at_once_the_gravest_first_and_in_the_same_order_however_the_parcels_come()
    {
        Shipment[] parcels =
        [
            Given.Parcel("B", scans: [Given.Scan(InTransit, Given.Day(3)), Given.Scan(TrackingStatus.Exception, Given.Day(12))]),
            Given.Parcel("A", scans: Given.Scan(TrackingStatus.Exception, Given.Day(12))),
            Given.Parcel("C", scans: Given.Scan(InTransit, Given.Day(3))),
        ];
        var one = Given.Order(Given.Snapshot() with { Shipments = parcels });
        var other = Given.Order(Given.Snapshot() with { Shipments = [.. parcels.Reverse()] });

        var signals = Assess(one, Given.Day(12, 1)).Signals;

        Assert.Equal(
            [(DelaySignalKind.Exception, "A"), (DelaySignalKind.Exception, "B"), (AtRisk, null), (Stalled, "C")],
            signals.Select(signal => (signal.Kind, signal.ShipmentId))
        );
        Assert.Equal(signals, Assess(other, Given.Day(12, 1)).Signals);
    }

    [Theory]
    [InlineData(TrackingStatus.Exception, DelayVerdict.AtRisk)]
    [InlineData(TrackingStatus.Returning, DelayVerdict.Late)]
    [InlineData(TrackingStatus.Delayed, DelayVerdict.Late)]
    [InlineData(TrackingStatus.AvailableForPickup, DelayVerdict.OnTrack)]
    public void A_verdict_follows_from_the_signals(TrackingStatus status, DelayVerdict verdict)
    {
        var order = Given.Order(Given.Snapshot() with { Shipments = [Given.Parcel(scans: Given.Scan(status, Given.Day(3)))] });

        Assert.Equal(verdict, Assess(order, Given.Day(3)).Verdict);
    }

    [Fact]
    public void Scans_of_one_moment_end_in_the_same_status_in_whatever_order_they_come()
    {
        TrackingEvent[] scans = [Given.Scan(InTransit, Given.Day(3)), Given.Scan(OutForDelivery, Given.Day(3))];

        foreach (var order in (WatchedOrder[])[With(scans), With([.. scans.Reverse()])])
        {
            Assert.Equal(OutForDelivery, Assert.Single(OrderFacts.At(order, Given.Day(4)).Parcels).Status);
        }
    }
}
