using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Support.Sdk.Relational;
using Support.Sdk.Sqlite;
using Support.Sdk.Testing;
using Support.Sdk.Tickets;

namespace Support.Sdk.Tests.Relational;

/// <summary>A database in a folder of its own, deleted afterwards.</summary>
internal sealed partial class SqliteFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("support-sdk-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "support.db");

    /// <summary>A folder for files of messages, beside the database.</summary>
    public string Contents => System.IO.Path.Combine(_folder.FullName, "contents");

    public SqliteDatabase Open() => new(Path);

    /// <summary>Reads or changes the file beside the stores.</summary>
    public object? Run(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are in the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    /// <summary>The steps by which SQLite does a statement.</summary>
    public List<string> Plan(string sql) => Explain("EXPLAIN QUERY PLAN " + sql, column: 3);

    /// <summary>One column of what SQLite says about a statement, whose parameters need no values.</summary>
    public List<string> Explain(string sql, int column)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are those of the stores.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in Parameter().Matches(sql).Select(match => match.Value).Distinct(StringComparer.Ordinal))
        {
            command.Parameters.AddWithValue(name, DBNull.Value);
        }

        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add(reader.GetString(column));
        }

        return steps;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    [GeneratedRegex(@"@\w+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}

internal static class Stores
{
    // Small, so that a rule need not write much to go beyond it.
    public const int MaxContentBytes = 100_000;

    /// <param name="database">The database.</param>
    /// <param name="folder">Where files are kept; null for the database.</param>
    public static StoreUnderTest Of(Database database, string? folder = null) =>
        Of(database, new ContentOptions { Folder = folder, MaxBytes = MaxContentBytes });

    private static StoreUnderTest Of(Database database, ContentOptions content) =>
        new()
        {
            Support = new SupportStore(database),
            Inbox = new InboxStore(database),
            Orders = new OrderStore(database),
            Outbox = new OutboxStore(database),
            Shops = new ShopStore(database),
            Contacts = new ContactStore(database),
            Privacy = new PrivacyStore(database, content),
            Tickets = new TicketStore(database),
            Customers = new CustomerStore(database),
            Contents = new ContentStore(database, content),
            States = new StateStore(database),
            MaxContentBytes = content.MaxBytes,
        };
}
