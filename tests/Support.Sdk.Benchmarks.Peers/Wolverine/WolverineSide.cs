using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Support.Sdk.Benchmarks.Outbox;
using Wolverine;
using Wolverine.Postgresql;
using Wolverine.RDBMS;
using Wolverine.Runtime;

namespace Support.Sdk.Benchmarks.Wolverine;

/// <summary>A durable local queue; messages are stored in the caller's transaction and handed to the queue after its commit.</summary>
internal sealed class WolverineSide : IOutboxSide
{
    private const int Parallelism = 100;
    private IHost? _host;
    private NpgsqlDataSource? _database;
    private Sample? _sample;

    public async Task OpenAsync(string database, Sample sample, Arrivals arrivals)
    {
        _sample = sample;
        _database = NpgsqlDataSource.Create(database);
        await BusinessRows.CreateAsync(_database);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        ParcelHandler.Arrivals = arrivals;
        builder.UseWolverine(options =>
        {
            options.PersistMessagesWithPostgresql(_database);
            options.Policies.UseDurableLocalQueues();
            options.Policies.AllLocalQueues(queue => queue.MaximumParallelMessages(Parallelism));
            // One node needs no election, and no other one looks after its messages.
            options.Durability.Mode = DurabilityMode.Solo;
            options.Discovery.DisableConventionalDiscovery().IncludeType<ParcelHandler>();
        });
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async Task EnqueueAsync(int first, int count)
    {
        var runtime = _host!.Services.GetRequiredService<IWolverineRuntime>();
        var context = new MessageContext(runtime);
        await using var connection = await _database!.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await BusinessRows.InsertAsync(connection, first, count, _sample!.Order);
        await context.EnlistInOutboxAsync(new DatabaseEnvelopeTransaction((IMessageDatabase)runtime.Storage, transaction));
        foreach (var id in BusinessRows.Ids(first, count))
        {
            await context.PublishAsync(new ParcelMessage(id, _sample.Message));
        }

        await transaction.CommitAsync();
        await context.FlushOutgoingMessagesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync();
            _host.Dispose();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}

// Handlers are called by code that is generated at run time, in an assembly of its own.
public sealed record ParcelMessage(string Id, string Body);

public sealed class ParcelHandler
{
    internal static Arrivals? Arrivals { get; set; }

    public void Handle(ParcelMessage message) => Arrivals!.Arrived();
}
