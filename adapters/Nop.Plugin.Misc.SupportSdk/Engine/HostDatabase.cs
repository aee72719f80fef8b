using System.Data.Common;
using System.Reflection;
using System.Transactions;
using Nop.Data;
using Nop.Data.Configuration;
using Support.Sdk.Relational;

namespace Nop.Plugin.Misc.SupportSdk.Engine;

/// <summary>The shop's own database, through the driver that the shop brings.</summary>
internal sealed class HostDatabase(DbProviderFactory driver, string connectionString, SqlDialect dialect) : Database(dialect)
{
    /// <summary>Opens the database of the shop's data settings.</summary>
    /// <exception cref="InvalidOperationException">The shop has no database yet, or one that is not known here.</exception>
    public static HostDatabase Open(DataConfig settings)
    {
        // Named as the drivers themselves name it: the shop has loaded them already, and the plugin ships none.
        var (factory, dialect) = settings.DataProvider switch
        {
            DataProviderType.PostgreSQL => ("Npgsql.NpgsqlFactory, Npgsql", (SqlDialect)new PostgresDialect()),
            DataProviderType.SqlServer => ("Microsoft.Data.SqlClient.SqlClientFactory, Microsoft.Data.SqlClient", new SqlServerDialect()),
            DataProviderType.MySql => ("MySqlConnector.MySqlConnectorFactory, MySqlConnector", new MySqlDialect()),
            _ => throw new InvalidOperationException("The shop's data settings name no database. Install the shop first."),
        };
        if (Type.GetType(factory)?.GetField("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is not DbProviderFactory driver)
        {
            throw new InvalidOperationException($"The shop's database driver ({factory}) was not found.");
        }

        return new HostDatabase(driver, ConnectionString(driver, settings), dialect);
    }

    /// <summary>Removes every table of the engine.</summary>
    public async Task DropAsync(CancellationToken cancellationToken)
    {
        await using var session = await ConnectAsync(cancellationToken);
        foreach (var table in SupportSchema.Tables)
        {
            await session.ExecuteAsync($"DROP TABLE IF EXISTS {table}", cancellationToken);
        }
    }

    protected override async Task OpenAsync(CancellationToken cancellationToken)
    {
        await using var session = await ConnectAsync(cancellationToken);
    }

    protected override async Task<T> OnWriterAsync<T>(Func<SqlSession, Task<T>> work, bool survivesPowerCut, CancellationToken cancellationToken)
    {
        await using var session = await ConnectAsync(cancellationToken);
        return await session.TransactAsync(
            async transaction =>
            {
                if (!survivesPowerCut && Dialect.CommitEarly is { } early)
                {
                    await transaction.LaterAsync(early, cancellationToken);
                }

                return await work(transaction);
            },
            cancellationToken
        );
    }

    protected override async Task<T> OnReaderAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var session = await ConnectAsync(cancellationToken);
        return await work(session);
    }

    // The driver keeps the pool, and the shop lives on in it.
    protected override ValueTask CloseAsync() => ValueTask.CompletedTask;

    private async Task<SqlSession> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = driver.CreateConnection() ?? throw new InvalidOperationException("The shop's database driver makes no connections.");
        try
        {
            connection.ConnectionString = connectionString;
            // Whatever transaction the shop is in, this is another.
            using (new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled))
            {
                await connection.OpenAsync(cancellationToken);
            }

            return new SqlSession(connection, Dialect);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static string ConnectionString(DbProviderFactory driver, DataConfig settings)
    {
        if (settings.DataProvider != DataProviderType.MySql)
        {
            return settings.ConnectionString;
        }

        // A batch goes through variables of the session.
        var builder = driver.CreateConnectionStringBuilder()!;
        builder.ConnectionString = settings.ConnectionString;
        builder["AllowUserVariables"] = true;
        builder["UseAffectedRows"] = false;
        return builder.ConnectionString;
    }
}
