using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spectre.Console;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Benchmarks;

/// <summary>
/// How long a customer waits for the confirmation of an order: from the event until the channel has accepted the message, in
/// an ordinary host with its own loops and a real file. Orders come one by one, then many at once.
/// </summary>
internal static class ConfirmationBenchmark
{
    private const int Single = 300;
    private const int Burst = 1000;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("support-confirmation-").FullName;
        try
        {
            var mails = new SlowProvider();
            var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
            builder.Services.AddSingleton<IChannel>(mails);
            builder.Services.AddSupport().AddSqlite(options => options.Path = Path.Combine(folder, "support.db")).AddShop(Shop);
            using var host = builder.Build();
            await host.StartAsync();
            var oneByOne = await MeasureAsync(host.Services, mails, "single", Single, Between);
            var atOnce = await MeasureAsync(host.Services, mails, "burst", Burst, TimeSpan.Zero);
            await host.StopAsync();
            return Report(("one every 100 ms", oneByOne), ($"{Burst} at once", atOnce));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<double>> MeasureAsync(IServiceProvider services, SlowProvider mails, string name, int count, TimeSpan between)
    {
        var intake = services.GetRequiredService<ISupportIntake>();
        var began = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var index = 0; index < count; index++)
        {
            var order = Order(string.Create(CultureInfo.InvariantCulture, $"{name}-{index}"));
            began[order.Key.Id] = Stopwatch.GetTimestamp();
            await intake.AcceptAsync([order]);
            await Task.Delay(between, TimeProvider.System);
        }

        var deadline = Stopwatch.StartNew();
        while (!began.Keys.All(mails.Accepted.ContainsKey))
        {
            if (deadline.Elapsed > TimeSpan.FromMinutes(2))
            {
                throw new InvalidOperationException($"{began.Keys.Count(id => !mails.Accepted.ContainsKey(id))} of {count} confirmations never came.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        return [.. began.Select(one => Stopwatch.GetElapsedTime(one.Value, mails.Accepted[one.Key]).TotalMilliseconds).Order()];
    }

    private static int Report(params (string Name, List<double> Waits)[] runs)
    {
        var report = new Spectre.Console.Table().AddColumns("orders", "median ms", "p95 ms", "slowest ms");
        foreach (var (name, waits) in runs)
        {
            report.AddRow(name, At(waits, 0.5), At(waits, 0.95), At(waits, 1));
        }

        AnsiConsole.Write(report);
        var isKept = runs.All(run => Percentile(run.Waits, 0.95) <= Limit.TotalMilliseconds);
        AnsiConsole.MarkupLine($"[grey]Limit: p95 within 10 s. {(isKept ? "PASS" : "MISSED")}[/]");
        return isKept ? 0 : 1;
    }

    private static string At(List<double> waits, double part) => Percentile(waits, part).ToString("F0", CultureInfo.InvariantCulture);

    private static double Percentile(List<double> waits, double part) => waits[Math.Max(0, (int)Math.Ceiling(waits.Count * part) - 1)];

    private static Shop Shop { get; } =
        new()
        {
            Id = "main",
            Tells = [NoticeKinds.OrderConfirmed],
            Brand = new Brand { Name = "Bench", EmailFrom = "bench@example.com" },
        };

    private static OrderSnapshot Order(string id)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new OrderSnapshot
        {
            Key = new OrderKey("main", id),
            PlacedAt = now,
            UpdatedAt = now,
            Customer = new OrderCustomer { Name = "Ada", ContactPoints = [new ContactPoint("email", $"{id}@example.com")] },
            Items = [new OrderItem { Name = "Teapot" }],
            Promise = new PromiseWindow { DeliverBy = PromiseDate.At(now.AddDays(7)) },
        };
    }

    // Accepts after the time that a mail server near by takes.
    private sealed class SlowProvider : IChannel
    {
        public ConcurrentDictionary<string, long> Accepted { get; } = new(StringComparer.Ordinal);

        public string Name => "email";

        public ChannelTraits Traits { get; } = new();

        public async Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken = default)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            Accepted[message.Order!.Value.Id] = Stopwatch.GetTimestamp();
            return DeliveryResult.Accepted();
        }
    }
}
