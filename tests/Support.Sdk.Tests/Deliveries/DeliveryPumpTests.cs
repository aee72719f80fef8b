using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Testing;
using Support.Sdk.Tests.Engine;
using Xunit;

namespace Support.Sdk.Tests.Deliveries;

public sealed class DeliveryPumpTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, 16)]
    [InlineData(false, 3)]
    public async Task No_more_is_claimed_than_the_window_holds(bool idempotent, int window)
    {
        using var channel = new GatedChannel("email", idempotent, parallelism: 3);
        await using var world = new World(channel: new RecordingChannel("unused"), with: services => services.AddSingleton<IChannel>(channel));
        await AddAsync(world, 40);

        var delivering = world.Runner.DeliverAsync(Stop);
        await channel.BegunAsync(3);
        var sending = await SendingAsync(world);
        channel.Open();
        await delivering;

        Assert.Equal(window, sending);
        Assert.Equal(3, channel.MostAtOnce);
        Assert.Equal(40, channel.Sent.Distinct(StringComparer.Ordinal).Count());
        Assert.All(await world.DeliveriesAsync(), delivery => Assert.Equal(DeliveryState.Accepted, delivery.State));
    }

    [Fact]
    public async Task A_straggler_keeps_nobody_waiting_and_what_is_sent_beside_it_is_recorded()
    {
        using var channel = new GatedChannel("email", idempotent: true, parallelism: 2) { IsOpenFor = id => !id.EndsWith("-0", StringComparison.Ordinal) };
        await using var world = new World(channel: new RecordingChannel("unused"), with: services => services.AddSingleton<IChannel>(channel));
        await AddAsync(world, 30);

        var delivering = world.Runner.DeliverAsync(Stop);
        while ((await world.DeliveriesAsync()).Count(delivery => delivery.State == DeliveryState.Accepted) < 29)
        {
            await Task.Yield();
            Stop.ThrowIfCancellationRequested();
        }

        Assert.False(delivering.IsCompleted);
        channel.Open();
        Assert.Equal(30, await delivering);
    }

    [Fact]
    public async Task When_it_stops_what_was_not_begun_is_given_back_and_what_was_sent_is_recorded()
    {
        using var stopping = new CancellationTokenSource();
        using var channel = new GatedChannel("email", idempotent: true, parallelism: 2) { MindsStopping = false };
        await using var world = new World(channel: new RecordingChannel("unused"), with: services => services.AddSingleton<IChannel>(channel));
        await AddAsync(world, 10);

        var delivering = world.Runner.DeliverAsync(stopping.Token);
        await channel.BegunAsync(2);
        await stopping.CancelAsync();
        channel.Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivering);

        var states = (await world.DeliveriesAsync()).GroupBy(delivery => delivery.State).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(2, states[DeliveryState.Accepted]);
        Assert.Equal(8, states[DeliveryState.Retry]);
        Assert.Equal(8, await world.Runner.DeliverAsync(Stop));
    }

    [Fact]
    public async Task A_channel_that_hangs_does_not_keep_the_messages_of_another()
    {
        using var stuck = new GatedChannel("sms", idempotent: true, parallelism: 1);
        using var healthy = new GatedChannel("email", idempotent: true, parallelism: 1);
        healthy.Open();
        await using var world = new World(
            channel: new RecordingChannel("unused"),
            with: services =>
            {
                services.AddSingleton<IChannel>(stuck);
                services.AddSingleton<IChannel>(healthy);
            }
        );
        var loops = world.Get<IEnumerable<IHostedService>>().ToList();
        await AddAsync(world, 1, "sms");
        foreach (var loop in loops)
        {
            await loop.StartAsync(Stop);
        }

        await stuck.BegunAsync(1);
        await AddAsync(world, 3, "email");
        world.Get<Support.Sdk.Sweep.WakeUp>().Set();
        await healthy.BegunAsync(3);

        stuck.Open();
        foreach (var loop in loops)
        {
            await loop.StopAsync(Stop);
        }
    }

    private static async Task<int> SendingAsync(World world) => (await world.DeliveriesAsync()).Count(delivery => delivery.State == DeliveryState.Sending);

    private static async Task AddAsync(World world, int count, string channel = "email")
    {
        await world.Get<ISupportStore>().StartAsync(Stop);
        var key = new OrderKey("main", $"carrier-{channel}");
        var messages = Enumerable
            .Range(0, count)
            .Select(number => new MessageDelivery
            {
                Message = new OutboundMessage
                {
                    Id = $"{channel}-{number}",
                    Shop = "main",
                    Order = key,
                    Occasion = $"order-shipped/{number}",
                    To = new ContactPoint(channel, "ada@example.com"),
                    Culture = "en",
                    Subject = "Hello",
                    Text = "Hello.",
                    DecidedAt = Given.Monday,
                },
                State = DeliveryState.Pending,
                DueAt = Given.Monday,
                ChangedAt = Given.Monday,
            });
        var order = new WatchedOrder { Key = key, FirstSeenAt = Given.Monday };
        Assert.Empty(await world.Get<IOrderStore>().SaveAsync([new OrderChange { Order = order, Deliveries = [.. messages] }], Stop));
    }
}
