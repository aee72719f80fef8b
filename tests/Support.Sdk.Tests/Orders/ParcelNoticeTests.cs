using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Xunit;
using static Support.Sdk.Orders.TrackingStatus;
using static Support.Sdk.Tests.Orders.PolicyCase;

namespace Support.Sdk.Tests.Orders;

/// <summary>What customers are told of their parcels, and how often.</summary>
public sealed class ParcelNoticeTests
{
    private static readonly ShopView Shop = Given.Seen(
        Given.Shop with
        {
            Tells = [.. NoticeKinds.Default, NoticeKinds.OrderConfirmed, NoticeKinds.OrderShipped, NoticeKinds.OutForDelivery, NoticeKinds.OrderDelivered],
        }
    );

    private static WatchedOrder With(params TrackingEvent[] scans) => Parcels(Given.Parcel("P", scans: scans));

    private static WatchedOrder Parcels(params Shipment[] parcels) => Given.Order(Given.Snapshot() with { Shipments = parcels }, Shop);

    private static WatchedOrder Then(WatchedOrder order, params TrackingEvent[] scans) =>
        Given.Observe(order, new ShipmentTracked { Key = order.Key, Shipment = Given.Parcel("P", scans: scans) }, Shop);

    private static IEnumerable<string> Sent(WatchedOrder order, DateTimeOffset now) => PolicyCase.Sent(order, now, Shop);

    [Fact]
    public void An_order_is_confirmed_once_when_it_comes_in()
    {
        var order = Given.Order();

        Assert.Equal(["order-confirmed"], Sent(order, Given.Monday));
        Assert.Empty(Customer(Told(order, Given.Monday, Shop), Given.Monday.AddHours(1), Shop));
    }

    [Fact]
    public void Only_a_shop_that_tells_it_hears_of_confirmations() => Assert.Empty(Decide(Given.Order(), Given.Monday));

    [Fact]
    public void An_order_that_was_placed_more_than_seven_days_ago_or_is_shipped_or_cancelled_is_no_longer_confirmed()
    {
        var cancelled = Given.Order(Given.Snapshot() with { Status = OrderStatus.Cancelled }, Shop);
        var muted = Given.Order() with { Muted = "The order was already late when it was first seen." };

        Assert.Equal(["order-confirmed"], Sent(Given.Order(), Given.Monday.AddDays(7)));
        Assert.Empty(Customer(Given.Order(), Given.Monday.AddDays(7).AddTicks(1), Shop));
        Assert.Equal(["order-shipped/P"], Sent(Parcels(Given.Parcel("P", Given.Day(3))), Given.Day(3)));
        Assert.Empty(Customer(cancelled, Given.Monday, Shop));
        Assert.Empty(Customer(muted, Given.Monday, Shop));
    }

    [Theory]
    [InlineData(OutForDelivery, "order-out-for-delivery/P")]
    [InlineData(AttemptFailed, "order-attempt-failed/P")]
    [InlineData(AvailableForPickup, "order-available-for-pickup/P")]
    [InlineData(TrackingStatus.Exception, "order-exception/P")]
    [InlineData(Failed, "order-exception/P")]
    [InlineData(Returning, "order-returning/P")]
    [InlineData(Returned, "order-returning/P")]
    [InlineData(Delivered, "order-delivered/P")]
    [InlineData(PickedUp, "order-shipped/P")]
    public void Each_status_has_its_kind_and_of_several_scans_only_the_latest_counts(TrackingStatus status, string occasion)
    {
        var order = With(Given.Scan(PreTransit, Given.Day(2)), Given.Scan(status, Given.Day(4)));

        Assert.Equal([occasion], Sent(order, Given.Day(4)));
        Assert.Empty(Customer(Told(order, Given.Day(4), Shop), Given.Day(4, 1), Shop));
    }

    [Theory]
    [InlineData(TrackingStatus.Exception)]
    [InlineData(Returning)]
    [InlineData(OutForDelivery)]
    public void A_status_is_told_only_when_it_comes_up_first(TrackingStatus status)
    {
        var order = Told(With(Given.Scan(InTransit, Given.Day(3)), Given.Scan(status, Given.Day(4))), Given.Day(4), Shop);

        order = Then(order, Given.Scan(InTransit, Given.Day(5)), Given.Scan(status, Given.Day(6)));

        Assert.DoesNotContain(order.Notices[0].Kind, Customer(order, Given.Day(6, 1), Shop).Select(proposal => proposal.Occasion.Kind));
    }

    [Theory]
    [InlineData(AttemptFailed, "order-attempt-failed/P")]
    [InlineData(AvailableForPickup, "order-available-for-pickup/P")]
    public void What_waits_for_the_customer_is_told_again_after_one_and_three_days(TrackingStatus status, string occasion)
    {
        var order = With(Given.Scan(status, Given.Day(3)));
        foreach (var (day, number) in (ReadOnlySpan<(int, string)>)[(3, ""), (4, "/2"), (6, "/3")])
        {
            Assert.DoesNotContain(occasion + number, Customer(order, Given.Day(day).AddTicks(-1), Shop).Select(proposal => proposal.Occasion.ToString()));
            Assert.Equal([occasion + number], Sent(order, Given.Day(day)));
            order = Told(order, Given.Day(day), Shop);
        }

        Assert.DoesNotContain(Customer(order, Given.Day(10), Shop), proposal => proposal.Occasion.ToString().StartsWith(occasion, StringComparison.Ordinal));
    }

    [Fact]
    public void The_alarm_clock_keeps_the_reminders()
    {
        var order = Told(With(Given.Scan(AttemptFailed, Given.Day(3))), Given.Day(3, 5), Shop);

        Assert.Equal(Given.Day(4, 5), new DelayAssessor().Assess(order, Shop, Given.Day(3, 5)).NextCheckAt);
    }

    [Fact]
    public void A_parcel_that_goes_on_is_not_reminded_of()
    {
        var order = Told(With(Given.Scan(AttemptFailed, Given.Day(3))), Given.Day(3), Shop);

        Assert.Equal(["order-out-for-delivery/P"], Sent(Then(order, Given.Scan(OutForDelivery, Given.Day(4))), Given.Day(4)));
    }

    [Fact]
    public void A_parcel_that_is_lost_after_an_exception_is_news()
    {
        var order = Told(With(Given.Scan(TrackingStatus.Exception, Given.Day(3))), Given.Day(3), Shop);

        order = Then(order, Given.Scan(Failed, Given.Day(5)));

        Assert.Equal(["order-exception/P/2"], Sent(order, Given.Day(5)));
    }

    [Fact]
    public void Parcels_in_the_same_trouble_are_told_together_and_others_after_them()
    {
        var order = Parcels(
            Given.Parcel("A", scans: Given.Scan(TrackingStatus.Exception, Given.Day(3))),
            Given.Parcel("B", scans: Given.Scan(AttemptFailed, Given.Day(3))),
            Given.Parcel("C", scans: Given.Scan(TrackingStatus.Exception, Given.Day(3)))
        );

        Assert.Equal(["order-exception/A%2BC"], Sent(order, Given.Day(3)));
        var after = Told(order, Given.Day(3), Shop);
        Assert.Empty(Sent(after, Given.Day(3, 0, 1)));
        Assert.Equal(["order-attempt-failed/B"], Sent(after, Given.Day(3, 0, 2)));
    }

    [Fact]
    public void The_gravest_leads_and_names_every_cause()
    {
        var order = With(Given.Scan(TrackingStatus.Exception, Given.Day(12, 1)));

        var proposals = Customer(order, Given.Day(12, 2), Shop);

        Assert.Equal([NoticeKinds.OrderException, NoticeKinds.OrderAtRisk], proposals.Select(proposal => proposal.Occasion.Kind));
        Assert.Equal([DecisionVerdict.Send, DecisionVerdict.Wait], proposals.Select(proposal => proposal.Verdict));
        Assert.Equal([DelaySignalKind.Exception, DelaySignalKind.AtRisk], proposals[0].Signals.Select(signal => signal.Kind));
    }

    [Fact]
    public void A_delay_that_the_message_about_the_parcel_named_is_not_told_again_until_it_is_worse()
    {
        var order = Told(With(Given.Scan(TrackingStatus.Exception, Given.Day(12, 1))), Given.Day(12, 2), Shop);

        var named = Assert.Single(Customer(order, Given.Day(13), Shop));

        Assert.Equal((NoticeKinds.OrderAtRisk, DecisionVerdict.Suppress), (named.Occasion.Kind, named.Verdict));
        Assert.Equal(["order-delayed"], Sent(order, Given.PromiseEnds));
    }

    [Fact]
    public void A_new_date_is_told_even_after_a_message_that_named_the_delay()
    {
        var order = With(Given.Scan(TrackingStatus.Exception, Given.Day(12, 1), eta: Given.Day(20)));

        order = Told(order, Given.Day(12, 2), Shop);

        Assert.Equal(["order-delayed"], Sent(order, Given.Day(12, 3)));
    }

    [Fact]
    public void An_order_that_comes_back_is_told_as_that_and_as_nothing_else()
    {
        var order = With(Given.Scan(InTransit, Given.Day(3)), Given.Scan(Returning, Given.Day(12, 1)));

        Assert.Equal(["order-returning/P"], Sent(order, Given.Day(12, 2)));
        order = Told(order, Given.Day(12, 2), Shop);
        Assert.All(Customer(order, Given.PromiseEnds.AddDays(1), Shop), proposal => Assert.Equal(DecisionVerdict.Suppress, proposal.Verdict));
    }

    [Fact]
    public void A_late_scan_never_takes_an_arrival_back()
    {
        var order = Told(With(Given.Scan(Delivered, Given.Day(5))), Given.Day(5), Shop);

        order = Then(order, Given.Scan(TrackingStatus.Exception, Given.Day(6)));

        Assert.Empty(Customer(order, Given.Day(6), Shop));
    }

    [Fact]
    public void Being_held_back_is_told_only_when_the_date_moves()
    {
        var held = Given.Snapshot() with { Status = OrderStatus.OnHold, HeldSince = Given.Day(3), UpdatedAt = Given.Day(3) };
        var order = Told(Given.Order(shop: Shop), Given.Monday, Shop);
        var same = Given.Observe(order, held, Shop);
        var moved = Given.Observe(order, held with { Promise = new PromiseWindow { DeliverBy = PromiseDate.On(new DateOnly(2026, 11, 20)) } }, Shop);

        Assert.Empty(Customer(same, Given.Day(3), Shop));
        var proposal = Assert.Single(Customer(moved, Given.Day(3), Shop));
        Assert.Equal((NoticeKinds.OrderDelayed, DelaySignalKind.OnHold), (proposal.Occasion.Kind, proposal.Signals[0].Kind));
        Assert.Equal(new DateOnly(2026, 11, 20), proposal.NewDate!.Date);
    }

    [Theory]
    [InlineData(InTransit, OutForDelivery)]
    [InlineData(OutForDelivery, AttemptFailed)]
    [InlineData(AttemptFailed, OutForDelivery)]
    [InlineData(AvailableForPickup, Delivered)]
    [InlineData(TrackingStatus.Exception, InTransit)]
    [InlineData(TrackingStatus.Exception, Delivered)]
    [InlineData(OutForDelivery, Delivered)]
    public void A_message_that_waits_is_overtaken_by_the_next_status(TrackingStatus first, TrackingStatus next)
    {
        var order = With(Given.Scan(first, Given.Day(4)));
        order = Told(order, Customer(order, Given.Day(4), Shop)[0], Given.Day(4), DeliveryState.Pending);

        Assert.Empty(Overtakes(order, Given.Day(5)));
        Assert.Single(Overtakes(Then(order, Given.Scan(next, Given.Day(4, 1))), Given.Day(5)));
    }

    [Fact]
    public void A_delay_notice_that_waits_is_overtaken_when_the_order_is_out_for_delivery_unless_the_promise_has_ended()
    {
        var order = With(Given.Scan(InTransit, Given.Day(11)));
        order = Told(order, Customer(order, Given.Day(12), Shop)[0], Given.Day(12), DeliveryState.Pending);
        var near = Then(order, Given.Scan(OutForDelivery, Given.Day(13)));

        Assert.Single(Overtakes(near, Given.Day(13, 1)));
        var late = Then(With(Given.Scan(InTransit, Given.Day(11))), Given.Scan(OutForDelivery, Given.Day(13)));
        var missed = Customer(late, Given.PromiseEnds, Shop).Single(proposal => Promises.IsDelay(proposal.Occasion.Kind));
        Assert.Equal(DecisionVerdict.Send, missed.Verdict);
        Assert.Empty(Overtakes(Told(late, missed, Given.PromiseEnds, DeliveryState.Pending), Given.PromiseEnds.AddHours(1)));
    }

    private static IReadOnlyList<Superseded> Overtakes(WatchedOrder order, DateTimeOffset now) =>
        Overtaken.Find(order, OrderFacts.At(order, now), new DelayAssessor().Assess(order, Shop, now));
}
