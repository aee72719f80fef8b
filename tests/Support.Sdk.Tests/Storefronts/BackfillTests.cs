using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Support.Sdk.Orders;
using Support.Sdk.Storefronts;
using Support.Sdk.Sweep;
using Support.Sdk.Tests.Engine;
using Support.Sdk.Tests.Shopify;
using Xunit;

namespace Support.Sdk.Tests.Storefronts;

public sealed class BackfillTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly ListedSource _source = new("main");

    [Fact]
    public async Task The_first_time_every_open_order_comes_in()
    {
        await using var world = NewWorld();
        _source.Orders.AddRange(Enumerable.Range(1, 250).Select(n => Order($"{n}", n)));

        Assert.Equal(250, await world.Runner.BackfillAsync());

        await world.RunAsync();
        Assert.Equal(("main", null), Assert.Single(_source.Asked));
        Assert.Equal("250", (await world.OrderAsync("250")).Key.Id);
    }

    [Fact]
    public async Task After_that_only_what_changed_comes_in_with_an_overlap()
    {
        await using var world = NewWorld();
        _source.Orders.AddRange([Order("1", 1), Order("2", 60)]);
        await world.Runner.BackfillAsync();
        world.Time.Advance(Interval);
        _source.Orders.Add(Order("3", 61));

        Assert.Equal(2, await world.Runner.BackfillAsync());

        Assert.Equal(Given.Monday.AddMinutes(60) - TimeSpan.FromMinutes(10), _source.Asked[^1].Since);
        await world.RunAsync();
        Assert.Equal("3", (await world.OrderAsync("3")).Key.Id);
    }

    [Fact]
    public async Task A_source_without_stamps_is_asked_from_when_it_was_read_before()
    {
        await using var world = NewWorld();
        _source.Orders.Add(Order("1", 0) with { UpdatedAt = null });
        await RoundsAsync(world, 1);
        var begun = world.Time.GetUtcNow();

        await RoundsAsync(world, 2);

        Assert.InRange(_source.Asked[^1].Since!.Value, begun - TimeSpan.FromMinutes(10), begun + Interval);
        Assert.True(_source.Asked[^1].Since > _source.Asked[^2].Since);
    }

    [Fact]
    public async Task What_is_listed_again_unchanged_comes_in_once()
    {
        await using var world = NewWorld();
        _source.Orders.Add(Order("1", 1));
        await RoundsAsync(world, 2);

        Assert.Equal(0, await RoundsAsync(world, 3));
    }

    [Fact]
    public async Task What_changed_back_under_the_same_stamp_comes_in_again()
    {
        await using var world = NewWorld();
        var open = Order("1", 1);
        _source.Orders.Add(open);
        await RoundsAsync(world, 2);
        _source.Orders[0] = open with { Status = OrderStatus.OnHold };
        await RoundsAsync(world, 1);
        Assert.Equal(OrderStatus.OnHold, (await world.OrderAsync("1")).Snapshot!.Status);

        _source.Orders[0] = open;
        await RoundsAsync(world, 1);

        Assert.Equal(OrderStatus.Open, (await world.OrderAsync("1")).Snapshot!.Status);
    }

    [Fact]
    public async Task A_shop_is_not_listed_before_its_time()
    {
        await using var world = NewWorld();
        await world.Runner.BackfillAsync();
        world.Time.Advance(Interval - TimeSpan.FromSeconds(1));
        await world.Runner.BackfillAsync();
        Assert.Single(_source.Asked);
    }

    [Fact]
    public async Task Two_processes_list_a_shop_once()
    {
        await using var world = NewWorld();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => world.Runner.BackfillAsync())));
        Assert.Single(_source.Asked);
    }

    [Fact]
    public async Task Cut_off_it_goes_on_from_where_it_was()
    {
        await using var world = NewWorld();
        _source.Orders.Add(Order("0", 0));
        await world.Runner.BackfillAsync();
        _source.Orders.AddRange(Enumerable.Range(1, 300).Select(n => Order($"{n}", n)));
        _source.Giving = order =>
        {
            if (order.Key.Id is "250")
            {
                throw new HttpRequestException("Away.");
            }
        };
        await RoundsAsync(world, 1);
        _source.Giving = _ => { };

        await RoundsAsync(world, 1);

        Assert.Equal(Given.Monday.AddMinutes(199 - 10), _source.Asked[^1].Since);
        Assert.Equal("300", (await world.OrderAsync("300")).Key.Id);
    }

    [Fact]
    public async Task What_was_read_before_a_failure_comes_in()
    {
        await using var world = NewWorld();
        _source.Orders.AddRange([Order("1", 1), Order("2", 2)]);
        _source.Giving = order => _ = order.Key.Id is "2" ? throw new HttpRequestException("Away.") : 0;

        await RoundsAsync(world, 1);

        Assert.Equal("1", (await world.OrderAsync("1")).Key.Id);
    }

    [Fact]
    public async Task The_first_time_cut_off_begins_anew()
    {
        await using var world = NewWorld();
        _source.Orders.AddRange(Enumerable.Range(1, 150).Select(n => Order($"{n}", n)));
        _source.Giving = order => _ = order.Key.Id is "140" ? throw new HttpRequestException("Away.") : 0;
        await RoundsAsync(world, 1);
        _source.Giving = _ => { };

        await RoundsAsync(world, 1);

        Assert.Null(_source.Asked[^1].Since);
        Assert.Equal("150", (await world.OrderAsync("150")).Key.Id);
    }

    [Fact]
    public async Task A_shop_that_is_away_delays_no_other()
    {
        var broken = new ListedSource("broken");
        broken.Orders.Add(Order("1", 1) with { Key = new OrderKey("broken", "1") });
        broken.Giving = _ => throw new HttpRequestException("Away.");
        await using var world = new World(with: services => services.AddSingleton<IOrderSource>(broken).AddSingleton<IOrderSource>(_source));
        _source.Orders.Add(Order("1", 1));

        Assert.Equal(1, await world.Runner.BackfillAsync());
    }

    [Fact]
    public async Task A_source_that_lists_nothing_is_not_asked()
    {
        var silent = new ListedSource();
        await using var world = new World(with: services => services.AddSingleton<IOrderSource>(silent));
        Assert.Equal(0, await world.Runner.BackfillAsync());
        Assert.Empty(silent.Asked);
    }

    [Fact]
    public async Task The_clock_of_the_source_counts_and_not_ours()
    {
        await using var world = NewWorld();
        world.Time.Advance(TimeSpan.FromHours(1));
        _source.Orders.Add(Order("1", 1));
        await world.Runner.BackfillAsync();
        world.Time.Advance(Interval);
        _source.Orders.Add(Order("2", 5));

        Assert.Equal(2, await world.Runner.BackfillAsync());
    }

    [Fact]
    public async Task A_reading_that_waits_for_its_source_keeps_its_turn()
    {
        await using var world = NewWorld();
        _source.Orders.Add(Order("1", 1));
        _source.Listing = token => Task.Delay(TimeSpan.FromHours(1), world.Time, token);
        var first = 0;
        var others = 0;

        await Clockwork.RunAsync(
            world.Time,
            TimeSpan.FromSeconds(10),
            async () =>
            {
                var reading = world.Runner.BackfillAsync();
                for (var round = 0; round < 5; round++)
                {
                    await Task.Delay(Interval + TimeSpan.FromSeconds(1), world.Time);
                    others += await world.Runner.BackfillAsync();
                }

                first = await reading;
            },
            leavesThread: true
        );

        Assert.Equal((1, 0), (first, others));
        Assert.Single(_source.Asked);
    }

    [Fact]
    public async Task A_reading_whose_turn_was_taken_stops()
    {
        await using var world = NewWorld();
        _source.Orders.Add(Order("1", 1));
        _source.Listing = async token =>
        {
            var states = world.Get<IStateStore>();
            var entry = await states.FindAsync("main", "orders/changed", token);
            Assert.True(await states.SaveAsync(entry!, token));
            await Task.Delay(TimeSpan.FromHours(1), world.Time, token);
        };
        var handedOver = -1;

        await Clockwork.RunAsync(world.Time, TimeSpan.FromSeconds(10), async () => handedOver = await world.Runner.BackfillAsync(), leavesThread: true);

        Assert.Equal(0, handedOver);
        Assert.True(world.Time.GetUtcNow() < Given.Monday + Interval);
    }

    [Fact]
    public async Task A_shop_that_takes_long_holds_up_no_other()
    {
        var slow = new ListedSource("slow");
        await using var world = new World(with: services => services.AddSingleton<IOrderSource>(slow).AddSingleton<IOrderSource>(_source));
        slow.Listing = token => Task.Delay(TimeSpan.FromHours(1), world.Time, token);
        var service = world.Get<IEnumerable<IHostedService>>().OfType<BackfillService>().Single();

        await Clockwork.RunAsync(
            world.Time,
            TimeSpan.FromSeconds(10),
            async () =>
            {
                await service.StartAsync(default);
                await Task.Delay(Interval * 4, world.Time);
                await service.StopAsync(default);
            },
            leavesThread: true
        );

        Assert.Single(slow.Asked);
        Assert.InRange(_source.Asked.Count, 3, 5);
    }

    private World NewWorld() => new(with: services => services.AddSingleton<IOrderSource>(_source));

    private static async Task<int> RoundsAsync(World world, int rounds)
    {
        var total = 0;
        for (var round = 0; round < rounds; round++)
        {
            world.Time.Advance(Interval);
            total += await world.Runner.BackfillAsync();
            await world.RunAsync();
        }

        return total;
    }

    private static OrderSnapshot Order(string id, int minute) => Given.Snapshot(id) with { UpdatedAt = Given.Monday.AddMinutes(minute), ReadAt = null };
}
