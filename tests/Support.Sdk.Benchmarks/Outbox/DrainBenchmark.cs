using Support.Sdk.Benchmarks.Comparisons;
using Support.Sdk.Benchmarks.Postgres;

namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>Messages that are stored already, delivered to a no-op.</summary>
internal static class DrainBenchmark
{
    private const int Rounds = 15;
    public const int Messages = 10_000;

    public static async Task<int> RunAsync(int messages, bool hasHtml)
    {
        await using var server = await BenchServer.StartAsync();
        await using var field = new Field(server, new Workload(hasHtml));
        await field.AddAsync("Support.Sdk", new EngineSide(field.Workload.Change, Stores.Postgres));
        await field.AddAsync("bare loop", new BareLoop());
        await field.AddPeerAsync("Rebus", share: 0.1);
        var rates = await field.MeasureAsync(Rounds, (contender, share) => contender.DrainAsync((int)(messages * share)));
        var table = new ComparisonTable("drain", "messages/s", rates["Support.Sdk"]).Ours();
        field.Show(table, "bare loop", rates, new Goal(0.6, 0.8));
        field.Show(table, "Rebus", rates, goal: null);
        await field.DescribeAsync(
            table,
            Rounds,
            "From the start of the delivery until the last message has arrived. The bare loop claims and marks a hundred in one transaction; Rebus starts from its queue table.",
            "Ours claims in one statement and records the results, each with its time, in another, so that no row lock is held while messages are sent."
        );
        table.Print();
        return table.IsMet ? 0 : 1;
    }
}
