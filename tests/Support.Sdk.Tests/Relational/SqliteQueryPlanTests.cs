using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Support.Sdk.Orders;
using Support.Sdk.Relational;
using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.Tests.Relational;

public sealed partial class SqliteQueryPlanTests(ITestOutputHelper output)
{
    // These hold only what is waiting, or are walked from their newest entry no further than a page.
    private static readonly string[] Walked =
    [
        "support_inbox_pending",
        "support_inbox_due",
        "support_inbox_parked",
        "support_orders_check",
        "support_orders_refresh",
        "support_orders_lease",
        "support_tickets_check",
        "support_tickets_lease",
        "support_contents_unused",
        "support_outbox_pending",
        "support_outbox_expiring",
        "support_outbox_held",
    ];

    // In the order of its rows, from the newest no further than a page.
    private const string NewestFirst = "ORDER BY d.seq DESC LIMIT";

    // Once in the life of a shop: an index for it would cost every event.
    private const string DoneOfShop = "SELECT id FROM support_inbox WHERE state = 'Done' AND shop = @shop";

    [Fact]
    public async Task No_statement_walks_over_a_whole_table()
    {
        var texts = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        SqlSession.Traced = (_, text, _) => texts.TryAdd(text, true);
        try
        {
            foreach (var rule in StoreConformance.Rules)
            {
                using var one = new SqliteFile();
                await using var database = one.Open();
                await rule.CheckAsync(Stores.Of(database), TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            SqlSession.Traced = null;
        }

        using var file = new SqliteFile();
        await using (var database = file.Open())
        {
            await Stores.Of(database).Support.StartAsync(TestContext.Current.CancellationToken);
        }

        var statements = texts.Keys.Where(text => text.Contains("support_", StringComparison.Ordinal) && !Schema().IsMatch(text)).ToList();
        Assert.True(statements.Count > 25, $"{statements.Count} statements seen");
        Assert.Single(statements, text => text.StartsWith(DoneOfShop, StringComparison.Ordinal));
        Assert.Empty(statements.Where(text => !text.StartsWith(DoneOfShop, StringComparison.Ordinal)).SelectMany(text => Walks(file, text)));
    }

    [Fact]
    public async Task No_table_is_made_on_the_way_to_add_an_order()
    {
        string? insert = null;
        using var file = new SqliteFile();
        await using var database = file.Open();
        var orders = Stores.Of(database).Orders;
        SqlSession.Traced = (_, text, _) => insert = text.StartsWith("INSERT INTO support_orders", StringComparison.Ordinal) ? text : insert;
        try
        {
            await orders.SaveAsync([new OrderChange { Order = Given.Order() }], TestContext.Current.CancellationToken);
        }
        finally
        {
            SqlSession.Traced = null;
        }

        var steps = file.Explain("EXPLAIN " + insert, column: 1);
        Assert.Contains("IdxInsert", steps);
        Assert.DoesNotContain("OpenEphemeral", steps);
    }

    private IEnumerable<string> Walks(SqliteFile file, string text)
    {
        output.WriteLine(text);
        foreach (var step in file.Plan(text))
        {
            output.WriteLine("   " + step);
            if (step is "SCAN d" && text.Contains(NewestFirst, StringComparison.Ordinal))
            {
                continue;
            }

            if (Walk().IsMatch(step) && !Walked.Any(index => step.Contains("INDEX " + index, StringComparison.Ordinal)))
            {
                yield return $"{step}: {text}";
            }
        }
    }

    [GeneratedRegex(
        @"^SCAN (?!\w+ VIRTUAL TABLE|CONSTANT ROW|first$|shops$|refreshed$|asked$|channels$|[rvk]$|support_shops$|pending$|parked$)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Walk();

    [GeneratedRegex("^(CREATE|--)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Schema();
}
