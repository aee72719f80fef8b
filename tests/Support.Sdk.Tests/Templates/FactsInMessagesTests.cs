using System.Net;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Templates;
using Xunit;

namespace Support.Sdk.Tests.Templates;

public sealed class FactsInMessagesTests
{
    private readonly NoticeComposer _composer = Notices.Composer();

    public static TheoryData<string> DelayFacts =>
        [
            "1001",
            "Wool throw",
            "4 × Stoneware mug",
            "SE4839",
            "Tuesday, 1 December 2026",
            "will",
            "3 days later",
            "PostNord says: “Snow in the north”",
            "Friday, 4 December 2026",
            "Sunday, 6 December 2026",
            "You can wait.",
            "cancel",
            "address",
            "https://nordlys.example/orders?id=1&me=2",
            "hello@nordlys.example",
        ];

    [Theory]
    [MemberData(nameof(DelayFacts))]
    public void A_delay_message_carries_each_fact_in_text_and_html(string fact)
    {
        var message = Message(Notices.Delayed);

        Assert.Contains(fact, message.Text, StringComparison.Ordinal);
        Assert.Contains(fact, WebUtility.HtmlDecode(message.Html!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("may be late")]
    [InlineData("may arrive later than promised")]
    [InlineData("Tuesday, 1 December 2026")]
    [InlineData("We do not know the reason yet.")]
    [InlineData("It may still be on time. We do not have another date to give you yet.")]
    [InlineData("Friday, 4 December 2026")]
    [InlineData("You can cancel the order or change its address on your order page.")]
    [InlineData("hello@nordlys.example")]
    public void A_risk_is_told_as_a_risk(string fact)
    {
        var message = Message(Notices.AtRisk);

        Assert.Contains(fact, message.Subject + message.Text, StringComparison.Ordinal);
        Assert.Contains(fact, message.Html!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1001")]
    [InlineData("PostNord")]
    [InlineData("SE4839")]
    [InlineData("https://track.example/SE4839?a=1&b=2")]
    [InlineData("Wool throw")]
    public void A_shipped_message_carries_each_fact_in_text_and_html(string fact)
    {
        var message = Message(Notices.Sent);

        Assert.Contains(fact, message.Text, StringComparison.Ordinal);
        Assert.Contains(fact, WebUtility.HtmlDecode(message.Html!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1001")]
    [InlineData("Monday, 30 November 2026")]
    public void A_delivered_message_carries_each_fact_in_text_and_html(string fact)
    {
        var message = Message(Notices.Delivered);

        Assert.Contains(fact, message.Text, StringComparison.Ordinal);
        Assert.Contains(fact, message.Html!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parcel_without_number_and_link_is_said_to_be_untrackable()
    {
        var message = Message(Notices.Shipped(NoticeKinds.OrderShipped, Notices.Parcel with { TrackingNumber = null, TrackingUrl = null }));

        Assert.Contains("This parcel cannot be tracked.", message.Text, StringComparison.Ordinal);
        Assert.Contains("This parcel cannot be tracked.", message.Html!, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_parcel_of_a_message_is_named()
    {
        var message = Message(
            Notices.Shipped(NoticeKinds.OrderShipped, Notices.Parcel, Notices.Parcel with { Id = "p2", Carrier = "DHL", TrackingNumber = "JD77" })
        );

        Assert.Contains("SE4839", message.Text, StringComparison.Ordinal);
        Assert.Contains("DHL", message.Text, StringComparison.Ordinal);
        Assert.Contains("JD77", message.Html!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parcel_that_leaves_something_behind_is_part_of_the_order()
    {
        var parcel = Notices.Parcel with { Items = [new OrderItem { Name = "Wool throw" }] };

        var message = Message(Notices.Shipped(NoticeKinds.OrderShipped, parcel));

        Assert.Contains("Part of your order 1001", message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Stoneware mug", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missed_promise_without_a_new_date_says_so_and_how_late_it_is()
    {
        var request = Notices.Notice(NoticeKinds.OrderDelayed, Notices.Signal(DelaySignalKind.PromiseMissed)) with
        {
            Assessment = new DelayAssessment
            {
                Verdict = DelayVerdict.Late,
                DeliverBy = Notices.Promise,
                Lateness = TimeSpan.FromHours(30),
            },
        };

        var message = Message(request, new DateTimeOffset(2026, 12, 3, 5, 0, 0, TimeSpan.Zero));

        Assert.Contains("Your order 1001 is 2 days late.", message.Text, StringComparison.Ordinal);
        Assert.Contains("We cannot give you a new date yet.", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missed_date_to_ship_tells_both_promises()
    {
        var shipBy = PromiseDate.On(new DateOnly(2026, 11, 28));
        var request = Notices.Notice(NoticeKinds.OrderDelayed, Notices.Signal(DelaySignalKind.ShipByMissed), Notices.Signal(DelaySignalKind.AtRisk));
        request = request with { Order = request.Order with { Promises = [new PromiseWindow { ShipBy = shipBy, DeliverBy = Notices.Promise }] } };

        var message = Message(request);

        Assert.Contains(
            "It was promised to be shipped by Saturday, 28 November 2026, and to arrive by Tuesday, 1 December 2026.",
            message.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("It should have been shipped 2 days ago.", message.Html!, StringComparison.Ordinal);
        Assert.Contains("It has not been shipped yet.", message.Text, StringComparison.Ordinal);
        Assert.Contains("The promised day is close", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_date_to_ship_is_not_told_as_an_arrival()
    {
        var request = Notices.Notice(NoticeKinds.OrderDelayed, Notices.Signal(DelaySignalKind.ShipByMissed));
        request = request with
        {
            Order = request.Order with { Promises = [new PromiseWindow { ShipBy = PromiseDate.On(new DateOnly(2026, 11, 28)) }] },
            Assessment = new DelayAssessment { Verdict = DelayVerdict.Late },
            Proposal = request.Proposal with { NewDate = PromiseDate.On(new DateOnly(2026, 12, 5)) },
        };

        Assert.Contains("We now expect to ship it by Saturday, 5 December 2026.", Message(request).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_carrier_without_an_explanation_is_quoted_with_its_date_only()
    {
        var parcel = Notices.Parcel with { EstimatedArrival = new DateTimeOffset(2026, 12, 4, 12, 0, 0, TimeSpan.Zero) };
        var request = Notices
            .Shipped(NoticeKinds.OrderDelayed, parcel)
            .Telling(proposal => proposal with { Signals = [Notices.Signal(DelaySignalKind.CarrierDelay, parcel: "p1")] });

        var text = Message(request).Text;

        Assert.Contains("PostNord now expects to bring it on Friday, 4 December 2026, and gives no reason.", text, StringComparison.Ordinal);
        Assert.Contains("We do not know the reason yet.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_delay_without_any_promise_does_not_claim_one()
    {
        var request = Notices.Delayed with { Assessment = new DelayAssessment { Verdict = DelayVerdict.Late } };
        request = request with { Order = request.Order with { Promises = [] }, Proposal = request.Proposal with { NewDate = null } };

        var text = Message(request).Text;

        Assert.Contains("Your order 1001 will arrive late.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("promised", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_further_notice_names_the_last_date_told()
    {
        var message = Message(PreviewOrders.After(Notices.Delayed, Notices.Promise));

        Assert.Equal("A new date for your order 1001", message.Subject);
        Assert.Contains("Your order 1001 will arrive 3 days later than we last told you.", message.Text, StringComparison.Ordinal);
        Assert.Contains("We last told you to expect it by Tuesday, 1 December 2026.", message.Text, StringComparison.Ordinal);
        Assert.Equal("order-delayed/2", message.Occasion);
    }

    [Fact]
    public void A_further_notice_after_one_without_a_date_names_the_promise()
    {
        var message = Message(PreviewOrders.After(Notices.Delayed, told: null) with { Assessment = Notices.Delayed.Assessment });

        Assert.Contains("It was promised to arrive by Tuesday, 1 December 2026.", message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("last told", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_better_date_is_told_as_good_news_without_an_apology_or_a_reason()
    {
        var request = PreviewOrders.After(Notices.Delayed, PromiseDate.On(new DateOnly(2026, 12, 9))).Telling(proposal => proposal with { Signals = [] });

        var message = Message(request);

        Assert.Equal("Your order 1001 is coming sooner", message.Subject);
        Assert.Contains("is now expected to arrive sooner than we last told you.", message.Text, StringComparison.Ordinal);
        Assert.Contains("We now expect it to reach you by Friday, 4 December 2026.", message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("sorry", message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("reason", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_way_to_a_person_no_delay_is_told()
    {
        var result = _composer.Compose(Notices.Delayed.By(brand => brand with { EmailFrom = null, Contact = null }), Notices.Now);

        Assert.Null(result.Message);
        Assert.Contains("brand.contact", result.Failure!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_is_addressed_from_the_brand_to_the_customer()
    {
        var message = Message(Notices.Delayed);

        Assert.Equal("delivery-1", message.Id);
        Assert.Equal("hello@nordlys.example", message.From);
        Assert.Equal("Nordlys", message.FromName);
        Assert.Equal("Anna Lindqvist", message.ToName);
        Assert.Equal("order-delayed", message.Occasion);
        Assert.Equal("en", message.Culture);
        Assert.Equal(MessageClass.Transactional, message.Class);
        Assert.Equal(Notices.Now, message.DecidedAt);
        Assert.Equal(new OrderKey("nordlys", "gid-1001"), message.Order);
    }

    [Fact]
    public void Another_channel_than_email_knows_its_own_sender()
    {
        Assert.Null(Message(Notices.Delayed.Telling(proposal => proposal with { To = new ContactPoint("sms", "+4670") })).From);
    }

    [Fact]
    public void A_customer_without_a_name_is_greeted_without_one()
    {
        var message = Message(Notices.Delayed.Of(snapshot => snapshot with { Customer = new OrderCustomer() }));

        Assert.Contains("Hello,\n", message.Text, StringComparison.Ordinal);
        Assert.Null(message.ToName);
    }

    [Fact]
    public void The_same_request_gives_the_same_bytes_from_any_composer()
    {
        Assert.Equal(Message(Notices.Delayed), Notices.Composer().Compose(Notices.Delayed, Notices.Now).Message);
        Assert.Equal(Message(Notices.Delayed), Message(Notices.Delayed));
    }

    [Fact]
    public void Many_threads_write_at_once()
    {
        ComposeRequest[] requests = [Notices.AtRisk, Notices.Delayed, Notices.Sent, Notices.Delivered];
        var expected = Array.ConvertAll(requests, request => Message(request));

        Parallel.For(0, 400, index => Assert.Equal(expected[index % 4], Message(requests[index % 4])));
    }

    private OutboundMessage Message(ComposeRequest request, DateTimeOffset? now = null)
    {
        var result = _composer.Compose(request, now ?? Notices.Now);
        Assert.Null(result.Failure);
        return result.Message!;
    }
}
