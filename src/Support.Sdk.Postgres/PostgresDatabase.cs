using System.Diagnostics;
using Npgsql;
using Support.Sdk.Relational;

namespace Support.Sdk.Postgres;

/// <summary>One database that any number of processes share; leases and row locks keep them apart.</summary>
internal sealed class PostgresDatabase(NpgsqlDataSource source, bool ownsSource) : Database(new PostgresDialect())
{
    private const string News = "support_news";
    private static readonly TimeSpan TellAtMostEvery = TimeSpan.FromMilliseconds(50);
    private readonly SemaphoreSlim _listening = new(1);
    private NpgsqlConnection? _listener;
    private long _toldAt;

    /// <summary>Makes the connections of a connection string as support wants them.</summary>
    public static NpgsqlDataSource Connect(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!settings.ShouldSerialize("Max Auto Prepare"))
        {
            // The statements are few and always the same.
            settings.MaxAutoPrepare = 100;
            settings.AutoPrepareMinUsages = 2;
        }

        if (!settings.ShouldSerialize("Write Buffer Size"))
        {
            // A batch of a hundred orders is some hundred KB.
            settings.WriteBufferSize = 64 * 1024;
        }

        if (!settings.ShouldSerialize("No Reset On Close"))
        {
            // Nothing that is done here changes a session, but for the listener's, which is told to stop.
            settings.NoResetOnClose = true;
        }

        if (!settings.ShouldSerialize("Application Name"))
        {
            settings.ApplicationName = "Support.Sdk";
        }

        if (!settings.ShouldSerialize("Options"))
        {
            // A process that is cut off in mid-transaction would hold its row locks for hours otherwise, and keep the others waiting.
            settings.Options = "-c idle_in_transaction_session_timeout=10s -c lock_timeout=10s";
        }

        return NpgsqlDataSource.Create(settings.ConnectionString);
    }

    // After the commit, and by itself: inside a transaction it would make the commits of all processes wait for each other.
    public override async Task TellAsync(CancellationToken cancellationToken)
    {
        var last = Interlocked.Read(ref _toldAt);
        var now = Stopwatch.GetTimestamp();
        if (Stopwatch.GetElapsedTime(last, now) < TellAtMostEvery || Interlocked.CompareExchange(ref _toldAt, now, last) != last)
        {
            return;
        }

        try
        {
            await using var command = source.CreateCommand("SELECT pg_notify('" + News + "', '')");
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException)
        {
            // What was committed is safe, and the others look again within a second.
        }
    }

    public override async Task WaitForNewsAsync(CancellationToken cancellationToken)
    {
        await _listening.WaitAsync(cancellationToken);
        try
        {
            _listener ??= await ListenAsync(cancellationToken);
            await _listener.WaitAsync(cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            await HangUpAsync();
            throw;
        }
        finally
        {
            _listening.Release();
        }
    }

    protected override async Task OpenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        if (connection.PostgreSqlVersion.Major < 13)
        {
            throw new InvalidOperationException($"PostgreSQL {connection.PostgreSqlVersion} is too old. Support.Sdk needs version 13 or later.");
        }
    }

    protected override async Task<T> OnWriterAsync<T>(Func<SqlSession, Task<T>> work, bool survivesPowerCut, CancellationToken cancellationToken)
    {
        await using var session = new SqlSession(await source.OpenConnectionAsync(cancellationToken), Dialect);
        return await session.TransactAsync(
            async transaction =>
            {
                if (!survivesPowerCut)
                {
                    await transaction.LaterAsync(Dialect.CommitEarly!, cancellationToken);
                }

                return await work(transaction);
            },
            cancellationToken
        );
    }

    // What goes to the server in one batch is one transaction there: no BEGIN, no COMMIT.
    protected override async Task<T> OnStatementAsync<T>(Func<SqlSession, Task<T>> work, bool survivesPowerCut, CancellationToken cancellationToken)
    {
        await using var session = new SqlSession(await source.OpenConnectionAsync(cancellationToken), Dialect);
        if (!survivesPowerCut)
        {
            await session.LaterAsync(Dialect.CommitEarly!, cancellationToken);
        }

        return await work(session);
    }

    protected override async Task<T> OnReaderAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var session = new SqlSession(await source.OpenConnectionAsync(cancellationToken), Dialect);
        return await work(session);
    }

    protected override async ValueTask CloseAsync()
    {
        await _listening.WaitAsync();
        await HangUpAsync();
        _listening.Dispose();
        if (ownsSource)
        {
            await source.DisposeAsync();
        }
    }

    private async Task<NpgsqlConnection> ListenAsync(CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand("LISTEN " + News, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task HangUpAsync()
    {
        if (_listener is not { } listener)
        {
            return;
        }

        _listener = null;
        await using (listener)
        {
            try
            {
                await using var command = new NpgsqlCommand("UNLISTEN *", listener);
                await command.ExecuteNonQueryAsync();
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
            {
                // Broken, and so not used again.
            }
        }
    }
}
