using System.Data.Common;

namespace Support.Sdk.Relational;

/// <summary>One connection and the commands that were prepared on it. Used by one caller at a time. Works inside the joined transaction, if any.</summary>
internal sealed class SqlSession(DbConnection connection, SqlDialect dialect, DbTransaction? joined = null, bool ownsConnection = true) : IAsyncDisposable
{
    private readonly Dictionary<string, Prepared> _commands = new(StringComparer.Ordinal);
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
            _waiting.Add(new Waiting(sql, [.. dialect.Bind(parameters)]));
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
            _waiting.Add(new Waiting(sql, [.. dialect.Bind(parameters)], reader => rows.Add(read(reader))));
        }
        else
        {
            rows.AddRange(await QueryAsync(sql, read, cancellationToken, parameters));
        }
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters) =>
        (await ExecuteEachAsync(sql, cancellationToken, parameters)).Sum();

    /// <summary>The same, with the number of changed rows of every execution.</summary>
    public async Task<List<int>> ExecuteEachAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        await FlushAsync(cancellationToken);
        var affected = new List<int>();
        foreach (var command in Commands(sql, [.. dialect.Bind(parameters)]))
        {
            affected.Add(await command.ExecuteNonQueryAsync(cancellationToken));
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
        (string, object?)[] values = [.. dialect.Bind(parameters)];
        if (_waiting.Count > 0)
        {
            _waiting.Add(new Waiting(sql, values, reader => rows.Add(read(reader))));
            await FlushAsync(cancellationToken);
            return rows;
        }

        foreach (var command in Commands(sql, values))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(read(reader));
            }
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var prepared in _commands.Values)
        {
            await prepared.Command.DisposeAsync();
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

    // The command with its values, for every time that it is to be executed.
    private IEnumerable<DbCommand> Commands(string sql, (string Name, object? Value)[] parameters)
    {
        var (command, used) = Prepare(sql, parameters);
        command.Transaction = _transaction ?? joined;
        var rows = dialect.RowByRow && Array.Find(parameters, parameter => IsColumn(parameter.Value)).Value is Array column ? column.Length : 1;
        for (var row = 0; row < rows; row++)
        {
            for (var index = 0; index < used.Length; index++)
            {
                command.Parameters[index].Value = Value(parameters[used[index]].Value, row) ?? DBNull.Value;
            }

            if (Traced is not null)
            {
                Trace(sql, parameters, row);
            }

            yield return command;
        }
    }

    private void Trace(string sql, (string Name, object? Value)[] parameters, int row) =>
        Traced?.Invoke(this, sql, Array.ConvertAll(parameters, parameter => (parameter.Name, Value(parameter.Value, row))));

    private object? Value(object? value, int row) =>
        value switch
        {
            string?[] texts when dialect.RowByRow => texts[row],
            long?[] numbers when dialect.RowByRow => numbers[row],
            _ => value,
        };

    // Every text is a constant, and comes with the same parameters in the same order: the statements of a connection are prepared once.
    private Prepared Prepare(string sql, (string Name, object? Value)[] parameters)
    {
        if (_commands.TryGetValue(sql, out var prepared))
        {
            return prepared;
        }

        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this assembly; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        // A batch that serves several statements has columns that one of them does not need.
        int[] used = [.. Enumerable.Range(0, parameters.Length).Where(index => IsNamed(sql, parameters[index].Name))];
        foreach (var index in used)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = parameters[index].Name;
            command.Parameters.Add(parameter);
        }

        return _commands[sql] = new Prepared(command, used);
    }

    private static bool IsNamed(string sql, string name)
    {
        for (var at = sql.IndexOf(name, StringComparison.Ordinal); at >= 0; at = sql.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            var end = at + name.Length;
            if (end == sql.Length || !(char.IsAsciiLetterOrDigit(sql[end]) || sql[end] == '_'))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsColumn(object? value) => value is string?[] or long?[];

    /// <summary>A command, and the parameters that its text names.</summary>
    private readonly record struct Prepared(DbCommand Command, int[] Used);

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
