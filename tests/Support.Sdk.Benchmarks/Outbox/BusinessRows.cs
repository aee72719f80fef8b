using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>The shop's own rows: the same table, written the same way, on every side that has no such table itself.</summary>
internal static class BusinessRows
{
    private const string Schema = "CREATE TABLE orders (id TEXT PRIMARY KEY, body TEXT NOT NULL)";
    private const string Statement = "INSERT INTO orders (id, body) SELECT * FROM unnest($1, $2)";

    public static async Task CreateAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(Schema);
        await command.ExecuteNonQueryAsync();
    }

    public static NpgsqlBatchCommand Insert(int first, int count, string body) =>
        new(Statement) { Parameters = { Texts([.. Ids(first, count)]), Texts(body, count) } };

    public static async Task InsertAsync(NpgsqlConnection connection, int first, int count, string body)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Insert(first, count, body));
        await batch.ExecuteNonQueryAsync();
    }

    public static IEnumerable<string> Ids(int first, int count) => Enumerable.Range(first, count).Select(Id);

    public static string Id(int number) => number.ToString("D9", CultureInfo.InvariantCulture);

    public static NpgsqlParameter Texts(string value, int count) => Texts([.. Enumerable.Repeat(value, count)]);

    private static NpgsqlParameter Texts(string[] values) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
