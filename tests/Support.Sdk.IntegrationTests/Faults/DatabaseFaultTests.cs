using Support.Sdk.IntegrationTests.Postgres;
using Xunit;

namespace Support.Sdk.IntegrationTests.Faults;

/// <summary>The database goes away under a worker, and comes back.</summary>
[Collection(FaultsAlone.Name)]
[Trait("Category", "Slow")]
public sealed class DatabaseFaultTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_database_that_restarts_loses_nothing_that_was_acknowledged(bool immediate)
    {
        await using var server = await OwnServerAsync();
        await RunAsync(
            server,
            3,
            async _ =>
            {
                await server.StopAsync(immediate);
                await server.StartAsync();
            }
        );
    }

    [Fact]
    public async Task Connections_that_are_ended_lose_nothing_that_was_acknowledged()
    {
        await using var server = await OwnServerAsync();
        await RunAsync(server, 10, FaultDatabase.TerminateAsync);
    }

    private static async Task<PostgresServer> OwnServerAsync()
    {
        Requirement.IsSlow();
        if (PostgresServer.OwnMissing is { } missing)
        {
            Requirement.IsMissing(missing);
        }

        return await PostgresServer.StartOwnAsync();
    }

    private async Task RunAsync(PostgresServer server, int times, Func<string, Task> breakAsync)
    {
        var database = await server.CreateDatabaseAsync();
        await using var sink = await Sink.StartAsync();
        await using var worker = await WorkerProcess.StartAsync(("Store", "postgres"), ("Database", database), ("Sink", sink.Address), ("Lease", "00:00:05"));
        await using var poster = new Poster(() => worker.Webhook);
        poster.Start();
        for (var time = 0; time < times; time++)
        {
            var acknowledged = poster.Acknowledged.Count;
            await Until.TrueAsync(() => poster.Acknowledged.Count > acknowledged + 20, () => $"After fault {time} nothing was acknowledged. {worker.Said}");
            await breakAsync(database);
        }

        await poster.StopAsync();
        await Until.TrueAsync(
            () => poster.Acknowledged.All(sink.Orders().ContainsKey),
            () => $"{poster.Acknowledged.Count} acknowledged, {sink.Orders().Count} told. {worker.Said}"
        );
        Assert.All(sink.Orders(), order => Assert.Single(order.Value));
        output.WriteLine(
            $"{times} faults, {poster.Acknowledged.Count} orders acknowledged and told; {sink.Attempts - sink.Messages.Count} attempts repeated; answers other than yes: "
                + string.Join(", ", poster.Refusals.CountBy(status => status).Select(status => $"{status.Value} × {status.Key}"))
        );
    }
}
