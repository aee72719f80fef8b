using System.Data.Common;

namespace Support.Sdk.Relational;

/// <summary>Hands out connections, and brings the schema up to date before the first.</summary>
internal abstract class Database(SqlDialect dialect) : IAsyncDisposable
{
    private const int MaxAttempts = 3;
    private readonly SemaphoreSlim _starting = new(1);
    private volatile bool _started;
    private bool _isUnseen;
    private int _writes;

    public SqlDialect Dialect => dialect;

    /// <summary>Runs work in one transaction.</summary>
    /// <param name="work">The work; called again when a passing fault rolled it back.</param>
    /// <param name="survivesPowerCut">False for work that nobody misses after a power cut, such as a lease; it is then only safe from a crash of the process.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DbException">The database refused, or is away. A passing fault before the commit was tried again already.</exception>
    public async Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, bool survivesPowerCut, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var isCommitting = false;
            try
            {
                var written = await OnWriterAsync(
                    async session =>
                    {
                        var result = await work(session);
                        isCommitting = true;
                        return result;
                    },
                    survivesPowerCut,
                    cancellationToken
                );
                await AnalyzeAsync();
                return written;
            }
            catch (DbException exception) when (exception.IsTransient && (!isCommitting || IsRolledBack(exception)) && attempt < MaxAttempts)
            {
                // Chosen as the victim of a deadlock, or a pooled connection that died: nothing was committed.
            }
        }
    }

    /// <summary>Runs one statement as a transaction of its own.</summary>
    public Task<List<T>> StatementAsync<T>(
        string sql,
        Func<DbDataReader, T> read,
        bool survivesPowerCut,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters
    ) => StatementAsync(session => session.QueryAsync(sql, read, cancellationToken, parameters), survivesPowerCut, cancellationToken);

    /// <inheritdoc cref="StatementAsync{T}(string, Func{DbDataReader, T}, bool, CancellationToken, ValueTuple{string, object}[])"/>
    public async Task<T> StatementAsync<T>(Func<SqlSession, Task<T>> work, bool survivesPowerCut, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var written = await OnStatementAsync(work, survivesPowerCut, cancellationToken);
                await AnalyzeAsync();
                return written;
            }
            catch (DbException exception) when (exception.IsTransient && IsRolledBack(exception) && attempt < MaxAttempts)
            {
                // Otherwise it may have been committed, and only the answer was lost.
            }
        }
    }

    public Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken) =>
        WriteAsync(work, survivesPowerCut: true, cancellationToken);

    public async Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OnReaderAsync(work, cancellationToken);
            }
            catch (DbException exception) when (exception.IsTransient && attempt < MaxAttempts)
            {
                // As above.
            }
        }
    }

    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        if (_started)
        {
            return;
        }

        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (!_started)
            {
                await OpenAsync(cancellationToken);
                await PrepareAsync(cancellationToken);
                _isUnseen =
                    Dialect.IsUnseen is { } isUnseen
                    && (await OnReaderAsync(session => session.QueryAsync(isUnseen, _ => true, cancellationToken), cancellationToken)).Count > 0;
                _started = true;
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _starting.Dispose();
        GC.SuppressFinalize(this);
    }

    // What the server itself says was rolled back: a deadlock, a conflict (class 40), or a lock that was not to be had.
    private static bool IsRolledBack(DbException exception) =>
        exception.SqlState is "55P03" || exception.SqlState?.StartsWith("40", StringComparison.Ordinal) == true;

    // A server plans for the sizes that it knows. It looks at new tables after a minute or so; until then, what it planned
    // for empty ones walks over all that an import has written since.
    private async Task AnalyzeAsync()
    {
        if (!_isUnseen || Interlocked.Increment(ref _writes) is not (10 or 100 or 1_000 or 10_000))
        {
            return;
        }

        try
        {
            await OnWriterAsync(session => session.ExecuteAsync(Dialect.Analyze, CancellationToken.None), survivesPowerCut: false, CancellationToken.None);
        }
        catch (DbException)
        {
            // What was asked for is written. Without this it is slow for a minute.
        }
    }

    protected abstract Task OpenAsync(CancellationToken cancellationToken);

    protected abstract Task<T> OnWriterAsync<T>(Func<SqlSession, Task<T>> work, bool survivesPowerCut, CancellationToken cancellationToken);

    /// <summary>Like a writer, for work that is a single statement.</summary>
    protected virtual Task<T> OnStatementAsync<T>(Func<SqlSession, Task<T>> work, bool survivesPowerCut, CancellationToken cancellationToken) =>
        OnWriterAsync(work, survivesPowerCut, cancellationToken);

    protected abstract Task<T> OnReaderAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken);

    protected abstract ValueTask CloseAsync();

    /// <summary>Makes sure that the tables are there and that this code may use them.</summary>
    protected virtual Task PrepareAsync(CancellationToken cancellationToken) =>
        OnWriterAsync(
            async session =>
            {
                await SchemaVersion.UpgradeAsync(session, Dialect, SupportSchema.Scripts(Dialect.Name), cancellationToken);
                await TakeOverAsync(session, cancellationToken);
                return 0;
            },
            survivesPowerCut: true,
            cancellationToken
        );

    /// <summary>Tells other processes that there is new work; called after a commit, and worth nothing more than a shorter wait.</summary>
    public virtual Task TellAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Completes when another process has told that there is new work; by cancellation only where nobody can be heard.</summary>
    public virtual Task WaitForNewsAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    /// <summary>Takes what was erased out of what the database keeps beside its tables, as far as the database lets anybody.</summary>
    public virtual Task ForgetAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends what a process that died left open, where a database belongs to one process.</summary>
    protected virtual Task TakeOverAsync(SqlSession session, CancellationToken cancellationToken) => Task.CompletedTask;
}
