using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Support.Sdk.Benchmarks.Comparisons;
using Support.Sdk.Benchmarks.Outbox;
using Support.Sdk.Benchmarks.Postgres;
using Support.Sdk.Deliveries;
using Support.Sdk.Sweep;

namespace Support.Sdk.Benchmarks.Intake;

/// <summary>A signed webhook over HTTP until it is acknowledged: ours, durable on PostgreSQL, against what a developer writes by hand.</summary>
internal static class IntakeBenchmark
{
    public const int Events = 50_000;
    private const int Rounds = 5;
    private const int Seconds = 4;
    private const int ConnectionsOfPeer = 64;

    public static async Task<int> RunAsync(int events)
    {
        await using var server = await BenchServer.StartAsync();
        var database = await server.CreateAsync();
        await using var many = await BareIntake.CreateAsync(await server.CreateAsync(), ConnectionsOfPeer);
        await using var one = await BareIntake.CreateAsync(await server.CreateAsync(), connections: 1);
        await using var shared = await BareIntake.CreateAsync(await server.CreateAsync(), connections: 1);
        await using var ours = await IntakeServer.StartAsync(services => AddOurs(services, database), application => application.MapSupportWebhooks());
        await using var each = await IntakeServer.StartAsync(_ => { }, many.Map);
        await using var inTurn = await IntakeServer.StartAsync(_ => { }, one.Map);
        await using var grouped = await IntakeServer.StartAsync(_ => { }, shared.MapGrouped);
        await using var proven = await IntakeServer.StartAsync(_ => { }, BareIntake.MapProof);
        await using var bare = await IntakeServer.StartAsync(_ => { }, BareIntake.MapNothing);
        await using var generator = LoadGenerator.Start();
        IntakeServer[] sides = [ours, each, inTurn, grouped, proven, bare];
        var rates = await Turns.MediansAsync(
            Rounds,
            [.. sides.Select(side => (Func<Task<double>>)(() => side.MeasureAsync(generator, events, Seconds)))],
            server.SettleAsync
        );
        Check(ours.Acknowledged, await CountAsync(database));
        Check(each.Acknowledged, await many.CountAsync());
        Check(inTurn.Acknowledged, await one.CountAsync());
        Check(grouped.Acknowledged, await shared.CountAsync());
        var table = new ComparisonTable("signed webhook", "acknowledged/s", rates[0])
            .Ours("Support.Sdk, durable")
            .Add("Kestrel, HMAC, one transaction each", rates[1], new Goal(5, 8))
            .Add("the same on one connection", rates[2], goal: null)
            .Add("Kestrel, HMAC, one statement for all that waits", rates[3], goal: null)
            .Add("Kestrel with HMAC, nothing stored", rates[4], new Goal(0.08, 0.15))
            .Add("bare Kestrel", rates[5], goal: null)
            .Note(
                $"Medians of {Rounds} rounds of {Seconds} s, the sides in turn; 64 connections from another process; a body of {new Workload(hasHtml: false).Webhook(0).Length:N0} bytes, every event another order."
            )
            .Note(await server.DescribeAsync())
            .Note(
                "One transaction each: INSERT … ON CONFLICT DO NOTHING on a pooled connection. One statement for all that waits is the limit: nobody reads the bodies. "
                    + "Ours checks each against its schema besides. After the run every acknowledged event was found in its table."
            )
            .Note($"Against one transaction each, the limit is {rates[3] / rates[1]:F2} ×.");
        table.Print();
        return table.IsMet ? 0 : 1;
    }

    private static void AddOurs(IServiceCollection services, string database)
    {
        services.AddSingleton<IChannel>(new NoOpChannel(new Arrivals()));
        Stores.Postgres(services.AddSupport().AddShop(Workload.Shop).AddSignedWebhook("shop", LoadGenerator.Secret), database);
        // Only the intake is measured: on no side does anybody work on what was stored.
        foreach (
            var loop in services
                .Where(service => service.ImplementationType == typeof(SweepService) || service.ImplementationType == typeof(OutboxService))
                .ToList()
        )
        {
            services.Remove(loop);
        }
    }

    private static async Task<long> CountAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("SELECT count(*) FROM support_inbox");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static void Check(int acknowledged, long stored)
    {
        if (acknowledged != stored)
        {
            throw new InvalidOperationException($"{acknowledged} events were acknowledged and {stored} are stored.");
        }
    }
}
