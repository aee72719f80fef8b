using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Relational;
using Support.Sdk.Testing;
using Support.Sdk.Tests.Engine;
using Support.Sdk.Tests.Testing;
using Xunit;

namespace Support.Sdk.Tests.Deliveries;

public sealed class PumpFaultTests
{
    private static readonly ChannelTraits Slow = new() { Idempotent = true, Parallelism = 1 };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_attempt_that_the_stop_cut_short_is_tried_again_at_once_even_when_it_was_the_last()
    {
        using var stopping = new CancellationTokenSource();
        var channel = new StuckChannel { Traits = Slow };
        await using var world = await WithMessagesAsync(channel, Messages.Plain() with { Id = "a" });
        for (var attempt = 1; attempt < RetrySchedule.MaxAttempts; attempt++)
        {
            await world.Get<IOutboxStore>().ClaimAsync(Claim(world) with { Lease = TimeSpan.Zero, MaxAttempts = 100 }, Stop);
        }

        var delivering = world.Runner.DeliverAsync(stopping.Token);
        await channel.Begun;
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivering);

        var delivery = Assert.Single(await world.DeliveriesAsync());
        Assert.Equal((DeliveryState.Retry, RetrySchedule.MaxAttempts), (delivery.State, delivery.Attempts));
        Assert.Equal(world.Time.GetUtcNow(), delivery.DueAt);
    }

    [Fact]
    public async Task What_could_not_be_recorded_is_not_claimed_again_when_its_lease_has_ended()
    {
        ScriptedOutbox? outbox = null;
        var channel = new RecordingChannel();
        await using var world = new World(
            channel: channel,
            with: services =>
                services.AddSingleton<IOutboxStore>(provider => outbox = new ScriptedOutbox(new OutboxStore(provider.GetRequiredService<Database>())))
        );
        await AddAsync(world, Messages.Plain());
        world.Get<IOutboxStore>();
        outbox!.Refuses = _ => true;

        var delivering = world.Runner.DeliverAsync(Stop);
        // The second try begins after the pump has noticed that the first one failed.
        await MoveUntilAsync(world, () => outbox.Attempts > 1);
        var claims = outbox.Claims.Count;
        await MoveUntilAsync(world, () => outbox.Attempts > 20);
        Assert.InRange(outbox.Claims.Count, claims, claims + 1);
        outbox.Refuses = _ => false;
        await MoveUntilAsync(world, () => delivering.IsCompleted);

        Assert.Equal(1, await delivering);
        Assert.Single(channel.Attempts);
        Assert.Equal(DeliveryState.Accepted, Assert.Single(await world.DeliveriesAsync()).State);
    }

    [Theory]
    [InlineData(4, null, 30)]
    [InlineData(1, null, 30)]
    [InlineData(100, 1, 5)]
    [InlineData(3, 2, 1)]
    public async Task A_lease_outlives_the_wait_of_the_last_message_in_the_window(int parallelism, int? rate, int timeout)
    {
        ScriptedOutbox? outbox = null;
        var traits = new ChannelTraits
        {
            Idempotent = true,
            Parallelism = parallelism,
            MaxPerSecond = rate,
            Timeout = TimeSpan.FromSeconds(timeout),
        };
        await using var world = new World(
            channel: new RecordingChannel { Traits = traits },
            with: services =>
                services.AddSingleton<IOutboxStore>(provider => outbox = new ScriptedOutbox(new OutboxStore(provider.GetRequiredService<Database>())))
        );

        await world.Runner.DeliverAsync(Stop);

        var claim = outbox!.Claims.First();
        var turns = Math.Ceiling(claim.Max / (double)parallelism);
        var wait = TimeSpan.FromSeconds((turns * timeout) + (rate is { } perSecond ? claim.Max / (double)perSecond : 0));
        Assert.True(claim.Lease > wait, $"{claim.Lease} for a wait of {wait}");
    }

    [Fact]
    public async Task A_message_whose_channel_hangs_for_ever_is_in_doubt_and_keeps_no_other()
    {
        var channel = new StuckChannel { Traits = Slow with { Timeout = TimeSpan.FromMilliseconds(20) }, IsDeaf = true };
        await using var world = await WithMessagesAsync(channel, Messages.Plain("a"), Messages.Plain("b"), Messages.Plain("c"));

        Assert.Equal(3, await world.Runner.DeliverAsync(Stop));

        var states = (await world.DeliveriesAsync()).ToDictionary(delivery => delivery.Message.Id, delivery => delivery.State, StringComparer.Ordinal);
        Assert.Equal((DeliveryState.Retry, DeliveryState.Accepted, DeliveryState.Accepted), (states["a"], states["b"], states["c"]));
    }

    private static async Task<World> WithMessagesAsync(StuckChannel channel, params OutboundMessage[] messages)
    {
        var world = new World(channel: new RecordingChannel("unused"), with: services => services.AddSingleton<IChannel>(channel));
        await AddAsync(world, messages);
        return world;
    }

    private static async Task AddAsync(World world, params OutboundMessage[] messages)
    {
        var deliveries = messages.Select(message => new MessageDelivery
        {
            Message = message,
            State = DeliveryState.Pending,
            DueAt = Given.Monday,
            ChangedAt = Given.Monday,
        });
        var order = new WatchedOrder { Key = new OrderKey("main", "1001"), FirstSeenAt = Given.Monday };
        Assert.Empty(await world.Get<IOrderStore>().SaveAsync([new OrderChange { Order = order, Deliveries = [.. deliveries] }], Stop));
    }

    private static OutboxClaim Claim(World world) =>
        new()
        {
            Channel = "email",
            Idempotent = true,
            Now = world.Time.GetUtcNow(),
            Max = 1,
            Lease = TimeSpan.Zero,
        };

    private static async Task MoveUntilAsync(World world, Func<bool> isReached)
    {
        while (!isReached())
        {
            Stop.ThrowIfCancellationRequested();
            world.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    /// <summary>A provider that never answers to the first message, whether or not the channel minds its cancellation.</summary>
    private sealed class StuckChannel : IChannel
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "email";

        public required ChannelTraits Traits { get; init; }

        public bool IsDeaf { get; init; }

        public Task Begun => _begun.Task;

        public async Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken = default)
        {
            _begun.TrySetResult();
            if (message.Id is "a")
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, IsDeaf ? CancellationToken.None : cancellationToken);
            }

            return DeliveryResult.Accepted();
        }
    }
}
