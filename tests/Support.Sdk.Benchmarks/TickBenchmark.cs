using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Testing;

namespace Support.Sdk.Benchmarks;

/// <summary>
/// One tick, 100 orders due, in tables of different sizes: the whole of sweep and outbox, on a file with synchronous=FULL.
/// The sizes take turns within the run, so that a noisy machine disturbs all alike.
/// </summary>
internal static class TickBenchmark
{
    private const int Due = 100;
    private const int Ticks = 25;
    private const int Batch = 1000;
    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000];
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("support-tick-").FullName;
        try
        {
            var tables = new List<Table>();
            foreach (var size in Sizes)
            {
                var table = new Table(folder, size);
                await table.FillAsync();
                tables.Add(table);
            }

            for (var tick = 0; tick < Ticks; tick++)
            {
                foreach (var table in tables)
                {
                    await table.TickAsync();
                }
            }

            return await ReportAsync(tables);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> ReportAsync(List<Table> tables)
    {
        var report = new Spectre.Console.Table().AddColumns("open orders", "tick, median ms", "against 10,000");
        var smallest = tables[0].Median;
        foreach (var table in tables)
        {
            report.AddRow(
                table.Size.ToString("N0", CultureInfo.InvariantCulture),
                table.Median.ToString("F2", CultureInfo.InvariantCulture),
                (table.Median / smallest).ToString("F2", CultureInfo.InvariantCulture)
            );
            await table.DisposeAsync();
        }

        AnsiConsole.Write(report);
        AnsiConsole.MarkupLine("[grey]Limit: a tick at 1,000,000 costs at most 1.5 times the tick at 10,000.[/]");
        return tables[^1].Median / smallest <= 1.5 ? 0 : 1;
    }

    private sealed class Table : IAsyncDisposable
    {
        private readonly FakeTimeProvider _time = new(Start);
        private readonly ServiceProvider _services;
        private readonly List<double> _ticks = [];

        public Table(string folder, int size)
        {
            Size = size;
            var services = new ServiceCollection();
            services.AddSingleton<TimeProvider>(_time);
            services.AddSingleton<IChannel>(new RecordingChannel());
            services.AddSupport().AddSqlite(options => options.Path = Path.Combine(folder, $"{size}.db")).AddShop(Shop);
            _services = services.BuildServiceProvider();
        }

        public int Size { get; }

        public double Median => _ticks.Order().ElementAt(_ticks.Count / 2);

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
                await store.SaveAsync([.. Enumerable.Range(from, Batch).Select(Change)]);
            }
        }

        public async Task TickAsync()
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            var runner = _services.GetRequiredService<ISupportRunner>();
            var watch = Stopwatch.StartNew();
            var done = await runner.SweepAsync();
            var sent = await runner.DeliverAsync();
            _ticks.Add(watch.Elapsed.TotalMilliseconds);
            if (done != Due || sent != Due)
            {
                throw new InvalidOperationException($"A tick worked on {done} orders and sent {sent} messages instead of {Due}.");
            }
        }

        public ValueTask DisposeAsync() => _services.DisposeAsync();

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
}
