namespace Support.Sdk.Sqlite;

/// <summary>Where the embedded store lives; bound from <c>Support:Sqlite</c>.</summary>
public sealed class SqliteOptions
{
    /// <summary>The path of the database file. Default: <c>support.db</c> in the working directory. It belongs to one process at a time.</summary>
    public string Path { get; set; } = "support.db";
}
