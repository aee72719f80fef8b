using System.Globalization;

namespace Support.Sdk.Relational;

/// <summary>SQL Server 2017 or later. To it, texts that differ in nothing but spaces at their end are the same.</summary>
internal sealed class SqlServerDialect : JsonDialect
{
    private const string Collation = "Latin1_General_100_BIN2";

    public override string Name => "sqlserver";

    public override string Now => "DATEDIFF_BIG(MICROSECOND, '1970-01-01', SYSUTCDATETIME())";

    public override string TableExists => "SELECT 1 WHERE OBJECT_ID(@name) IS NOT NULL";

    public override string Lock => "EXEC sp_getapplock @Resource = @lock, @LockMode = 'Exclusive', @LockOwner = 'Transaction'";

    public override string Slot => "@@SPID % 16";

    public override string With => "WITH";

    public override string Limit(string max) => $"OFFSET 0 ROWS FETCH NEXT {max} ROWS ONLY";

    public override string Among(string columns, string values, string from)
    {
        var pairs = Split(columns).Zip(Split(values)).Select(pair => $"{pair.Second} = {pair.First}");
        return $"EXISTS (SELECT 1 FROM {from} WHERE {string.Join(" AND ", pairs)})";
    }

    public override string Before(string first, string second, string query) =>
        $"EXISTS (SELECT 1 FROM ({query}) AS later (one, other) WHERE {first} < later.one OR ({first} = later.one AND {second} < later.other))";

    // A recursive part must not end early here. The names are few, and the index is narrow.
    public override string Distinct(string name, string table, string column, string where) =>
        $"{name}(name) AS (SELECT DISTINCT {column} FROM {table} WHERE {where})";

    public override string Update(SqlUpdate update)
    {
        var where = update.Pick is { } pick ? Picked(update, pick) : update.Where;
        var change = $"""
            UPDATE {update.Table} SET {string.Join(", ", update.Set.Select(set => $"{set.Column} = {set.Value}"))}{(
                update.Returning is null ? "" : $"\nOUTPUT inserted.{update.Key} INTO @changed"
            )}{(
                update.From is { } from ? $"\nFROM {update.Table}, {from}" : ""
            )}
            WHERE {where}
            """;
        // OUTPUT itself cannot read other tables.
        return update.Returning is null
            ? change
            : $"""
                DECLARE @changed TABLE (seq BIGINT NOT NULL);
                {change};
                SELECT {update.Returning} FROM {update.Table} WHERE {update.Key} IN (SELECT c.seq FROM @changed c)
                """;
    }

    public override string Delete(string table, string key, string where, string order) =>
        $"WITH picked AS (SELECT TOP (@max) * FROM {table} WHERE {where} ORDER BY {order}) DELETE FROM picked";

    public override string Insert(SqlInsert insert) =>
        insert switch
        {
            { Key: null } => $"INSERT INTO {insert.Table} ({insert.Columns}){Output(insert)}\nSELECT {insert.Values ?? insert.Columns} FROM {insert.From}",
            { Adds.Count: > 0 } => $"""
                MERGE {insert.Table} WITH (HOLDLOCK) AS t
                USING ({Source(insert)}) AS n ON {Same(insert.Key)}
                WHEN MATCHED THEN UPDATE SET {string.Join(", ", insert.Adds.Select(column => $"{column} = t.{column} + n.{column}"))}
                WHEN NOT MATCHED THEN INSERT ({insert.Columns}) VALUES ({string.Join(", ", Split(insert.Columns).Select(column => "n." + column))});
                """,
            // The gap that is looked at stays locked until the row is in it. Of two that are the same in one batch, one is new.
            _ =>
                $"""
                INSERT INTO {insert.Table} ({insert.Columns}){Output(insert)}
                SELECT {insert.Columns} FROM (
                    SELECT *, ROW_NUMBER() OVER (PARTITION BY {insert.Key} ORDER BY (SELECT 1)) AS nth FROM ({Source(insert)}) AS s
                ) AS n
                WHERE nth = 1 AND {string.Join(
                    " AND ",
                    Keys(insert).Select(key => $"NOT EXISTS (SELECT 1 FROM {insert.Table} AS t WITH (UPDLOCK, HOLDLOCK) WHERE {Same(key)})")
                )}
                """,
        };

    protected override string Picked(SqlUpdate update, SqlPick pick) =>
        $"{update.Key} IN (SELECT TOP (@max) {update.Key} FROM {update.Table} WITH (UPDLOCK, READPAST, ROWLOCK) WHERE {pick.Where} ORDER BY {pick.Order})";

    protected override string Rows(string parameter, IReadOnlyList<SqlColumn> columns)
    {
        var names = columns.Select(column => column.IsNumber ? column.Name : $"{column.Name} COLLATE {Collation} AS {column.Name}");
        var types = columns.Select(column =>
            string.Create(CultureInfo.InvariantCulture, $"{column.Name} {(column.IsNumber ? "BIGINT" : "NVARCHAR(MAX)")} '$[{column.Index}]'")
        );
        return $"(SELECT {string.Join(", ", names)} FROM OPENJSON({parameter}) WITH ({string.Join(", ", types)}))";
    }

    private static string Output(SqlInsert insert) =>
        insert.Returning is { } columns ? $"\nOUTPUT {string.Join(", ", Split(columns).Select(column => "inserted." + column))}" : "";
}
