using MySqlConnector;
using Support.Sdk.Relational;

namespace Support.Sdk.IntegrationTests.MySql;

/// <summary>The dialect on its driver, so that its statements can be run; there is no package for it yet.</summary>
internal sealed class MySqlDatabase(MySqlDataSource source, SqlDialect dialect) : Database(dialect)
{
    public static MySqlDatabase Open(string connectionString, SqlDialect dialect) =>
        new(
            new MySqlDataSource(new MySqlConnectionStringBuilder(connectionString) { AllowUserVariables = true, UseAffectedRows = false }.ConnectionString),
            dialect
        );

    protected override Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // The tables are there.
    protected override Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task<T> OnWriterAsync<T>(Func<SqlSession, Task<T>> work, bool survivesPowerCut, CancellationToken cancellationToken)
    {
        await using var session = new SqlSession(await source.OpenConnectionAsync(cancellationToken), Dialect);
        return await session.TransactAsync(work, cancellationToken);
    }

    protected override async Task<T> OnReaderAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var session = new SqlSession(await source.OpenConnectionAsync(cancellationToken), Dialect);
        return await work(session);
    }

    protected override ValueTask CloseAsync() => source.DisposeAsync();
}
