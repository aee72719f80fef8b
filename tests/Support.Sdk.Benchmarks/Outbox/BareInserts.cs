using Npgsql;

namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>The limit of writing alone: the two rows, and nobody to deliver anything.</summary>
internal sealed class BareInserts : IOutboxSide
{
    private const string Schema = "CREATE TABLE messages (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload TEXT NOT NULL)";
    private const string Insert = "INSERT INTO messages (payload) SELECT * FROM unnest($1)";
    private NpgsqlDataSource? _database;
    private Sample? _sample;
    private Arrivals? _arrivals;

    public static NpgsqlDataSource Prepared(string database) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { MaxAutoPrepare = 20, AutoPrepareMinUsages = 2 });

    public async Task OpenAsync(string database, Sample sample, Arrivals arrivals)
    {
        (_sample, _arrivals) = (sample, arrivals);
        _database = Prepared(database);
        await BusinessRows.CreateAsync(_database);
        await using var command = _database.CreateCommand(Schema);
        await command.ExecuteNonQueryAsync();
    }

    public async Task EnqueueAsync(int first, int count)
    {
        await using var connection = await _database!.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(BusinessRows.Insert(first, count, _sample!.Order));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Insert) { Parameters = { BusinessRows.Texts(_sample.Message, count) } });
        await batch.ExecuteNonQueryAsync();
        for (var message = 0; message < count; message++)
        {
            _arrivals!.Arrived();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}
