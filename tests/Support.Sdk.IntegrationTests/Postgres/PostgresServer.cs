using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Support.Sdk.IntegrationTests.Postgres;

/// <summary>A PostgreSQL for tests: the one that <c>SUPPORT_TESTS_POSTGRES</c> names, or a cluster of its own from Debian's packages, on loopback.</summary>
/// <remarks>A cluster of its own lies in a temporary folder, with the server's defaults; PostgreSQL refuses root, so its owner is then <c>postgres</c>.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Installed = "/usr/lib/postgresql";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static int _databases;
    private readonly string? _folder;
    private readonly string? _programs;
    private readonly int _port;
    private readonly string _admin;

    private PostgresServer(string admin) => _admin = admin;

    private PostgresServer(string programs, string folder, int port)
    {
        _programs = programs;
        _folder = folder;
        _port = port;
        _admin = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
    }

    /// <summary>Why none can be had, or null when one can.</summary>
    public static string? Missing =>
        Named is not null || Programs() is not null
            ? null
            : "PostgreSQL is not installed: apt-get install postgresql, or name a server's connection string in SUPPORT_TESTS_POSTGRES.";

    /// <summary>Why no cluster of its own can be had, or null when one can.</summary>
    public static string? OwnMissing => Programs() is null ? "PostgreSQL's programs are not installed: apt-get install postgresql." : null;

    /// <summary>The process id of a cluster's first process.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>A connection string that may make databases.</summary>
    public string Administration => _admin;

    public int Port => new NpgsqlConnectionStringBuilder(_admin).Port;

    private static string? Named => Environment.GetEnvironmentVariable("SUPPORT_TESTS_POSTGRES") is { Length: > 0 } named ? named : null;

    private string Data => Path.Combine(_folder ?? throw new InvalidOperationException("The server is somebody else's."), "data");

    /// <summary>The shared server if the environment names one, else a cluster of its own.</summary>
    public static async Task<PostgresServer> OpenAsync() => Named is { } admin ? new PostgresServer(admin) : await StartOwnAsync();

    /// <summary>A cluster that may be stopped at will.</summary>
    /// <param name="parent">The folder to put it in, or null for the temporary one.</param>
    public static async Task<PostgresServer> StartOwnAsync(string? parent = null)
    {
        var programs = Programs() ?? throw new InvalidOperationException(Missing ?? "PostgreSQL's programs are not installed here.");
        var folder = parent is null
            ? Directory.CreateTempSubdirectory("support-postgres-").FullName
            : Directory.CreateDirectory(Path.Combine(parent, "cluster")).FullName;
        var server = new PostgresServer(programs, folder, Loopback.FreePort());
        await OwnAsync(folder);
        await server.RunAsync("initdb", "--pgdata", server.Data, "--username", "postgres", "--auth", "trust", "--no-instructions");
        await server.StartAsync();
        return server;
    }

    public Task StartAsync() =>
        RunAsync(
            "pg_ctl",
            "start",
            "--wait",
            "--silent",
            "--pgdata",
            Data,
            "--log",
            Path.Combine(_folder!, "log"),
            "--options",
            $"-c port={_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder}"
        );

    /// <summary>Stops the cluster.</summary>
    /// <param name="immediate">True as when the power goes: it recovers at the next start.</param>
    public Task StopAsync(bool immediate = false) =>
        RunAsync("pg_ctl", "stop", "--wait", "--silent", "--pgdata", Data, "--mode", immediate ? "immediate" : "fast");

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"support_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync($"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(_admin) { Database = name }.ConnectionString;
    }

    /// <summary>Removes a database, and ends whoever uses it.</summary>
    public Task DropDatabaseAsync(string connectionString) =>
        ExecuteAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    public async ValueTask DisposeAsync()
    {
        if (_folder is null)
        {
            return;
        }

        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await StopAsync(immediate: true);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_admin) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The names are made here.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static string? Programs() =>
        Directory.Exists(Installed)
            ? Directory
                .EnumerateDirectories(Installed)
                .Select(version => Path.Combine(version, "bin"))
                .Where(programs => File.Exists(Path.Combine(programs, "initdb")))
                .MaxBy(programs => int.TryParse(Path.GetFileName(Path.GetDirectoryName(programs)), CultureInfo.InvariantCulture, out var version) ? version : 0)
            : null;

    private static async Task OwnAsync(string folder)
    {
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", [], "postgres", folder);
        }
    }

    // From a folder that its owner may enter; and it must not keep the test's own output open.
    private Task RunAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_programs!, program);
        return Environment.IsPrivilegedProcess
            ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path], arguments)
            : RunAsync(path, [], arguments);
    }

    private static async Task RunAsync(string program, string[] prefix, params string[] arguments)
    {
        // The server that pg_ctl starts inherits its output: a file, or reading it would wait for the server's end.
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, WorkingDirectory = "/" };
        var output = Path.GetTempFileName();
        foreach (var argument in (string[])["-c", "output=$1; shift; exec \"$@\" >\"$output\" 2>&1", "sh", output, program, .. prefix, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        using var late = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(late.Token);
        var said = await File.ReadAllTextAsync(output);
        File.Delete(output);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', prefix)} {string.Join(' ', arguments)} ended with {process.ExitCode}: {said}");
        }
    }
}
