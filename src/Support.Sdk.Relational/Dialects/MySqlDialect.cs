using System.Data;
using System.Globalization;

namespace Support.Sdk.Relational;

/// <summary>MySQL 8.0.17 or later; the connection must allow user variables and several statements in a command.</summary>
/// <param name="collation">Compares texts by their code points, spaces at the end included.</param>
internal sealed class MySqlDialect(string collation = "utf8mb4_0900_bin") : JsonDialect
{
    private const string OneAtATime = "SELECT name FROM support_settings WHERE name = 'schema-version' FOR UPDATE";

    // A derived table without a limit might be merged into the update, which must not read the table that it changes.
    private const string Apart = "LIMIT 18446744073709551615";

    public override string Name => "mysql";

    public override string Now => "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))";

    public override string TableExists => "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = @name";

    // The locks that have names end with the connection instead of the transaction.
    public override string Lock => $"SELECT @lock FROM ({OneAtATime}) AS l";

    // At its own level it locks the gaps between rows too, and claims that run side by side end in deadlocks.
    public override IsolationLevel Isolation => IsolationLevel.ReadCommitted;

    public override string Slot => "CONNECTION_ID() % 16";

    public override bool TellsNew => false;

    public override string Long => "SIGNED";

    // There is no RETURNING, and an assignment sees those before it: what changes and into what is read first, and locked.
    public override string Update(SqlUpdate update)
    {
        var from = update.From is { } other ? $"{update.Table}, {other}" : update.Table;
        var values = update.Set.Select((set, index) => string.Create(CultureInfo.InvariantCulture, $", {set.Value} AS new_{index}"));
        var set = update.Set.Select((set, index) => string.Create(CultureInfo.InvariantCulture, $"{update.Table}.{set.Column} = n.new_{index}"));
        var isMarked = update.Pick is not null || update.Returning is not null;
        string[] where = [.. isMarked ? [Changed(update)] : Array.Empty<string>(), .. update.Pick is null ? [update.Where] : Array.Empty<string>()];
        // In this order: a small table would be walked otherwise, with a lock on every row, and claims side by side end in deadlocks.
        var change = $"""
            UPDATE (SELECT {update.Table}.{update.Key} AS changed_key{string.Concat(values)} FROM {from} WHERE {string.Join(" AND ", where)} {Apart}) AS n
            STRAIGHT_JOIN {update.Table} ON n.changed_key = {update.Table}.{update.Key}
            SET {string.Join(", ", set)}
            """;
        if (!isMarked)
        {
            return change;
        }

        var keys = update.Pick is { } pick
            ? Queue(update, pick) + " FOR UPDATE SKIP LOCKED"
            : $"SELECT {update.Table}.{update.Key} FROM {from} WHERE {update.Where} FOR UPDATE";
        var mark = $"SET @support_changed = (SELECT JSON_ARRAYAGG({update.Key}) FROM ({keys}) AS picked)";
        return update.Returning is null ? $"{mark};\n{change}" : $"{mark};\n{change};\nSELECT {update.Returning} FROM {update.Table} WHERE {Changed(update)}";
    }

    // A table that is changed cannot be read by a query with a limit.
    public override string Delete(string table, string key, string where, string order) =>
        $"DELETE FROM {table} WHERE {where} ORDER BY {order} {Limit("@max")}";

    public override string Insert(SqlInsert insert)
    {
        // VALUES() is what MariaDB knows as well.
        var conflict = insert switch
        {
            { Key: null } => "",
            { Adds.Count: > 0 } =>
                $"\nON DUPLICATE KEY UPDATE {string.Join(", ", insert.Adds.Select(column => $"{column} = {insert.Table}.{column} + VALUES({column})"))}",
            _ => $"\nON DUPLICATE KEY UPDATE {Split(insert.Key)[0]} = {insert.Table}.{Split(insert.Key)[0]}",
        };
        var rows = $"INSERT INTO {insert.Table} ({insert.Columns})\nSELECT {insert.Values ?? insert.Columns} FROM {insert.From}\nWHERE true{conflict}";
        if (insert is not { Returning: { } returning, Key: { } key })
        {
            return rows;
        }

        var columns = string.Join(
            ", ",
            Split(key).Select((column, index) => string.Create(CultureInfo.InvariantCulture, $"{column} {Text} PATH '$[{index}]'"))
        );
        // There is no RETURNING: which of them are new is known beforehand, because nobody else adds any until this transaction ends.
        return $"""
            SET @support_lock = ({OneAtATime});
            SET @support_new = (
                SELECT JSON_ARRAYAGG(JSON_ARRAY({key})) FROM ({Source(insert)}) AS n
                WHERE {string.Join(" AND ", Keys(insert).Select(unique => $"NOT EXISTS (SELECT 1 FROM {insert.Table} t WHERE {Same(unique)})"))}
            );
            {rows};
            SELECT {returning} FROM {insert.Table} WHERE ({key}) IN (SELECT {key} FROM JSON_TABLE(COALESCE(@support_new, '[]'), '$[*]' COLUMNS ({columns})) AS n)
            """;
    }

    protected override string Rows(string parameter, IReadOnlyList<SqlColumn> columns)
    {
        var types = columns.Select(column =>
            string.Create(CultureInfo.InvariantCulture, $"{column.Name} {(column.IsNumber ? "BIGINT" : Text)} PATH '$[{column.Index}]'")
        );
        return $"(SELECT * FROM JSON_TABLE({parameter}, '$[*]' COLUMNS ({string.Join(", ", types)})) AS j)";
    }

    private string Text => $"LONGTEXT CHARACTER SET utf8mb4 COLLATE {collation}";

    private static string Changed(SqlUpdate update) =>
        $"{update.Table}.{update.Key} IN (SELECT marked FROM JSON_TABLE(COALESCE(@support_changed, '[]'), '$[*]' COLUMNS (marked BIGINT PATH '$')) AS m)";
}
