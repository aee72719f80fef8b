using Npgsql;
using Support.Sdk.IntegrationTests.Postgres;
using Xunit;

namespace Support.Sdk.IntegrationTests.Faults;

/// <summary>Workers that share a database with each other, and what one of them does to the others.</summary>
[Collection(FaultsAlone.Name)]
[Trait("Category", "Slow")]
public sealed class WorkerTests(SharedPostgres postgres, ITestOutputHelper output) : IAsyncLifetime
{
    private Sink? _sink;
    private PostgresServer? _server;
    private string? _database;

    private Sink Sink => _sink ?? throw new InvalidOperationException("Not set up.");

    private string Database => _database ?? throw new InvalidOperationException("Not set up.");

    public async ValueTask InitializeAsync()
    {
        Requirement.IsSlow();
        _server = await postgres.ServerAsync();
        _database = await _server.CreateDatabaseAsync();
        _sink = await Sink.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (_sink?.DisposeAsync() ?? ValueTask.CompletedTask);
        if (_server is { } server && _database is { } database)
        {
            await server.DropDatabaseAsync(database);
        }
    }

    [Fact]
    public async Task A_worker_that_is_told_to_stop_leaves_nothing_behind_and_the_next_one_goes_on_at_once()
    {
        Sink.Pace = TimeSpan.FromMilliseconds(200);
        await using var first = await StartAsync("first");
        await using var poster = new Poster(() => first.Webhook);
        await poster.PostAsync(60, connections: 4);
        await Until.TrueAsync(() => Sink.Attempts > 5, () => first.Said);

        Assert.Equal(0, await first.TerminateAsync());

        Assert.Equal(0, await FaultDatabase.ClaimedAsync(Database));
        Assert.True(Sink.Messages.Count < 60, "The first one has sent everything; there was nothing to leave behind.");
        Sink.Pace = TimeSpan.Zero;
        await using var second = await StartAsync("second");
        await ToldAsync(poster, second);
        Assert.All(Sink.Messages.Values, attempts => Assert.Single(attempts));
    }

    [Fact]
    public async Task What_a_dead_worker_had_in_hand_is_in_doubt_where_a_repeat_would_be_a_second_message()
    {
        Sink.Pace = TimeSpan.FromMilliseconds(500);
        await using var first = await StartAsync("first", ("Idempotent", false), ("Parallelism", 2));
        await using var poster = new Poster(() => first.Webhook);
        await poster.PostAsync(20, connections: 4);
        await Until.TrueAsync(() => Sink.Attempts > 2, () => first.Said);

        await first.KillAsync();

        Sink.Pace = TimeSpan.Zero;
        await using var second = await StartAsync("second", ("Idempotent", false), ("Parallelism", 2));
        var inDoubt = 0L;
        await Until.TrueAsync(
            async () =>
            {
                inDoubt = await FaultDatabase.CountAsync(Database, "InDoubt");
                return inDoubt + await FaultDatabase.CountAsync(Database, "Accepted") == 20;
            },
            () => second.Said
        );
        Assert.InRange(inDoubt, 1, 2);
        Assert.All(Sink.Messages.Values, attempts => Assert.Single(attempts));
    }

    [Fact]
    public async Task A_worker_that_was_cut_off_for_longer_than_its_lease_cannot_undo_what_another_did_meanwhile()
    {
        await using var proxy = new FaultProxy(new NpgsqlConnectionStringBuilder(Database).Port);
        var through = new NpgsqlConnectionStringBuilder(Database) { Port = proxy.Port }.ConnectionString;
        Sink.Pace = TimeSpan.FromMilliseconds(300);
        await using var cutOff = await StartAsync("cut-off", ("Database", through));
        await using var poster = new Poster(() => cutOff.Webhook);
        await poster.PostAsync(40, connections: 4);
        await Until.TrueAsync(() => Sink.Attempts > 6, () => cutOff.Said);
        proxy.Partition();
        Sink.Pace = TimeSpan.FromMilliseconds(20);

        await using var other = await StartAsync("other");
        await ToldAsync(poster, other);
        await Until.TrueAsync(async () => await FaultDatabase.CountAsync(Database, "Accepted") == 40, () => other.Said);
        Assert.Contains(Sink.Messages.Values, attempts => attempts.Select(attempt => attempt.Worker).Distinct(StringComparer.Ordinal).Count() == 2);
        proxy.Heal();

        await Until.TrueAsync(() => cutOff.Said.Contains("came after its lease had ended", StringComparison.Ordinal), () => $"It said: {cutOff.Said}");
        Assert.Equal(40, await FaultDatabase.CountAsync(Database, "Accepted"));
        Assert.All(Sink.Orders(), order => Assert.Single(order.Value));
    }

    [Fact]
    public async Task A_slow_network_that_breaks_again_and_again_loses_and_doubles_nothing()
    {
        await using var proxy = new FaultProxy(new NpgsqlConnectionStringBuilder(Database).Port) { Delay = TimeSpan.FromMilliseconds(5) };
        var through = new NpgsqlConnectionStringBuilder(Database) { Port = proxy.Port }.ConnectionString;
        await using var far = await StartAsync("far", ("Database", through));
        await using var near = await StartAsync("near");
        var turn = 0;
        await using var poster = new Poster(() => Interlocked.Increment(ref turn) % 2 == 0 ? far.Webhook : near.Webhook);
        poster.Start();
        for (var cut = 0; cut < 8; cut++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, TestContext.Current.CancellationToken);
            proxy.Cut();
        }

        await poster.StopAsync();

        await ToldAsync(poster, far);
        Assert.All(Sink.Orders(), order => Assert.Single(order.Value));
    }

    [Fact]
    public async Task Clocks_that_are_eight_minutes_apart_send_nothing_twice()
    {
        await using var slow = await StartAsync("slow", ("SkewMinutes", -4));
        await using var fast = await StartAsync("fast", ("SkewMinutes", 4));
        var turn = 0;
        await using var poster = new Poster(() => Interlocked.Increment(ref turn) % 2 == 0 ? slow.Webhook : fast.Webhook);

        await poster.PostAsync(200, connections: 4);

        await ToldAsync(poster, fast);
        Assert.All(Sink.Messages.Values, attempts => Assert.Single(attempts));
        Assert.All(Sink.Orders(), order => Assert.Single(order.Value));
        var shares = Sink.Messages.Values.Select(attempts => attempts.First().Worker).CountBy(worker => worker, StringComparer.Ordinal);
        output.WriteLine(string.Join(", ", shares.Select(share => $"{share.Key} sent {share.Value}")));
    }

    [Fact]
    public async Task A_channel_that_never_answers_delays_no_other()
    {
        await using var worker = await StartAsync("worker", ("Stalled", true));
        await using var poster = new Poster(() => worker.Webhook) { HasPhones = true };

        await poster.PostAsync(80, connections: 4);

        await ToldAsync(poster, worker);
        Assert.Equal(40, Sink.Messages.Count);
    }

    private Task<WorkerProcess> StartAsync(string name, params (string Name, object Value)[] settings) =>
        WorkerProcess.StartAsync([("Name", name), ("Store", "postgres"), ("Database", Database), ("Sink", Sink.Address), ("Lease", "00:00:05"), .. settings]);

    private Task ToldAsync(Poster poster, WorkerProcess worker) =>
        Until.TrueAsync(
            () => poster.Acknowledged.All(Sink.Orders().ContainsKey),
            () => $"{poster.Acknowledged.Count} orders were acknowledged, and {Sink.Orders().Count} told. The worker said: {worker.Said}"
        );
}
