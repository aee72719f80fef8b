namespace Support.Sdk.Postgres;

/// <summary>Where the PostgreSQL store lives; bound from <c>Support:Postgres</c>.</summary>
public sealed class PostgresOptions
{
    /// <summary>
    /// The connection string, as Npgsql writes it. Required, unless an <c>NpgsqlDataSource</c> is registered, which is then used as it is.
    /// </summary>
    /// <remarks>The tables are made in the first schema of the search path; <c>Search Path=support</c> puts them into one of their own, which must exist. What the string leaves
    /// out is set for support: statements are prepared, and a session that stands idle inside a transaction, or waits for a lock, for ten
    /// seconds is ended. A connection pooler that refuses start-up options needs <c>Options</c> in the string, if only as a space.</remarks>
    public string? ConnectionString { get; set; }
}
