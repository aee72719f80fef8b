using System.Data.Common;
using DelayReplay.Orders;
using Npgsql;

namespace DelayReplay;

/// <summary>The replay's place in a PostgreSQL database: a schema of its own, and nothing outside it.</summary>
internal static class ReplaySchema
{
    private const string Name = "delay_replay";

    /// <summary>The connection string of the database, with the schema.</summary>
    /// <exception cref="BadInputException">It is no connection string.</exception>
    public static string In(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Name }.ConnectionString;
        }
        catch (ArgumentException exception)
        {
            throw new BadInputException("--postgres is no connection string. Write it as in Host=localhost;Database=replay;Username=me;Password=…", exception);
        }
    }

    /// <summary>Removes what an earlier run left, and begins anew.</summary>
    /// <exception cref="BadInputException">The database cannot be reached.</exception>
    public static async Task BeginAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(In(connectionString));
            await using var command = source.CreateCommand($"DROP SCHEMA IF EXISTS {Name} CASCADE; CREATE SCHEMA {Name}");
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (DbException exception)
        {
            throw new BadInputException($"The database of --postgres cannot be used: {exception.Message}", exception);
        }
    }
}
