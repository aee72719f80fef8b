using System.Data.Common;

namespace Support.Sdk.Relational;

/// <summary>One connection and the commands that were prepared on it. Used by one caller at a time. Works inside the joined transaction, if any.</summary>
internal sealed class SqlSession(DbConnection connection, SqlDialect dialect, DbTransaction? joined = null, bool ownsConnection = true) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);
    private readonly List<Waiting> _waiting = [];
    private DbTransaction? _transaction;
    private bool _isUndone;

    /// <summary>Sees every statement with its values, and where transactions begin and end. The benchmarks execute them again bare.</summary>
    internal static Action<SqlSession, string, (string Name, object? Value)[]>? Traced { get; set; }

    public SqlDialect Dialect => dialect;

    /// <summary>Lets the transaction end without leaving anything of what its work has done.</summary>
    public void Undo() => _isUndone = true;

    public Task<T> TransactAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken) =>
        dialect.Batches ? InBatchesAsync(work, cancellationToken) : InTransactionAsync(work, cancellationToken);

    // The ends of the transaction travel with its statements. After a fault the connection rolls back when it is closed.
    private async Task<T> InBatchesAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        _isUndone = false;
        _waiting.Add(new Waiting("BEGIN", []));
        var result = await work(this);
        _waiting.Add(new Waiting(_isUndone ? "ROLLBACK" : "COMMIT", []));
        await FlushAsync(cancellationToken);
        return result;
    }

    private async Task<T> InTransactionAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(dialect.Isolation, cancellationToken);
        _transaction = transaction;
        _isUndone = false;
        Traced?.Invoke(this, "BEGIN", []);
        try
        {
            var result = await work(this);
            await (_isUndone ? transaction.RollbackAsync(cancellationToken) : transaction.CommitAsync(cancellationToken));
            Traced?.Invoke(this, _isUndone ? "ROLLBACK" : "COMMIT", []);
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
            await LaterAsync(sql, cancellationToken, ("@lock", (long)name));
        }
    }

    /// <summary>Executes a statement whose result nobody asks for; where the database allows, on one journey with what comes next.</summary>
    public async Task LaterAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        if (dialect.Batches)
        {
            _waiting.AddRange(dialect.Bind(parameters).Select(values => new Waiting(sql, values)));
        }
        else
        {
            await ExecuteAsync(sql, cancellationToken, parameters);
        }
    }

    /// <summary>The same for a statement whose rows are needed only when the transaction has ended.</summary>
    public async Task LaterAsync<T>(
        string sql,
        List<T> rows,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters
    )
    {
        if (dialect.Batches)
        {
            _waiting.AddRange(dialect.Bind(parameters).Select(values => new Waiting(sql, values, reader => rows.Add(read(reader)))));
        }
        else
        {
            rows.AddRange(await QueryAsync(sql, read, cancellationToken, parameters));
        }
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        await FlushAsync(cancellationToken);
        var affected = 0;
        foreach (var values in dialect.Bind(parameters))
        {
            affected += await Command(sql, values).ExecuteNonQueryAsync(cancellationToken);
        }

        return affected;
    }

    public async Task<List<T>> QueryAsync<T>(
        string sql,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken,
        params (string Name, object? Value)[] parameters
    )
    {
        var rows = new List<T>();
        foreach (var values in dialect.Bind(parameters))
        {
            if (_waiting.Count > 0)
            {
                _waiting.Add(new Waiting(sql, values, reader => rows.Add(read(reader))));
                await FlushAsync(cancellationToken);
            }
            else
            {
                await using var reader = await Command(sql, values).ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    rows.Add(read(reader));
                }
            }
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync();
        }

        if (ownsConnection)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        // A reader stops at the statements that give rows, and passes over the others.
        var readers = _waiting.Where(waiting => waiting.Read is not null || waiting.GivesRows).Select(waiting => waiting.Read).ToList();
        await using var batch = Batch();
        if (readers.TrueForAll(read => read is null))
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return;
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var read in readers)
        {
            while (read is not null && await reader.ReadAsync(cancellationToken))
            {
                read(reader);
            }

            await reader.NextResultAsync(cancellationToken);
        }
    }

    private DbBatch Batch()
    {
        var batch = connection.CreateBatch();
        batch.Transaction = _transaction ?? joined;
        foreach (var (sql, parameters, _) in _waiting)
        {
            Traced?.Invoke(this, sql, parameters);
            var command = batch.CreateBatchCommand();
#pragma warning disable CA2100 // The texts are constants of this assembly; values are parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value ?? DBNull.Value;
                command.Parameters.Add(parameter);
            }

            batch.BatchCommands.Add(command);
        }

        _waiting.Clear();
        return batch;
    }

    // Every text is a constant, so the statements of a connection are prepared once.
    private DbCommand Command(string sql, (string Name, object? Value)[] parameters)
    {
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
        for (var index = 0; index < parameters.Length; index++)
        {
            // A statement always comes with the same parameters in the same order.
            command.Parameters[index].Value = parameters[index].Value ?? DBNull.Value;
        }

        return command;
    }

    /// <summary>A statement that travels with the next ones.</summary>
    /// <param name="Sql">The statement.</param>
    /// <param name="Parameters">Its values.</param>
    /// <param name="Read">Takes each of its rows; null when nobody asks for them.</param>
    private readonly record struct Waiting(string Sql, (string Name, object? Value)[] Parameters, Action<DbDataReader>? Read = null)
    {
        public bool GivesRows =>
            Sql.StartsWith("SELECT", StringComparison.Ordinal)
            || (!Sql.StartsWith("WITH", StringComparison.Ordinal) && Sql.Contains("RETURNING", StringComparison.Ordinal));
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
