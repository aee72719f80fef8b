using System.Data.Common;

namespace Support.Sdk.Relational;

/// <summary>One open connection with the commands that it has prepared. Used by one caller at a time.</summary>
internal sealed class DbSession(DbConnection connection) : IDisposable, IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    public DbTransaction? Transaction { get; private set; }

    public async Task BeginAsync(CancellationToken cancellationToken) => Transaction = await connection.BeginTransactionAsync(cancellationToken);

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (Transaction is { } transaction)
        {
            await transaction.CommitAsync(cancellationToken);
            await transaction.DisposeAsync();
            Transaction = null;
        }
    }

    /// <summary>Gives the command of that text with these values. Preparing a text once and keeping it is what makes small saves cheap.</summary>
    public DbCommand Command(string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_commands.TryGetValue(text, out var command))
        {
            command = Create(text, values);
            _commands.Add(text, command);
        }

        command.Transaction = Transaction;
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index].Value ?? DBNull.Value;
        }

        return command;
    }

    /// <summary>Runs a text once, without keeping it.</summary>
    public async Task RunAsync(string script, CancellationToken cancellationToken)
    {
        await using var command = Create(script, []);
        command.Transaction = Transaction;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync();
        }

        if (Transaction is { } transaction)
        {
            await transaction.DisposeAsync();
        }

        await connection.DisposeAsync();
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        Transaction?.Dispose();
        connection.Dispose();
    }

    private DbCommand Create(string text, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is made of constants of this assembly; values only ever travel as parameters.
        command.CommandText = text;
#pragma warning restore CA2100
        foreach (var (name, _) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}

/// <summary>Reads results.</summary>
internal static class DbCommandReading
{
    public static async Task<List<T>> ReadAllAsync<T>(this DbCommand command, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public static string? TextOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static DateTimeOffset Time(this DbDataReader reader, int column) => StoredTime.Read(reader.GetInt64(column));

    public static DateTimeOffset? TimeOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.Time(column);
}
