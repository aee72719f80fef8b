using Npgsql;
using Support.Sdk.Benchmarks.Outbox;

namespace Support.Sdk.Benchmarks.Ticks;

internal sealed class PostgresTicks(string database) : ITickDatabase
{
    private const string Scan = "SELECT shop, order_id, version, body FROM support_orders WHERE check_at <= $1";

    // At the start of a session: what is set later is forgotten when the connection goes back to its pool.
    private const string WithoutIndexes = "-c enable_indexscan=off -c enable_indexonlyscan=off -c enable_bitmapscan=off";

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { Options = WithoutIndexes });

    public string Name => "PostgreSQL";

    public void Add(ISupportBuilder builder) => Stores.Postgres(builder, database);

    public async Task SettleAsync()
    {
        await using var command = _source.CreateCommand("VACUUM (ANALYZE)");
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<int> ScanAsync(long now)
    {
        await using var command = _source.CreateCommand(Scan);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = now });
        await using var reader = await command.ExecuteReaderAsync();
        var found = 0;
        while (await reader.ReadAsync())
        {
            _ = SupportJson.ReadOrder(reader.GetString(3));
            found++;
        }

        return found;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
