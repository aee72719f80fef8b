using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;

namespace Support.Sdk.Relational;

/// <summary>The connections to one database, started once before the first use.</summary>
/// <param name="source">Opens connections.</param>
/// <param name="dialect">How the database speaks.</param>
/// <param name="own">Takes an embedded database for this process, or throws; null where the database is shared.</param>
internal sealed class RelationalDatabase(DbDataSource source, SqlDialect dialect, Func<IDisposable>? own = null) : IDisposable, IAsyncDisposable
{
    private readonly ConcurrentBag<DbSession> _idle = [];
    private readonly ConcurrentBag<DbSession> _idleWriters = [];

#pragma warning disable CA2213 // Who still waits or writes releases them after the disposal; without a wait handle they hold nothing.
    private readonly SemaphoreSlim _starting = new(1, 1);

    // An embedded database takes one writer; waiting here is fair and never answers "busy".
    private readonly SemaphoreSlim _writing = new(dialect.Embedded ? 1 : int.MaxValue);
#pragma warning restore CA2213
    private IDisposable? _owner;
    private volatile bool _started;
    private volatile bool _disposed;

    public SqlDialect Dialect => dialect;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_started)
        {
            return;
        }

        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (!_started)
            {
                await StartOnceAsync(cancellationToken);
                _started = true;
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    public async Task<T> ReadAsync<T>(Func<DbSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        return await UseAsync(_idle, work, cancellationToken);
    }

    /// <summary>Does the work in one transaction, which is durable when this returns.</summary>
    public Task<T> WriteAsync<T>(Func<DbSession, Task<T>> work, CancellationToken cancellationToken) => WriteAsync(work, relaxed: false, cancellationToken);

    /// <summary>Does work in one transaction that may be lost with the power, because doing it again does no harm.</summary>
    public Task<T> ClaimAsync<T>(Func<DbSession, Task<T>> work, CancellationToken cancellationToken) =>
        WriteAsync(work, relaxed: dialect.RelaxCommits.Length > 0, cancellationToken);

    public void Dispose()
    {
        _disposed = true;
        foreach (var session in TakeSessions())
        {
            session.Dispose();
        }

        source.Dispose();
        EndOwnership();
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        foreach (var session in TakeSessions())
        {
            await session.DisposeAsync();
        }

        await source.DisposeAsync();
        EndOwnership();
    }

    private async Task<T> WriteAsync<T>(Func<DbSession, Task<T>> work, bool relaxed, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        return await TransactAsync(work, relaxed, cancellationToken);
    }

    private async Task<T> TransactAsync<T>(Func<DbSession, Task<T>> work, bool relaxed, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await UseAsync(_idleWriters, session => TransactAsync(session, work, relaxed, cancellationToken), cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<T> TransactAsync<T>(DbSession session, Func<DbSession, Task<T>> work, bool relaxed, CancellationToken cancellationToken)
    {
        if (relaxed)
        {
            await session.Command(dialect.RelaxCommits).ExecuteNonQueryAsync(cancellationToken);
        }

        await session.BeginAsync(cancellationToken);
        var result = await work(session);
        await session.CommitAsync(cancellationToken);
        if (relaxed)
        {
            // After a commit the result counts; a cancellation from here on would lose it.
            await session.Command(dialect.RestoreCommits).ExecuteNonQueryAsync(CancellationToken.None);
        }

        return result;
    }

    private async Task<T> UseAsync<T>(ConcurrentBag<DbSession> idle, Func<DbSession, Task<T>> work, CancellationToken cancellationToken)
    {
        if (!idle.TryTake(out var session))
        {
            session = await OpenAsync(cancellationToken);
        }

        try
        {
            var result = await work(session);
            await ReturnAsync(idle, session);
            return result;
        }
        catch
        {
            // Its transaction is open, or its connection broken: the next caller gets a new one.
            await session.DisposeAsync();
            throw;
        }
    }

    private async ValueTask ReturnAsync(ConcurrentBag<DbSession> idle, DbSession session)
    {
        if (_disposed)
        {
            await session.DisposeAsync();
        }
        else
        {
            idle.Add(session);
        }
    }

    private async Task<DbSession> OpenAsync(CancellationToken cancellationToken)
    {
        var session = new DbSession(await source.OpenConnectionAsync(cancellationToken));
        if (dialect.OnOpen.Length > 0)
        {
            await session.RunAsync(dialect.OnOpen, cancellationToken);
        }

        return session;
    }

    private async Task StartOnceAsync(CancellationToken cancellationToken)
    {
        _owner = own?.Invoke();
        try
        {
            await TransactAsync(session => MigrateAsync(session, cancellationToken), relaxed: false, cancellationToken);
        }
        catch
        {
            foreach (var session in TakeSessions())
            {
                await session.DisposeAsync();
            }

            EndOwnership();
            throw;
        }
    }

    private async Task<int> MigrateAsync(DbSession session, CancellationToken cancellationToken)
    {
        var sql = new SettingSql();
        var version = 0;
        if (Convert.ToInt64(await session.Command(dialect.HasSchema).ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) > 0)
        {
            var stored = await session.Command(sql.Find, ("@name", SettingSql.Version)).ExecuteScalarAsync(cancellationToken);
            version = int.Parse((string?)stored ?? "0", CultureInfo.InvariantCulture);
        }

        var known = SupportSchema.Version(dialect.Name);
        if (version > known)
        {
            throw new InvalidOperationException(
                $"The database has schema version {version}, this code knows versions up to {known}. Update the Support.Sdk packages, or restore a backup."
            );
        }

        var script = SupportSchema.Script(dialect.Name, version);
        if (script.Length > 0)
        {
            await session.RunAsync(script, cancellationToken);
        }

        if (dialect.Embedded)
        {
            // Nobody else can hold a lease: what is open was left by a process that died.
            foreach (var text in (string[])[Intake.InboxSql.EndLeases, Orders.OrderSql.EndLeases, Deliveries.DeliverySql.EndLeases])
            {
                await session.RunAsync(text, cancellationToken);
            }
        }

        return known;
    }

    private IEnumerable<DbSession> TakeSessions()
    {
        while (_idle.TryTake(out var session) || _idleWriters.TryTake(out session))
        {
            yield return session;
        }
    }

    private void EndOwnership()
    {
        _owner?.Dispose();
        _owner = null;
    }
}
