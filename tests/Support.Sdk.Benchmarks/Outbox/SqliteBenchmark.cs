using Support.Sdk.Benchmarks.Comparisons;

namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>The outbox on an embedded file, a hundred messages a transaction, against bare inserts of the same bytes.</summary>
internal static class SqliteBenchmark
{
    public const int Messages = 10_000;
    private const int Rounds = 9;
    private const int PerTransaction = 100;

    public static async Task<int> RunAsync(int messages, bool hasHtml)
    {
        var folder = Directory.CreateTempSubdirectory("support-sqlite-");
        try
        {
            var workload = new Workload(hasHtml);
            var sample = workload.Sample;
            await using var written = await StartAsync(new EngineSide(workload.Change, Stores.Sqlite) { DeliversNothing = true }, "written");
            await using var decided = await StartAsync(new EngineSide(workload.Decided, Stores.Sqlite) { DeliversNothing = true }, "decided");
            await using var delivered = await StartAsync(new EngineSide(workload.Change, Stores.Sqlite), "delivered");
            await using var bare = await StartAsync(new SqliteInserts(), "bare");
            Contender[] sides = [written, delivered, bare, decided];
            var rates = await Turns.MediansAsync(Rounds, [.. sides.Select(side => (Func<Task<double>>)(() => side.FlowAsync(messages, PerTransaction)))]);
            var note =
                $"Medians of {Rounds} rounds, in turn; WAL, synchronous=FULL; an order of {sample.Order.Length:N0} and a message of {sample.Message.Length:N0} characters. Bare inserts deliver nothing. All it writes: with the decision, the customer's contact points and the shop's figures.";
            var goal = new Goal(0.5, 0.7);
            var writing = new ComparisonTable("SQLite, written", "messages/s", rates[0])
                .Ours()
                .Add("Support.Sdk, all it writes", rates[3], goal: null)
                .Add("bare inserts", rates[2], goal);
            var delivering = new ComparisonTable("SQLite, written and delivered", "messages/s", rates[1])
                .Ours()
                .Add("bare inserts", rates[2], goal: null)
                .Note(note);
            writing.Print();
            delivering.Print();
            return writing.IsMet ? 0 : 1;

            Task<Contender> StartAsync(IOutboxSide side, string name) => Contender.HereAsync(side, Path.Combine(folder.FullName, name + ".db"), sample);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
