using System.Data.Common;

namespace Support.Sdk.Relational;

internal sealed class PostgresDialect : SqlDialect
{
    private const char Replacement = '\uFFFD';

    public override string Name => "postgres";

    // Stable within a statement, so that the planner may use it.
    public override string Now => "CAST(EXTRACT(EPOCH FROM statement_timestamp()) * 1000000 AS BIGINT)";

    public override string TableExists => "SELECT 1 WHERE to_regclass(@name) IS NOT NULL";

    public override string Lock => "SELECT pg_advisory_xact_lock(@lock)";

    public override string CommitEarly => "SELECT set_config('synchronous_commit', 'off', TRUE)";

    public override bool Batches => true;

    public override bool IsDuplicate(DbException exception) => exception.SqlState is "23505";

    public override string IsUnseen => "SELECT 1 FROM pg_class WHERE oid = to_regclass('support_outbox') AND reltuples <= 0";

    public override string Analyze =>
        "ANALYZE (SKIP_LOCKED) support_inbox, support_orders, support_order_contacts, support_decisions, support_deliveries, support_outbox, support_contacts, "
        + "support_tickets, support_ticket_orders, support_ticket_tags, support_ticket_entries, support_customers, support_customer_contacts, support_contents, support_ticket_contents";

    // Connections that are open together have numbers that lie together.
    public override string Slot => "pg_backend_pid() % 16";

    // A batch is one array a column.
    public override IEnumerable<(string Name, object? Value)> Bind((string Name, object? Value)[] values) =>
        base.Bind(values).Select(value => (value.Name, Clean(value.Value)));

    // One statement that looks nothing up: a plan for single rows is as good for hundreds, and made once. The others belong to rows that
    // are new, so none of them can be there already: to ask would cost each of them a second look, and a second record in the log.
    public override IReadOnlyList<string> InsertBoth(SqlInsert first, string columns, Func<string, SqlInsert> others) =>
        [$"WITH inserted AS ({Insert(first with { Returning = columns })}) {Insert(others("inserted") with { Key = null })}"];

    // As an array the query runs once; in a join the planner might run it again and lock more than it returns. By their place, which nobody
    // moves while they are locked: so they are not searched for again. A row that somebody changed at this moment is left to the next.
    protected override string Picked(SqlUpdate update, SqlPick pick) =>
        $"ctid = ANY(ARRAY({Queue(update with { Key = "ctid" }, pick)} FOR UPDATE SKIP LOCKED))";

    // As an array, so that the planner does not walk over the table to find them. By their place where the key is not one column; a row
    // that somebody changes at this moment has another one afterwards, and is left.
    public override string Delete(string table, string key, string where, string order)
    {
        var row = key.Contains(',', StringComparison.Ordinal) ? "ctid" : key;
        return $"DELETE FROM {table} WHERE {row} = ANY(ARRAY(SELECT {row} FROM {table} WHERE {where} ORDER BY {order} LIMIT @max))";
    }

    protected override string Rows(string parameter, IReadOnlyList<SqlColumn> columns)
    {
        // As a query of its own, an array hides its length: the planner would make a plan for each, and think the one for all the dearer.
        // In the list of what is selected the arrays are walked along together; in FROM each would be copied into a table first.
        var values = columns.Select(column =>
            $"unnest((SELECT CAST({Column(parameter, column.Index)} AS {(column.IsNumber ? "BIGINT" : "TEXT")}[]))) AS {column.Name}"
        );
        return $"(SELECT {string.Join(", ", values)})";
    }

    // PostgreSQL keeps every character but this one.
    private static object? Clean(object? value) =>
        value switch
        {
            string text => Clean(text),
            string?[] texts when Array.Exists(texts, text => text?.Contains('\0', StringComparison.Ordinal) == true) => Array.ConvertAll(
                texts,
                text => text is null ? null : Clean(text)
            ),
            _ => value,
        };

    private static string Clean(string text) => text.Replace('\0', Replacement);
}
