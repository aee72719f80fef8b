using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Contacts;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Tests.Engine;
using Xunit;

namespace Support.Sdk.Tests.Contacts;

public sealed class RetentionTests
{
    private static readonly DateTimeOffset AtRisk = Given.PromiseEnds.AddHours(-48);
    private static readonly TimeSpan TwoYears = TimeSpan.FromDays(730);

    [Fact]
    public async Task A_finished_order_goes_two_years_after_its_last_change_with_its_messages()
    {
        await using var world = new World();
        await FinishAsync(world);

        await world.AtAsync(AtRisk.AddHours(1) + TwoYears - TimeSpan.FromDays(1));
        Assert.NotEmpty(await world.DeliveriesAsync());
        await world.AtAsync(AtRisk.AddHours(1) + TwoYears + TimeSpan.FromDays(1));

        Assert.Empty(await world.DeliveriesAsync());
        Assert.Empty(await world.HistoryAsync());
        Assert.Empty(await world.Get<IOrderStore>().OfContactAsync("main", Given.Email, 10));
    }

    [Fact]
    public async Task An_order_that_is_still_watched_stays_however_old_it_is()
    {
        await using var world = new World(Given.Shop with { FurtherNotices = 1000 });
        await world.AcceptAsync(Given.Snapshot());
        for (var day = 0; day < 800; day += 20)
        {
            await world.AtAsync(AtRisk.AddDays(day));
        }

        Assert.NotNull((await world.OrderAsync()).CheckAt);
    }

    [Fact]
    public async Task News_of_a_quiet_order_begins_its_time_anew()
    {
        await using var world = new World();
        await FinishAsync(world);
        await world.AcceptAsync(Finished() with { UpdatedAt = AtRisk.AddDays(100), RawStatus = "returned" });
        await world.AtAsync(AtRisk.AddDays(100));

        await world.AtAsync(AtRisk.AddDays(50) + TwoYears);

        Assert.NotNull(await world.OrderAsync());
    }

    [Fact]
    public async Task A_repeat_is_recognised_for_ninety_days()
    {
        await using var world = new World();
        var snapshot = Given.Snapshot() with { EventId = "hook-1" };
        await world.AcceptAsync(snapshot);
        await world.RunAsync();

        await world.AtAsync(Given.Monday.AddDays(89));
        Assert.Equal(0, await world.Intake.AcceptAsync([snapshot]));
        await world.AtAsync(Given.Monday.AddDays(91));

        Assert.Equal(1, await world.Intake.AcceptAsync([snapshot]));
    }

    [Fact]
    public async Task A_parked_event_is_emptied_after_thirty_days_and_a_repeat_is_still_recognised()
    {
        await using var world = new World();
        var foreign = Given.Snapshot() with { Key = new OrderKey("elsewhere", "1"), EventId = "hook-1" };
        await world.AcceptAsync(foreign);
        await world.AtAsync(Given.Monday.AddDays(29));
        Assert.Single(await world.ParkedAsync());

        await world.AtAsync(Given.Monday.AddDays(31));

        Assert.Empty(await world.ParkedAsync());
        Assert.Equal(0, await world.Intake.AcceptAsync([foreign]));
    }

    [Fact]
    public async Task It_looks_once_a_day()
    {
        await using var world = new World(with: services =>
            services.Configure<SupportOptions>(options => options.Retention.ParkedEvents = TimeSpan.FromDays(1))
        );
        await world.RunAsync();
        await world.AcceptAsync(Given.Snapshot() with { Key = new OrderKey("elsewhere", "1") });
        var id = (await world.ParkedAsync())[0].Id;

        await world.AtAsync(Given.Monday.AddHours(23));
        await world.AtAsync(Given.Monday.AddHours(24));
        Assert.DoesNotContain(await world.ParkedAsync(), entry => entry.Id == id);
    }

    [Fact]
    public async Task Null_keeps_for_ever()
    {
        await using var world = new World(with: services =>
            services.Configure<SupportOptions>(options =>
            {
                options.Retention.FinishedOrders = null;
                options.Retention.EventIds = null;
                options.Retention.ParkedEvents = null;
            })
        );
        await FinishAsync(world);
        await world.AcceptAsync(Given.Snapshot() with { Key = new OrderKey("elsewhere", "1") });

        await world.AtAsync(Given.Monday.AddYears(50));

        Assert.NotEmpty(await world.DeliveriesAsync());
        Assert.Single(await world.ParkedAsync());
        Assert.Equal(0, await world.Intake.AcceptAsync([Finished()]));
    }

    [Theory]
    [InlineData("FinishedOrders", 29)]
    [InlineData("ParkedEvents", 0)]
    [InlineData("EventIds", 6)]
    public async Task A_time_that_is_too_short_stops_the_start_with_its_name(string name, int days)
    {
        await using var world = new World(with: services =>
            services.Configure<SupportOptions>(options => typeof(RetentionOptions).GetProperty(name)!.SetValue(options.Retention, TimeSpan.FromDays(days)))
        );

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => world.RunAsync());

        Assert.Contains("Support:Retention:" + name, refusal.Message, StringComparison.Ordinal);
    }

    private static OrderSnapshot Finished() => Given.Snapshot() with { UpdatedAt = AtRisk.AddHours(1), Status = OrderStatus.Completed };

    private static async Task FinishAsync(World world)
    {
        await world.AcceptAsync(Given.Snapshot());
        await world.AtAsync(AtRisk);
        Assert.Single(world.Channel.Messages);
        await world.AcceptAsync(Finished());
        await world.AtAsync(AtRisk.AddHours(1));
        Assert.Null((await world.OrderAsync()).CheckAt);
    }
}
