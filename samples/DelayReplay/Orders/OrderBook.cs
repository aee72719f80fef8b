using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DelayReplay.Orders;

/// <summary>
/// The replay's own notes in a SQLite file beside the database: the orders of the file, their events by time, how far the
/// replay has come, and at the end the messages for the figures. The engine sees only what <see cref="OrderView"/> shows.
/// </summary>
internal sealed class OrderBook : IAsyncDisposable
{
    // "DelR": tells this sample's files from anybody else's.
    private const long Signature = 0x44656C52;

    private const string Schema = """
        CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE orders (
            n INTEGER PRIMARY KEY, line INTEGER NOT NULL, order_id TEXT NOT NULL UNIQUE, status TEXT NOT NULL,
            placed_at INTEGER NOT NULL, paid_at INTEGER, shipped_at INTEGER, delivered_at INTEGER, promised_by TEXT, promise_end INTEGER,
            email TEXT, name TEXT, culture TEXT, carrier TEXT, tracking_number TEXT, shipping_method TEXT);
        CREATE TABLE events (at INTEGER NOT NULL, step INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (at, step, n)) WITHOUT ROWID;
        CREATE TABLE position (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL, step INTEGER NOT NULL, elapsed_ms INTEGER NOT NULL);
        CREATE TABLE messages (
            id TEXT PRIMARY KEY, n INTEGER NOT NULL, kind TEXT NOT NULL, occasion TEXT NOT NULL, state TEXT NOT NULL, decided_at INTEGER NOT NULL,
            new_date_end INTEGER) WITHOUT ROWID;
        CREATE INDEX messages_by_order ON messages (n);
        """;

    private readonly SqliteConnection _connection;

    private OrderBook(SqliteConnection connection) => _connection = connection;

    public static string PathOf(string database) => database + ".orders";

    /// <summary>Tells whether a file is an order book, without changing it.</summary>
    public static async Task<bool> IsAtAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new SqliteConnection(Source(path, SqliteOpenMode.ReadOnly));
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA application_id";
            return await command.ExecuteScalarAsync(cancellationToken) is long id && id == Signature;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    public static async Task<OrderBook> CreateAsync(string path, CancellationToken cancellationToken)
    {
        var book = await OpenAsync(path, SqliteOpenMode.ReadWriteCreate, cancellationToken);
        await book.ExecuteAsync(Schema, cancellationToken);
        await book.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {Signature}"), cancellationToken);
        return book;
    }

    public static Task<OrderBook> OpenAsync(string path, CancellationToken cancellationToken) => OpenAsync(path, SqliteOpenMode.ReadWrite, cancellationToken);

    public Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] values) =>
        RunAsync(sql, values, command => command.ExecuteNonQueryAsync(cancellationToken));

    public async Task<List<T>> QueryAsync<T>(
        string sql,
        Func<SqliteDataReader, T> read,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] values
    ) =>
        await RunAsync(
            sql,
            values,
            async command =>
            {
                var rows = new List<T>();
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    rows.Add(read(reader));
                }

                return rows;
            }
        );

    public async Task<long> CountAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] values) =>
        (await QueryAsync(sql, reader => reader.GetInt64(0), cancellationToken, values))[0];

    public async Task InOneTransactionAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await ExecuteAsync("BEGIN IMMEDIATE", cancellationToken);
        try
        {
            await work();
        }
        catch
        {
            await ExecuteAsync("ROLLBACK", CancellationToken.None);
            throw;
        }

        await ExecuteAsync("COMMIT", cancellationToken);
    }

    public async Task<string?> NoteAsync(string name, CancellationToken cancellationToken) =>
        (await QueryAsync("SELECT value FROM notes WHERE name = @name", reader => reader.GetString(0), cancellationToken, ("@name", name))).FirstOrDefault();

    public Task WriteNoteAsync(string name, string value, CancellationToken cancellationToken) =>
        ExecuteAsync("INSERT OR REPLACE INTO notes (name, value) VALUES (@name, @value)", cancellationToken, ("@name", name), ("@value", value));

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync();
        }

        await _connection.DisposeAsync();
    }

    // Statements are few and run often: each is prepared once.
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    private static async Task<OrderBook> OpenAsync(string path, SqliteOpenMode mode, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(Source(path, mode));
        var book = new OrderBook(connection);
        await connection.OpenAsync(cancellationToken);
        await book.ExecuteAsync("PRAGMA journal_mode = WAL", cancellationToken);
        // A position that a power cut forgot is harmless: what is told again is known already.
        await book.ExecuteAsync("PRAGMA synchronous = NORMAL", cancellationToken);
        return book;
    }

    private static string Source(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString();

    private async Task<T> RunAsync<T>(string sql, (string Name, object? Value)[] values, Func<SqliteCommand, Task<T>> run)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of this sample.
            command.CommandText = sql;
#pragma warning restore CA2100
            _commands.Add(sql, command);
        }

        command.Parameters.Clear();
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return await run(command);
    }
}
