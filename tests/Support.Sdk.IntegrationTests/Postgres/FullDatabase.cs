using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Npgsql;
using Support.Sdk.Postgres;
using Support.Sdk.Relational;
using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.IntegrationTests.Postgres;

/// <summary>The tests that look at the plans of one full database.</summary>
[CollectionDefinition(nameof(FullTables))]
public sealed class FullTables : ICollectionFixture<FullDatabase>;

/// <summary>A database with a year's rows, and every statement that the stores ever make, both made once.</summary>
public sealed partial class FullDatabase(SharedPostgres postgres) : IAsyncDisposable
{
    // Some of them wait; the others are what a shop gathers in a year.
    private const string Many = """
        INSERT INTO support_inbox (source, event_id, shop, order_id, body, received_at, due_at, state)
        SELECT 'app', 'many-' || n, 'main', 'many-' || n, '', n, n, CASE WHEN n % 50 = 0 THEN 'Pending' ELSE 'Done' END FROM generate_series(1, 50000) n;
        INSERT INTO support_orders (shop, order_id, version, check_at, body)
        SELECT 'main', 'many-' || n, 1, 4000000000000000 + n, '{}' FROM generate_series(1, 50000) n;
        INSERT INTO support_order_contacts (shop, channel, contact, placed_at, order_id)
        SELECT 'main', 'email', n || '@example.com', n, 'many-' || n FROM generate_series(1, 50000) n;
        INSERT INTO support_decisions (shop, order_id, decided_at, verdict, occasion, reason, decided_by)
        SELECT 'main', 'many-' || n, n, 'Send', 'order-delayed', 'late', 'engine' FROM generate_series(1, 50000) n;
        INSERT INTO support_deliveries (id, shop, order_id, occasion, channel, recipient, decided_at, message)
        SELECT 'many-' || n, 'main', 'many-' || n, 'order-delayed', 'email', n || '@example.com', n, '{}' FROM generate_series(1, 50000) n;
        INSERT INTO support_outbox (seq, id, shop, order_id, channel, state, due_at, changed_at)
        SELECT seq, id, shop, order_id, channel, CASE WHEN decided_at % 50 = 0 THEN 'Pending' ELSE 'Accepted' END, decided_at, decided_at FROM support_deliveries;
        INSERT INTO support_contacts (shop, contact_key, version, body) SELECT 'main', 'many-' || n, 1, '{}' FROM generate_series(1, 50000) n;
        INSERT INTO support_consents (shop, contact_key, purpose, granted, said_at, source) SELECT 'main', 'many-' || n, 'x', 1, n, 'x' FROM generate_series(1, 50000) n;
        INSERT INTO support_erasures (shop, erased_at, erased_by, orders, deliveries, events, contacts, tickets, customers, under_way)
        SELECT 'main', n, 'x', 1, 1, 1, 1, 1, 1, 0 FROM generate_series(1, 50000) n;
        INSERT INTO support_tickets (shop, number, version, opened_by, status, priority, channel, kind, team, assignee, customer_id, check_at, due_at, closed_at, body)
        SELECT 'main', n, 1, 'many-' || n,
            CASE WHEN n % 100 = 0 THEN (ARRAY['New', 'Open', 'Pending', 'OnHold'])[1 + n / 100 % 4] WHEN n % 100 = 1 THEN 'Solved' ELSE 'Closed' END,
            (ARRAY['Normal', 'Low', 'High', 'Urgent'])[1 + n % 4], 'email', 'Other', 'team-' || n % 7, 'agent-' || n % 31, 'customer-' || n % 20000,
            CASE WHEN n % 100 < 2 THEN 4000000000000000 + n END, CASE WHEN n % 100 = 0 THEN 4000000000000000 + n END,
            CASE WHEN n % 100 > 1 THEN 4000000000000000 + n END, '{}'
        FROM generate_series(1, 50000) n;
        INSERT INTO support_ticket_orders (shop, order_id, number) SELECT 'main', 'many-' || n, n FROM generate_series(1, 50000) n;
        INSERT INTO support_ticket_tags (shop, tag, number) SELECT 'main', 'tag-' || n % 10, n FROM generate_series(1, 50000) n;
        INSERT INTO support_ticket_entries (shop, ticket, number, kind, happened_at, made_by, body)
        SELECT 'main', t, n, CASE WHEN n % 2 = 0 THEN 'Inbound' ELSE 'Changed' END, n, 'customer', '{}' FROM generate_series(1, 10000) t, generate_series(1, 5) n;
        INSERT INTO support_ticket_entries (shop, ticket, number, kind, happened_at, made_by, request_id, body)
        SELECT 'main', 20000, n, CASE WHEN n % 2 = 0 THEN 'Inbound' ELSE 'Changed' END, n, 'customer', 'many-' || n, '{}' FROM generate_series(1, 100000) n;
        INSERT INTO support_ticket_numbers (shop, taken) SELECT 'shop-' || n, n FROM generate_series(1, 10000) n;
        INSERT INTO support_customers (shop, customer_id, version, listed, body) SELECT 'main', 'many-' || n, 1, 1, '{}' FROM generate_series(1, 50000) n;
        INSERT INTO support_customer_contacts (shop, channel, contact, customer_id)
        SELECT 'main', 'email', n || '@example.com', 'many-' || n FROM generate_series(1, 50000) n;
        INSERT INTO support_contents (shop, content_id, name, content_type, length, saved_at, state)
        SELECT 'main', 'many-' || n, 'x', 'x', 1, n, CASE WHEN n % 100 = 0 THEN 'New' ELSE 'Used' END FROM generate_series(1, 50000) n;
        INSERT INTO support_ticket_contents (shop, ticket, entry, content_id) SELECT 'main', n, 1, 'many-' || n FROM generate_series(1, 50000) n;
        INSERT INTO support_states (shop, name, value, version) SELECT 'shop-' || n % 5000, 'name-' || n, 'x', 1 FROM generate_series(1, 50000) n;
        ANALYZE;
        """;

    private Dictionary<string, (string Name, object? Value)[]> _statements = [];
    private string? _connectionString;
    private NpgsqlConnection? _connection;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The statements with the values that they were made with, and a connection to the database.</summary>
    public async Task<(Dictionary<string, (string Name, object? Value)[]> Statements, NpgsqlConnection Connection)> GetAsync()
    {
        if (_connection is null)
        {
            var server = await postgres.ServerAsync();
            _statements = await StatementsAsync();
            _connectionString = await server.CreateDatabaseAsync();
            _connection = await FullAsync(_connectionString);
        }

        return (_statements, _connection);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            await connection.DisposeAsync();
            await (await postgres.ServerAsync()).DropDatabaseAsync(_connectionString!);
        }
    }

    // Whatever the rules of the conformance suite make the stores say, with the values that they said it with.
    private async Task<Dictionary<string, (string Name, object? Value)[]>> StatementsAsync()
    {
        var seen = new ConcurrentDictionary<string, (string Name, object? Value)[]>(StringComparer.Ordinal);
        // Other tests may be at it as well; what they say is the same.
        SqlSession.Traced = (session, text, parameters) =>
        {
            if (session.Dialect is PostgresDialect && text.Contains("support_", StringComparison.Ordinal))
            {
                seen[text] = parameters;
            }
        };
        await using (var rules = new RuleDatabase(postgres))
        {
            foreach (var rule in StoreConformance.Rules)
            {
                await using var database = new PostgresDatabase(PostgresDatabase.Connect(await rules.EmptyAsync()), ownsSource: true);
                await rule.CheckAsync(Stores.Of(database), Token);
            }
        }

        SqlSession.Traced = null;
        return seen.Where(statement => Explained().IsMatch(statement.Key)).ToDictionary(StringComparer.Ordinal);
    }

    private static async Task<NpgsqlConnection> FullAsync(string connectionString)
    {
        await using (var database = new PostgresDatabase(PostgresDatabase.Connect(connectionString), ownsSource: true))
        {
            await database.StartAsync(Token);
        }

        var connection = new NpgsqlConnection(connectionString + ";Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(Many, connection);
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }

    [GeneratedRegex(@"^(WITH|SELECT|INSERT|UPDATE|DELETE)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Explained();
}
