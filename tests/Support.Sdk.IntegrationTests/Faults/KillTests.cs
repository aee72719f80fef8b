using System.Diagnostics;
using Support.Sdk.IntegrationTests.Postgres;
using Xunit;

namespace Support.Sdk.IntegrationTests.Faults;

/// <summary>A worker dies by SIGKILL again and again, while events come in and messages go out.</summary>
[Collection(FaultsAlone.Name)]
[Trait("Category", "Slow")]
public sealed class KillTests(SharedPostgres postgres, ITestOutputHelper output)
{
    private const int Parallelism = 4;

    // Of an idempotent channel with this parallelism; README: several processes.
    private const int Window = 16;

    // Four rounds of three seconds for the window, and a second besides.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(13);

    // A loop looks again within a second; the rest is for a machine that does other things as well.
    private static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(1 + 4);

    [Fact]
    public async Task Twenty_times_on_PostgreSQL()
    {
        Requirement.IsSlow();
        var server = await postgres.ServerAsync();
        var database = await server.CreateDatabaseAsync();

        await RunAsync(kills: 20, ("Store", "postgres"), ("Database", database));

        await server.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task Five_times_on_SQLite()
    {
        Requirement.IsSlow();
        var folder = Directory.CreateTempSubdirectory("support-faults-");

        await RunAsync(kills: 5, ("Store", "sqlite"), ("Database", Path.Combine(folder.FullName, "support.db")));

        folder.Delete(recursive: true);
    }

    private async Task RunAsync(int kills, params (string Name, object Value)[] store)
    {
        await using var sink = await Sink.StartAsync();
        (string Name, object Value)[] settings = [.. store, ("Sink", sink.Address), ("Parallelism", Parallelism), ("Lease", "00:00:05")];
        var worker = await WorkerProcess.StartAsync(settings);
        await using var poster = new Poster(() => worker.Webhook);
        poster.Start();
        var deaths = new List<long>();
        for (var run = 0; run < kills; run++)
        {
            await MomentAsync(new Random(run), poster, sink);
            deaths.Add(await worker.KillAsync());
            await worker.DisposeAsync();
            worker = await WorkerProcess.StartAsync(settings);
        }

        await using (worker)
        {
            await poster.StopAsync();
            await Until.TrueAsync(
                () => poster.Acknowledged.All(sink.Orders().ContainsKey),
                () => $"Lost: {Lost(poster, sink)}. The worker said: {worker.Said}"
            );
            // Whatever else the last one that died had claimed comes by then.
            await Task.Delay(Lease + BackWithin, TimeProvider.System, TestContext.Current.CancellationToken);
            Check(poster, sink, deaths, worker);
        }
    }

    private void Check(Poster poster, Sink sink, List<long> deaths, WorkerProcess last)
    {
        var orders = sink.Orders();
        Assert.All(orders, order => Assert.Single(order.Value));
        Assert.Equal(poster.Acknowledged.Order(StringComparer.Ordinal), orders.Keys.Order(StringComparer.Ordinal));

        // An attempt is repeated because of the last death before it that had seen it made.
        var repeats = sink.Messages.Values.SelectMany(attempts => attempts.OrderBy(attempt => attempt.At).Skip(1)).ToList();
        var repeatsOfDeath = deaths.ConvertAll(death => sink.Messages.Values.Count(attempts => IsCutBy(death, attempts)));
        Assert.All(repeatsOfDeath, count => Assert.InRange(count, 0, Window));

        var lateBy = repeats
            .Where(repeat => repeat.At > deaths[^1])
            .Select(repeat => Stopwatch.GetElapsedTime(Math.Max(deaths[^1] + Ticks(Lease), last.ReadyAt), repeat.At))
            .DefaultIfEmpty(TimeSpan.Zero)
            .Max();
        Assert.True(lateBy < BackWithin, $"The last message that the dead had in hand came {lateBy} after its lease.");

        output.WriteLine(
            $"{deaths.Count} kills, {orders.Count} orders: none lost, none told twice; {repeats.Count} attempts repeated, "
                + $"at most {repeatsOfDeath.Max()} by one death (the window is {Window}); the last one {lateBy.TotalSeconds:F1} s after the end of its lease."
        );

        bool IsCutBy(long death, IEnumerable<SinkAttempt> attempts)
        {
            var times = attempts.Select(attempt => attempt.At).Order().ToList();
            var before = times.LastOrDefault(time => time <= death);
            var next = times.FirstOrDefault(time => time > death);
            return before > 0 && next > 0 && !deaths.Exists(other => other > before && other < death);
        }
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    private static string Lost(Poster poster, Sink sink) => string.Join(", ", poster.Acknowledged.Except(sink.Orders().Keys, StringComparer.Ordinal).Take(10));

    // Spread over taking in, deciding, claiming, sending and marking: after so many acknowledgements, attempts or milliseconds.
#pragma warning disable CA5394 // Any moment will do.
    private static async Task MomentAsync(Random random, Poster poster, Sink sink)
    {
        var (acknowledged, attempts) = (poster.Acknowledged.Count, sink.Attempts);
        var count = random.Next(1, 60);
        switch (random.Next(3))
        {
            case 0:
                await Until.TrueAsync(() => poster.Acknowledged.Count >= acknowledged + count, () => "No event is acknowledged any more.");
                break;
            case 1:
                await Until.TrueAsync(() => sink.Attempts >= attempts + count, () => "No message is sent any more.");
                break;
            default:
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(800)), TimeProvider.System, TestContext.Current.CancellationToken);
                break;
        }

        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(30)), TimeProvider.System, TestContext.Current.CancellationToken);
    }
#pragma warning restore CA5394
}
