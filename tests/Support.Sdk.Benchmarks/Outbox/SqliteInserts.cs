using Microsoft.Data.Sqlite;

namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>The limit of an embedded file: the two rows, inserted by prepared statements, each transaction safe from a power cut.</summary>
internal sealed class SqliteInserts : IOutboxSide
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE orders (id TEXT PRIMARY KEY, body TEXT NOT NULL);
        CREATE TABLE messages (id INTEGER PRIMARY KEY, payload TEXT NOT NULL);
        """;

    private SqliteConnection? _connection;
    private SqliteCommand? _order;
    private SqliteCommand? _message;
    private Sample? _sample;
    private Arrivals? _arrivals;

    public async Task OpenAsync(string database, Sample sample, Arrivals arrivals)
    {
        (_sample, _arrivals) = (sample, arrivals);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        await _connection.OpenAsync();
        await using var schema = new SqliteCommand(Schema, _connection);
        await schema.ExecuteNonQueryAsync();
        _order = new SqliteCommand("INSERT INTO orders (id, body) VALUES (@id, @body)", _connection);
        _order.Parameters.AddWithValue("@id", "");
        _order.Parameters.AddWithValue("@body", "");
        _message = new SqliteCommand("INSERT INTO messages (payload) VALUES (@payload)", _connection);
        _message.Parameters.AddWithValue("@payload", "");
    }

    public async Task EnqueueAsync(int first, int count)
    {
        await using (var transaction = (SqliteTransaction)await _connection!.BeginTransactionAsync())
        {
            (_order!.Transaction, _message!.Transaction) = (transaction, transaction);
            foreach (var id in BusinessRows.Ids(first, count))
            {
                _order.Parameters["@id"].Value = id;
                _order.Parameters["@body"].Value = _sample!.Order;
                await _order.ExecuteNonQueryAsync();
                _message.Parameters["@payload"].Value = _sample.Message;
                await _message.ExecuteNonQueryAsync();
            }

            await transaction.CommitAsync();
        }

        for (var message = 0; message < count; message++)
        {
            _arrivals!.Arrived();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _order!.DisposeAsync();
            await _message!.DisposeAsync();
            await _connection.DisposeAsync();
        }
    }
}
