using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Support.Sdk.Relational;

namespace Support.Sdk.Sqlite;

/// <summary>One file that belongs to one process: a single writer, and readers beside it.</summary>
internal sealed class SqliteDatabase(string path) : Database(new SqliteDialect())
{
    // As many pages of the log as SQLite itself lets gather.
    private const int Checkpoint = 1000;

    // No writer goes on for more pages than that without a look at the log.
    private const int LongestLog = 8 * Checkpoint;

    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentBag<SqlSession> _readers = [];
    private FileStream? _lock;
    private SqlSession? _writer;
    private sqlite3? _handle;
    private bool _isFull = true;
    private int _written;
    private Task _checkpointing = Task.CompletedTask;

    // The log still holds the pages as they were; a checkpoint that nobody hinders empties it. A reader that does is gone at the next.
    public override async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var writer = _writer ?? throw new ObjectDisposedException(nameof(SqliteDatabase));
            await _checkpointing;
            await writer.QueryAsync("PRAGMA wal_checkpoint(TRUNCATE)", reader => reader.GetInt64(0), cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    protected override async Task OpenAsync(CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
        }

        _lock ??= Lock();
        if (_writer is null)
        {
            (_writer, _handle) = await ConnectAsync(cancellationToken);
            // The pages are taken out of the log beside the writer. Nobody but the writer starts the log anew, so once in a while it does
            // what is left of that itself.
            await _writer.ExecuteAsync($"PRAGMA wal_autocheckpoint = {LongestLog}", cancellationToken);
        }
    }

    protected override async Task<T> OnWriterAsync<T>(Func<SqlSession, Task<T>> work, bool survivesPowerCut, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var writer = _writer ?? throw new ObjectDisposedException(nameof(SqliteDatabase));
            if (survivesPowerCut != _isFull)
            {
                // NORMAL still survives the death of the process; only FULL waits for the disk at every commit.
                await writer.ExecuteAsync(survivesPowerCut ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", cancellationToken);
                _isFull = survivesPowerCut;
            }

            if (_written >= LongestLog)
            {
                // The disk does not keep up. While pages are taken out beside the writer, its commits cannot start the log anew.
                await _checkpointing;
            }

            var result = await writer.TransactAsync(work, cancellationToken);
            EmptyLog();
            return result;
        }
        finally
        {
            _writing.Release();
        }
    }

    protected override async Task<T> OnReaderAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        var reader = _readers.TryTake(out var free) ? free : (await ConnectAsync(cancellationToken)).Session;
        try
        {
            return await work(reader);
        }
        finally
        {
            _readers.Add(reader);
        }
    }

    protected override async ValueTask CloseAsync()
    {
        await _writing.WaitAsync();
        await _checkpointing;
        while (_readers.TryTake(out var reader))
        {
            await reader.DisposeAsync();
        }

        if (_writer is { } writer)
        {
            await writer.DisposeAsync();
            _writer = null;
        }

        if (_lock is { } held)
        {
            await held.DisposeAsync();
        }

        _writing.Release();
        _writing.Dispose();
    }

    // Nobody else can hold a lease on a file that is ours alone.
    protected override async Task TakeOverAsync(SqlSession session, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync("UPDATE support_inbox SET lease_until = 0 WHERE state = 'Pending' AND lease_until > 0", cancellationToken);
        await session.ExecuteAsync("UPDATE support_orders SET lease_until = 0 WHERE lease_until > 0", cancellationToken);
        await session.ExecuteAsync("UPDATE support_tickets SET lease_until = 0 WHERE lease_until > 0", cancellationToken);
        // As if the lease had run out: what became of the attempt is not known.
        await session.ExecuteAsync("UPDATE support_outbox SET lease_until = 1 WHERE state IN ('Pending', 'Retry') AND lease_until > 0", cancellationToken);
    }

    // Takes pages out of the log while the writer goes on, as soon as there are enough of them.
    private void EmptyLog()
    {
        _ = raw.sqlite3_db_status(_handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 1);
        _written += pages;
        if (_written >= Checkpoint && _checkpointing.IsCompleted)
        {
            _written = 0;
            _checkpointing = Task.Run(CheckpointAsync);
        }
    }

    private async Task CheckpointAsync()
    {
        try
        {
            await OnReaderAsync(
                session => session.QueryAsync("PRAGMA wal_checkpoint(PASSIVE)", reader => reader.GetInt64(0), CancellationToken.None),
                CancellationToken.None
            );
        }
        catch (SqliteException)
        {
            // What is in the log is as safe there. The next one tries again, and the writer at last.
        }
    }

    private FileStream Lock()
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.None);
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException(
                $"The database '{path}' is open in another process. An embedded database belongs to one process: stop the other one, or give this one a file of its own (Support:Sqlite:Path).",
                exception
            );
        }
    }

    private async Task<(SqlSession Session, sqlite3? Handle)> ConnectAsync(CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // The session owns the connection.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
#pragma warning restore CA2000
        await connection.OpenAsync(cancellationToken);
        var session = new SqlSession(connection, Dialect);
        await session.ExecuteAsync("PRAGMA journal_mode = WAL", cancellationToken);
        await session.ExecuteAsync("PRAGMA synchronous = FULL", cancellationToken);
        // What is deleted or replaced is overwritten with zeros, or an erased person would stay readable in the file's free space.
        await session.ExecuteAsync("PRAGMA secure_delete = ON", cancellationToken);
        await session.ExecuteAsync("PRAGMA busy_timeout = 5000", cancellationToken);
        return (session, connection.Handle);
    }
}
