using Microsoft.Extensions.Options;

namespace Support.Sdk.Sqlite;

/// <summary>Where the embedded database lies. Bound from <c>Support:Sqlite</c>.</summary>
public sealed class SqliteOptions
{
    /// <summary>The file, relative to the current directory unless absolute. It is created when it is missing. Default: <c>support.db</c>.</summary>
    /// <remarks>
    /// One process owns the file for as long as it runs; beside it lie <c>.lock</c>, <c>-wal</c> and <c>-shm</c>. Back it up with all of them,
    /// or while no process runs. Keep it on a local disk: locks of network file systems cannot be trusted.
    /// </remarks>
    public string Path { get; set; } = "support.db";
}

internal sealed class SqliteOptionsValidator : IValidateOptions<SqliteOptions>
{
    public ValidateOptionsResult Validate(string? name, SqliteOptions options) =>
        string.IsNullOrWhiteSpace(options.Path) ? ValidateOptionsResult.Fail("Support:Sqlite:Path is empty. Name the file of the database.")
        : options.Path.StartsWith(":memory:", StringComparison.Ordinal) || options.Path.Contains("mode=memory", StringComparison.OrdinalIgnoreCase)
            ? ValidateOptionsResult.Fail("Support:Sqlite:Path names a database in memory, which would forget whom it told what. Name a file.")
        : ValidateOptionsResult.Success;
}
