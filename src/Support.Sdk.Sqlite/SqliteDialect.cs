using Support.Sdk.Relational;

namespace Support.Sdk.Sqlite;

/// <summary>How SQLite speaks.</summary>
internal static class SqliteDialect
{
    public static SqlDialect Instance { get; } =
        new()
        {
            Name = "sqlite",
            Clock = "CAST(round(unixepoch('now', 'subsec') * 1000000) AS INTEGER)",
            RowsFromJson = columns =>
                $"(SELECT {string.Join(", ", columns.Select(column => $"value ->> '{column.Name}' AS {column.Name}"))} FROM json_each(@rows))",
            SkipLocked = "",
            HasSchema = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'support_settings'",
            OnOpen =
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 30000; PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY;",
            RelaxCommits = "PRAGMA synchronous = NORMAL",
            RestoreCommits = "PRAGMA synchronous = FULL",
            Embedded = true,
        };
}
