using Support.Sdk.Deliveries;

namespace Support.Sdk.Relational;

/// <summary>What is saved along with an order or a ticket: the entries of the inbox that are done with it, and the messages that it causes.</summary>
internal sealed class SaveEffects(SqlDialect dialect)
{
    private static readonly RowShape<MessageDelivery> Deliveries = new RowShape<MessageDelivery>()
        .Text("id", delivery => delivery.Message.Id)
        .Text("shop", delivery => delivery.Message.Shop)
        .Text("order_id", delivery => delivery.Message.Order?.Id)
        .Text("occasion", delivery => delivery.Message.Occasion)
        .Text("channel", delivery => delivery.Message.To.Channel)
        .Text("recipient", delivery => OutboxStore.Recipient(delivery.Message.To))
        .Number("decided_at", delivery => Micros.Down(delivery.Message.DecidedAt))
        .Text("message", delivery => SupportJson.Write(delivery.Message))
        .Text("state", delivery => delivery.State.ToString())
        .Number("due_at", delivery => Micros.Up(delivery.DueAt))
        .Number("send_before", delivery => Micros.Up(delivery.SendBefore))
        .Number("attempts", delivery => delivery.Attempts)
        .Number("changed_at", delivery => Micros.Down(delivery.ChangedAt))
        .Text("reason", delivery => delivery.Reason);

    // Pending, in words that lead to no index of what waits: read by their numbers they are a hundred, however much waits.
    private readonly string _inbox = $"""
        UPDATE support_inbox SET state = 'Done', body = '', lease_until = 0, reason = NULL
        WHERE id IN (SELECT value FROM {dialect.Rows(RowShape.Numbers)} AS v) AND state NOT IN ('Done', 'Parked')
        """;

    private readonly IReadOnlyList<string> _deliveries = dialect.InsertBoth(
        new SqlInsert("support_deliveries", "id, shop, order_id, occasion, channel, recipient, decided_at, message")
        {
            From = $"{dialect.Rows(Deliveries)} AS r",
            Key = "id",
        },
        "seq, id",
        deliveries => new SqlInsert("support_outbox", "seq, id, shop, order_id, channel, state, due_at, send_before, attempts, changed_at, reason")
        {
            Values = "d.seq, r.id, r.shop, r.order_id, r.channel, r.state, r.due_at, r.send_before, r.attempts, r.changed_at, r.reason",
            From = $"{dialect.Rows(Deliveries)} AS r JOIN {deliveries} d ON d.id = r.id",
            Key = "seq",
        }
    );

    private readonly TroubleReports _troubles = new(dialect);

    private readonly string _standing = $"""
        SELECT d.id FROM {dialect.Rows(RowShape.Texts)} AS v
        JOIN support_deliveries d ON d.id = v.value
        JOIN support_outbox o ON o.seq = d.seq AND o.state = @state
        """;

    /// <summary>Marks entries of the inbox as done.</summary>
    public async Task InboxAsync(SqlSession session, IReadOnlyList<long> inboxIds, CancellationToken cancellationToken)
    {
        if (inboxIds.Count > 0)
        {
            await session.LaterAsync(_inbox, cancellationToken, RowShape.Numbers.Of(inboxIds));
        }
    }

    /// <summary>Adds messages. One whose id is stored already is left as it is.</summary>
    public async Task DeliveriesAsync(SqlSession session, IReadOnlyList<MessageDelivery> deliveries, CancellationToken cancellationToken)
    {
        if (deliveries.Count > 0)
        {
            var rows = Deliveries.Of(deliveries);
            foreach (var insert in _deliveries)
            {
                await session.LaterAsync(insert, cancellationToken, rows);
            }

            await ReportAsync(session, deliveries, cancellationToken);
        }
    }

    // What was stored before may stand otherwise by now.
    private async Task ReportAsync(SqlSession session, IReadOnlyList<MessageDelivery> deliveries, CancellationToken cancellationToken)
    {
        foreach (var trouble in deliveries.Where(delivery => TroubleReports.Is(delivery.State)).GroupBy(delivery => delivery.State))
        {
            var ids = RowShape.Texts.Of([.. trouble.Select(delivery => delivery.Message.Id)]);
            var standing = await session.QueryAsync(_standing, reader => reader.GetString(0), cancellationToken, ids, ("@state", $"{trouble.Key}"));
            await _troubles.ReportAsync(
                session,
                trouble.IntersectBy(standing, delivery => delivery.Message.Id, StringComparer.Ordinal).Select(Trouble),
                cancellationToken
            );
        }
    }

    private static DeliveryTrouble Trouble(MessageDelivery delivery) =>
        new()
        {
            ShopId = delivery.Message.Shop,
            DeliveryId = delivery.Message.Id,
            State = delivery.State,
            At = delivery.ChangedAt,
            Reason = delivery.Reason,
        };
}
