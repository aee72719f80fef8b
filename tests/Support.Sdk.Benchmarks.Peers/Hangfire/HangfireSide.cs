using System.Transactions;
using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Npgsql;
using Support.Sdk.Benchmarks.Outbox;

namespace Support.Sdk.Benchmarks.Hangfire;

/// <summary>Background jobs, created in the ambient transaction that also holds the business rows.</summary>
internal sealed class HangfireSide : IOutboxSide
{
    // As many workers as Hangfire starts at most by itself.
    private const int Workers = 20;
    private NpgsqlDataSource? _database;
    private Sample? _sample;
    private string _connection = "";
    private BackgroundJobClient? _jobs;
    private BackgroundJobServer? _server;

    public async Task OpenAsync(string database, Sample sample, Arrivals arrivals)
    {
        (_sample, _connection) = (sample, database);
        Parcels.Arrivals = arrivals;
        _database = NpgsqlDataSource.Create(database);
        await BusinessRows.CreateAsync(_database);
        var options = new PostgreSqlStorageOptions { EnableTransactionScopeEnlistment = true, QueuePollInterval = TimeSpan.FromMilliseconds(50) };
        var storage = new PostgreSqlStorage(new NpgsqlConnectionFactory(database, options), options);
        _jobs = new BackgroundJobClient(storage);
        _server = new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = Workers, SchedulePollingInterval = TimeSpan.FromSeconds(1) }, storage);
    }

    public async Task EnqueueAsync(int first, int count)
    {
        using var scope = new TransactionScope(
            TransactionScopeOption.Required,
            new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted },
            TransactionScopeAsyncFlowOption.Enabled
        );
        // Closed again before Hangfire opens its own, so that both get the one connection that holds the transaction.
        await using (var connection = new NpgsqlConnection(_connection))
        {
            await connection.OpenAsync();
            await BusinessRows.InsertAsync(connection, first, count, _sample!.Order);
        }

        foreach (var id in BusinessRows.Ids(first, count))
        {
            _jobs!.Enqueue(() => Parcels.Deliver(id, _sample.Message));
        }

        scope.Complete();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            _server.SendStop();
            await _server.WaitForShutdownAsync(CancellationToken.None);
            _server.Dispose();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}

// A job is stored as the name of a public method.
public static class Parcels
{
    internal static Arrivals? Arrivals { get; set; }

    public static void Deliver(string id, string body) => Arrivals!.Arrived();
}
