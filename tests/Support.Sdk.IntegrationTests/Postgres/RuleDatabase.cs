using Npgsql;
using Support.Sdk.Postgres;
using Xunit;

namespace Support.Sdk.IntegrationTests.Postgres;

/// <summary>One database for many rules, emptied for each: making the tables takes longer than most of them.</summary>
public sealed class RuleDatabase(SharedPostgres postgres) : IAsyncDisposable
{
    /// <summary>Empties the tables, in every database's SQL.</summary>
    public const string Empty = """
        DELETE FROM support_inbox; DELETE FROM support_orders; DELETE FROM support_order_contacts; DELETE FROM support_decisions;
        DELETE FROM support_deliveries; DELETE FROM support_outbox; DELETE FROM support_contacts; DELETE FROM support_consents;
        DELETE FROM support_erasures; DELETE FROM support_shops; DELETE FROM support_shop_figures; DELETE FROM support_notice_days;
        DELETE FROM support_tickets; DELETE FROM support_ticket_orders; DELETE FROM support_ticket_tags; DELETE FROM support_ticket_entries;
        DELETE FROM support_ticket_numbers; DELETE FROM support_customers; DELETE FROM support_customer_contacts; DELETE FROM support_contents;
        DELETE FROM support_ticket_contents; DELETE FROM support_states;
        DELETE FROM support_settings WHERE name NOT LIKE 'schema-%'
        """;

    private string? _connectionString;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Empties the database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> EmptyAsync()
    {
        if (_connectionString is null)
        {
            _connectionString = await (await postgres.ServerAsync()).CreateDatabaseAsync();
            await using var database = new PostgresDatabase(PostgresDatabase.Connect(_connectionString), ownsSource: true);
            await database.StartAsync(Token);
        }

        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(Empty, connection);
        await command.ExecuteNonQueryAsync(Token);
        return _connectionString;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connectionString is { } connectionString)
        {
            await (await postgres.ServerAsync()).DropDatabaseAsync(connectionString);
        }
    }
}
