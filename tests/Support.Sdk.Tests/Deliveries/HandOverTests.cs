using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Relational;
using Support.Sdk.Testing;
using Support.Sdk.Tests.Engine;
using Support.Sdk.Tests.Testing;
using Xunit;

namespace Support.Sdk.Tests.Deliveries;

/// <summary>What is decided goes to the channel without being looked for, while this process delivers and nothing older waits.</summary>
public sealed class HandOverTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_is_due_at_once_is_sent_without_a_search()
    {
        await using var shop = await ShopAsync(idempotent: true);
        await shop.QuietAsync();
        var searches = shop.Store.Claims.Count;

        await shop.DecideAsync("a", "b");
        await shop.StandAsync(DeliveryState.Accepted, 2);

        Assert.Equal(["a", "b"], shop.Channel.Sent.Order(StringComparer.Ordinal));
        Assert.Equal(searches, shop.Store.Claims.Count);
        Assert.All(await shop.World.DeliveriesAsync(), delivery => Assert.Equal(1, delivery.Attempts));
    }

    [Fact]
    public async Task A_decision_that_is_saved_twice_is_sent_once()
    {
        await using var shop = await ShopAsync(idempotent: true);
        await shop.QuietAsync();

        await shop.DecideAsync("a");
        await shop.DecideAsync("a", "b");
        await shop.StandAsync(DeliveryState.Accepted, 2);

        Assert.Equal(["a", "b"], shop.Channel.Sent.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_loop_that_delivers_a_message_waits_in_the_store()
    {
        await using var shop = await ShopAsync(idempotent: true, delivers: false);

        await shop.DecideAsync("a");

        Assert.Equal(DeliveryState.Pending, Assert.Single(await shop.World.DeliveriesAsync()).State);
        Assert.Equal(1, await shop.World.Runner.DeliverAsync(Stop));
    }

    [Fact]
    public async Task On_a_channel_without_keys_a_message_is_looked_for_so_that_a_crash_before_its_turn_leaves_it_in_no_doubt()
    {
        await using var shop = await ShopAsync(idempotent: false);
        await shop.QuietAsync();
        var searches = shop.Store.Claims.Count;

        await shop.DecideAsync("a");
        await shop.StandAsync(DeliveryState.Accepted, 1);

        Assert.True(shop.Store.Claims.Count > searches);
    }

    [Fact]
    public async Task Of_more_messages_than_the_window_holds_the_rest_is_looked_for_and_nothing_is_lost()
    {
        await using var shop = await ShopAsync(idempotent: true);
        await shop.QuietAsync();

        await shop.DecideAsync([.. Enumerable.Range(0, 40).Select(number => $"m{number}")]);
        await shop.StandAsync(DeliveryState.Accepted, 40);

        Assert.Equal(40, shop.Channel.Sent.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(40, shop.Channel.Sent.Count);
    }

    [Fact]
    public async Task When_it_stops_what_was_handed_over_and_not_begun_is_given_back()
    {
        await using var shop = await ShopAsync(idempotent: true, isOpen: false);
        await shop.QuietAsync();
        await shop.DecideAsync("a", "b", "c", "d");
        await shop.Channel.BegunAsync(2);

        var stopping = shop.StopAsync();
        shop.Channel.Open();
        await stopping;

        var states = (await shop.World.DeliveriesAsync()).CountBy(delivery => delivery.State).ToDictionary();
        Assert.Equal(2, states[DeliveryState.Accepted]);
        Assert.Equal(2, states[DeliveryState.Retry]);
        Assert.Equal(2, await shop.World.Runner.DeliverAsync(Stop));
    }

    [Fact]
    public async Task What_is_decided_after_the_last_loop_has_stopped_waits_in_the_store()
    {
        await using var shop = await ShopAsync(idempotent: true);
        await shop.QuietAsync();
        await shop.StopAsync();

        await shop.DecideAsync("a");

        Assert.Equal(DeliveryState.Pending, Assert.Single(await shop.World.DeliveriesAsync()).State);
    }

    [Fact]
    public async Task A_decision_that_cannot_be_saved_leaves_the_room_that_was_made_for_it()
    {
        await using var shop = await ShopAsync(idempotent: true);
        await shop.QuietAsync();
        var lane = shop.World.Get<Outbox>().Lanes.Single(lane => lane.Channel == shop.Channel);
        var room = lane.Room;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => shop.DecideAsync(new CancellationToken(canceled: true), "a"));

        Assert.Equal(room, lane.Room);
    }

    [Fact]
    public async Task A_message_that_is_handed_over_while_a_straggler_is_sent_does_not_wait_for_it()
    {
        await using var shop = await ShopAsync(idempotent: true, isOpen: false, isOpenFor: id => !string.Equals(id, "slow", StringComparison.Ordinal));
        await shop.QuietAsync();
        await shop.DecideAsync("slow");
        await shop.Channel.BegunAsync(1);

        await shop.DecideAsync("quick");
        await shop.StandAsync(DeliveryState.Accepted, 1);

        Assert.Equal(["quick"], shop.Channel.Sent);
        shop.Channel.Open();
        await shop.StandAsync(DeliveryState.Accepted, 2);
    }

    private static async Task<DeliveringShop> ShopAsync(bool idempotent, bool delivers = true, bool isOpen = true, Func<string, bool>? isOpenFor = null)
    {
        var shop = new DeliveringShop(new GatedChannel("email", idempotent, parallelism: 2) { IsOpenFor = isOpenFor ?? (_ => isOpen), MindsStopping = false });
        await shop.World.Get<ISupportStore>().StartAsync(Stop);
        if (delivers)
        {
            await shop.Loop.StartAsync(Stop);
        }

        return shop;
    }

    /// <summary>A shop with the loop that delivers, and no other.</summary>
    private sealed class DeliveringShop : IAsyncDisposable
    {
        private ScriptedOutbox? _store;
        private int _orders;

        public DeliveringShop(GatedChannel channel)
        {
            Channel = channel;
            World = new World(
                channel: new RecordingChannel("unused"),
                with: services =>
                {
                    services.AddSingleton<IChannel>(channel);
                    services.AddSingleton<IOutboxStore>(provider => _store = new ScriptedOutbox(new OutboxStore(provider.GetRequiredService<Database>())));
                }
            );
            Loop = World.Get<IEnumerable<IHostedService>>().OfType<Support.Sdk.Sweep.OutboxService>().Single();
            World.Get<IOutboxStore>();
        }

        public World World { get; }

        public GatedChannel Channel { get; }

        public Support.Sdk.Sweep.OutboxService Loop { get; }

        public ScriptedOutbox Store => _store!;

        public Task StopAsync() => Loop.StopAsync(Stop);

        /// <summary>Waits until every channel was searched in vain.</summary>
        public async Task QuietAsync()
        {
            var wake = World.Get<Support.Sdk.Sweep.WakeUp>();
            while (!World.Get<Outbox>().Lanes.All(lane => lane.IsQuiet(wake.Signal)))
            {
                await Task.Yield();
                Stop.ThrowIfCancellationRequested();
            }
        }

        public Task DecideAsync(params string[] ids) => DecideAsync(Stop, ids);

        public async Task DecideAsync(CancellationToken cancellationToken, params string[] ids)
        {
            var key = new OrderKey("main", $"order-{_orders++}");
            var order = new WatchedOrder { Key = key, FirstSeenAt = Given.Monday };
            Assert.Empty(
                await World
                    .Get<Outbox>()
                    .SaveAsync([new OrderChange { Order = order, Deliveries = [.. ids.Select(id => Delivery(id, key))] }], cancellationToken)
            );
        }

        /// <summary>Waits until so many messages have that state.</summary>
        public async Task StandAsync(DeliveryState state, int count)
        {
            while ((await World.DeliveriesAsync()).Count(delivery => delivery.State == state) < count)
            {
                await Task.Yield();
                Stop.ThrowIfCancellationRequested();
            }
        }

        public async ValueTask DisposeAsync()
        {
            Channel.Open();
            await StopAsync();
            await World.DisposeAsync();
            Channel.Dispose();
        }

        private static MessageDelivery Delivery(string id, OrderKey key) =>
            new()
            {
                Message = Messages.Plain() with { Id = id, Order = key, DecidedAt = Given.Monday },
                State = DeliveryState.Pending,
                DueAt = Given.Monday,
                ChangedAt = Given.Monday,
            };
    }
}
