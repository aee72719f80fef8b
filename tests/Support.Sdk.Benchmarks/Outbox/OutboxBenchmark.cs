using Support.Sdk.Benchmarks.Comparisons;
using Support.Sdk.Benchmarks.Postgres;

namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>
/// A business row and a message in one PostgreSQL transaction, then delivered to a no-op: ours against what a .NET developer would
/// take instead, and against the fewest statements that can do it.
/// </summary>
internal static class OutboxBenchmark
{
    private const int Rounds = 11;
    public const int Messages = 8000;

    private const string Everything = "Support.Sdk, all it writes";

    // Each peer gets as many messages as it handles in about the time that the others need.
    private static readonly (string Name, double Share, Goal? Hundred, Goal? Single)[] Peers =
    [
        ("Wolverine", 0.4, new Goal(3, 5), new Goal(1, 1.5)),
        ("Rebus", 0.2, new Goal(15, 25), null),
        ("Hangfire", 0.05, null, null),
    ];

    private static readonly string[] Notes =
    [
        "Every side writes the same order and the same message, and commits before it delivers; single messages by eight writers, hundreds by one, delivery beside them.",
        "Ours keeps a second row for what becomes of the message, and six indexes over the two that every message enters; each result is recorded with its time. Like Wolverine it hands over what it has just stored. All it writes: with the decision, the customer's contact points and the shop's figures, for which the others have nothing.",
        "Wolverine: a durable local queue, the message in its inbox table and marked as handled. Rebus: its outbox, then its queue table, from which the message is deleted. "
            + "Hangfire: a job with its parameters, four states and a queue row.",
        "The bare loop: one row a message, claimed by hundreds with SKIP LOCKED and marked done in the same transaction. Bare inserts deliver nothing.",
    ];

    public static async Task<int> RunAsync(int messages, bool hasHtml)
    {
        await using var server = await BenchServer.StartAsync();
        await using var field = new Field(server, new Workload(hasHtml));
        await field.AddAsync("Support.Sdk", new EngineSide(field.Workload.Change, Stores.Postgres));
        await field.AddAsync(Everything, new EngineSide(field.Workload.Decided, Stores.Postgres));
        await field.AddAsync("bare loop", new BareLoop());
        await field.AddAsync("bare inserts, 8 connections", new BareInserts());
        foreach (var peer in Peers)
        {
            await field.AddPeerAsync(peer.Name, peer.Share);
        }

        var isMet = await CompareAsync(field, messages, perTransaction: 100);
        isMet &= await CompareAsync(field, messages / 4, perTransaction: 1);
        return isMet ? 0 : 1;
    }

    private static async Task<bool> CompareAsync(Field field, int messages, int perTransaction)
    {
        var isSingle = perTransaction == 1;
        var rates = await field.MeasureAsync(
            Rounds,
            (contender, share) => contender.FlowAsync(Math.Max(perTransaction, (int)(messages * share)), perTransaction)
        );
        var table = new ComparisonTable($"outbox, {perTransaction} a transaction", "messages/s", rates["Support.Sdk"]).Ours();
        field.Show(table, Everything, rates, goal: null);
        foreach (var (name, _, hundred, single) in Peers)
        {
            field.Show(table, name, rates, isSingle ? single : hundred);
        }

        field.Show(table, "bare loop", rates, isSingle ? null : new Goal(0.6, 0.8));
        field.Show(table, "bare inserts, 8 connections", rates, isSingle ? new Goal(0.35, 0.5) : null);
        await field.DescribeAsync(table, Rounds, Notes);
        table.Print();
        return table.IsMet;
    }
}
