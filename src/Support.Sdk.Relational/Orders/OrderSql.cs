using static Support.Sdk.Relational.RowColumn;

namespace Support.Sdk.Relational.Orders;

/// <summary>The texts for orders and decisions.</summary>
internal sealed class OrderSql(SqlDialect dialect)
{
    public const string EndLeases = "UPDATE support_orders SET lease_until = 0 WHERE lease_until > 0";

    private const string Columns =
        "support_orders.shop, support_orders.id, support_orders.version, support_orders.check_at, support_orders.refresh_at, support_orders.body";

    public string Find { get; } =
        $"""
            SELECT {Columns}
            FROM {dialect.Rows(Text("shop"), Text("id"))} AS r
            CROSS JOIN support_orders
            WHERE support_orders.shop = r.shop AND support_orders.id = r.id
            """;

    public string ClaimChecks { get; } =
        $"""
            {Candidates("check_at", $"AND d.lease_until <= {dialect.Clock}")}
            UPDATE support_orders SET lease_until = {dialect.Clock} + @lease
            WHERE number IN ({ShopsInTurn("check_at")} {dialect.SkipLocked})
            RETURNING {Columns}
            """;

    public string ClaimRefreshes { get; } =
        $"""
            {Candidates("refresh_at", "")}
            UPDATE support_orders SET refresh_at = @until
            WHERE number IN ({ShopsInTurn("refresh_at")} {dialect.SkipLocked})
            RETURNING {Columns}
            """;

    public string Insert { get; } =
        $"""
            INSERT INTO support_orders (shop, id, version, check_at, refresh_at, body)
            SELECT r.shop, r.id, 1, r.check_at, r.refresh_at, r.body
            FROM {dialect.Rows(ChangeColumns)} AS r
            WHERE r.version = 0
            ON CONFLICT (shop, id) DO NOTHING
            RETURNING shop, id
            """;

    public string Update { get; } =
        $"""
            UPDATE support_orders SET
              version = r.version + 1, check_at = r.check_at, refresh_at = r.refresh_at, lease_until = 0, body = r.body
            FROM {dialect.Rows(ChangeColumns)} AS r
            WHERE support_orders.shop = r.shop AND support_orders.id = r.id AND support_orders.version = r.version
            RETURNING support_orders.shop, support_orders.id
            """;

    // The version moves on, so that a decision that is being made without this fact loses its race.
    public string FallDue { get; } =
        $"""
            UPDATE support_orders SET
              version = support_orders.version + 1,
              check_at = CASE WHEN support_orders.check_at < r.due_at THEN support_orders.check_at ELSE r.due_at END,
              lease_until = 0
            FROM {dialect.Rows(Text("shop"), Text("id"), Number("due_at"))} AS r
            WHERE support_orders.shop = r.shop AND support_orders.id = r.id
            """;

    public string AddDecisions { get; } =
        $"""
            INSERT INTO support_decisions
              (shop, order_id, decided_at, verdict, occasion, reason, until_at, delivery_id, decided_by)
            SELECT r.shop, r.order_id, r.decided_at, r.verdict, r.occasion, r.reason, r.until_at, r.delivery_id, r.decided_by
            FROM {dialect.Rows(
                Number("position"),
                Text("shop"),
                Text("order_id"),
                Number("decided_at"),
                Number("verdict"),
                Text("occasion"),
                Text("reason"),
                Number("until_at"),
                Text("delivery_id"),
                Text("decided_by")
            )} AS r
            ORDER BY r.position
            """;

    public string History { get; } =
        """
            SELECT decided_at, verdict, occasion, reason, until_at, delivery_id, decided_by FROM support_decisions
            WHERE shop = @shop AND order_id = @order
            ORDER BY decided_at, number
            """;

    public string NextCheck { get; } = Next("check_at", $"AND d.lease_until <= {dialect.Clock}");

    public string NextRefresh { get; } = Next("refresh_at", "");

    private static RowColumn[] ChangeColumns => [Text("shop"), Text("id"), Number("version"), Number("check_at"), Number("refresh_at"), Text("body")];

    // A loose index scan: one step for each shop that has anything planned, however many orders it has.
    private static string Shops(string column) =>
        $"""
            WITH RECURSIVE shops (shop) AS (
              SELECT (SELECT o.shop FROM support_orders AS o WHERE o.{column} IS NOT NULL ORDER BY o.shop, o.{column} LIMIT 1)
              UNION ALL
              SELECT (
                SELECT o.shop FROM support_orders AS o
                WHERE o.{column} IS NOT NULL AND o.shop > shops.shop
                ORDER BY o.shop, o.{column} LIMIT 1)
              FROM shops WHERE shops.shop IS NOT NULL)
            """;

    // The oldest of every shop, so that no shop can fill the claim before the others had their turn.
    private static string Candidates(string column, string free) =>
        $"""
            {Shops(column)},
            candidates (number, due_at, turn) AS (
              SELECT c.number, c.{column}, row_number() OVER (PARTITION BY c.shop ORDER BY c.{column}, c.number)
              FROM shops CROSS JOIN support_orders AS c
              WHERE shops.shop IS NOT NULL AND c.number IN (
                SELECT d.number FROM support_orders AS d
                WHERE d.shop = shops.shop AND d.{column} IS NOT NULL AND d.{column} <= @now {free}
                ORDER BY d.{column}, d.number
                LIMIT @max))
            """;

    private static string ShopsInTurn(string column) =>
        $"""
            SELECT support_orders.number FROM candidates CROSS JOIN support_orders
            WHERE support_orders.number = candidates.number AND support_orders.{column} <= @now
            ORDER BY candidates.turn, candidates.due_at, candidates.number
            LIMIT @max
            """;

    private static string Next(string column, string free) =>
        $"""
            {Shops(column)}
            SELECT min((
              SELECT d.{column} FROM support_orders AS d
              WHERE d.shop = shops.shop AND d.{column} IS NOT NULL {free}
              ORDER BY d.{column} LIMIT 1))
            FROM shops WHERE shops.shop IS NOT NULL
            """;
}
