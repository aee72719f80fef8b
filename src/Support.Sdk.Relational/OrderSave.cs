using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.Relational;

/// <summary>Saves changes with everything they cause, one statement a table whatever their number.</summary>
internal sealed class OrderSave(SqlDialect dialect)
{
    private readonly OrderContacts _contacts = new(dialect);

    private readonly string _update = $"""
        UPDATE support_orders SET
            version = version + 1, body = r.r_body, check_at = r.r_check, refresh_at = r.r_refresh, quiet_since = r.r_quiet, lease_until = 0, contacts = r.r_contacts,
            contacts_version = CASE WHEN contacts = r.r_contacts THEN contacts_version ELSE version + 1 END
        FROM {dialect.Rows("@rows", "r_shop", "r_order", "r_version", "r_body", "r_check", "r_refresh", "r_contacts", "r_quiet")} AS r
        WHERE shop = r.r_shop AND order_id = r.r_order AND version = r.r_version
        RETURNING shop, order_id, contacts_version = version
        """;

    private readonly string _insert = $"""
        INSERT INTO support_orders (shop, order_id, version, body, check_at, refresh_at, contacts, contacts_version, quiet_since)
        SELECT r_shop, r_order, 1, r_body, r_check, r_refresh, r_contacts, CASE WHEN r_contacts = 0 THEN 0 ELSE 1 END, r_quiet
        FROM {dialect.Rows("@rows", "r_shop", "r_order", "r_version", "r_body", "r_check", "r_refresh", "r_contacts", "r_quiet")} AS r
        WHERE true
        ON CONFLICT (shop, order_id) DO NOTHING
        RETURNING shop, order_id, contacts_version = version
        """;

    private readonly string _inbox = $"""
        UPDATE support_inbox SET state = 'Done', body = '', lease_until = 0, reason = NULL
        WHERE id IN (SELECT value FROM {dialect.Values("@ids")} AS v) AND state = 'Pending'
        """;

    private readonly string _decisions = $"""
        INSERT INTO support_decisions (shop, order_id, decided_at, verdict, occasion, reason, until, delivery_id, decided_by)
        SELECT * FROM {dialect.Rows("@rows", "shop", "order_id", "decided_at", "verdict", "occasion", "reason", "until", "delivery_id", "decided_by")} AS r
        """;

    private readonly string _deliveries = $"""
        INSERT INTO support_deliveries
            (id, shop, order_id, occasion, channel, recipient, state, decided_at, due_at, send_before, attempts, changed_at, reason, message)
        SELECT * FROM {dialect.Rows(
            "@rows",
            "id",
            "shop",
            "order_id",
            "occasion",
            "channel",
            "recipient",
            "state",
            "decided_at",
            "due_at",
            "send_before",
            "attempts",
            "changed_at",
            "reason",
            "message"
        )} AS r
        WHERE true
        ON CONFLICT (id) DO NOTHING
        """;

    private readonly string _superseded = $"""
        UPDATE support_deliveries SET state = 'Superseded', reason = r.r_reason, changed_at = r.r_at
        FROM {dialect.Rows("@rows", "r_id", "r_reason", "r_at")} AS r
        WHERE id = r.r_id AND state IN ('Pending', 'Retry', 'Held')
        """;

    private readonly string _figures = $"""
        INSERT INTO support_shops (shop, notices, shipped, delivered)
        SELECT * FROM {dialect.Rows("@rows", "shop", "notices", "shipped", "delivered")} AS r
        WHERE true
        ON CONFLICT (shop) DO UPDATE SET
            notices = support_shops.notices + excluded.notices,
            shipped = support_shops.shipped + excluded.shipped,
            delivered = support_shops.delivered + excluded.delivered
        """;

    private readonly string _days = $"""
        INSERT INTO support_notice_days (shop, day, notices)
        SELECT * FROM {dialect.Rows("@rows", "shop", "day", "notices")} AS r
        WHERE true
        ON CONFLICT (shop, day) DO UPDATE SET notices = support_notice_days.notices + excluded.notices
        """;

    public async Task<IReadOnlyList<OrderKey>> SaveAsync(SqlSession session, IReadOnlyList<OrderChange> changes, CancellationToken cancellationToken)
    {
        // Two changes of one order were made from the same version: the first wins, the second has lost already.
        var first = changes.DistinctBy(change => change.Order.Key).ToList();
        var updated = await OrdersAsync(session, _update, [.. first.Where(change => change.Order.Version > 0)], cancellationToken);
        var inserted = await OrdersAsync(session, _insert, [.. first.Where(change => change.Order.Version == 0)], cancellationToken);
        var won = updated.Concat(inserted).ToDictionary(row => row.Key, row => row.HasOtherContacts);
        var applied = first.Where(change => won.ContainsKey(change.Order.Key)).ToList();
        var moved = applied.Where(change => won[change.Order.Key]).Select(change => change.Order).ToList();
        await _contacts.SaveAsync(session, moved, [.. moved.Where(order => order.Version > 0).Select(order => order.Key)], cancellationToken);
        await EffectsAsync(session, applied, cancellationToken);
        await FiguresAsync(session, applied, cancellationToken);
        var winners = applied.ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. changes.Where(change => !winners.Contains(change)).Select(change => change.Order.Key)];
    }

    private static async Task<List<(OrderKey Key, bool HasOtherContacts)>> OrdersAsync(
        SqlSession session,
        string sql,
        List<OrderChange> changes,
        CancellationToken cancellationToken
    )
    {
        if (changes.Count == 0)
        {
            return [];
        }

        var rows = JsonRows.Write(
            changes,
            change =>
                [
                    change.Order.Key.Shop,
                    change.Order.Key.Id,
                    change.Order.Version,
                    SupportJson.Write(change.Order),
                    Micros.Up(change.Order.CheckAt),
                    Micros.Up(change.Order.RefreshAt),
                    OrderContacts.Fingerprint(change.Order),
                    Micros.Up(change.Order.QuietSince),
                ]
        );
        return await session.QueryAsync(
            sql,
            reader => (new OrderKey(reader.GetString(0), reader.GetString(1)), reader.GetBoolean(2)),
            cancellationToken,
            ("@rows", rows)
        );
    }

    private async Task EffectsAsync(SqlSession session, List<OrderChange> applied, CancellationToken cancellationToken)
    {
        var inbox = applied.SelectMany(change => change.InboxIds).ToList();
        if (inbox.Count > 0)
        {
            await session.ExecuteAsync(_inbox, cancellationToken, ("@ids", JsonRows.Values(inbox)));
        }

        var decisions = applied.SelectMany(change => change.Decisions).ToList();
        if (decisions.Count > 0)
        {
            await session.ExecuteAsync(_decisions, cancellationToken, ("@rows", JsonRows.Write(decisions, Row)));
        }

        var deliveries = applied.SelectMany(change => change.Deliveries).ToList();
        if (deliveries.Count > 0)
        {
            await session.ExecuteAsync(_deliveries, cancellationToken, ("@rows", JsonRows.Write(deliveries, Row)));
        }

        var superseded = applied
            .SelectMany(change => change.Superseded, (change, one) => (one, At: change.Decisions.Count > 0 ? change.Decisions[0].At : DateTimeOffset.UnixEpoch))
            .ToList();
        if (superseded.Count > 0)
        {
            var rows = JsonRows.Write(superseded, pair => [pair.one.DeliveryId, pair.one.Reason, Micros.Down(pair.At)]);
            await session.ExecuteAsync(_superseded, cancellationToken, ("@rows", rows));
        }
    }

    private async Task FiguresAsync(SqlSession session, List<OrderChange> applied, CancellationToken cancellationToken)
    {
        var shops = applied.Where(change => change.Figures != new ShopFigures()).GroupBy(change => change.Order.Key.Shop, StringComparer.Ordinal).ToList();
        if (shops.Count > 0)
        {
            var rows = JsonRows.Write(
                shops,
                shop =>
                    [
                        shop.Key,
                        shop.Sum(change => change.Figures.Notices),
                        shop.Sum(change => change.Figures.Shipped),
                        shop.Sum(change => change.Figures.Delivered),
                    ]
            );
            await session.ExecuteAsync(_figures, cancellationToken, ("@rows", rows));
        }

        var days = applied
            .Where(change => change.Figures.DelayNotices > 0 && change.Decisions.Count > 0)
            .GroupBy(change => (change.Order.Key.Shop, Day: DateOnly.FromDateTime(change.Decisions[0].At.UtcDateTime).DayNumber))
            .ToList();
        if (days.Count > 0)
        {
            var rows = JsonRows.Write(days, day => [day.Key.Shop, day.Key.Day, day.Sum(change => change.Figures.DelayNotices)]);
            await session.ExecuteAsync(_days, cancellationToken, ("@rows", rows));
        }
    }

    private static object?[] Row(Decision decision) =>
        [
            decision.Key.Shop,
            decision.Key.Id,
            Micros.Down(decision.At),
            decision.Verdict.ToString(),
            decision.Occasion,
            decision.Reason,
            Micros.Up(decision.Until),
            decision.DeliveryId,
            decision.By,
        ];

    private static object?[] Row(MessageDelivery delivery) =>
        [
            delivery.Message.Id,
            delivery.Message.Shop,
            delivery.Message.Order?.Id,
            delivery.Message.Occasion,
            delivery.Message.To.Channel,
            OutboxStore.Recipient(delivery.Message.To),
            delivery.State.ToString(),
            Micros.Down(delivery.Message.DecidedAt),
            Micros.Up(delivery.DueAt),
            Micros.Up(delivery.SendBefore),
            delivery.Attempts,
            Micros.Down(delivery.ChangedAt),
            delivery.Reason,
            SupportJson.Write(delivery.Message),
        ];
}
