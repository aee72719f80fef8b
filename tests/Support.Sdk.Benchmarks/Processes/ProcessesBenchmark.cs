using System.Diagnostics;
using Npgsql;
using Support.Sdk.Benchmarks.Comparisons;
using Support.Sdk.Benchmarks.Outbox;
using Support.Sdk.Benchmarks.Postgres;

namespace Support.Sdk.Benchmarks.Processes;

/// <summary>Two processes against one on the same database, where the channel is what takes time.</summary>
internal static class ProcessesBenchmark
{
    public const int Messages = 2000;
    private const int Rounds = 5;
    private const int Batch = 100;

    // Claimed messages are pending too, so nothing is left when the last result is recorded.
    private const string IsLeft = "SELECT EXISTS (SELECT 1 FROM support_outbox WHERE state IN ('Pending', 'Retry'))";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    public static async Task<int> RunAsync(int messages)
    {
        await using var server = await BenchServer.StartAsync();
        var database = await server.CreateAsync();
        await using var run = new Run(database);
        await using var one = await Worker.StartAsync(database);
        await using var other = await Worker.StartAsync(database);
        var rates = await Turns.MediansAsync(
            Rounds,
            [() => run.MeasureAsync(messages, one, other), () => run.MeasureAsync(messages, one), () => run.MeasureAsync(messages, other)],
            server.SettleAsync
        );
        var table = new ComparisonTable("a channel of 20 ms", "messages/s", rates[0])
            .Ours("two processes")
            .Add("one process", Math.Max(rates[1], rates[2]), new Goal(1.8, 1.95))
            .Note(
                $"Medians of {Rounds} rounds of {messages:N0} stored messages, in turn; four at a time in each process; until the last result is recorded. The faster of the two processes is the one."
            )
            .Note(await server.DescribeAsync());
        table.Print();
        return table.IsMet ? 0 : 1;
    }

    private sealed class Run(string database) : IAsyncDisposable
    {
        private readonly Engine _store = new(new SlowChannel(), builder => Stores.Postgres(builder, database));
        private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(database);
        private readonly Workload _workload = new(hasHtml: false);
        private int _next;

        public async Task<double> MeasureAsync(int messages, params Worker[] workers)
        {
            foreach (var batch in Enumerable.Range(_next, messages).Chunk(Batch))
            {
                await _store.SaveAsync([.. batch.Select(_workload.Change)]);
            }

            _next += messages;
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(workers.Select(worker => worker.GoAsync()));
            while (await IsLeftAsync())
            {
                await Task.Delay(Poll, TimeProvider.System);
            }

            var rate = messages / watch.Elapsed.TotalSeconds;
            await Task.WhenAll(workers.Select(worker => worker.StopAsync()));
            return rate;
        }

        public async ValueTask DisposeAsync()
        {
            await _store.DisposeAsync();
            await _source.DisposeAsync();
        }

        private async Task<bool> IsLeftAsync()
        {
            await using var command = _source.CreateCommand(IsLeft);
            return (bool)(await command.ExecuteScalarAsync())!;
        }
    }
}
