using Npgsql;
using Rebus.Activation;
using Rebus.Bus;
using Rebus.Config;
using Rebus.Config.Outbox;
using Rebus.Logging;
using Rebus.Routing.TypeBased;
using Rebus.Transport;
using Support.Sdk.Benchmarks.Outbox;

namespace Support.Sdk.Benchmarks.Rebus;

/// <summary>The outbox joins the caller's transaction; a forwarder moves its messages to the queue, which is in the same database.</summary>
internal sealed class RebusSide : IDrainSide
{
    private const string Table = "messages";
    private const string Queue = "parcels";
    private const int Workers = 4;
    private const int Parallelism = 100;
    private readonly BuiltinHandlerActivator _activator = new();
    private readonly BuiltinHandlerActivator _sending = new();
    private NpgsqlDataSource? _database;
    private Sample? _sample;
    private IBus? _receiver;
    private IBus? _sender;
    private bool _isPaused;

    public async Task OpenAsync(string database, Sample sample, Arrivals arrivals)
    {
        _sample = sample;
        _database = NpgsqlDataSource.Create(database);
        await BusinessRows.CreateAsync(_database);
        _activator.Handle<ParcelMessage>(_ =>
        {
            arrivals.Arrived();
            return Task.CompletedTask;
        });
        _receiver = Configure
            .With(_activator)
            .Logging(logging => logging.Console(LogLevel.Warn))
            .Transport(transport => transport.UsePostgreSql(database, Table, Queue))
            .Options(options =>
            {
                options.SetNumberOfWorkers(Workers);
                options.SetMaxParallelism(Parallelism);
            })
            .Start();
        // A bus of its own: with the outbox in it, the receiver would open a second connection for every message.
        _sender = Configure
            .With(_sending)
            .Logging(logging => logging.Console(LogLevel.Warn))
            .Transport(transport => transport.UsePostgreSqlAsOneWayClient(database, Table))
            .Routing(routing => routing.TypeBased().Map<ParcelMessage>(Queue))
            .Outbox(outbox => outbox.StoreInPostgreSql(database, "outbox"))
            .Start();
    }

    public async Task EnqueueAsync(int first, int count)
    {
        await using var connection = await _database!.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await BusinessRows.InsertAsync(connection, first, count, _sample!.Order);
        using var scope = new RebusTransactionScope();
        if (!_isPaused)
        {
            scope.UseOutbox(connection, transaction);
        }

        foreach (var id in BusinessRows.Ids(first, count))
        {
            await _sender!.Send(new ParcelMessage(id, _sample.Message));
        }

        await scope.CompleteAsync();
        await transaction.CommitAsync();
    }

    // What gathers meanwhile waits in the queue, not in the outbox before it.
    public Task PauseAsync()
    {
        _isPaused = true;
        _receiver!.Advanced.Workers.SetNumberOfWorkers(0);
        return Task.CompletedTask;
    }

    public Task ResumeAsync()
    {
        _isPaused = false;
        _receiver!.Advanced.Workers.SetNumberOfWorkers(Workers);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _sender?.Dispose();
        _sending.Dispose();
        _receiver?.Dispose();
        _activator.Dispose();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}

internal sealed record ParcelMessage(string Id, string Body);
