using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Support.Sdk.IntegrationTests.Postgres;
using Support.Sdk.Relational;
using Xunit;

namespace Support.Sdk.IntegrationTests.EntityFramework;

/// <summary>A migration of a context with support in it makes the tables that our own scripts make.</summary>
public sealed class SchemaComparisonTests(SharedPostgres postgres)
{
    private const string SqliteColumns = """
        SELECT t.name || '.' || c.name || ' ' || UPPER(c.type) || CASE WHEN c."notnull" OR c.pk THEN ' NOT NULL' ELSE '' END
            || COALESCE(' DEFAULT ' || c.dflt_value, '') || CASE c.pk WHEN 0 THEN '' ELSE ' KEY ' || c.pk END
        FROM sqlite_master t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND t.name LIKE 'support\_%' ESCAPE '\'
        """;

    // The key of a table without rowid is no index of EF's; it is compared with the columns. Sweeping leases at the start is for a file of one process.
    private const string SqliteIndexes = """
        SELECT t.name || ' ' || CASE WHEN i."unique" THEN 'UNIQUE' ELSE i.name END || ' ('
            || (SELECT group_concat(x.name, ', ') FROM (SELECT name FROM pragma_index_xinfo(i.name) WHERE key ORDER BY seqno) x) || ')'
            || COALESCE((SELECT ' ' || substr(m.sql, instr(m.sql, 'WHERE')) FROM sqlite_master m WHERE m.name = i.name AND instr(m.sql, 'WHERE') > 0), '')
        FROM sqlite_master t JOIN pragma_index_list(t.name) i
        WHERE t.type = 'table' AND t.name LIKE 'support\_%' ESCAPE '\' AND i.origin <> 'pk' AND i.name NOT IN ('support_orders_lease', 'support_tickets_lease')
        """;

    private const string PostgresColumns = """
        SELECT concat_ws(' ', table_name || '.' || column_name, data_type, 'null ' || is_nullable, 'default ' || column_default, collation_name, identity_generation)
        FROM information_schema.columns WHERE table_name LIKE 'support\_%'
        """;

    private const string PostgresIndexes = """
        SELECT concat_ws(' ', t.relname,
            CASE WHEN i.indisprimary THEN 'KEY' WHEN i.indisunique THEN 'UNIQUE' ELSE n.relname END,
            (SELECT string_agg(pg_get_indexdef(i.indexrelid, k, TRUE), ', ' ORDER BY k) FROM generate_series(1, i.indnatts) k),
            pg_get_expr(i.indpred, i.indrelid))
        FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class n ON n.oid = i.indexrelid
        WHERE t.relname LIKE 'support\_%'
        """;

    private const string PostgresOptions = """
        SELECT t.relname || ' ' || o FROM pg_class t, unnest(t.reloptions) o WHERE t.relname LIKE 'support\_%' AND t.relkind = 'r'
        """;

    private const string Versions = "SELECT name || ' ' || CAST(value AS TEXT) FROM support_settings";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_SQLite()
    {
        var folder = Directory.CreateTempSubdirectory("support-schema-");
        await using (var ours = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "ours.db")};Pooling=False"))
        await using (var theirs = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "theirs.db")};Pooling=False"))
        {
            await MakeAsync(ours, "sqlite");
            await MigrateAsync(theirs, options => options.UseSqlite(theirs));

            await CompareAsync(ours, theirs, SqliteColumns, SqliteIndexes, Versions);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task On_PostgreSQL()
    {
        var server = await postgres.ServerAsync();
        var (one, other) = (await server.CreateDatabaseAsync(), await server.CreateDatabaseAsync());
        await using (var ours = new NpgsqlConnection(one + ";Pooling=False"))
        await using (var theirs = new NpgsqlConnection(other + ";Pooling=False"))
        {
            await MakeAsync(ours, "postgres");
            await MigrateAsync(theirs, options => options.UseNpgsql(theirs));

            await CompareAsync(ours, theirs, PostgresColumns, PostgresIndexes, PostgresOptions, Versions);
        }

        await server.DropDatabaseAsync(one);
        await server.DropDatabaseAsync(other);
    }

    private static async Task CompareAsync(DbConnection ours, DbConnection theirs, params string[] questions)
    {
        foreach (var question in questions)
        {
            var expected = await ReadAsync(ours, question);
            Assert.NotEmpty(expected);
            Assert.Equal(expected, await ReadAsync(theirs, question));
        }
    }

    private static async Task MakeAsync(DbConnection connection, string dialect)
    {
        await connection.OpenAsync(Token);
        foreach (var script in SupportSchema.Scripts(dialect))
        {
            await ExecuteAsync(connection, script);
        }
    }

    // What "dotnet ef migrations add" would write for a model without a snapshot.
    private static async Task MigrateAsync(DbConnection connection, Action<DbContextOptionsBuilder<ShopContext>> use)
    {
        var options = new DbContextOptionsBuilder<ShopContext>();
        use(options);
        await using var context = new ShopContext(options.Options);
        var model = context.GetService<IDesignTimeModel>().Model;
        var operations = context.GetService<IMigrationsModelDiffer>().GetDifferences(source: null, model.GetRelationalModel());
        await connection.OpenAsync(Token);
        foreach (var command in context.GetService<IMigrationsSqlGenerator>().Generate(operations, model))
        {
            await ExecuteAsync(connection, command.CommandText);
        }
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Our own scripts, and what EF makes of our model.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Token);
    }

    private static async Task<List<string>> ReadAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The questions above.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            rows.Add(reader.GetString(0));
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
