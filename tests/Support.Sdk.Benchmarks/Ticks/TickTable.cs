using System.Diagnostics;
using System.Globalization;
using Support.Sdk.Benchmarks.Comparisons;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Benchmarks.Ticks;

/// <summary>Open orders of which one hundred fall at risk every minute, and the engine that watches them.</summary>
internal sealed class TickTable(int size, ITickDatabase database) : DueTable(size, database, Shop, Start)
{
    private const string Met = "orders or messages";
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);
    private readonly List<double> _ticks = [];
    private readonly List<double> _dues = [];
    private readonly List<double> _claims = [];
    private readonly List<double> _scans = [];

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

    public override async Task TickAsync()
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        await FindAsync();
        var runner = Get<ISupportRunner>();
        var watch = Stopwatch.StartNew();
        var done = await runner.SweepAsync();
        var sent = await runner.DeliverAsync();
        _ticks.Add(watch.Elapsed.TotalMilliseconds);
        Check(done, Met);
        Check(sent, Met);
    }

    protected override Task SaveAsync(int from, int count) => Get<IOrderStore>().SaveAsync([.. Enumerable.Range(from, count).Select(Change)]);

    private async Task FindAsync()
    {
        var now = Time.GetUtcNow();
        var watch = Stopwatch.StartNew();
        await Get<ISupportStore>().NextDueAsync();
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
        var claimed = await Get<IOrderStore>().ClaimAsync(claim);
        _claims.Add(watch.Elapsed.TotalMilliseconds);
        watch.Restart();
        var found = await ScanAsync(now);
        _scans.Add(watch.Elapsed.TotalMilliseconds);
        Check(claimed.Count, Met);
        Check(found, Met);
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
