using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Xunit;

namespace Support.Sdk.Tests.Orders;

public sealed class SignalRuleTests
{
    private static readonly Shop Shop = Given.Shop with { Country = "SE" };

    private static Thresholds Of(Shop shop, string? method = null, string? country = null) =>
        Thresholds.Of(Given.Snapshot() with { ShippingMethod = method, DestinationCountry = country }, shop);

    [Fact]
    public void Without_rules_the_documented_defaults_count()
    {
        var domestic = Of(Shop, country: "se");

        Assert.Equal((TimeSpan.FromHours(48), null, 3, 3), (domestic.AtRiskBefore, domestic.HandlingDays, domestic.LabelDays, domestic.StalledDays));
        Assert.Equal(TimeSpan.FromDays(30), domestic.NoNews);
        Assert.Equal(5, Of(Shop, country: "NO").StalledDays);
    }

    [Fact]
    public void For_each_value_the_first_rule_that_fits_and_sets_it_counts()
    {
        var shop = Shop with
        {
            Signals =
            [
                new SignalRule { ShippingMethod = "Express", AtRiskBefore = TimeSpan.FromHours(6) },
                new SignalRule { Destination = "NO", StalledDays = 4 },
                new SignalRule
                {
                    Destination = "international",
                    StalledDays = 7,
                    LabelDays = 6,
                },
                new SignalRule { LabelDays = 4, NoNewsDays = 20 },
            ],
        };

        var express = Of(shop, "express", "no");
        var abroad = Of(shop, "standard", "DE");
        var home = Of(shop, "standard", "SE");

        Assert.Equal((TimeSpan.FromHours(6), 6, 4), (express.AtRiskBefore, express.LabelDays, express.StalledDays));
        Assert.Equal((TimeSpan.FromHours(48), 6, 7), (abroad.AtRiskBefore, abroad.LabelDays, abroad.StalledDays));
        Assert.Equal((TimeSpan.FromDays(20), 4, 3), (home.NoNews, home.LabelDays, home.StalledDays));
    }

    [Fact]
    public void An_order_whose_destination_is_not_known_is_neither_domestic_nor_international()
    {
        var shop = Shop with
        {
            Signals = [new SignalRule { Destination = "domestic", LabelDays = 10 }, new SignalRule { Destination = "international", LabelDays = 11 }],
        };

        Assert.Equal(3, Of(shop).LabelDays);
    }

    [Fact]
    public void At_risk_begins_where_the_rule_says()
    {
        var shop = Given.Seen(Given.Shop with { Signals = [new SignalRule { AtRiskBefore = TimeSpan.FromHours(6) }] });

        Assert.Equal(Given.PromiseEnds.AddHours(-6), new DelayAssessor().Assess(Given.Order(), shop, Given.Monday).NextCheckAt);
    }
}
