using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Support.Sdk.Relational;

/// <summary>Hands out connections, and brings the schema up to date before the first.</summary>
internal abstract class Database(SqlDialect dialect) : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private volatile bool _started;

    public SqlDialect Dialect => dialect;

    /// <summary>Runs work in one transaction.</summary>
    /// <param name="work">The work; called once.</param>
    /// <param name="survivesPowerCut">False for work that nobody misses after a power cut, such as a lease; it is then only safe from a crash of the process.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, bool survivesPowerCut, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        return await OnWriterAsync(work, survivesPowerCut, cancellationToken);
    }

    public Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken) =>
        WriteAsync(work, survivesPowerCut: true, cancellationToken);

    public async Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        return await OnReaderAsync(work, cancellationToken);
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
                await OnWriterAsync(
                    async session =>
                    {
                        await MigrateAsync(session, cancellationToken);
                        await TakeOverAsync(session, cancellationToken);
                        return 0;
                    },
                    survivesPowerCut: true,
                    cancellationToken
                );
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

    protected abstract Task OpenAsync(CancellationToken cancellationToken);

    protected abstract Task<T> OnWriterAsync<T>(Func<SqlSession, Task<T>> work, bool survivesPowerCut, CancellationToken cancellationToken);

    protected abstract Task<T> OnReaderAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken);

    protected abstract ValueTask CloseAsync();

    /// <summary>Tells whether a table exists; asked before there is a schema.</summary>
    protected abstract Task<bool> HasTableAsync(SqlSession session, string table, CancellationToken cancellationToken);

    /// <summary>Takes what was erased out of what the database keeps beside its tables, as far as the database lets anybody.</summary>
    public abstract Task ForgetAsync(CancellationToken cancellationToken);

    /// <summary>Ends what a process that died left open, where a database belongs to one process.</summary>
    protected abstract Task TakeOverAsync(SqlSession session, CancellationToken cancellationToken);

    private async Task MigrateAsync(SqlSession session, CancellationToken cancellationToken)
    {
        var scripts = SupportSchema.Scripts(Dialect.Name);
        var version = await HasTableAsync(session, "support_settings", cancellationToken) ? await VersionAsync(session, cancellationToken) : 0;
        if (version > scripts.Count)
        {
            throw new InvalidOperationException(
                $"The support tables have version {version}, and this application knows {scripts.Count}. Use the version of Support.Sdk that wrote them, or a newer one."
            );
        }

        // Each script records its version, so that one that a person ran counts too.
        foreach (var script in scripts.Skip(version))
        {
            await session.ExecuteAsync(script, cancellationToken);
        }
    }

    private static async Task<int> VersionAsync(SqlSession session, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync(
            "SELECT value FROM support_settings WHERE name = 'schema-version'",
            reader => Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(0)),
            cancellationToken
        );
        return rows.Count == 0 ? 0 : int.Parse(rows[0], CultureInfo.InvariantCulture);
    }
}
