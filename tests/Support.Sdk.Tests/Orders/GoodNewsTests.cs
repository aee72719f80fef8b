using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Xunit;
using static Support.Sdk.Tests.Orders.PolicyCase;

namespace Support.Sdk.Tests.Orders;

/// <summary>First word, further word, no date, and good news are told apart.</summary>
public sealed class GoodNewsTests
{
    private static readonly DateTimeOffset Told20 = Given.Day(5);

    /// <summary>An order whose parcel is expected on the 20th, which the customer was told on the 5th.</summary>
    private static WatchedOrder Late
    {
        get
        {
            var order = Expected(Given.Order(), Given.Day(20, 12));
            return Told(order, Delay(order, Told20)!, Told20);
        }
    }

    private static WatchedOrder Expected(WatchedOrder order, DateTimeOffset arrival) =>
        Given.Observe(order, new ShipmentTracked { Key = order.Key, Shipment = Given.Parcel(shippedAt: Given.Day(3)) with { EstimatedArrival = arrival } });

    private static NoticeProposal? Delay(WatchedOrder order, DateTimeOffset now) =>
        Customer(order, now).SingleOrDefault(proposal => Promises.IsDelay(proposal.Occasion.Kind));

    [Fact]
    public void An_earlier_date_than_was_told_is_good_news_at_once()
    {
        var proposal = Delay(Expected(Late, Given.Day(16, 12)), Told20.AddHours(1))!;

        Assert.Equal(("order-delayed/2", DecisionVerdict.Send, NoticeNews.Better), (proposal.Occasion.ToString(), proposal.Verdict, proposal.News));
        Assert.Equal(new DateOnly(2026, 11, 16), proposal.NewDate!.Date);
    }

    [Theory]
    [InlineData(19, true)]
    [InlineData(20, false)]
    public void Good_news_is_at_least_a_day_better(int day, bool told) =>
        Assert.Equal(told, Delay(Expected(Late, Given.Day(day, 1)), Told20.AddHours(1)) is not null);

    [Fact]
    public void Good_news_is_told_once_and_the_better_date_is_the_promise_from_then_on()
    {
        var order = Expected(Late, Given.Day(16, 12));
        order = Told(order, Delay(order, Given.Day(6))!, Given.Day(6));

        Assert.Null(Delay(order, Given.Day(8)));
        Assert.Equal(new DateOnly(2026, 11, 16), new DelayAssessor().Assess(order, Given.View, Given.Day(8)).DeliverBy!.Date);
        var passed = Delay(order, Given.Day(17))!;
        Assert.Equal(("order-delayed/3", NoticeNews.Further), (passed.Occasion.ToString(), passed.News));
    }

    [Fact]
    public void A_customer_who_was_told_no_date_has_nothing_to_be_better_than()
    {
        var atRisk = Given.PromiseEnds.AddHours(-48);
        var order = Told(Given.Order(), atRisk);

        Assert.Null(Delay(Expected(order, Given.Day(13, 12)), atRisk.AddHours(1)));
    }

    [Fact]
    public void A_source_that_takes_its_later_date_back_is_good_news()
    {
        var order = Moved(Given.Order(), 20, Given.Day(3));
        order = Told(order, Delay(order, Given.PromiseEnds.AddHours(-48))!, Given.PromiseEnds.AddHours(-48));

        var proposal = Delay(Moved(order, 15, Given.Day(13)), Given.Day(13))!;

        Assert.Equal((NoticeNews.Better, new DateOnly(2026, 11, 15)), (proposal.News, proposal.NewDate!.Date!.Value));

        static WatchedOrder Moved(WatchedOrder order, int day, DateTimeOffset at) =>
            Given.Observe(
                order,
                Given.Snapshot() with
                {
                    UpdatedAt = at,
                    ReadAt = at,
                    Promise = new PromiseWindow { DeliverBy = PromiseDate.On(new DateOnly(2026, 11, day)) },
                }
            );
    }

    [Fact]
    public void A_later_date_that_waits_to_be_sent_is_overtaken_by_a_better_one()
    {
        var waiting = Late with { Notices = [Late.Notices[0] with { State = DeliveryState.Pending }] };
        var order = Expected(waiting, Given.Day(16, 12));

        var superseded = Overtaken.Find(order, OrderFacts.At(order, Told20), new DelayAssessor().Assess(order, Given.View, Told20));

        Assert.Equal("There is another date meanwhile.", Assert.Single(superseded).Reason);
    }

    [Fact]
    public void First_and_further_words_and_a_delay_without_a_date_are_told_apart()
    {
        var first = Delay(Given.Order(), Given.PromiseEnds)!;
        var order = Told(Given.Order(), first, Given.PromiseEnds);
        var further = Delay(order, first.NextWordBy!.Value)!;

        Assert.Equal((NoticeNews.First, null), (first.News, first.NewDate));
        Assert.Equal((NoticeNews.Further, null), (further.News, further.NewDate));
        Assert.Equal((NoticeNews.First, new DateOnly(2026, 11, 20)), (Late.Notices[0].News, Late.Notices[0].NewDate!.Date!.Value));
    }

    [Fact]
    public void A_stored_notice_keeps_what_kind_of_news_it_was()
    {
        var order = Late with { Notices = [Late.Notices[0] with { News = NoticeNews.Better }] };

        Assert.Equal(NoticeNews.Better, SupportJson.ReadOrder(SupportJson.Write(order)).Notices[0].News);
    }
}
