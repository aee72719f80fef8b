using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Benchmarks.Comparisons;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Testing;

namespace Support.Sdk.Benchmarks.Ticks;

/// <summary>Open orders of which one hundred fall at risk every minute, and the engine that watches them.</summary>
internal sealed class TickTable : IAsyncDisposable
{
    public const int Ticks = 25;
    public const int Least = Ticks * Due;
    private const int Due = 100;
    private const int Batch = 1000;
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Start);
    private readonly ITickDatabase _database;
    private readonly ServiceProvider _services;
    private readonly List<double> _ticks = [];
    private readonly List<double> _dues = [];
    private readonly List<double> _claims = [];
    private readonly List<double> _scans = [];

    public TickTable(int size, ITickDatabase database)
    {
        (Size, _database) = (size, database);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddSingleton<IChannel>(new RecordingChannel());
        database.Add(services.AddSupport().AddShop(Shop));
        _services = services.BuildServiceProvider();
    }

    public string Database => _database.Name;

    public int Size { get; }

    /// <summary>The whole of sweep and outbox, in milliseconds.</summary>
    public double Tick => Turns.Median(_ticks);

    public double NextDue => Turns.Median(_dues);

    public double Claim => Turns.Median(_claims);

    public double Scan => Turns.Median(_scans);

    private static Shop Shop { get; } =
        new()
        {
            Id = "main",
            RecordsDeliveries = true,
            StormFloor = int.MaxValue,
            Brand = new Brand { Name = "Bench", EmailFrom = "bench@example.com" },
        };

    public async Task FillAsync()
    {
        await _services.GetRequiredService<ISupportStore>().StartAsync();
        var store = _services.GetRequiredService<IOrderStore>();
        for (var from = 0; from < Size; from += Batch)
        {
            await store.SaveAsync([.. Enumerable.Range(from, Math.Min(Batch, Size - from)).Select(Change)]);
        }

        await _database.SettleAsync();
    }

    public async Task TickAsync()
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        await FindAsync();
        var runner = _services.GetRequiredService<ISupportRunner>();
        var watch = Stopwatch.StartNew();
        var done = await runner.SweepAsync();
        var sent = await runner.DeliverAsync();
        _ticks.Add(watch.Elapsed.TotalMilliseconds);
        Check(done);
        Check(sent);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task FindAsync()
    {
        var now = _time.GetUtcNow();
        var watch = Stopwatch.StartNew();
        await _services.GetRequiredService<ISupportStore>().NextDueAsync();
        _dues.Add(watch.Elapsed.TotalMilliseconds);
        // It is over at once, so that the tick finds the same orders.
        var claim = new OrderClaim
        {
            Clock = OrderClock.Check,
            Now = now,
            Max = Due,
            Lease = TimeSpan.FromMicroseconds(1),
        };
        watch.Restart();
        var claimed = await _services.GetRequiredService<IOrderStore>().ClaimAsync(claim);
        _claims.Add(watch.Elapsed.TotalMilliseconds);
        watch.Restart();
        var found = await _database.ScanAsync(now.ToUnixTimeMilliseconds() * 1000);
        _scans.Add(watch.Elapsed.TotalMilliseconds);
        Check(claimed.Count);
        Check(found);
    }

    private static void Check(int count)
    {
        if (count != Due)
        {
            throw new InvalidOperationException($"A tick met {count} orders or messages instead of {Due}.");
        }
    }

    // The first orders fall at risk, one hundred a minute; the others are promised for later.
    private static OrderChange Change(int index)
    {
        var key = new OrderKey("main", index.ToString(CultureInfo.InvariantCulture));
        var tick = index / Due;
        var end = tick < Ticks ? Start.AddDays(2).AddMinutes(tick + 1) : Start.AddDays(30).AddSeconds(index % 1_000_000);
        var snapshot = new OrderSnapshot
        {
            Key = key,
            PlacedAt = Start.AddDays(-10),
            ReadAt = Start,
            Customer = new OrderCustomer { Name = "Ada", ContactPoints = [new ContactPoint("email", $"{index}@example.com")] },
            Promise = new PromiseWindow { DeliverBy = PromiseDate.At(end) },
        };
        var order = OrderObserver.Observe(null, snapshot, new ShopView(Shop, new ShopState { Shop = "main" }), Start);
        return new OrderChange { Order = order with { CheckAt = end.AddHours(-48) } };
    }
}
