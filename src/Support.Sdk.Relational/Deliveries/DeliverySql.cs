using static Support.Sdk.Relational.RowColumn;

namespace Support.Sdk.Relational.Deliveries;

/// <summary>The texts for deliveries. The states are the numbers of <see cref="Sdk.Deliveries.DeliveryState"/>.</summary>
/// <remarks>The lists of states are written as in the schema: a partial index is found only by its own condition, letter by letter.</remarks>
internal sealed class DeliverySql(SqlDialect dialect)
{
    public const string EndLeases = "UPDATE support_deliveries SET lease_until = 0 WHERE state = 1 AND lease_until > 0";

    private const string Waiting = "state IN (0, 5)";
    private const string Unsent = "state IN (0, 5, 9)";
    private const string Open = "state IN (0, 1, 5, 8, 9)";

    private const string Columns =
        "body, state, due_at, send_before, attempts, changed_at, reason, provider_id, CASE WHEN state = 1 THEN lease_token ELSE 0 END";

    public string Add { get; } =
        $"""
            INSERT INTO support_deliveries
              (id, shop, order_id, channel, recipient, state, due_at, send_before, attempts, decided_at, changed_at, reason, provider_id, body)
            SELECT r.id, r.shop, r.order_id, r.channel, r.recipient, r.state, r.due_at, r.send_before, r.attempts, r.decided_at, r.changed_at,
              r.reason, r.provider_id, r.body
            FROM {dialect.Rows(
                Number("position"),
                Text("id"),
                Text("shop"),
                Text("order_id"),
                Text("channel"),
                Text("recipient"),
                Number("state"),
                Number("due_at"),
                Number("send_before"),
                Number("attempts"),
                Number("decided_at"),
                Number("changed_at"),
                Text("reason"),
                Text("provider_id"),
                Text("body")
            )} AS r
            WHERE true
            ORDER BY r.position
            ON CONFLICT (id) DO NOTHING
            """;

    public string Supersede { get; } =
        $"""
            UPDATE support_deliveries SET state = 10, reason = r.reason, changed_at = coalesce(r.changed_at, support_deliveries.changed_at)
            FROM {dialect.Rows(Text("id"), Text("reason"), Number("changed_at"))} AS r
            WHERE support_deliveries.id = r.id AND support_deliveries.{Unsent}
            """;

    public string States { get; } =
        $"""
            SELECT d.id, d.state FROM {dialect.Rows(Text("id"))} AS r
            CROSS JOIN support_deliveries AS d
            WHERE d.id = r.id
            """;

    public string TakeBack { get; } =
        $"""
            UPDATE support_deliveries SET
              state = CASE WHEN @idempotent = 1 THEN 0 ELSE 8 END, lease_until = 0, changed_at = @now, reason = @reason
            WHERE state = 1 AND lease_until <= {dialect.Clock} AND channel = @channel
            """;

    public string Expire { get; } =
        $"""
            UPDATE support_deliveries SET state = 11, changed_at = @now, reason = 'It was not sent in time.'
            WHERE send_before IS NOT NULL AND {Unsent} AND send_before <= @now
            RETURNING shop, order_id
            """;

    public string Claim { get; } =
        $"""
            WITH RECURSIVE shops (shop) AS (
              SELECT (SELECT d.shop FROM support_deliveries AS d WHERE d.{Waiting} AND d.channel = @channel ORDER BY d.shop, d.due_at LIMIT 1)
              UNION ALL
              SELECT (
                SELECT d.shop FROM support_deliveries AS d
                WHERE d.{Waiting} AND d.channel = @channel AND d.shop > shops.shop
                ORDER BY d.shop, d.due_at LIMIT 1)
              FROM shops WHERE shops.shop IS NOT NULL),
            candidates (number, due_at) AS (
              SELECT c.number, c.due_at
              FROM shops CROSS JOIN support_deliveries AS c
              WHERE {IsFlowing("shops.shop")} AND c.number IN (
                SELECT d.number FROM support_deliveries AS d
                WHERE d.{Waiting} AND d.channel = @channel AND d.shop = shops.shop AND d.due_at <= @now
                ORDER BY d.due_at, d.number
                LIMIT @max))
            UPDATE support_deliveries SET
              state = 1, attempts = attempts + 1, lease_token = lease_token + 1, lease_until = {dialect.Clock} + @lease,
              changed_at = @now, reason = NULL
            WHERE number IN (
              SELECT d.number FROM candidates CROSS JOIN support_deliveries AS d
              WHERE d.number = candidates.number AND d.{Waiting}
              ORDER BY candidates.due_at, candidates.number
              LIMIT @max
              {dialect.SkipLocked})
            RETURNING {Columns}, number
            """;

    public string Save { get; } =
        $"""
            UPDATE support_deliveries SET
              state = r.to_state,
              lease_until = 0,
              changed_at = r.changed_at,
              due_at = coalesce(r.due_at, support_deliveries.due_at),
              send_before = coalesce(r.send_before, support_deliveries.send_before),
              reason = r.reason,
              provider_id = coalesce(r.provider_id, support_deliveries.provider_id)
            FROM {dialect.Rows(
                Text("id"),
                Number("from_state"),
                Number("lease_token"),
                Number("to_state"),
                Number("changed_at"),
                Number("due_at"),
                Number("send_before"),
                Text("reason"),
                Text("provider_id")
            )} AS r
            WHERE support_deliveries.id = r.id AND support_deliveries.state = r.from_state
              AND support_deliveries.lease_token = coalesce(r.lease_token, support_deliveries.lease_token)
            RETURNING support_deliveries.id, support_deliveries.shop, support_deliveries.order_id, support_deliveries.state,
              support_deliveries.changed_at
            """;

    public string Recent { get; } =
        $"""
            SELECT
              r.position,
              (SELECT count(*) FROM support_deliveries AS d
                WHERE d.shop = @shop AND d.channel = r.channel AND d.recipient = r.recipient AND d.decided_at > @since),
              (SELECT min(d.decided_at) FROM support_deliveries AS d
                WHERE d.shop = @shop AND d.channel = r.channel AND d.recipient = r.recipient AND d.decided_at > @since),
              (SELECT d.state FROM support_deliveries AS d
                WHERE d.shop = @shop AND d.channel = r.channel AND d.recipient = r.recipient AND d.state IN (2, 3, 4, 6)
                ORDER BY d.decided_at DESC, d.number DESC LIMIT 1)
            FROM {dialect.Rows(Number("position"), Text("channel"), Text("recipient"))} AS r
            """;

    /// <summary>One text for what waits, one for what expires, one for what a dead worker left.</summary>
    public IReadOnlyList<string> NextDue { get; } =
    [
        $"""
            WITH RECURSIVE channels (channel) AS (
              SELECT (SELECT d.channel FROM support_deliveries AS d WHERE d.{Waiting} ORDER BY d.channel, d.shop, d.due_at LIMIT 1)
              UNION ALL
              SELECT (
                SELECT d.channel FROM support_deliveries AS d
                WHERE d.{Waiting} AND d.channel > channels.channel
                ORDER BY d.channel, d.shop, d.due_at LIMIT 1)
              FROM channels WHERE channels.channel IS NOT NULL),
            queues (channel, shop) AS (
              SELECT channels.channel, (
                SELECT d.shop FROM support_deliveries AS d
                WHERE d.{Waiting} AND d.channel = channels.channel
                ORDER BY d.shop, d.due_at LIMIT 1)
              FROM channels WHERE channels.channel IS NOT NULL
              UNION ALL
              SELECT queues.channel, (
                SELECT d.shop FROM support_deliveries AS d
                WHERE d.{Waiting} AND d.channel = queues.channel AND d.shop > queues.shop
                ORDER BY d.shop, d.due_at LIMIT 1)
              FROM queues WHERE queues.shop IS NOT NULL)
            SELECT min((
              SELECT d.due_at FROM support_deliveries AS d
              WHERE d.{Waiting} AND d.channel = queues.channel AND d.shop = queues.shop
              ORDER BY d.due_at LIMIT 1))
            FROM queues WHERE {IsFlowing("queues.shop")}
            """,
        $"""
            SELECT send_before FROM support_deliveries
            WHERE send_before IS NOT NULL AND {Unsent}
            ORDER BY send_before LIMIT 1
            """,
        $"""
            SELECT min(changed_at) FROM support_deliveries WHERE state = 1 AND lease_until <= {dialect.Clock}
            """,
    ];

    /// <summary>Makes the text of a list from the filters that it needs: unused filters would hide the indexes.</summary>
    public string List(bool id, bool shop, bool order, bool states, bool open, bool after)
    {
        var filters = new List<string>();
        Add(id, "id = @id");
        Add(shop, "shop = @shop");
        Add(order, "shop = @order_shop AND order_id = @order");
        Add(states, $"state IN (SELECT r.state FROM {dialect.Rows(Number("state"))} AS r)");
        Add(open, Open);
        Add(after, "decided_at <= (SELECT a.decided_at FROM support_deliveries AS a WHERE a.id = @after)");
        Add(
            after,
            """
            EXISTS (
              SELECT 1 FROM support_deliveries AS a
              WHERE a.id = @after
                AND (support_deliveries.decided_at < a.decided_at OR support_deliveries.number < a.number))
            """
        );
        var where = filters.Count == 0 ? "" : "WHERE " + string.Join(" AND ", filters);
        return $"SELECT {Columns} FROM support_deliveries {where} ORDER BY decided_at DESC, number DESC LIMIT @max";

        void Add(bool wanted, string filter)
        {
            if (wanted)
            {
                filters.Add(filter);
            }
        }
    }

    private static string IsFlowing(string shop) =>
        $"{shop} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM support_shops AS p WHERE p.shop = {shop} AND p.paused_at IS NOT NULL)";
}
