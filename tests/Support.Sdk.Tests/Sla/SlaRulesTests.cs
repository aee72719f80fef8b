using Support.Sdk.Customers;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Sla;

public sealed class SlaRulesTests
{
    private static readonly SlaPolicy FallBack = new() { Name = "rest" };

    [Fact]
    public void What_comes_by_default_has_no_fault() => Assert.Empty(SlaRules.Faults(Given.Shop));

    [Fact]
    public void A_policy_without_a_condition_must_be_the_last() =>
        Faulty(new TicketRules { Policies = [FallBack, Chat("chat")] }, "Tickets:Policies:rest: without a condition it fits every ticket");

    [Fact]
    public void Two_policies_of_one_name_are_named() => Faulty(new TicketRules { Policies = [Chat("one"), Chat("one")] }, "'one' is set up twice");

    [Fact]
    public void A_policy_that_can_never_be_reached_names_the_one_that_hides_it()
    {
        var wide = Chat("wide");
        var narrow = new SlaPolicy
        {
            Name = "narrow",
            When = new SlaCondition { Channels = ["chat"], Priorities = [TicketPriority.High] },
        };
        Faulty(new TicketRules { Policies = [wide, narrow] }, "Policies:narrow: every ticket that it fits is taken by 'wide'");
        Assert.Empty(Faults(new TicketRules { Policies = [narrow, wide] }));
    }

    [Fact]
    public void A_smaller_order_behind_a_larger_one_is_reached()
    {
        Assert.Empty(Faults(new TicketRules { Policies = [Orders("large", 5000), Orders("small", 100)] }));
        Faulty(new TicketRules { Policies = [Orders("small", 100), Orders("large", 5000)] }, "taken by 'small'");
    }

    [Fact]
    public void Two_targets_for_one_metric_contradict_each_other() =>
        Faulty(Rules(Target(SlaMetric.FirstResponse, 1), Target(SlaMetric.FirstResponse, 2)), "FirstResponse has two targets for all priorities");

    [Fact]
    public void Solved_before_answered_cannot_be_kept() =>
        Faulty(Rules(Target(SlaMetric.FirstResponse, 8), Target(SlaMetric.Resolution, 4)), "Resolution (04:00:00) is due before FirstResponse (08:00:00)");

    [Fact]
    public void A_target_is_not_negative() => Faulty(Rules(Target(SlaMetric.FirstResponse, -1)), "a target must lie between 0 and 365 days");

    [Fact]
    public void A_policy_promises_no_word_of_an_agent() => Faulty(Rules(Target(SlaMetric.Promise, 1)), "a policy has no target for it");

    [Fact]
    public void An_update_every_zero_minutes_is_refused() => Faulty(Rules(Target(SlaMetric.PeriodicUpdate, 0)), "a periodic update needs a time above zero");

    [Fact]
    public void What_a_policy_names_must_exist()
    {
        var policy = FallBack with
        {
            Calendar = "night",
            When = new SlaCondition { Teams = ["returns"], Segments = ["vip"] },
        };
        var faults = Faults(new TicketRules { Policies = [policy] });
        Assert.Contains(faults, fault => fault.Contains("there is no calendar 'night'", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("there is no team 'returns'", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("there is no segment 'vip'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_warning_is_about_something_that_is_promised() =>
        Faulty(
            new TicketRules { Policies = [FallBack with { Warnings = [new SlaWarning { Metric = SlaMetric.Resolution }] }] },
            "a warning is about Resolution, which has no target"
        );

    [Fact]
    public void A_warning_to_a_contact_needs_one() =>
        Faulty(new TicketRules { Policies = [FallBack with { Warnings = [new SlaWarning { To = SlaAudience.Contact }] }] }, "needs a Contact");

    [Fact]
    public void Only_waiting_pauses() =>
        Faulty(new TicketRules { Policies = [FallBack with { PausedIn = [TicketStatus.Open] }] }, "PausedIn takes Pending and OnHold only");

    [Fact]
    public void No_agent_is_called_like_the_engine() =>
        Faulty(new TicketRules { Agents = [new SupportAgent { Id = "engine" }] }, "must have 1 to 100 characters, and be neither customer nor engine");

    [Fact]
    public void An_agent_s_team_and_hours_are_checked() =>
        Faulty(
            new TicketRules
            {
                Agents =
                [
                    new SupportAgent
                    {
                        Id = "bo",
                        Team = "x",
                        Hours = new BusinessHours { TimeZone = "Mars/Base" },
                    },
                ],
            },
            "Agents:bo: there is no team 'x'",
            "Agents:bo:Hours:TimeZone 'Mars/Base' is not known"
        );

    [Fact]
    public void A_team_has_a_name() => Faulty(new TicketRules { Teams = [new SupportTeam { Name = "" }] }, "Teams: the name '' must have 1 to 100 characters");

    [Fact]
    public void A_segment_without_a_condition_is_everybody() =>
        Faulty(new TicketRules { Segments = [new Segment { Name = "all" }] }, "Segments:all: it sets no condition");

    [Fact]
    public void A_segment_that_nobody_can_be_in_is_named() =>
        Faulty(
            new TicketRules
            {
                Segments =
                [
                    new Segment
                    {
                        Name = "none",
                        MinOrders = 5,
                        MaxOrders = 2,
                    },
                ],
            },
            "MinOrders is above MaxOrders"
        );

    [Fact]
    public void A_ticket_is_closed_within_a_year() =>
        Faulty(new TicketRules { CloseAfter = TimeSpan.FromDays(-1) }, "CloseAfter must lie between 0 and 365 days");

    private static SlaPolicy Chat(string name) =>
        new()
        {
            Name = name,
            When = new SlaCondition { Channels = ["chat"] },
        };

    private static SlaPolicy Orders(string name, decimal amount) =>
        new()
        {
            Name = name,
            When = new SlaCondition { MinOrder = new OrderTotal(amount, "SEK") },
        };

    private static TicketRules Rules(params SlaTarget[] targets) => new() { Policies = [FallBack with { Targets = targets }] };

    private static SlaTarget Target(SlaMetric metric, int hours) => new() { Metric = metric, Within = TimeSpan.FromHours(hours) };

    private static List<string> Faults(TicketRules rules) => [.. SlaRules.Faults(Given.Shop with { Tickets = rules })];

    private static void Faulty(TicketRules rules, params string[] expected)
    {
        var faults = Faults(rules);
        Assert.All(expected, part => Assert.Contains(faults, fault => fault.Contains(part, StringComparison.Ordinal)));
    }
}
