using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Relational;

namespace Support.Sdk.EntityFrameworkCore;

/// <summary>The database of the application's own context: on its connections, with the tables that its migrations made.</summary>
internal sealed class EfDatabase<TContext>(IServiceScopeFactory scopes, SqlDialect dialect) : Database(dialect)
    where TContext : DbContext
{
    // SQLite lets one write at a time; those of this process need not find that out by trying.
    private readonly SemaphoreSlim _writing = new(dialect.Lock is null ? 1 : int.MaxValue);

    /// <exception cref="InvalidOperationException">The context is not registered, lacks the tables, or is one of a database that is not supported.</exception>
    public static EfDatabase<TContext> Over(IServiceProvider services)
    {
        var scopes = services.GetRequiredService<IServiceScopeFactory>();
        using var scope = scopes.CreateScope();
        var context =
            scope.ServiceProvider.GetService<TContext>()
            ?? throw new InvalidOperationException(
                $"{typeof(TContext).Name} is not registered. Register it with AddDbContext<{typeof(TContext).Name}>() or AddDbContextFactory<{typeof(TContext).Name}>()."
            );
        if (context.Model.FindEntityType("support_inbox") is null)
        {
            throw new InvalidOperationException(
                $"{typeof(TContext).Name} does not map the support tables. Call modelBuilder.UseSupport() in its OnModelCreating, and add a migration."
            );
        }

        return new EfDatabase<TContext>(scopes, EfDialects.Of(context));
    }

    public override async Task ForgetAsync(CancellationToken cancellationToken)
    {
        if (Dialect is SqliteDialect)
        {
            // The log still holds the pages as they were; a checkpoint that nobody hinders empties it.
            await OnConnectionAsync(
                session => session.QueryAsync("PRAGMA wal_checkpoint(TRUNCATE)", reader => reader.GetInt64(0), cancellationToken),
                cancellationToken
            );
        }
    }

    protected override Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Reads only: the tables are the application's to make.
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var (version, oldestReader) = await OnReaderAsync(session => SchemaVersion.ReadAsync(session, Dialect, cancellationToken), cancellationToken);
        if (version < SchemaVersion.Current)
        {
            var state = version == 0 ? "are missing from" : "are too old in";
            throw new InvalidOperationException(
                $"The support tables {state} the database of {typeof(TContext).Name}. Add a migration and apply it: dotnet ef migrations add Support, dotnet ef database update."
            );
        }

        SchemaVersion.Check(version, oldestReader, SchemaVersion.Current);
    }

    protected override async Task<T> OnWriterAsync<T>(Func<SqlSession, Task<T>> work, bool survivesPowerCut, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await OnConnectionAsync(
                async session =>
                {
                    if (Dialect is SqliteDialect)
                    {
                        // What is deleted or replaced is overwritten with zeros, or an erased person would stay readable in the file's free space.
                        await session.QueryAsync("PRAGMA secure_delete = ON", reader => reader.GetInt64(0), cancellationToken);
                    }

                    return await session.TransactAsync(
                        async transaction =>
                        {
                            await EarlyAsync(transaction, survivesPowerCut, cancellationToken);
                            return await work(transaction);
                        },
                        cancellationToken
                    );
                },
                cancellationToken
            );
        }
        finally
        {
            _writing.Release();
        }
    }

    protected override Task<T> OnStatementAsync<T>(Func<SqlSession, Task<T>> work, bool survivesPowerCut, CancellationToken cancellationToken) =>
        Dialect is SqliteDialect
            ? OnWriterAsync(work, survivesPowerCut, cancellationToken)
            : OnConnectionAsync(
                async session =>
                {
                    // What goes to the server in one batch is one transaction there.
                    await EarlyAsync(session, survivesPowerCut, cancellationToken);
                    return await work(session);
                },
                cancellationToken
            );

    protected override Task<T> OnReaderAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken) =>
        OnConnectionAsync(work, cancellationToken);

    protected override ValueTask CloseAsync()
    {
        _writing.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<T> OnConnectionAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<TContext>();
        await context.Database.OpenConnectionAsync(cancellationToken);
        await using var session = new SqlSession(context.Database.GetDbConnection(), Dialect, ownsConnection: false);
        return await work(session);
    }

    private async Task EarlyAsync(SqlSession session, bool survivesPowerCut, CancellationToken cancellationToken)
    {
        if (!survivesPowerCut && Dialect.CommitEarly is { } early)
        {
            await session.LaterAsync(early, cancellationToken);
        }
    }
}
