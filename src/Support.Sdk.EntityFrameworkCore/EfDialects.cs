using Microsoft.EntityFrameworkCore;
using Support.Sdk.Relational;

namespace Support.Sdk.EntityFrameworkCore;

/// <summary>Which database a context talks to.</summary>
internal static class EfDialects
{
    private static readonly SqliteDialect Sqlite = new();
    private static readonly PostgresDialect Postgres = new();

    /// <exception cref="InvalidOperationException">It is one that is not supported.</exception>
    public static SqlDialect Of(DbContext context) =>
        context.Database.ProviderName switch
        {
            "Microsoft.EntityFrameworkCore.Sqlite" => Sqlite,
            "Npgsql.EntityFrameworkCore.PostgreSQL" => Postgres,
            var other => throw new InvalidOperationException(
                $"{context.GetType().Name} uses {other ?? "no provider"}. Support.Sdk works with Microsoft.EntityFrameworkCore.Sqlite and Npgsql.EntityFrameworkCore.PostgreSQL."
            ),
        };
}
