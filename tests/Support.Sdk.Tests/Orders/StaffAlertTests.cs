using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Xunit;
using static Support.Sdk.Tests.Orders.PolicyCase;

namespace Support.Sdk.Tests.Orders;

public sealed class StaffAlertTests
{
    private static readonly ContactPoint Staff = new("email", "desk@shop.example");
    private static readonly ShopView Shop = Given.Seen(Given.Shop with { Staff = Staff, Tells = [], HoldFirst = 10 });
    private static readonly DateTimeOffset Since = Given.Day(10, 12);

    private static WatchedOrder Stalled =>
        Given.Order(Given.Snapshot() with { Shipments = [Given.Parcel("P/1", scans: Given.Scan(TrackingStatus.InTransit, Given.Day(3, 12)))] });

    [Fact]
    public void The_shop_s_people_are_told_once_whatever_customers_are_told()
    {
        var alert = Assert.Single(Alerts(Stalled, Since, Shop));

        Assert.Equal(("shop-alert/stalled/P%2F1", DecisionVerdict.Send, Staff), (alert.Occasion.ToString(), alert.Verdict, alert.To));
        Assert.Equal((NoticeKinds.ShopAlert, DelaySignalKind.Stalled), (alert.Occasion.Kind, Assert.Single(alert.Signals).Kind));
        Assert.Empty(Alerts(Told(Stalled, alert, Since), Since.AddHours(1), Shop));
    }

    [Fact]
    public void Where_nobody_is_named_the_decision_says_so()
    {
        var alert = Assert.Single(Alerts(Stalled, Since));

        Assert.Equal((DecisionVerdict.Suppress, "Shop.Staff is not set."), (alert.Verdict, alert.Reason));
    }

    [Fact]
    public void A_channel_that_does_not_exist_is_named()
    {
        var shop = Given.Seen(Given.Shop with { Staff = new ContactPoint("sms", "+46700000000") });

        Assert.Equal("No channel is registered for Shop.Staff (sms).", Assert.Single(Alerts(Stalled, Since, shop)).Reason);
    }

    [Fact]
    public void The_shop_s_people_have_no_quiet_hours_no_limit_and_no_refusal()
    {
        var shop = Given.Seen(
            Shop.Shop with
            {
                QuietHours = new QuietHours
                {
                    From = new TimeOnly(0, 0),
                    To = new TimeOnly(23, 59),
                    Channels = ["email"],
                },
            }
        );
        var customer = new OrderCustomer { ContactPoints = [Staff], Consents = [new ContactConsent("email", MessageClass.Transactional, Granted: false)] };
        var recent = new RecentContact
        {
            ContactPoint = Staff,
            InLastDay = 1000,
            NextSlotAt = Since.AddDays(1),
        };

        var proposals = Decide(
            Stalled with
            {
                Snapshot = Stalled.Snapshot! with { Customer = customer },
            },
            Since,
            shop,
            input => input with { Recent = [recent] }
        );

        Assert.Equal(DecisionVerdict.Send, proposals.Single(proposal => StaffAlerts.Is(proposal.Occasion.Kind)).Verdict);
    }

    [Fact]
    public void An_alert_is_no_word_to_the_customer()
    {
        var shop = Given.Seen(Given.Shop with { Staff = Staff });
        var atRisk = Given.PromiseEnds.AddHours(-48);
        var order = Told(Stalled, Assert.Single(Alerts(Stalled, atRisk, shop)), atRisk);

        Assert.Equal(["order-at-risk"], Sent(order, atRisk, shop));
        Assert.Null(Promises.LastTold(order));
    }

    [Fact]
    public void A_customer_is_told_of_a_stalled_parcel_only_when_the_order_is_at_risk_too()
    {
        var before = Stalled with { Snapshot = Stalled.Snapshot! with { UpdatedAt = Given.Day(3) } };

        Assert.DoesNotContain(Customer(before, Since), proposal => Promises.IsDelay(proposal.Occasion.Kind));
        var notice = Customer(before, Given.PromiseEnds.AddHours(-48)).Single(proposal => Promises.IsDelay(proposal.Occasion.Kind));
        Assert.Equal([DelaySignalKind.AtRisk, DelaySignalKind.Stalled], notice.Signals.Select(signal => signal.Kind));
    }

    [Fact]
    public void What_happened_more_than_seven_days_ago_or_to_an_order_that_stays_silent_alerts_nobody()
    {
        Assert.Equal(DecisionVerdict.Send, Assert.Single(Alerts(Stalled, Since.AddDays(7), Shop)).Verdict);
        Assert.Equal(DecisionVerdict.Suppress, Assert.Single(Alerts(Stalled, Since.AddDays(7).AddTicks(1), Shop)).Verdict);
        Assert.Equal(DecisionVerdict.Suppress, Assert.Single(Alerts(Stalled with { Muted = "Silent." }, Since, Shop)).Verdict);
    }

    [Theory]
    [InlineData(DeliveryState.Rejected, DecisionVerdict.Suppress)]
    [InlineData(DeliveryState.Failed, DecisionVerdict.Wait)]
    [InlineData(DeliveryState.Expired, DecisionVerdict.Send)]
    public void An_alert_that_did_not_arrive_is_treated_like_any_message(DeliveryState state, DecisionVerdict verdict)
    {
        var order = Told(Stalled, Assert.Single(Alerts(Stalled, Since, Shop)), Since, state);

        Assert.Equal(verdict, Assert.Single(Alerts(order, Since.AddHours(1), Shop)).Verdict);
    }

    [Fact]
    public void Every_signal_about_the_shop_s_own_work_alerts_it_and_no_other()
    {
        var told = Enum.GetValues<DelaySignalKind>().Where(Candidates.TellsShop);

        Assert.Equal([DelaySignalKind.NoNews, DelaySignalKind.LabelWithoutScan, DelaySignalKind.Stalled, DelaySignalKind.HandlingTimeExceeded], told);
    }
}
