using Support.Sdk.Deliveries;

namespace Support.Sdk.Relational;

/// <summary>What is saved along with an order or a ticket: the entries of the inbox that are done with it, and the messages that it causes.</summary>
internal sealed class SaveEffects(SqlDialect dialect)
{
    private const string Outbox = "seq, id, shop, order_id, channel, state, due_at, send_before, attempts, changed_at, reason";

    private static readonly RowShape<MessageDelivery> Deliveries = Shape(new RowShape<MessageDelivery>(), delivery => delivery);

    private static readonly RowShape<(MessageDelivery Delivery, TimeSpan Lease)> Leased = Shape(
            new RowShape<(MessageDelivery Delivery, TimeSpan Lease)>("@leased"),
            row => row.Delivery
        )
        .Number("lease", row => Micros.Length(row.Lease));

    // Pending, in words that lead to no index of what waits: read by their numbers they are a hundred, however much waits.
    private readonly string _inbox = $"""
        UPDATE support_inbox SET state = 'Done', body = '', lease_until = 0, reason = NULL
        WHERE id IN (SELECT value FROM {dialect.Rows(RowShape.Numbers)} AS v) AND state NOT IN ('Done', 'Parked')
        """;

    private readonly IReadOnlyList<string> _deliveries = dialect.InsertBoth(
        Texts(dialect.Rows(Deliveries)),
        "seq, id",
        deliveries => new SqlInsert("support_outbox", Outbox)
        {
            Values = "d.seq, r.id, r.shop, r.order_id, r.channel, r.state, r.due_at, r.send_before, r.attempts, r.changed_at, r.reason",
            From = $"{dialect.Rows(Deliveries)} AS r JOIN {deliveries} d ON d.id = r.id",
            Key = "seq",
        }
    );

    // The same with the claims of those whose lease is not 0, as far as their shops let messages flow.
    private readonly IReadOnlyList<string> _leased = dialect.InsertBoth(
        Texts(dialect.Rows(Leased)),
        "seq, id",
        deliveries => new SqlInsert("support_outbox", $"{Outbox}, lease_token, lease_until")
        {
            Values =
                "d.seq, r.id, r.shop, r.order_id, r.channel, r.state, r.due_at, r.send_before, r.attempts + r.claimed, r.changed_at, r.reason, r.claimed, r.claimed * r.lease_end",
            From = $"""
                (
                    SELECT q.*, CASE WHEN lease > 0 AND {OutboxStore.NotPaused} THEN 1 ELSE 0 END AS claimed, {dialect.Now} + lease AS lease_end
                    FROM {dialect.Rows(Leased)} AS q
                ) AS r JOIN {deliveries} d ON d.id = r.id
                """,
            Key = "seq",
            Returning = "id, lease_until",
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

    /// <summary>Adds messages, and claims those that have a lease.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="deliveries">The messages, each with the length of its lease: none for one that is only added.</param>
    /// <param name="claimed">Gets the ids of those that are new and claimed, when the transaction has ended.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async Task DeliveriesAsync(
        SqlSession session,
        IReadOnlyList<(MessageDelivery Delivery, TimeSpan Lease)> deliveries,
        List<string?> claimed,
        CancellationToken cancellationToken
    )
    {
        var rows = Leased.Of(deliveries);
        foreach (var insert in _leased.SkipLast(1))
        {
            await session.LaterAsync(insert, cancellationToken, rows);
        }

        await session.LaterAsync(_leased[^1], claimed, reader => reader.GetInt64(1) > 0 ? reader.GetString(0) : null, cancellationToken, rows);
        await ReportAsync(session, [.. deliveries.Select(row => row.Delivery)], cancellationToken);
    }

    private static RowShape<T> Shape<T>(RowShape<T> shape, Func<T, MessageDelivery> of) =>
        shape
            .Text("id", row => of(row).Message.Id)
            .Text("shop", row => of(row).Message.Shop)
            .Text("order_id", row => of(row).Message.Order?.Id)
            .Text("occasion", row => of(row).Message.Occasion)
            .Text("channel", row => of(row).Message.To.Channel)
            .Text("recipient", row => OutboxStore.Recipient(of(row).Message.To))
            .Number("decided_at", row => Micros.Down(of(row).Message.DecidedAt))
            .Text("message", row => SupportJson.Write(of(row).Message))
            .Text("state", row => of(row).State.ToString())
            .Number("due_at", row => Micros.Up(of(row).DueAt))
            .Number("send_before", row => Micros.Up(of(row).SendBefore))
            .Number("attempts", row => of(row).Attempts)
            .Number("changed_at", row => Micros.Down(of(row).ChangedAt))
            .Text("reason", row => of(row).Reason);

    private static SqlInsert Texts(string rows) =>
        new("support_deliveries", "id, shop, order_id, occasion, channel, recipient, decided_at, message") { From = $"{rows} AS r", Key = "id" };

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
