using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Admin;

public sealed class HealthCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_shop_in_order_has_nothing_to_do()
    {
        Assert.All(HealthCheck.Of(Well()), finding => Assert.Equal(HealthLevel.Good, finding.Level));
    }

    [Fact]
    public void A_schedule_task_that_is_gone_is_named()
    {
        AssertBad(Well() with { Task = null }, "Admin.Health.Task.Missing");
        AssertBad(Well() with { MailTask = null }, "Admin.Health.MailTask.Missing");
    }

    [Fact]
    public void A_schedule_task_that_is_off_is_named()
    {
        AssertBad(Well() with { Task = Ran(1) with { IsEnabled = false } }, "Admin.Health.Task.Off");
        AssertBad(Well() with { MailTask = Ran(1) with { IsEnabled = false } }, "Admin.Health.MailTask.Off");
    }

    [Theory]
    [InlineData(10, "Admin.Health.Task.Good")]
    [InlineData(11, "Admin.Health.Task.Late")]
    public void A_schedule_task_may_be_silent_for_ten_minutes(int minutes, string expected)
    {
        Assert.Contains(HealthCheck.Of(Well() with { Task = Ran(minutes) }), Is(expected));
    }

    [Fact]
    public void A_task_that_a_person_slowed_down_may_be_silent_for_longer()
    {
        Assert.Contains(HealthCheck.Of(Well() with { MailTask = Ran(50) with { Every = TimeSpan.FromMinutes(30) } }), Is("Admin.Health.MailTask.Good"));
    }

    [Fact]
    public void A_schedule_task_that_never_ran_and_one_that_never_succeeds_are_told_apart()
    {
        AssertBad(Well() with { Task = new TaskFacts(true, null, null) }, "Admin.Health.Task.Never");
        AssertBad(Well() with { Task = new TaskFacts(true, Now.AddMinutes(-1), null) }, "Admin.Health.Task.Fails");
    }

    [Fact]
    public void An_engine_that_does_not_run_says_why()
    {
        var findings = HealthCheck.Of(Well() with { EngineRuns = false, Faults = ["Corner shop: TimeZone"] });

        Assert.Contains(findings, Is("Admin.Health.Engine.Off"));
        Assert.Contains(findings, finding => finding is { Key: "Admin.Health.Engine.Fault", Values: ["Corner shop: TimeZone"] });
    }

    [Theory]
    [InlineData("", "Admin.Health.Url.Bad")]
    [InlineData("shop.example", "Admin.Health.Url.Bad")]
    [InlineData("ftp://shop.example/", "Admin.Health.Url.Bad")]
    [InlineData("https://other.example/", "Admin.Health.Url.Other")]
    [InlineData("http://shop.example/", "Admin.Health.Url.Other")]
    public void A_store_address_that_is_not_the_one_in_use_is_named(string address, string expected)
    {
        AssertBad(Well(store => store with { Url = address }), expected);
    }

    [Fact]
    public void The_end_of_an_address_makes_no_difference()
    {
        Assert.DoesNotContain(HealthCheck.Of(Well(store => store with { Url = "https://SHOP.example" })), finding => finding.Level == HealthLevel.Bad);
    }

    [Fact]
    public void A_mail_account_that_sends_nothing_is_named()
    {
        AssertBad(Well(store => store with { AccountLimit = 0 }), "Admin.Health.Account.Limit");
        AssertBad(Well(store => store with { Account = null }), "Admin.Health.Account.Missing");
    }

    [Theory]
    [InlineData(SupportMode.Off, "Admin.Health.Mode.Off")]
    [InlineData(SupportMode.DryRun, "Admin.Health.Mode.DryRun")]
    [InlineData((SupportMode)7, "Admin.Health.Mode.Off")]
    public void A_store_that_tells_nobody_is_a_note(SupportMode mode, string expected)
    {
        var finding = Assert.Single(HealthCheck.Of(Well(store => store with { Mode = mode })), Is(expected));
        Assert.Equal(HealthLevel.Note, finding.Level);
    }

    [Fact]
    public void A_paused_store_says_why()
    {
        var findings = HealthCheck.Of(Well(store => store with { Paused = "Storm (engine)" }));

        Assert.Equal("Storm (engine)", Assert.Single(findings, Is("Admin.Health.Paused")).Values[1]);
    }

    [Theory]
    [InlineData(Observed.Learned, 40, 20, "Admin.Health.Arrival.On")]
    [InlineData(Observed.Learned, 41, 20, "Admin.Health.Arrival.Learned")]
    [InlineData(Observed.Learned, 19, 19, "Admin.Health.Arrival.Learned")]
    [InlineData(Observed.Learned, 0, 0, "Admin.Health.Arrival.Nothing")]
    [InlineData(Observed.No, 40, 40, "Admin.Health.Arrival.No")]
    [InlineData(Observed.Yes, 0, 0, "Admin.Health.Arrival.On")]
    public void Whether_arrival_is_judged_is_said_with_its_reason(Observed observed, long shipped, long delivered, string expected)
    {
        var facts = Well(store => store with { RecordsDeliveries = observed, Shipped = shipped, Delivered = delivered });

        Assert.Contains(HealthCheck.Of(facts), Is(expected));
    }

    [Fact]
    public void Messages_that_wait_or_failed_are_counted()
    {
        var findings = HealthCheck.Of(Well(store => store with { Held = 3, Failed = 2 }));

        Assert.Equal(3L, Assert.Single(findings, Is("Admin.Health.Held")).Values[1]);
        Assert.Equal(2L, Assert.Single(findings, Is("Admin.Health.Failed")).Values[1]);
    }

    [Fact]
    public void A_store_without_promises_cannot_be_late_and_is_told_so()
    {
        AssertBad(Well(store => store with { Promises = 0 }), "Admin.Health.Promises.None");
    }

    private static void AssertBad(HealthFacts facts, string key) => Assert.Equal(HealthLevel.Bad, Assert.Single(HealthCheck.Of(facts), Is(key)).Level);

    private static Predicate<HealthFinding> Is(string key) => finding => string.Equals(finding.Key, key, StringComparison.Ordinal);

    private static TaskFacts Ran(int minutes) => new(true, Now.AddMinutes(-minutes), Now.AddMinutes(-minutes));

    private static HealthFacts Well(Func<StoreFacts, StoreFacts>? change = null)
    {
        var store = new StoreFacts
        {
            Id = 1,
            Name = "Corner shop",
            Url = "https://shop.example/",
            Mode = SupportMode.Live,
            Account = "shop@shop.example",
            AccountLimit = 50,
            RecordsDeliveries = Observed.Yes,
            Promises = 1,
        };
        return new HealthFacts
        {
            Now = Now,
            Task = Ran(1),
            MailTask = Ran(1),
            Address = "https://shop.example/",
            EngineRuns = true,
            Stores = [change?.Invoke(store) ?? store],
        };
    }
}
