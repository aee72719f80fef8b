using Microsoft.Data.Sqlite;
using Support.Sdk.Benchmarks.Outbox;

namespace Support.Sdk.Benchmarks.Ticks;

internal sealed class SqliteTicks(string path) : ITickDatabase
{
    private const string Scan = "SELECT shop, order_id, version, body FROM support_orders NOT INDEXED WHERE check_at <= @now";

    // As the store's own connections, beside which it reads.
    private readonly SqliteConnection _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());

    public string Name => "SQLite";

    public void Add(ISupportBuilder builder) => Stores.Sqlite(builder, path);

    public async Task SettleAsync()
    {
        await _connection.OpenAsync();
        await using var command = new SqliteCommand("PRAGMA optimize", _connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<int> ScanAsync(long now)
    {
        await using var command = new SqliteCommand(Scan, _connection);
        command.Parameters.AddWithValue("@now", now);
        await using var reader = await command.ExecuteReaderAsync();
        var found = 0;
        while (await reader.ReadAsync())
        {
            _ = SupportJson.ReadOrder(reader.GetString(3));
            found++;
        }

        return found;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
