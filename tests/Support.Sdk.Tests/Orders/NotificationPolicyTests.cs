using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Xunit;
using static Support.Sdk.Tests.Orders.PolicyCase;

namespace Support.Sdk.Tests.Orders;

public sealed class NotificationPolicyTests
{
    private static readonly DateTimeOffset AtRisk = Given.PromiseEnds.AddHours(-48);

    private static WatchedOrder ToldAtRisk(DeliveryState state = DeliveryState.Accepted) => Told(Given.Order(), One(Given.Order(), AtRisk), AtRisk, state);

    private static WatchedOrder Expected(WatchedOrder order, DateTimeOffset arrival) =>
        Given.Observe(order, new ShipmentTracked { Key = order.Key, Shipment = Given.Parcel(shippedAt: Given.Day(3)) with { EstimatedArrival = arrival } });

    [Fact]
    public void At_risk_is_told_with_the_next_word_after_the_promise()
    {
        var proposal = One(Given.Order(), AtRisk);

        Assert.Equal(DecisionVerdict.Send, proposal.Verdict);
        Assert.Equal("order-at-risk", proposal.Occasion.ToString());
        Assert.Equal(Given.PromiseEnds.AddDays(3), proposal.NextWordBy);
        Assert.Null(proposal.NewDate);
        Assert.Equal(Given.Email, proposal.To);
    }

    [Fact]
    public void Passing_the_original_promise_after_a_first_notice_is_nothing_new() => Assert.Empty(Decide(ToldAtRisk(), Given.PromiseEnds));

    [Fact]
    public void A_missed_promise_is_told_to_whom_nobody_told_before() =>
        Assert.Equal("order-delayed", One(Given.Order(), Given.PromiseEnds).Occasion.ToString());

    [Theory]
    [InlineData(DeliveryState.Rejected)]
    [InlineData(DeliveryState.Failed)]
    [InlineData(DeliveryState.Bounced)]
    [InlineData(DeliveryState.Superseded)]
    [InlineData(DeliveryState.Expired)]
    public void A_message_that_never_reached_the_customer_does_not_count_as_told(DeliveryState state) =>
        Assert.Equal("order-delayed", One(ToldAtRisk(state), Given.PromiseEnds).Occasion.ToString());

    [Fact]
    public void An_expired_message_is_decided_again() => Assert.Equal(DecisionVerdict.Send, One(ToldAtRisk(DeliveryState.Expired), AtRisk.AddDays(1)).Verdict);

    [Fact]
    public void A_message_that_no_channel_could_deliver_rests_for_a_day()
    {
        var failed = ToldAtRisk(DeliveryState.Failed);

        Assert.Equal((DecisionVerdict.Wait, AtRisk.AddDays(1)), (One(failed, AtRisk.AddHours(1)).Verdict, One(failed, AtRisk.AddHours(1)).Until));
        Assert.Equal(DecisionVerdict.Send, One(failed, AtRisk.AddDays(1)).Verdict);
    }

    [Fact]
    public void An_address_that_refused_a_message_is_not_tried_again_on_the_same_facts()
    {
        var failed = ToldAtRisk(DeliveryState.Rejected);

        Assert.Equal(DecisionVerdict.Suppress, One(failed, AtRisk.AddHours(30)).Verdict);
        var corrected = failed.Snapshot!.Customer with { ContactPoints = [new ContactPoint("email", "new@example.com")] };
        Assert.Equal(DecisionVerdict.Send, One(failed with { Snapshot = failed.Snapshot with { Customer = corrected } }, AtRisk.AddHours(1)).Verdict);
    }

    [Fact]
    public void The_promised_next_word_is_kept()
    {
        var order = ToldAtRisk();
        var word = order.Notices[0].NextWordBy!.Value;

        Assert.Empty(Decide(order, word.AddTicks(-1)));
        var proposal = One(order, word);
        Assert.Equal("order-delayed/2", proposal.Occasion.ToString());
        Assert.Equal(word.AddDays(3), proposal.NextWordBy);
    }

    [Fact]
    public void After_four_further_notices_a_person_has_to_write()
    {
        var order = ToldAtRisk();
        for (var n = 0; n < 4; n++)
        {
            var at = order.Notices[^1].NextWordBy!.Value;
            order = Told(order, One(order, at), at);
        }

        var last = One(order, order.Notices[^1].NextWordBy!.Value);
        Assert.Equal(DecisionVerdict.Hold, last.Verdict);
        Assert.Null(last.NextWordBy);
        Assert.Empty(Customer(Told(order, last, Given.Day(30), DeliveryState.Held), Given.Day(30).AddYears(1)));
    }

    [Fact]
    public void A_worse_date_within_24_hours_waits_and_is_then_told()
    {
        var order = Expected(ToldAtRisk(), Given.Day(20, 12));

        var early = Decide(order, AtRisk.AddHours(5))[0];
        Assert.Equal((DecisionVerdict.Wait, AtRisk.AddHours(24)), (early.Verdict, early.Until));
        var told = Decide(order, AtRisk.AddHours(24)).First(proposal => Promises.IsDelay(proposal.Occasion.Kind));
        Assert.Equal(DecisionVerdict.Send, told.Verdict);
        Assert.Equal(new DateOnly(2026, 11, 20), told.NewDate!.Date);
    }

    [Fact]
    public void Passing_a_date_that_was_told_is_a_new_occasion()
    {
        var order = Expected(Given.Order(), Given.Day(20, 12));
        order = Told(order, Decide(order, Given.Day(5))[0], Given.Day(5));

        Assert.Empty(Delays(order, Given.Day(20, 23)));
        Assert.Equal("order-delayed/2", Assert.Single(Delays(order, Given.Day(21))).Occasion.ToString());

        static IEnumerable<NoticeProposal> Delays(WatchedOrder order, DateTimeOffset now) =>
            Decide(order, now).Where(proposal => Promises.IsDelay(proposal.Occasion.Kind));
    }

    [Fact]
    public void Another_date_without_any_new_fact_is_held_for_a_person()
    {
        var order = Expected(Given.Order(), Given.Day(20, 12));
        var told = Told(order, Decide(order, Given.Day(5))[0], Given.Day(5));
        var contradicted = told with { Notices = [told.Notices[0] with { NewDate = PromiseDate.On(new DateOnly(2026, 11, 18)) }] };

        Assert.Equal(DecisionVerdict.Hold, Decide(contradicted, Given.Day(7))[0].Verdict);
    }

    [Fact]
    public void A_kind_that_the_shop_does_not_tell_is_suppressed_and_only_delays_are_told_by_default()
    {
        var shop = Given.Seen(Given.Shop with { Tells = null });
        var shipped = Given.Order(Given.Snapshot() with { Shipments = [Given.Parcel(shippedAt: Given.Day(3))] });

        Assert.Equal(DecisionVerdict.Suppress, One(shipped, Given.Day(3), shop).Verdict);
        Assert.Equal(DecisionVerdict.Send, One(Given.Order(), AtRisk, shop).Verdict);
    }

    [Fact]
    public void One_message_leads_and_the_other_waits()
    {
        var order = Given.Order(Given.Snapshot() with { Shipments = [Given.Parcel(shippedAt: AtRisk)] });

        var proposals = Decide(order, AtRisk);

        Assert.Equal([DecisionVerdict.Send, DecisionVerdict.Wait], proposals.Select(proposal => proposal.Verdict));
        Assert.Equal([NoticeKinds.OrderAtRisk, NoticeKinds.OrderShipped], proposals.Select(proposal => proposal.Occasion.Kind));
        Assert.Equal(AtRisk.AddMinutes(2), proposals[1].Until);
    }

    [Fact]
    public void One_parcel_is_told_at_once_and_several_settle_for_two_minutes()
    {
        var one = Given.Order(Given.Snapshot() with { Shipments = [Given.Parcel("A", Given.Day(3))] });
        var two = Given.Order(Given.Snapshot() with { Shipments = [Given.Parcel("A", Given.Day(3)), Given.Parcel("B", Given.Day(3))] });

        Assert.Equal(DecisionVerdict.Send, One(one, Given.Day(3)).Verdict);
        Assert.Equal(DecisionVerdict.Wait, One(two, Given.Day(3)).Verdict);
        var settled = One(two, Given.Day(3).AddMinutes(2));
        Assert.Equal((DecisionVerdict.Send, "order-shipped/A%2BB"), (settled.Verdict, settled.Occasion.ToString()));
    }

    [Fact]
    public void A_second_parcel_is_told_for_itself()
    {
        var one = Given.Order(Given.Snapshot() with { Shipments = [Given.Parcel("A", Given.Day(3))] });
        one = Told(one, One(one, Given.Day(3)), Given.Day(3));

        var two = Given.Observe(one, new ShipmentTracked { Key = one.Key, Shipment = Given.Parcel("B", Given.Day(4)) });

        Assert.Equal("order-shipped/B", One(two, Given.Day(4).AddMinutes(5)).Occasion.ToString());
    }

    [Fact]
    public void A_parcel_that_has_arrived_is_no_longer_told_as_shipped()
    {
        var order = Given.Order(Given.Snapshot() with { Shipments = [Given.Parcel(shippedAt: Given.Day(3), deliveredAt: Given.Day(4))] });

        Assert.Equal("order-delivered/1", One(order, Given.Day(4)).Occasion.ToString());
    }

    [Fact]
    public void News_older_than_seven_days_is_not_told()
    {
        var order = Given.Order(Given.Snapshot() with { Shipments = [Given.Parcel(shippedAt: Given.Day(3))] });

        Assert.Equal(DecisionVerdict.Send, One(order, Given.Day(10)).Verdict);
        Assert.Equal(DecisionVerdict.Suppress, One(order, Given.Day(10).AddTicks(1)).Verdict);
    }

    [Fact]
    public void No_delay_is_told_from_an_old_reading_while_the_source_can_be_asked()
    {
        var order = Given.Order();

        Assert.Equal(DecisionVerdict.Look, One(order, AtRisk, with: input => input with { CanAskSource = true }).Verdict);
        var asked = order with { RefreshWantedSince = AtRisk, RefreshAt = AtRisk };
        Assert.Equal(DecisionVerdict.Wait, One(asked, AtRisk.AddMinutes(15), with: input => input with { CanAskSource = true }).Verdict);
        var read = Given.Observe(asked, Given.Snapshot(readAt: AtRisk), at: AtRisk);
        Assert.Equal(DecisionVerdict.Send, One(read, AtRisk.AddMinutes(15), with: input => input with { CanAskSource = true }).Verdict);
    }

    [Fact]
    public void A_customer_without_any_address_is_suppressed_with_the_reason()
    {
        var order = Given.Order(Given.Snapshot() with { Customer = new OrderCustomer() });

        Assert.Equal((DecisionVerdict.Suppress, "The customer has no address."), (One(order, AtRisk).Verdict, One(order, AtRisk).Reason));
    }

    [Fact]
    public void The_first_address_that_works_and_was_not_refused_is_used()
    {
        var second = new ContactPoint("email", "second@example.com");
        var customer = new OrderCustomer { ContactPoints = [new ContactPoint("sms", "+46700000000"), Given.Email, second] };
        var order = Given.Order(Given.Snapshot() with { Customer = customer });
        var refused = customer with { Consents = [new ContactConsent("email", MessageClass.Transactional, Granted: false)] };

        var bounced = One(order, AtRisk, with: input => input with { Recent = [new RecentContact { ContactPoint = Given.Email, Unreachable = true }] });

        Assert.Equal(Given.Email, One(order, AtRisk).To);
        Assert.Equal(second, bounced.To);
        Assert.Equal(DecisionVerdict.Suppress, One(Given.Order(Given.Snapshot() with { Customer = refused }), AtRisk).Verdict);
    }

    [Fact]
    public void A_customer_gets_no_more_messages_a_day_than_the_shop_allows()
    {
        var recent = new RecentContact
        {
            ContactPoint = Given.Email,
            InLastDay = 10,
            NextSlotAt = AtRisk.AddHours(3),
        };

        var proposal = One(Given.Order(), AtRisk, with: input => input with { Recent = [recent] });

        Assert.Equal((DecisionVerdict.Wait, AtRisk.AddHours(3)), (proposal.Verdict, proposal.Until));
    }

    [Theory]
    [InlineData("sms", "2026-11-12T20:59:00Z", null)]
    [InlineData("sms", "2026-11-12T21:00:00Z", "2026-11-13T08:00:00Z")]
    [InlineData("sms", "2026-11-13T07:59:00Z", "2026-11-13T08:00:00Z")]
    [InlineData("sms", "2026-11-13T08:00:00Z", null)]
    [InlineData("email", "2026-11-13T03:00:00Z", null)]
    public void Quiet_hours_keep_some_channels_silent_at_night(string channel, string at, string? until)
    {
        var now = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        var customer = new OrderCustomer { ContactPoints = [new ContactPoint(channel, "x")] };

        var proposal = One(Given.Order(Given.Snapshot() with { Customer = customer }), now, with: input => input with { Channels = ["email", "sms"] });

        Assert.Equal(until is null ? null : DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture), proposal.Until);
    }

    [Theory]
    [InlineData("Asia/Tokyo", "SE", "Asia/Tokyo")]
    [InlineData(null, "SE", "Europe/Stockholm")]
    [InlineData(null, "US", "Europe/London")]
    [InlineData("Nowhere/Land", null, "Europe/London")]
    public void The_zone_is_the_customer_s_own_else_of_the_address_else_of_the_shop(string? own, string? country, string expected)
    {
        var shop = Given.Seen(Given.Shop with { TimeZone = "Europe/London" });
        var customer = Given.Snapshot().Customer with { TimeZone = own };

        var order = Given.Order(Given.Snapshot() with { Customer = customer, DestinationCountry = country }, shop);

        Assert.Equal(expected, One(order, AtRisk.AddHours(1), shop).TimeZone);
    }

    [Fact]
    public void The_first_messages_of_a_shop_can_be_held_for_approval()
    {
        var shop = Given.Shop with { HoldFirst = 2 };

        Assert.Equal(DecisionVerdict.Hold, One(Given.Order(), AtRisk, Given.Seen(shop, new ShopState { Shop = "main", Notices = 1 })).Verdict);
        Assert.Equal(DecisionVerdict.Send, One(Given.Order(), AtRisk, Given.Seen(shop, new ShopState { Shop = "main", Notices = 2 })).Verdict);
    }

    [Fact]
    public void An_order_that_was_late_when_first_seen_stays_silent()
    {
        var order = Given.Observe(null, Given.Snapshot(), at: Given.PromiseEnds);

        Assert.Equal(DecisionVerdict.Suppress, One(order, Given.PromiseEnds).Verdict);
    }

    [Fact]
    public void A_message_names_all_causes_the_gravest_first()
    {
        var order = Given.Order(
            Given.Snapshot() with
            {
                Shipments = [Given.Parcel(shippedAt: Given.Day(3), scans: Given.Scan(TrackingStatus.Delayed, Given.Day(13), "Snow"))],
            }
        );

        var proposal = Decide(order, Given.Day(13, 1))[0];

        Assert.Equal([DelaySignalKind.CarrierDelay, DelaySignalKind.AtRisk], proposal.Signals.Select(signal => signal.Kind));
        Assert.Equal(NoticeKinds.OrderDelayed, proposal.Occasion.Kind);
    }
}
