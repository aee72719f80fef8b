using Npgsql;
using NpgsqlTypes;

namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>The limit: the fewest statements that keep a message with its order and hand it over once, claimed a hundred at a time.</summary>
internal sealed class BareLoop : IDrainSide
{
    private const int Batch = 100;

    private const string Schema = """
        CREATE TABLE messages (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload TEXT NOT NULL, done BOOLEAN NOT NULL DEFAULT FALSE);
        CREATE INDEX messages_open ON messages (id) WHERE NOT done;
        """;

    private const string Insert = "INSERT INTO messages (payload) SELECT * FROM unnest($1)";
    private const string Claim = "SELECT id, payload FROM messages WHERE NOT done ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED";
    private const string Mark = "UPDATE messages SET done = TRUE WHERE id = ANY($1)";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(1);
    private NpgsqlDataSource? _database;
    private Sample? _sample;
    private Arrivals? _arrivals;
    private volatile bool _isPaused;
    private Task _delivering = Task.CompletedTask;

    public async Task OpenAsync(string database, Sample sample, Arrivals arrivals)
    {
        (_sample, _arrivals) = (sample, arrivals);
        _database = BareInserts.Prepared(database);
        await BusinessRows.CreateAsync(_database);
        await using var command = _database.CreateCommand(Schema);
        await command.ExecuteNonQueryAsync();
        await ResumeAsync();
    }

    public async Task EnqueueAsync(int first, int count)
    {
        await using var connection = await _database!.OpenConnectionAsync();
        // The statements of a batch are one transaction, and one journey to the server.
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(BusinessRows.Insert(first, count, _sample!.Order));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Insert) { Parameters = { BusinessRows.Texts(_sample.Message, count) } });
        await batch.ExecuteNonQueryAsync();
    }

    public Task ResumeAsync()
    {
        _isPaused = false;
        _delivering = DeliverAsync();
        return Task.CompletedTask;
    }

    public async Task PauseAsync()
    {
        _isPaused = true;
        await _delivering;
    }

    public async ValueTask DisposeAsync()
    {
        await PauseAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    private async Task DeliverAsync()
    {
        await using var connection = await _database!.OpenConnectionAsync();
        while (!_isPaused)
        {
            if (await DeliverAsync(connection) == 0)
            {
                await Task.Delay(Poll, TimeProvider.System);
            }
        }
    }

    private async Task<int> DeliverAsync(NpgsqlConnection connection)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var ids = new List<long>(Batch);
        await using (var claim = new NpgsqlCommand(Claim, connection) { Parameters = { new() { Value = Batch } } })
        {
            await using var reader = await claim.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                ids.Add(reader.GetInt64(0));
                _ = reader.GetString(1);
            }
        }

        if (ids.Count > 0)
        {
            await using var mark = new NpgsqlCommand(Mark, connection);
            mark.Parameters.Add(new NpgsqlParameter { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
            await mark.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
        ids.ForEach(_ => _arrivals!.Arrived());
        return ids.Count;
    }
}
