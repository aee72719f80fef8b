using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Support.Sdk.Orders;
using Xunit;

namespace Support.Sdk.Tests.Engine;

/// <summary>Whoever goes on after a stop finds nothing that is still claimed.</summary>
public sealed class StopTests
{
    private static readonly DateTimeOffset AtRisk = Given.PromiseEnds.AddHours(-48);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_that_were_to_be_read_again_when_it_stops_are_read_at_once_by_whoever_goes_on()
    {
        using var stopping = new CancellationTokenSource();
        var source = new HangingSource();
        await using var world = await DueForAReadingAsync(source, "1001", "1002", "1003");

        var sweeping = world.Runner.SweepAsync(stopping.Token);
        await source.Begun;
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sweeping);

        foreach (var id in (string[])["1001", "1002", "1003"])
        {
            Assert.Equal(AtRisk, (await world.OrderAsync(id)).RefreshAt);
        }

        source.Open();
        await world.RunAsync();
        Assert.Equal(3, world.Channel.Messages.Count);
        Assert.Equal(["1001", "1002", "1003"], source.Answered.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Orders_that_were_read_before_it_stops_are_not_read_again()
    {
        using var stopping = new CancellationTokenSource();
        var source = new HangingSource { Hangs = id => id is "1003" };
        await using var world = await DueForAReadingAsync(source, "1001", "1002", "1003");

        var sweeping = world.Runner.SweepAsync(stopping.Token);
        await source.Begun;
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sweeping);
        source.Open();
        await world.RunAsync();

        Assert.Equal(["1001", "1002", "1003"], source.Answered.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_feed_that_was_being_asked_when_it_stops_is_asked_at_once_by_whoever_goes_on()
    {
        using var stopping = new CancellationTokenSource();
        var feed = new HangingFeed();
        await using var world = new World(with: services => services.AddSingleton<ITrackingFeed>(feed));
        await world.AcceptAsync(Given.Snapshot() with { Shipments = [Given.Parcel(shippedAt: Given.Monday)] });
        await world.RunAsync();
        var at = (await world.OrderAsync()).TrackAt!.Value;
        world.Time.SetUtcNow(at);

        var sweeping = world.Runner.SweepAsync(stopping.Token);
        await feed.Begun;
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sweeping);

        var order = await world.OrderAsync();
        Assert.Equal((at, at), (order.TrackAt, order.RefreshAt));
    }

    [Fact]
    public async Task The_hosted_engine_leaves_nothing_claimed_behind()
    {
        var source = new HangingSource();
        await using var world = await DueForAReadingAsync(source, [.. Enumerable.Range(1001, 20).Select(id => $"{id}")]);
        var services = world.Get<IEnumerable<IHostedService>>().ToList();
        foreach (var service in services)
        {
            await service.StartAsync(Stop);
        }

        await source.Begun;
        foreach (var service in services)
        {
            await service.StopAsync(Stop);
        }

        Assert.Equal(0L, Count(world, "SELECT COUNT(*) FROM support_inbox WHERE state = 'Pending' AND lease_until > 0"));
        Assert.Equal(0L, Count(world, "SELECT COUNT(*) FROM support_orders WHERE lease_until > 0 AND check_at IS NOT NULL"));
        Assert.Equal(0L, Count(world, "SELECT COUNT(*) FROM support_outbox WHERE lease_until > 0"));
        Assert.Equal(AtRisk, await world.Runner.NextDueAsync(Stop));
        source.Open();
        await world.RunAsync();
        Assert.Equal(20, world.Channel.Messages.Count);
    }

    private static async Task<World> DueForAReadingAsync(HangingSource source, params string[] ids)
    {
        var world = new World(with: services => services.AddSingleton<IOrderSource>(source));
        await world.AcceptAsync([.. ids.Select((id, index) => Ordered(id, index))]);
        await world.RunAsync();
        world.Time.SetUtcNow(AtRisk);
        return world;
    }

    private static OrderSnapshot Ordered(string id, int index) =>
        Given.Snapshot(id) with
        {
            Customer = new OrderCustomer { ContactPoints = [new ContactPoint("email", $"{index}@example.com")] },
        };

    private static object? Count(World world, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = world.Database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are in the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private sealed class HangingSource : IOrderSource
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Func<string, bool> Hangs { get; init; } = _ => true;

        public ConcurrentQueue<string> Answered { get; } = new();

        public Task Begun => _begun.Task;

        public void Open() => _open.TrySetResult();

        public bool Serves(string shop) => true;

        public async Task<OrderSnapshot?> FindAsync(OrderKey key, CancellationToken cancellationToken = default)
        {
            if (Hangs(key.Id))
            {
                _begun.TrySetResult();
                await _open.Task.WaitAsync(cancellationToken);
            }

            Answered.Enqueue(key.Id);
            return Ordered(key.Id, int.Parse(key.Id, System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private sealed class HangingFeed : ITrackingFeed
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "hanging";

        public Task Begun => _begun.Task;

        public bool Serves(string shop, Shipment shipment) => true;

        public async Task<Shipment?> ReadAsync(string shop, Shipment shipment, CancellationToken cancellationToken = default)
        {
            _begun.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return null;
        }
    }
}
