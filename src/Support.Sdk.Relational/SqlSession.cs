using System.Data.Common;

namespace Support.Sdk.Relational;

/// <summary>One connection and the commands that were prepared on it. Used by one caller at a time. Works inside the joined transaction, if any.</summary>
internal sealed class SqlSession(DbConnection connection, SqlDialect dialect, DbTransaction? joined = null) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);
    private DbTransaction? _transaction;

    /// <summary>Sees every statement with its values, and where transactions begin and end. The benchmarks execute them again bare.</summary>
    internal static Action<SqlSession, string, (string Name, object? Value)[]>? Traced { get; set; }

    public async Task<T> TransactAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        _transaction = transaction;
        Traced?.Invoke(this, "BEGIN", []);
        try
        {
            var result = await work(this);
            await transaction.CommitAsync(cancellationToken);
            Traced?.Invoke(this, "COMMIT", []);
            return result;
        }
        finally
        {
            _transaction = null;
        }
    }

    /// <summary>Waits until nobody else holds the lock; it is held until the transaction ends.</summary>
    public async Task LockAsync(SqlLock name, CancellationToken cancellationToken)
    {
        if (dialect.Lock is { } sql)
        {
            await ExecuteAsync(sql, cancellationToken, ("@lock", (long)name));
        }
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters) =>
        await Command(sql, parameters).ExecuteNonQueryAsync(cancellationToken);

    public async Task<List<T>> QueryAsync<T>(
        string sql,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters
    )
    {
        await using var reader = await Command(sql, parameters).ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync();
        }

        await connection.DisposeAsync();
    }

    // Every text is a constant, so the statements of a connection are prepared once.
    private DbCommand Command(string sql, (string Name, object? Value)[] values)
    {
        (string Name, object? Value)[] parameters = [.. values.SelectMany(value => dialect.Bind(value.Name, value.Value))];
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this assembly; values are parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (var (name, _) in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }

            _commands.Add(sql, command);
        }

        Traced?.Invoke(this, sql, parameters);
        command.Transaction = _transaction ?? joined;
        foreach (var (name, value) in parameters)
        {
            command.Parameters[name].Value = value ?? DBNull.Value;
        }

        return command;
    }
}

/// <summary>What only one transaction does at a time. The numbers are ours alone among a database's locks.</summary>
internal enum SqlLock : long
{
    /// <summary>Bringing the schema up to date.</summary>
    Schema = 0x5375_7070_6F72_7401,

    /// <summary>Claiming from the inbox: what another transaction is just claiming is not yet seen as claimed.</summary>
    InboxClaim = 0x5375_7070_6F72_7402,
}
