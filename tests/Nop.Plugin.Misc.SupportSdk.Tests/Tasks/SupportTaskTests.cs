using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Orders;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Plugin.Misc.SupportSdk.Tasks;
using Support.Sdk;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Tasks;

/// <summary>Every minute the shop's scheduler gives the plugin a turn.</summary>
public sealed class SupportTaskTests
{
    [Fact]
    public async Task An_order_that_is_not_sent_in_time_is_told_once_though_no_event_was_heard()
    {
        await using var shop = new Shop(records: true);
        shop.Place();
        await shop.TurnAsync();

        await PassAsync(shop, TimeSpan.FromDays(4));

        var told = Assert.Single(shop.Sent.Messages);
        Assert.Equal("ada@example.com", told.To.Value);
        Assert.Equal(NoticeKinds.OrderDelayed, told.Occasion);
        Assert.Contains("N1", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_was_sent_without_any_event_is_not_called_late()
    {
        await using var shop = new Shop(records: true);
        var order = shop.Place();
        await shop.TurnAsync();

        shop.Time.Advance(TimeSpan.FromDays(1));
        order.ShippingStatusId = (int)ShippingStatus.Shipped;
        shop.Shipments.Add(
            new Nop.Core.Domain.Shipping.Shipment
            {
                Id = 5,
                OrderId = 1,
                ShippedDateUtc = shop.Time.GetUtcNow().UtcDateTime,
                CreatedOnUtc = shop.Time.GetUtcNow().UtcDateTime,
            }
        );
        shop.ShipmentItems.Add(
            new ShipmentItem
            {
                Id = 6,
                ShipmentId = 5,
                OrderItemId = 1001,
                Quantity = 1,
            }
        );
        await PassAsync(shop, TimeSpan.FromDays(3));

        Assert.DoesNotContain(
            shop.Sent.Messages,
            message => message.Occasion.StartsWith("order-delayed", StringComparison.Ordinal) && message.Text.Contains("ship", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Orders_that_are_late_when_the_plugin_is_installed_are_left_in_silence()
    {
        await using var shop = new Shop(records: true);
        shop.Place(1, order => order.CreatedOnUtc = order.CreatedOnUtc.AddDays(-30));
        shop.Place(2, order => (order.CreatedOnUtc, order.PaidDateUtc) = (order.CreatedOnUtc.AddDays(-30), order.CreatedOnUtc.AddDays(-30)));

        shop.Orders[0].PaidDateUtc = shop.Orders[0].CreatedOnUtc;
        await shop.TurnAsync();
        await PassAsync(shop, TimeSpan.FromDays(5));

        Assert.Empty(shop.Sent.Messages);
    }

    [Fact]
    public async Task Two_turns_at_once_tell_nobody_twice()
    {
        await using var shop = new Shop(records: true);
        for (var id = 1; id <= 20; id++)
        {
            shop.Place(id);
        }

        await shop.TurnAsync();
        for (var step = 0; step < 12; step++)
        {
            shop.Time.Advance(TimeSpan.FromHours(8));
            await Task.WhenAll(shop.TurnAsync(), shop.TurnAsync());
        }

        Assert.Equal(20, shop.Sent.Messages.Select(message => message.To.Value + message.Order!.Value.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(shop.Sent.Attempts.Count, shop.Sent.Messages.Count);
        Assert.Equal(20, shop.Sent.Messages.Count);
    }

    [Fact]
    public async Task In_a_dry_run_everything_is_decided_and_nothing_sent()
    {
        await using var shop = new Shop(records: true);
        shop.Settings(new SupportSettings { Mode = SupportMode.DryRun, Promises = """[{"ship":2}]""" });
        shop.Place();
        await shop.TurnAsync();

        await PassAsync(shop, TimeSpan.FromDays(4));

        Assert.Empty(shop.Sent.Attempts);
        var engine = (await shop.Host.FindAsync(TestContext.Current.CancellationToken))!;
        var decided = await engine.Get<IDeliveryDesk>().ListAsync(new DeliveryQuery { Shop = "store-1" }, TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryState.Suppressed, Assert.Single(decided).State);
    }

    [Fact]
    public async Task The_first_messages_wait_for_an_approval()
    {
        await using var shop = new Shop(records: true);
        shop.Settings(
            new SupportSettings
            {
                Mode = SupportMode.Live,
                HoldFirst = 1,
                Promises = """[{"ship":2}]""",
            }
        );
        shop.Place();
        await shop.TurnAsync();
        await PassAsync(shop, TimeSpan.FromDays(3));
        Assert.Empty(shop.Sent.Attempts);

        var desk = (await shop.Host.FindAsync(TestContext.Current.CancellationToken))!.Get<IDeliveryDesk>();
        var held = Assert.Single(
            await desk.ListAsync(new DeliveryQuery { Shop = "store-1", States = [DeliveryState.Held] }, TestContext.Current.CancellationToken)
        );
        await desk.ReleaseAsync(held.Message.Id, "admin@shop.example", TestContext.Current.CancellationToken);
        await shop.TurnAsync();

        Assert.Single(shop.Sent.Messages);
    }

    [Fact]
    public async Task A_date_in_the_future_is_no_arrival_yet()
    {
        await using var shop = new Shop(records: true);
        var order = shop.Place();
        shop.Shipments.Add(
            new Nop.Core.Domain.Shipping.Shipment
            {
                Id = 5,
                OrderId = order.Id,
                ShippedDateUtc = shop.Time.GetUtcNow().AddYears(1).UtcDateTime,
                CreatedOnUtc = shop.Time.GetUtcNow().UtcDateTime,
            }
        );
        await shop.TurnAsync();

        await PassAsync(shop, TimeSpan.FromDays(4));

        Assert.Single(shop.Sent.Messages);
    }

    [Fact]
    public async Task What_fails_in_a_turn_keeps_nothing_else_from_it()
    {
        await using var shop = new Shop(services => services.AddScoped<ITurn, BrokenTurn>(), records: true);
        shop.Place();

        await PassAsync(shop, TimeSpan.FromDays(4));

        Assert.Single(shop.Sent.Messages);
        Assert.Contains(shop.Log, line => line.Contains("Broken.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_takes_too_long_is_cut_short_and_the_rest_has_its_turn()
    {
        await using var shop = new Shop(services => services.AddScoped<ITurn, EndlessTurn>(), records: true);
        shop.Place();

        await PassAsync(shop, TimeSpan.FromDays(4)).WaitAsync(TestContext.Current.CancellationToken);

        Assert.Single(shop.Sent.Messages);
        Assert.Empty(shop.Log);
    }

    [Fact]
    public async Task The_first_listing_goes_on_while_turns_end_and_is_not_begun_twice()
    {
        var gate = new Gate();
        await using var shop = Listing(gate);
        shop.Place();

        var first = shop.TurnAsync();
        await gate.Reached.Task.WaitAsync(TestContext.Current.CancellationToken);
        shop.Time.Advance(TimeSpan.FromSeconds(11));
        await first.WaitAsync(TestContext.Current.CancellationToken);
        var second = shop.TurnAsync();
        gate.Opened.SetResult();
        await second;
        await PassAsync(shop, TimeSpan.FromDays(4));

        Assert.Single(shop.Sent.Messages);
        Assert.Equal(1, gate.FirstListings);
    }

    [Fact]
    public async Task A_listing_that_is_under_way_ends_with_its_engine_and_before_the_tables_go()
    {
        var gate = new Gate();
        await using var shop = Listing(gate);
        shop.Place();
        var turn = shop.TurnAsync();
        await gate.Reached.Task;
        shop.Time.Advance(TimeSpan.FromSeconds(11));
        await turn;

        await shop.Host.CloseAsync();

        Assert.True(gate.IsCancelled);
    }

    private static Shop Listing(Gate gate) =>
        new(
            services =>
            {
                services.Remove(services.First(service => service.ImplementationType == typeof(OrderPart)));
                services.AddSingleton(gate);
                services.AddSingleton<IEnginePart, SlowPart>();
            },
            records: true
        );

    private static async Task PassAsync(Shop shop, TimeSpan time)
    {
        for (var end = shop.Time.GetUtcNow() + time; shop.Time.GetUtcNow() < end; )
        {
            shop.Time.Advance(TimeSpan.FromHours(4));
            await shop.TurnAsync();
        }
    }

    private sealed class BrokenTurn : ITurn
    {
        public Task RunAsync(SupportEngine engine, CancellationToken cancellationToken) => throw new InvalidOperationException("Broken.");
    }

    // It would go on for ever, and sees the clock run meanwhile.
    private sealed class EndlessTurn(TimeProvider time) : ITurn
    {
        public Task RunAsync(SupportEngine engine, CancellationToken cancellationToken)
        {
            var endless = Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            ((FakeTimeProvider)time).Advance(TimeSpan.FromSeconds(11));
            return endless;
        }
    }

    private sealed class Gate
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int FirstListings { get; set; }

        public bool IsCancelled { get; set; }
    }

    private sealed class SlowPart(IServiceScopeFactory scopes, TimeProvider time, Gate gate) : IEnginePart
    {
        public void AddTo(ISupportBuilder support, SupportSetup setup)
        {
            IReadOnlyCollection<string> shops = [.. setup.Shops.Select(shop => shop.Id)];
            support.Services.AddSingleton<IOrderSource>(new SlowSource(new ShopOrderSource(scopes, time, shops), gate));
        }
    }

    private sealed class SlowSource(IOrderSource source, Gate gate) : IOrderSource
    {
        public IReadOnlyCollection<string> ListedShops => source.ListedShops;

        public bool Serves(string shop) => source.Serves(shop);

        public Task<OrderSnapshot?> FindAsync(OrderKey key, CancellationToken cancellationToken = default) => source.FindAsync(key, cancellationToken);

        public async IAsyncEnumerable<OrderSnapshot> ChangedSinceAsync(
            string shop,
            DateTimeOffset? since,
            [EnumeratorCancellation] CancellationToken cancellationToken = default
        )
        {
            gate.FirstListings += since is null ? 1 : 0;
            gate.Reached.TrySetResult();
            await Task.WhenAny(gate.Opened.Task, Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken));
            gate.IsCancelled = cancellationToken.IsCancellationRequested;
            cancellationToken.ThrowIfCancellationRequested();
            await foreach (var order in source.ChangedSinceAsync(shop, since, cancellationToken))
            {
                yield return order;
            }
        }
    }
}
