using Microsoft.Extensions.DependencyInjection;

namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>Where ours keeps everything.</summary>
internal static class Stores
{
    public static void Postgres(ISupportBuilder builder, string database) => builder.AddPostgres(options => options.ConnectionString = database);

    public static void Sqlite(ISupportBuilder builder, string path) => builder.AddSqlite(options => options.Path = path);
}
