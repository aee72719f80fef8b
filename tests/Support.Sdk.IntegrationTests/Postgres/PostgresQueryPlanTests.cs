using System.Text.RegularExpressions;
using Npgsql;
using Xunit;

namespace Support.Sdk.IntegrationTests.Postgres;

/// <summary>What the planner makes of every statement of the stores, on tables in which nearly everything is done.</summary>
[Collection(nameof(FullTables))]
public sealed partial class PostgresQueryPlanTests(FullDatabase full, ITestOutputHelper output)
{
    // One row a shop, or a few: no index is of use there.
    private static readonly string[] Small = ["support_shops", "support_settings", "support_shop_figures", "support_notice_days"];

    // An operator's list of what has ended in one way is looked for among everything that has ended: an index for it would cost every message.
    private const string OfState = "ELSE state END IN ('";
    private const string AndOfState = "AND CASE WHEN lease_until > 0 THEN 'Sending' ELSE state END IN";

    // Once in the life of a shop: an index for it would cost every event.
    private const string DoneOfShop = "SELECT id FROM support_inbox WHERE state = 'Done' AND shop = @shop";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_statement_walks_over_a_whole_table()
    {
        var (statements, connection) = await full.GetAsync();
        Assert.True(statements.Count > 40, $"{statements.Count} statements seen");
        var walks = new List<string>();
        foreach (var (text, parameters) in statements.OrderBy(statement => statement.Key, StringComparer.Ordinal))
        {
            var plan = await ExplainAsync(connection, text, parameters);
            output.WriteLine($"{text}\n{plan}\n");
            if (
                text.StartsWith(DoneOfShop, StringComparison.Ordinal)
                || (text.Contains(OfState, StringComparison.Ordinal) && !text.Contains(AndOfState, StringComparison.Ordinal))
            )
            {
                continue;
            }

            walks.AddRange(
                Walk().Matches(plan).Select(match => match.Groups["table"].Value).Except(Small, StringComparer.Ordinal).Select(table => $"{table}: {text}")
            );
        }

        Assert.Empty(walks);
    }

    [Theory]
    [InlineData("UPDATE support_outbox SET", "lease_token + 1", "support_outbox_pending")]
    [InlineData("UPDATE support_outbox SET", "lease_token + 1", @"Index Cond: [^\n]*ROW\(due_at, seq\) > ROW")]
    [InlineData("UPDATE support_outbox SET", "state = r.r_to", "support_outbox_pkey")]
    [InlineData("UPDATE support_outbox SET", "state = r.r_to", @"Index Cond: [^\n]*seq = COALESCE")]
    [InlineData("UPDATE support_inbox SET lease_until", "lease_token + 1", "support_inbox_pending|support_inbox_due")]
    [InlineData("UPDATE support_inbox SET state = 'Done'", "NOT IN", "support_inbox_pkey")]
    [InlineData("UPDATE support_orders SET lease_until", "check_at <=", "support_orders_check")]
    [InlineData("SELECT 1 FROM support_outbox", "send_before <=", "support_outbox_expiring")]
    [InlineData("UPDATE support_tickets SET lease_until", "check_at <=", "support_tickets_check")]
    [InlineData("WITH RECURSIVE shops", "FROM asked", "support_tickets_check on support_tickets t")]
    [InlineData("UPDATE support_tickets SET version", "r.r_body", "support_tickets_shop_number_key")]
    [InlineData("UPDATE support_tickets SET version", "closed_at <=", "support_tickets_closed")]
    [InlineData("SELECT c.shop", "support_customer_contacts", "support_customer_contacts_pkey")]
    [InlineData("SELECT c.shop", "c.listed = 1", "support_customers_shop_customer_id_key")]
    [InlineData("UPDATE support_contents SET", "saved_at <=", "support_contents_unused")]
    [InlineData("INSERT INTO support_ticket_entries", "@offset", "support_ticket_entries_pkey")]
    [InlineData("UPDATE support_states SET", "@version", "support_states_pkey")]
    [InlineData("DELETE FROM support_orders", "ARRAY", "support_orders_pkey")]
    [InlineData("DELETE FROM support_ticket_entries", "ARRAY", "support_ticket_entries_pkey")]
    [InlineData("SELECT d.seq FROM support_deliveries", "lease_until", "support_deliveries_order|support_deliveries_recipient")]
    public async Task What_is_asked_all_the_time_finds_its_index(string begins, string has, string index)
    {
        var (statements, connection) = await full.GetAsync();
        var found = statements
            .Where(statement => statement.Key.StartsWith(begins, StringComparison.Ordinal) && statement.Key.Contains(has, StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(found);
        foreach (var (text, parameters) in found)
        {
            Assert.Matches(index, await ExplainAsync(connection, text, parameters));
        }
    }

    [Fact]
    public async Task Whether_an_older_event_of_an_order_is_claimed_is_asked_row_by_row_whatever_the_statistics_say()
    {
        var (statements, connection) = await full.GetAsync();
        var asking = statements.Where(statement => statement.Key.Contains("e.id < support_inbox.id", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, asking.Count);
        foreach (var (text, parameters) in asking)
        {
            Assert.DoesNotContain("Anti Join", await ExplainAsync(connection, text, parameters), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_shop_that_has_most_of_the_rows_is_forgotten_along_its_indexes()
    {
        var (statements, connection) = await full.GetAsync();
        var found = statements
            .Where(statement => statement.Value.Any(parameter => parameter.Name is "@max") && Forgets().IsMatch(statement.Key))
            .Select(statement => statement.Key)
            .ToList();
        Assert.InRange(found.Count, 18, 30);
        var walks = new List<string>();
        foreach (var text in found)
        {
            var plan = await ExplainAsync(connection, text, [("@shop", "main"), ("@max", 1000)]);
            output.WriteLine($"{text}\n{plan}\n");
            walks.AddRange(
                Walk().Matches(plan).Select(match => match.Groups["table"].Value).Except(Small, StringComparer.Ordinal).Select(table => $"{table}: {text}")
            );
        }

        Assert.Empty(walks);
    }

    [Fact]
    public async Task A_claim_writes_no_index_so_that_a_vacuum_of_the_page_is_enough()
    {
        var (statements, connection) = await full.GetAsync();
        var claim = statements.Keys.Single(text =>
            text.StartsWith("UPDATE support_outbox SET", StringComparison.Ordinal) && text.Contains("lease_token + 1", StringComparison.Ordinal)
        );
        await using var transaction = await connection.BeginTransactionAsync(Token);
        (string, object?)[] parameters =
        [
            ("@channel", "email"),
            ("@idempotent", 1),
            ("@now", 1_000_000L),
            ("@after_due", long.MinValue),
            ("@after_seq", 0L),
            ("@max", 60),
            ("@max_attempts", 10),
            ("@lease", 1_000_000L),
        ];
        Assert.Equal(60L, await ScalarAsync(connection, $"WITH claimed AS ({claim}) SELECT COUNT(*) FROM claimed", parameters));

        Assert.Equal(60L, await ScalarAsync(connection, "SELECT pg_stat_get_xact_tuples_updated('support_outbox'::regclass)"));
        Assert.Equal(60L, await ScalarAsync(connection, "SELECT pg_stat_get_xact_tuples_hot_updated('support_outbox'::regclass)"));
    }

    private static async Task<string> ExplainAsync(NpgsqlConnection connection, string text, (string Name, object? Value)[] parameters)
    {
        await using var command = Command(connection, "EXPLAIN " + text, parameters);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var lines = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string text, params (string Name, object? Value)[] parameters)
    {
        await using var command = Command(connection, text, parameters);
        return await command.ExecuteScalarAsync(Token);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string text, (string Name, object? Value)[] parameters)
    {
#pragma warning disable CA2100 // The texts are those of the stores.
        var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    [GeneratedRegex(
        @"^(DELETE FROM \w+ WHERE \w+ = ANY\(ARRAY|SELECT d\.seq FROM support_deliveries|UPDATE support_contents .*'Dropped'[^@]+shop = @shop)",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Forgets();

    [GeneratedRegex(@"Seq Scan on (?<table>support_\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Walk();
}
