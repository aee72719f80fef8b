using static Support.Sdk.Relational.RowColumn;

namespace Support.Sdk.Relational.Intake;

/// <summary>The texts for the inbox. States: 0 pending, 1 done, 2 parked.</summary>
internal sealed class InboxSql(SqlDialect dialect)
{
    public const string EndLeases = "UPDATE support_inbox SET lease_until = 0 WHERE state = 0 AND lease_until > 0";

    private const string Columns = "id, source, event_id, shop, order_id, received_at, attempts, state, reason, body";

    public string Append { get; } =
        $"""
            INSERT INTO support_inbox (source, event_id, shop, order_id, received_at, due_at, attempts, state, reason, body)
            SELECT r.source, r.event_id, r.shop, r.order_id, r.received_at, r.received_at, r.attempts, r.state, r.reason, r.body
            FROM {dialect.Rows(
                Number("position"),
                Text("source"),
                Text("event_id"),
                Text("shop"),
                Text("order_id"),
                Number("received_at"),
                Number("attempts"),
                Number("state"),
                Text("reason"),
                Text("body")
            )} AS r
            WHERE true
            ORDER BY r.position
            ON CONFLICT (source, event_id) DO NOTHING
            """;

    // Whatever is older and cannot be claimed now holds back what is younger of the same order.
    public string Claim { get; } =
        $"""
            UPDATE support_inbox SET attempts = attempts + 1, lease_until = {dialect.Clock} + @lease
            WHERE id IN (
              SELECT i.id FROM support_inbox AS i
              WHERE i.state = 0 AND i.due_at <= @now AND i.lease_until <= {dialect.Clock}
                AND NOT EXISTS (
                  SELECT 1 FROM support_inbox AS o
                  WHERE o.state = 0 AND o.shop = i.shop AND o.order_id = i.order_id AND o.id < i.id
                    AND (o.due_at > @now OR o.lease_until > {dialect.Clock}))
              ORDER BY i.id
              LIMIT @max
              {dialect.SkipLocked})
            RETURNING {Columns}
            """;

    // What is done stays done: a worker that lost its lease must not bring an emptied entry back.
    public string Save { get; } =
        $"""
            UPDATE support_inbox SET
              state = r.state,
              due_at = coalesce(r.due_at, support_inbox.received_at),
              lease_until = 0,
              reason = r.reason,
              attempts = CASE WHEN r.reset = 1 THEN 0 ELSE support_inbox.attempts END,
              body = CASE WHEN r.state = 1 THEN '' ELSE support_inbox.body END
            FROM {dialect.Rows(Number("id"), Number("state"), Number("due_at"), Text("reason"), Number("reset"))} AS r
            WHERE support_inbox.id = r.id AND support_inbox.state <> 1
            """;

    public string Done { get; } =
        $"""
            UPDATE support_inbox SET state = 1, lease_until = 0, reason = NULL, body = ''
            FROM {dialect.Rows(Number("id"))} AS r
            WHERE support_inbox.id = r.id
            """;

    public string Parked { get; } =
        $"""
            SELECT {Columns} FROM support_inbox
            WHERE state = 2 AND shop = coalesce(@shop, shop)
            ORDER BY id
            LIMIT @max
            """;

    // An entry behind an older one of its order has no time of its own.
    public string NextDue { get; } =
        $"""
            SELECT i.due_at FROM support_inbox AS i
            WHERE i.state = 0 AND i.lease_until <= {dialect.Clock}
              AND NOT EXISTS (
                SELECT 1 FROM support_inbox AS o
                WHERE o.state = 0 AND o.shop = i.shop AND o.order_id = i.order_id AND o.id < i.id)
            ORDER BY i.due_at
            LIMIT 1
            """;
}
