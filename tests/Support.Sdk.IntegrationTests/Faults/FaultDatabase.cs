using Npgsql;
using Xunit;

namespace Support.Sdk.IntegrationTests.Faults;

/// <summary>What a test asks the database behind the workers' backs.</summary>
internal static class FaultDatabase
{
    private const string Unfinished = """
        SELECT (SELECT COUNT(*) FROM support_inbox WHERE lease_until > 0 AND state = 'Pending')
            + (SELECT COUNT(*) FROM support_orders WHERE lease_until > 0) + (SELECT COUNT(*) FROM support_outbox WHERE lease_until > 0)
        """;

    /// <summary>How many events, orders and messages are claimed.</summary>
    public static Task<long> ClaimedAsync(string database) => AskAsync(database, Unfinished);

    /// <summary>How many messages are in a state.</summary>
    public static Task<long> CountAsync(string database, string state) =>
        AskAsync(database, "SELECT COUNT(*) FROM support_outbox WHERE state = @state", ("state", state));

    /// <summary>Ends every connection to a database but this one.</summary>
    public static Task<long> TerminateAsync(string database) =>
        AskAsync(
            database,
            "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        );

    private static async Task<long> AskAsync(string database, string sql, params (string Name, object Value)[] parameters)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
#pragma warning disable CA2100 // The texts are above.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
