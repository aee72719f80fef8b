namespace Support.Sdk.Postgres;

/// <summary>Where the PostgreSQL store lives; bound from <c>Support:Postgres</c>.</summary>
public sealed class PostgresOptions
{
    /// <summary>
    /// The connection string, as Npgsql writes it. Required, unless an <c>NpgsqlDataSource</c> is registered, which is then used as it is.
    /// </summary>
    /// <remarks>The tables are made in the first schema of the search path; <c>Search Path=support</c> puts them into one of their own, which must exist.</remarks>
    public string? ConnectionString { get; set; }
}
