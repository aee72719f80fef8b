using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Admin;

public sealed class PromiseProposalsTests
{
    private static readonly TimeZoneInfo Stockholm = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(9, 9)]
    [InlineData(10, 9)]
    [InlineData(11, 10)]
    [InlineData(20, 18)]
    public void Nine_of_ten_values_are_not_above_the_ninetieth_percentile(int count, int expected)
    {
        Assert.Equal(expected, PromiseProposals.Percentile(Enumerable.Range(1, count).Reverse(), 90));
    }

    [Fact]
    public void Nothing_has_no_percentile()
    {
        Assert.Null(PromiseProposals.Percentile([], 90));
    }

    [Fact]
    public void Days_are_those_of_the_calendar_in_the_shops_zone()
    {
        // 22:30 and 23:30 UTC are the same evening in London, and two days in Stockholm.
        var from = new DateTimeOffset(2026, 1, 31, 22, 30, 0, TimeSpan.Zero);

        Assert.Equal(1, PromiseProposals.Days(from, from.AddHours(1), Stockholm));
        Assert.Equal(0, PromiseProposals.Days(from, from.AddHours(1), TimeZoneInfo.Utc));
    }

    [Fact]
    public void A_date_that_was_edited_into_nonsense_counts_for_nothing()
    {
        Assert.Null(PromiseProposals.Days(Monday, Monday.AddDays(-1), Stockholm));
        Assert.Null(PromiseProposals.Days(Monday, Monday.AddDays(4000), Stockholm));
        Assert.Null(PromiseProposals.Days(Monday, to: null, Stockholm));
    }

    [Fact]
    public void Each_shipping_method_and_country_with_enough_orders_gets_a_proposal_and_the_rest_one_for_all()
    {
        var past = Orders(12, "Ground", "SE", ship: 2, deliver: 4).Concat(Orders(10, "Air", "NO", ship: 1, deliver: 2)).Concat(Orders(9, "Air", "SE", 7, 9));

        var proposals = PromiseProposals.Of([.. past], Stockholm, recordsDeliveries: true);

        Assert.Equal(
            [new PromiseProposal("Ground", "SE", 12, 2, 4), new PromiseProposal("Air", "NO", 10, 1, 2), new PromiseProposal(null, null, 31, 7, 9)],
            proposals
        );
    }

    [Fact]
    public void Names_of_shipping_methods_are_compared_without_case()
    {
        var past = Orders(5, "ground", "SE", 2, 4).Concat(Orders(5, "Ground", "SE", 2, 4));

        Assert.Equal(10, PromiseProposals.Of([.. past], Stockholm, recordsDeliveries: true)[0].Orders);
    }

    [Fact]
    public void Where_deliveries_are_not_recorded_no_arrival_is_proposed()
    {
        Assert.All(PromiseProposals.Of(Orders(12, "Ground", "SE", 2, 4), Stockholm, recordsDeliveries: false), proposal => Assert.Null(proposal.Deliver));
    }

    [Fact]
    public void Too_few_orders_propose_nothing()
    {
        Assert.Empty(PromiseProposals.Of(Orders(9, "Ground", "SE", 2, 4), Stockholm, recordsDeliveries: true));
    }

    [Fact]
    public void An_order_counts_for_the_first_rule_that_fits_it()
    {
        var past = Orders(3, "Ground", "SE", 2, 4).Concat(Orders(2, "Air", "NO", 5, 9)).ToList();
        PromiseRule[] rules = [new() { Method = "GROUND", Ship = 1 }, new() { Ship = 5, Deliver = 8 }];

        var outcomes = PromiseProposals.Outcomes(past, rules, Stockholm);

        Assert.Equal((3, 3, 0), (outcomes[0].Orders, outcomes[0].ShippedLate, outcomes[0].ArrivedLate));
        Assert.Equal((2, 0, 2), (outcomes[1].Orders, outcomes[1].ShippedLate, outcomes[1].ArrivedLate));
    }

    [Theory]
    [InlineData(10, 48)]
    [InlineData(11, 24)]
    public void One_customer_in_ten_may_be_warned_for_nothing_and_not_more(int falseAlarms, int expected)
    {
        WarningLead[] tried = [new(48, 100, 5, falseAlarms), new(24, 100, 4, 3), new(0, 100, 0, 0)];

        Assert.Equal(expected, WarningLead.Propose(tried));
    }

    [Fact]
    public void Where_every_warning_worries_too_many_none_is_proposed()
    {
        Assert.Equal(0, WarningLead.Propose([new(48, 100, 5, 40), new(0, 100, 0, 20)]));
    }

    private static List<PastShipping> Orders(int count, string method, string country, int ship, int deliver) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(id => new PastShipping
                {
                    OrderId = id,
                    Method = method,
                    Country = country,
                    From = Monday,
                    Shipped = Monday.AddDays(ship),
                    Delivered = Monday.AddDays(deliver),
                    ShippedParcels = 1,
                    DeliveredParcels = 1,
                }),
        ];
}
