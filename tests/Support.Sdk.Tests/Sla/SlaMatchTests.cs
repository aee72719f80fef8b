using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Support.Sdk.Orders;
using Support.Sdk.Sla;
using Support.Sdk.Tests.Tickets;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Sla;

public sealed class SlaMatchTests
{
    private static readonly Ticket Ticket = GivenTicket.Fresh() with
    {
        Channel = "form",
        Kind = TicketKind.OrderProblem,
        Priority = TicketPriority.High,
        Tags = ["fragile", "gift"],
        Segments = ["vip"],
        Team = "returns",
        OrderTotal = new OrderTotal(1000, "SEK"),
    };

    public static TheoryData<string, SlaCondition, bool> Conditions =>
        new()
        {
            { "none", new SlaCondition(), true },
            {
                "channel",
                new SlaCondition { Channels = ["chat", "form"] },
                true
            },
            {
                "another channel",
                new SlaCondition { Channels = ["chat"] },
                false
            },
            {
                "priority",
                new SlaCondition { Priorities = [TicketPriority.High] },
                true
            },
            {
                "another priority",
                new SlaCondition { Priorities = [TicketPriority.Low] },
                false
            },
            {
                "kind",
                new SlaCondition { Kinds = [TicketKind.OrderProblem] },
                true
            },
            {
                "another kind",
                new SlaCondition { Kinds = [TicketKind.Review] },
                false
            },
            {
                "one of the tags",
                new SlaCondition { Tags = ["gift"] },
                true
            },
            {
                "another tag",
                new SlaCondition { Tags = ["Gift"] },
                false
            },
            {
                "segment",
                new SlaCondition { Segments = ["vip"] },
                true
            },
            {
                "another segment",
                new SlaCondition { Segments = ["new"] },
                false
            },
            {
                "team",
                new SlaCondition { Teams = ["returns"] },
                true
            },
            {
                "another team",
                new SlaCondition { Teams = ["desk"] },
                false
            },
            {
                "order of this much",
                new SlaCondition { MinOrder = new OrderTotal(1000, "sek") },
                true
            },
            {
                "larger order",
                new SlaCondition { MinOrder = new OrderTotal(1000.01m, "SEK") },
                false
            },
            {
                "order in another currency",
                new SlaCondition { MinOrder = new OrderTotal(1, "EUR") },
                false
            },
            {
                "all together",
                new SlaCondition
                {
                    Channels = ["form"],
                    Tags = ["gift"],
                    Teams = ["returns"],
                },
                true
            },
            {
                "all but one",
                new SlaCondition
                {
                    Channels = ["form"],
                    Tags = ["gift"],
                    Teams = ["desk"],
                },
                false
            },
        };

    [Theory, MemberData(nameof(Conditions))]
    public void Every_condition_that_is_set_must_hold(string what, SlaCondition when, bool fits)
    {
        var rules = new TicketRules { Policies = [new SlaPolicy { Name = what, When = when }] };
        Assert.Equal(fits ? what : null, SlaMatch.Policy(rules, Ticket)?.Name);
    }

    [Fact]
    public void An_unknown_order_total_fits_no_minimum()
    {
        var rules = new TicketRules
        {
            Policies =
            [
                new SlaPolicy
                {
                    Name = "large",
                    When = new SlaCondition { MinOrder = new OrderTotal(0, "SEK") },
                },
            ],
        };
        Assert.Null(SlaMatch.Policy(rules, Ticket with { OrderTotal = null }));
    }

    [Fact]
    public void The_first_policy_that_fits_counts()
    {
        var rules = new TicketRules
        {
            Policies =
            [
                new SlaPolicy
                {
                    Name = "chat",
                    When = new SlaCondition { Channels = ["chat"] },
                },
                new SlaPolicy
                {
                    Name = "vip",
                    When = new SlaCondition { Segments = ["vip"] },
                },
                new SlaPolicy { Name = "rest" },
            ],
        };
        Assert.Equal("vip", SlaMatch.Policy(rules, Ticket)!.Name);
        Assert.Equal("rest", SlaMatch.Policy(rules, Ticket with { Segments = [] })!.Name);
    }

    [Fact]
    public void The_target_of_the_priority_counts_before_the_one_for_all()
    {
        var urgent = GivenTicket.Target(SlaMetric.FirstResponse, 1) with { Priority = TicketPriority.Urgent };
        var all = GivenTicket.Target(SlaMetric.FirstResponse, 8);
        var policy = new SlaPolicy { Name = "all", Targets = [all, urgent] };
        Assert.Equal(urgent, SlaMatch.Target(policy, SlaMetric.FirstResponse, TicketPriority.Urgent));
        Assert.Equal(all, SlaMatch.Target(policy, SlaMetric.FirstResponse, TicketPriority.Low));
        Assert.Null(SlaMatch.Target(policy, SlaMetric.Resolution, TicketPriority.Low));
    }

    [Theory]
    [InlineData("chat", "00:02:00", SlaTime.OpenHours)]
    [InlineData("social", "01:00:00", SlaTime.OpenHours)]
    [InlineData("phone", "00:00:00", SlaTime.OpenHours)]
    [InlineData("email", "1.00:00:00", SlaTime.OpenDays)]
    [InlineData("form", "1.00:00:00", SlaTime.OpenDays)]
    public void The_default_has_the_goal_of_each_channel(string channel, string within, SlaTime counts)
    {
        var target = SlaMatch.Target(SlaMatch.Policy(new TicketRules(), Ticket with { Channel = channel }), SlaMetric.FirstResponse, TicketPriority.Normal);
        Assert.Equal((TimeSpan.Parse(within, System.Globalization.CultureInfo.InvariantCulture), counts), (target!.Within, target.Counts));
    }

    [Fact]
    public void Policies_teams_and_agents_come_from_the_configuration()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Support:Shops:tiny:Tickets:CloseAfter"] = "3.00:00:00",
                    ["Support:Shops:tiny:Tickets:Agents:0:Id"] = "karin",
                    ["Support:Shops:tiny:Tickets:Agents:0:Contact:Channel"] = "email",
                    ["Support:Shops:tiny:Tickets:Agents:0:Contact:Value"] = "karin@shop.example",
                    ["Support:Shops:tiny:Tickets:Calendars:night:Week:Monday"] = "00:00-24:00",
                    ["Support:Shops:tiny:Tickets:Policies:0:Name"] = "orders",
                    ["Support:Shops:tiny:Tickets:Policies:0:Calendar"] = "night",
                    ["Support:Shops:tiny:Tickets:Policies:0:When:Kinds:0"] = "OrderProblem",
                    ["Support:Shops:tiny:Tickets:Policies:0:When:MinOrder:Amount"] = "500",
                    ["Support:Shops:tiny:Tickets:Policies:0:When:MinOrder:Currency"] = "SEK",
                    ["Support:Shops:tiny:Tickets:Policies:0:Targets:0:Metric"] = "FirstResponse",
                    ["Support:Shops:tiny:Tickets:Policies:0:Targets:0:Within"] = "04:00:00",
                    ["Support:Shops:tiny:Tickets:Policies:0:Targets:0:Priority"] = "High",
                    ["Support:Shops:tiny:Tickets:Policies:0:Warnings:0:Before"] = "01:00:00",
                    ["Support:Shops:tiny:Tickets:Policies:0:Warnings:0:To"] = "Team",
                }
            )
            .Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddSupport();
        using var provider = services.BuildServiceProvider();
        var shop = provider.GetRequiredService<IOptions<SupportOptions>>().Value.Shops["tiny"];

        var policy = Assert.Single(shop.Tickets.Policies!);
        Assert.Equal(("orders", "night", new OrderTotal(500, "SEK")), (policy.Name, policy.Calendar, policy.When.MinOrder));
        Assert.Equal([TicketKind.OrderProblem], policy.When.Kinds);
        Assert.Equal([TicketStatus.Pending], policy.PausedIn);
        var target = Assert.Single(policy.Targets);
        Assert.Equal((SlaMetric.FirstResponse, TimeSpan.FromHours(4), TicketPriority.High), (target.Metric, target.Within, target.Priority!.Value));
        Assert.Equal(new SlaWarning { Before = TimeSpan.FromHours(1), To = SlaAudience.Team }, Assert.Single(policy.Warnings));
        Assert.Equal("karin@shop.example", Assert.Single(shop.Tickets.Agents).Contact!.Value);
        Assert.Equal(TimeSpan.FromDays(3), shop.Tickets.CloseAfter);
        Assert.Empty(SlaRules.Faults(shop with { Id = "tiny" }));
    }
}
