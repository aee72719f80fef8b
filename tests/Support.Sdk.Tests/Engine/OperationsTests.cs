using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.Tests.Engine;

public sealed class OperationsTests
{
    private static readonly DateTimeOffset AtRisk = Given.PromiseEnds.AddHours(-48);
    private static readonly ChannelTraits NoKeys = new() { Idempotent = false, Parallelism = 1 };

    private static async Task<World> AtRiskAsync(Shop? shop = null, RecordingChannel? channel = null, int orders = 1, Action<IServiceCollection>? with = null)
    {
        var world = new World(shop, channel, with);
        for (var n = 0; n < orders; n++)
        {
            await world.AcceptAsync(Given.Snapshot($"{1001 + n}") with { Customer = new OrderCustomer { ContactPoints = [new("email", $"{n}@example.com")] } });
        }

        await world.RunAsync();
        await world.AtAsync(AtRisk);
        return world;
    }

    private static RecordingChannel Answering(DeliveryResult result, ChannelTraits? traits = null)
    {
        var channel = new RecordingChannel { Traits = traits ?? new ChannelTraits { Idempotent = true } };
        channel.Answer(_ => result);
        return channel;
    }

    [Fact]
    public async Task A_message_that_does_not_get_through_is_tried_ten_times_and_is_then_failed()
    {
        await using var world = await AtRiskAsync(channel: Answering(DeliveryResult.Retry("busy")));
        for (var n = 0; n < 20; n++)
        {
            await world.AtAsync(world.Time.GetUtcNow().AddHours(1));
        }

        var delivery = Assert.Single(await world.DeliveriesAsync());
        Assert.Equal((DeliveryState.Failed, 10), (delivery.State, delivery.Attempts));
        Assert.Contains(await world.HistoryAsync(), decision => decision.Verdict == DecisionVerdict.Wait);
    }

    [Fact]
    public async Task A_message_in_doubt_on_a_channel_without_keys_waits_for_a_person()
    {
        await using var world = await AtRiskAsync(channel: Answering(DeliveryResult.InDoubt("cut off"), NoKeys));

        await world.AtAsync(AtRisk.AddDays(1));

        Assert.Equal((DeliveryState.InDoubt, 1), (await world.DeliveriesAsync()).Select(delivery => (delivery.State, delivery.Attempts)).Single());
    }

    [Fact]
    public async Task A_message_in_doubt_on_a_channel_with_keys_is_sent_again()
    {
        await using var world = await AtRiskAsync(channel: Answering(DeliveryResult.InDoubt("cut off")));
        world.Channel.Answer(_ => DeliveryResult.Accepted());

        await world.AtAsync(AtRisk.AddMinutes(1));

        Assert.Equal((DeliveryState.Accepted, 2), (await world.DeliveriesAsync()).Select(delivery => (delivery.State, delivery.Attempts)).Single());
    }

    [Fact]
    public async Task A_channel_that_throws_leaves_the_message_in_doubt_without_quoting_it()
    {
        var channel = new RecordingChannel { Traits = NoKeys };
        channel.Answer(message => throw new InvalidOperationException(message.To.Value));
        await using var world = await AtRiskAsync(channel: channel);

        var delivery = Assert.Single(await world.DeliveriesAsync());
        Assert.Equal(DeliveryState.InDoubt, delivery.State);
        Assert.DoesNotContain("@", delivery.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_address_gets_no_further_message_until_it_changes()
    {
        await using var world = await AtRiskAsync(channel: Answering(DeliveryResult.Rejected("no such mailbox")));
        world.Channel.Answer(_ => DeliveryResult.Accepted());

        await world.AtAsync(Given.PromiseEnds);
        Assert.Empty(world.Channel.Messages);
        await world.AcceptAsync(Given.Snapshot(readAt: Given.PromiseEnds) with { UpdatedAt = Given.PromiseEnds });
        await world.RunAsync();

        Assert.Equal("order-delayed", Assert.Single(world.Channel.Messages).Occasion);
    }

    [Fact]
    public async Task A_receipt_tells_what_became_of_a_message()
    {
        await using var world = await AtRiskAsync();
        var id = world.Channel.Messages[0].Id;

        await world.AcceptAsync(
            new DeliveryReceipt
            {
                ShopId = "main",
                DeliveryId = id,
                Arrived = false,
                At = AtRisk,
                Reason = "mailbox full",
            }
        );
        await world.RunAsync();

        Assert.Equal((DeliveryState.Bounced, "mailbox full"), (await world.DeliveriesAsync()).Select(delivery => (delivery.State, delivery.Reason)).Single());
    }

    [Fact]
    public async Task The_first_messages_of_a_shop_wait_for_release()
    {
        await using var world = await AtRiskAsync(Given.Shop with { HoldFirst = 1 });
        var held = Assert.Single(await world.DeliveriesAsync());
        Assert.Equal(DeliveryState.Held, held.State);

        var released = await world.Desk.ReleaseAsync(held.Message.Id, "grace");
        await world.RunAsync();

        Assert.True(released.IsDone);
        Assert.Single(world.Channel.Messages);
        Assert.Contains(await world.HistoryAsync(), decision => decision is { By: "grace", Verdict: DecisionVerdict.Send });
        Assert.False((await world.Desk.ReleaseAsync(held.Message.Id, "grace")).IsDone);
    }

    [Fact]
    public async Task A_discarded_message_is_neither_sent_nor_decided_again()
    {
        await using var world = await AtRiskAsync(Given.Shop with { HoldFirst = 1 });
        var held = Assert.Single(await world.DeliveriesAsync());

        await world.Desk.DiscardAsync(held.Message.Id, "grace", "told by phone");
        await world.AtAsync(Given.PromiseEnds);

        Assert.Empty(world.Channel.Messages);
        Assert.Equal("Discarded by grace: told by phone", Assert.Single(await world.DeliveriesAsync()).Reason);
        Assert.Contains(await world.HistoryAsync(), decision => decision is { By: "grace", Verdict: DecisionVerdict.Suppress });
    }

    [Fact]
    public async Task A_message_can_be_sent_again_to_another_address()
    {
        await using var world = await AtRiskAsync();
        var first = world.Channel.Messages[0];

        var resent = await world.Desk.ResendAsync(first.Id, "grace", new ContactPoint("email", "right@example.com"));
        await world.RunAsync();

        var second = world.Channel.Messages[1];
        Assert.True(resent.IsDone);
        Assert.Equal(("right@example.com", first.Text), (second.To.Value, second.Text));
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task What_does_not_exist_or_has_not_ended_is_refused_with_the_reason()
    {
        await using var world = await AtRiskAsync(channel: Answering(DeliveryResult.Retry("busy")));
        var waiting = Assert.Single(await world.DeliveriesAsync());

        Assert.Contains("Retry", (await world.Desk.ResendAsync(waiting.Message.Id, "grace")).Refusal, StringComparison.Ordinal);
        Assert.Contains("no delivery", (await world.Desk.ReleaseAsync("none", "grace")).Refusal, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => world.Desk.ReleaseAsync("none", " "));
    }

    [Fact]
    public async Task A_paused_shop_sends_nothing_and_what_waited_too_long_is_decided_afresh()
    {
        await using var world = new World();
        await world.AcceptAsync(Given.Snapshot());
        await world.RunAsync();
        await world.Get<IShopDesk>().PauseAsync("main", "grace", "the warehouse burns");
        await world.AtAsync(AtRisk);
        await world.AtAsync(Given.PromiseEnds);
        Assert.Empty(world.Channel.Messages);

        await world.Get<IShopDesk>().ResumeAsync("main", "grace");
        await world.RunAsync();

        // The notice that said "may be late" was overtaken by the end of the promise.
        Assert.Equal("order-delayed", Assert.Single(world.Channel.Messages).Occasion);
    }

    [Fact]
    public async Task An_abnormal_number_of_notices_pauses_the_shop_before_anything_is_sent()
    {
        await using var world = await AtRiskAsync(Given.Shop with { StormFloor = 5 }, orders: 6);

        var state = await world.Get<IShopDesk>().FindAsync("main");
        Assert.NotNull(state.PausedAt);
        Assert.Empty(world.Channel.Messages);
        Assert.All(await world.DeliveriesAsync(), delivery => Assert.Equal(DeliveryState.Pending, delivery.State));
    }

    [Fact]
    public async Task A_normal_number_of_notices_is_sent()
    {
        await using var world = await AtRiskAsync(Given.Shop with { StormFloor = 5 }, orders: 5);

        Assert.Equal(5, world.Channel.Messages.Count);
    }

    [Fact]
    public async Task A_poison_event_is_parked_and_blocks_nobody()
    {
        await using var world = new World();
        await world
            .Get<IInboxStore>()
            .AppendAsync([
                new InboxEntry
                {
                    Source = "test",
                    EventId = "1",
                    Shop = "main",
                    OrderId = "1001",
                    Body = """{"type":"nonsense"}""",
                    ReceivedAt = Given.Monday,
                },
            ]);
        await world.AcceptAsync(Given.Snapshot("1002"), Given.Snapshot());
        await world.RunAsync();
        Assert.NotNull((await world.OrderAsync("1002")).CheckAt);

        for (var n = 0; n < 8; n++)
        {
            await world.AtAsync(world.Time.GetUtcNow().AddMinutes(10));
        }

        Assert.NotNull((await world.OrderAsync()).CheckAt);
        var parked = Assert.Single(await world.ParkedAsync());
        Assert.Equal((5, "1"), (parked.Attempts, parked.EventId));
        Assert.NotEmpty(parked.Reason!);
    }

    [Fact]
    public async Task An_event_of_an_unknown_shop_is_parked_and_can_be_replayed()
    {
        await using var world = new World();
        await world.AcceptAsync(Given.Snapshot() with { Key = new OrderKey("nowhere", "1") });
        await world.RunAsync();

        var parked = Assert.Single(await world.ParkedAsync());
        Assert.Contains("not set up", parked.Reason, StringComparison.Ordinal);
        Assert.Equal(1, await world.Get<IInboxDesk>().ReplayAsync([parked.Id]));
        await world.RunAsync();
        Assert.Equal(parked.Id, Assert.Single(await world.ParkedAsync()).Id);
    }

    [Fact]
    public async Task Before_a_delay_is_told_the_source_is_asked_and_what_it_says_counts()
    {
        var source = new Source
        {
            Answer = key => Given.Snapshot(key.Id) with { UpdatedAt = AtRisk, Shipments = [Given.Parcel(shippedAt: Given.Day(3), deliveredAt: Given.Day(11))] },
        };
        await using var world = await AtRiskAsync(Given.Shop with { Tells = null }, with: services => services.AddSingleton<IOrderSource>(source));

        Assert.Equal(1, source.Asked);
        Assert.Empty(world.Channel.Messages);
        Assert.Null((await world.OrderAsync()).RefreshAt);
    }

    [Fact]
    public async Task A_source_that_still_says_so_lets_the_notice_out_at_the_same_moment()
    {
        var source = new Source { Answer = key => Given.Snapshot(key.Id) };
        await using var world = await AtRiskAsync(with: services => services.AddSingleton<IOrderSource>(source));

        Assert.Equal(AtRisk, Assert.Single(world.Channel.Messages).DecidedAt);
        Assert.Equal([DecisionVerdict.Look, DecisionVerdict.Send], (await world.HistoryAsync()).Select(decision => decision.Verdict));
    }

    [Fact]
    public async Task A_source_that_cannot_be_reached_keeps_the_notice_back()
    {
        var source = new Source { Answer = _ => throw new HttpRequestException("down") };
        await using var world = await AtRiskAsync(with: services => services.AddSingleton<IOrderSource>(source));
        await world.AtAsync(AtRisk.AddHours(5));
        Assert.Empty(world.Channel.Messages);

        source.Answer = key => Given.Snapshot(key.Id);
        for (var n = 0; n < 3 && world.Channel.Messages.Count == 0; n++)
        {
            await world.AtAsync(world.Time.GetUtcNow().AddHours(1));
        }

        Assert.Single(world.Channel.Messages);
    }

    [Fact]
    public async Task An_order_that_its_source_no_longer_knows_is_told_nothing()
    {
        await using var world = await AtRiskAsync(with: services => services.AddSingleton<IOrderSource>(new Source { Answer = _ => null }));

        await world.AtAsync(Given.PromiseEnds);

        Assert.Empty(world.Channel.Messages);
        Assert.NotNull((await world.OrderAsync()).Muted);
    }

    [Fact]
    public async Task A_hint_reads_the_order_from_its_source()
    {
        var source = new Source { Answer = key => Given.Snapshot(key.Id) };
        await using var world = new World(with: services => services.AddSingleton<IOrderSource>(source));
        await world.AcceptAsync(new OrderChanged { Key = new OrderKey("main", "1001"), At = Given.Monday });

        await world.RunAsync();

        Assert.Equal(AtRisk, (await world.OrderAsync()).CheckAt);
    }

    private sealed class Source : IOrderSource
    {
        public required Func<OrderKey, OrderSnapshot?> Answer { get; set; }

        public int Asked { get; private set; }

        public bool Serves(string shop) => true;

        public Task<OrderSnapshot?> FindAsync(OrderKey key, CancellationToken cancellationToken = default)
        {
            Asked++;
            return Task.FromResult(Answer(key));
        }
    }
}
