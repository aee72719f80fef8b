using System.Diagnostics;
using System.Text;
using MySqlConnector;

namespace Support.Sdk.IntegrationTests.MySql;

/// <summary>A MariaDB of its own from Debian's packages, in a temporary folder and on loopback: the free relative of MySQL that speaks its SQL.</summary>
public sealed class MariaDbServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/mariadbd";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder;
    private readonly int _port;
    private readonly Process _process;
    private readonly StringBuilder _said;

    private MariaDbServer(string folder, int port, Process process, StringBuilder said) => (_folder, _port, _process, _said) = (folder, port, process, said);

    /// <summary>Why none can be had, or null when one can.</summary>
    public static string? Missing => File.Exists(Program) ? null : "MariaDB is not installed: apt-get install mariadb-server.";

    /// <summary>Connects to a database of the server.</summary>
    public string ConnectionString(string database) =>
        new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1",
            Port = (uint)_port,
            UserID = "root",
            Database = database,
            SslMode = MySqlSslMode.Disabled,
        }.ConnectionString;

    public static async Task<MariaDbServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("support-mariadb-").FullName;
        var data = Path.Combine(folder, "data");
        string[] asRoot = Environment.IsPrivilegedProcess ? ["--user=root"] : [];
        var (install, said) = Run(
            "mariadb-install-db",
            ["--no-defaults", "--datadir=" + data, "--auth-root-authentication-method=normal", "--skip-test-db", .. asRoot]
        );
        using (install)
        {
            await EndAsync(install, said);
        }

        var port = Loopback.FreePort();
        var (process, log) = Run(
            Program,
            [
                "--no-defaults",
                "--datadir=" + data,
                "--bind-address=127.0.0.1",
                FormattableString.Invariant($"--port={port}"),
                "--socket=" + Path.Combine(folder, "s"),
                // Nobody pulls the plug on a test.
                "--innodb-flush-log-at-trx-commit=0",
                .. asRoot,
            ]
        );
        var server = new MariaDbServer(folder, port, process, log);
        await server.AnswersAsync();
        return server;
    }

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new MySqlConnection(ConnectionString(database) + ";Pooling=false;AllowUserVariables=true");
        await connection.OpenAsync();
#pragma warning disable CA2100 // The texts are those of the tests.
        await using var command = new MySqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AnswersAsync()
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await ExecuteAsync("mysql", "SELECT 1");
                return;
            }
            catch (MySqlException exception) when (!_process.HasExited && watch.Elapsed < Patience)
            {
                _ = exception;
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
            catch (MySqlException exception)
            {
                throw new InvalidOperationException($"MariaDB did not start: {Text(_said)}", exception);
            }
        }
    }

    private static (Process Process, StringBuilder Said) Run(string program, string[] arguments)
    {
        var said = new StringBuilder();
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return (process, said);

        void Hear(object sender, DataReceivedEventArgs line)
        {
            lock (said)
            {
                said.AppendLine(line.Data);
            }
        }
    }

    private static async Task EndAsync(Process process, StringBuilder said)
    {
        using var late = new CancellationTokenSource(Patience, TimeProvider.System);
        await process.WaitForExitAsync(late.Token);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{process.StartInfo.FileName} ended with {process.ExitCode}: {Text(said)}");
        }
    }

    private static string Text(StringBuilder said)
    {
        lock (said)
        {
            return said.ToString();
        }
    }
}
