using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DelayReplay;
using Microsoft.Data.Sqlite;
using Spectre.Console;
using Support.Sdk.Relational;

namespace Support.Sdk.Benchmarks;

/// <summary>
/// The replay against its own statements: the same texts with the same values, in the same transactions, on an equal file
/// through bare Microsoft.Data.Sqlite with prepared commands.
/// </summary>
internal static class ReplayBenchmark
{
    private const int Rounds = 3;

    public static async Task<int> RunAsync(string? orders)
    {
        var folder = Directory.CreateTempSubdirectory("support-replay-").FullName;
        try
        {
            var statements = new List<Statement>();
            await RecordAsync(orders, folder, statements);
            var rounds = new List<(double Replay, double Bare)>();
            for (var round = 0; round < Rounds; round++)
            {
                var replay = await ReplayAsync(orders, folder);
                rounds.Add((replay, await BareAsync(Path.Combine(folder, $"bare-{round}.db"), statements)));
            }

            return Report(statements.Count, rounds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Report(int statements, List<(double Replay, double Bare)> rounds)
    {
        var table = new Table().AddColumns("round", "replay, s", "bare ADO.NET, s", "ratio");
        for (var round = 0; round < rounds.Count; round++)
        {
            var (replay, bare) = rounds[round];
            table.AddRow($"{round + 1}", Text(replay), Text(bare), Text(replay / bare));
        }

        AnsiConsole.Write(table);
        var median = rounds.Select(round => round.Replay / round.Bare).Order().ElementAt(rounds.Count / 2);
        AnsiConsole.MarkupLine($"[grey]{statements:N0} statements; median ratio {Text(median)}. Limit: 4.[/]");
        return median <= 4 ? 0 : 1;
    }

    private static async Task RecordAsync(string? orders, string folder, List<Statement> statements)
    {
        SqlSession.Traced = (session, sql, parameters) =>
        {
            lock (statements)
            {
                statements.Add(new Statement(session, sql, [.. parameters]));
            }
        };
        try
        {
            await ReplayAsync(orders, folder);
        }
        finally
        {
            SqlSession.Traced = null;
        }
    }

    private static async Task<double> ReplayAsync(string? orders, string folder)
    {
        var json = Path.Combine(folder, "replay.json");
        string[] options =
        [
            "--database",
            Path.Combine(folder, "replay.db"),
            "--mail",
            Path.Combine(folder, "mails"),
            "--report",
            Path.Combine(folder, "replay.html"),
            "--json",
            json,
        ];
        if (await ReplayCommand.RunAsync(orders is null ? options : [orders, .. options], TextWriter.Null, CancellationToken.None) != 0)
        {
            throw new InvalidOperationException("The replay failed.");
        }

        using var figures = JsonDocument.Parse(await File.ReadAllTextAsync(json));
        return figures.RootElement.GetProperty("wall_seconds").GetDouble();
    }

    private static async Task<double> BareAsync(string path, List<Statement> statements)
    {
        var connections = new Dictionary<object, Bare>(ReferenceEqualityComparer.Instance);
        var watch = Stopwatch.StartNew();
        foreach (var statement in statements)
        {
            if (!connections.TryGetValue(statement.Session, out var connection))
            {
                connection = new Bare(path);
                connections.Add(statement.Session, connection);
            }

            await connection.ExecuteAsync(statement);
        }

        var seconds = watch.Elapsed.TotalSeconds;
        foreach (var connection in connections.Values)
        {
            await connection.DisposeAsync();
        }

        return seconds;
    }

    private static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private sealed record Statement(object Session, string Sql, (string Name, object? Value)[] Parameters);

    private sealed class Bare : IAsyncDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
        private DbTransaction? _transaction;

        public Bare(string path)
        {
            _connection = new SqliteConnection($"Data Source={path};Pooling=False");
            _connection.Open();
        }

        public async Task ExecuteAsync(Statement statement)
        {
            switch (statement.Sql)
            {
                case "BEGIN":
                    _transaction = await _connection.BeginTransactionAsync();
                    return;
                case "COMMIT":
                    await _transaction!.CommitAsync();
                    _transaction = null;
                    return;
                case "ROLLBACK":
                    await _transaction!.RollbackAsync();
                    _transaction = null;
                    return;
            }

            if (!_commands.TryGetValue(statement.Sql, out var command))
            {
                command = _connection.CreateCommand();
#pragma warning disable CA2100 // The texts are those that the engine just executed.
                command.CommandText = statement.Sql;
#pragma warning restore CA2100
                foreach (var (name, _) in statement.Parameters)
                {
                    command.Parameters.Add(new SqliteParameter { ParameterName = name });
                }

                _commands.Add(statement.Sql, command);
            }

            command.Transaction = (SqliteTransaction?)_transaction;
            foreach (var (name, value) in statement.Parameters)
            {
                command.Parameters[name].Value = value ?? DBNull.Value;
            }

            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) { }
        }

        public async ValueTask DisposeAsync()
        {
            if (_transaction is { } open)
            {
                await open.DisposeAsync();
            }

            foreach (var command in _commands.Values)
            {
                await command.DisposeAsync();
            }

            await _connection.DisposeAsync();
        }
    }
}
