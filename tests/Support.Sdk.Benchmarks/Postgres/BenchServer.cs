using Npgsql;
using Support.Sdk.IntegrationTests.Postgres;

namespace Support.Sdk.Benchmarks.Postgres;

/// <summary>One PostgreSQL for all sides of a run, and a fresh database for each.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    // All sides together must fit into the server's default of a hundred connections.
    private const int ConnectionsOfSide = 16;

    private static readonly string[] Shown = ["server_version", "fsync", "synchronous_commit", "shared_buffers", "max_wal_size", "max_connections"];

    private readonly PostgresServer _server;
    private readonly string _connection;
    private readonly List<string> _databases = [];
    private int _next;

    private BenchServer(PostgresServer server) => (_server, _connection) = (server, server.Administration);

    public static async Task<BenchServer> StartAsync() => new(await PostgresServer.OpenAsync());

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateAsync()
    {
        var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"support_bench_{Environment.ProcessId}_{_next++}");
        await ExecuteAsync($"CREATE DATABASE {name}");
        _databases.Add(name);
        return new NpgsqlConnectionStringBuilder(_connection)
        {
            Database = name,
            MaxPoolSize = ConnectionsOfSide,
            Timeout = 60,
        }.ConnectionString;
    }

    /// <summary>Writes out what the side before has left dirty, so that the next one does not pay for it.</summary>
    public Task SettleAsync() => ExecuteAsync("CHECKPOINT");

    public async Task<string> DescribeAsync()
    {
        await using var source = NpgsqlDataSource.Create(_connection);
        var settings = new List<string>();
        foreach (var name in Shown)
        {
            await using var command = source.CreateCommand($"SHOW {name}");
            settings.Add($"{name} {await command.ExecuteScalarAsync()}");
        }

        return $"One PostgreSQL for all sides, a fresh database each, settings as installed: {string.Join(", ", settings)}.";
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        foreach (var name in _databases)
        {
            await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        }

        await _server.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_connection);
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync();
    }
}
