using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.Relational;

/// <summary>Saves changes with everything they cause, one statement a table whatever their number.</summary>
internal sealed class OrderSave(SqlDialect dialect)
{
    private static readonly RowShape<OrderChange> Orders = new RowShape<OrderChange>()
        .Text("r_shop", change => change.Order.Key.Shop)
        .Text("r_order", change => change.Order.Key.Id)
        .Number("r_version", change => change.Order.Version)
        .Text("r_body", change => SupportJson.Write(change.Order))
        .Number("r_check", change => Micros.Up(change.Order.CheckAt))
        .Number("r_refresh", change => Micros.Up(change.Order.RefreshAt))
        .Number("r_contacts", change => OrderContacts.Fingerprint(change.Order))
        .Number("r_quiet", change => Micros.Up(change.Order.QuietSince));

    private static readonly RowShape<Decision> Decisions = new RowShape<Decision>()
        .Text("shop", decision => decision.Key.Shop)
        .Text("order_id", decision => decision.Key.Id)
        .Number("decided_at", decision => Micros.Down(decision.At))
        .Text("verdict", decision => decision.Verdict.ToString())
        .Text("occasion", decision => decision.Occasion)
        .Text("reason", decision => decision.Reason)
        .Number("until", decision => Micros.Up(decision.Until))
        .Text("delivery_id", decision => decision.DeliveryId)
        .Text("decided_by", decision => decision.By);

    private static readonly RowShape<(Superseded One, DateTimeOffset At)> Overtaken = new RowShape<(Superseded One, DateTimeOffset At)>()
        .Text("r_id", row => row.One.DeliveryId)
        .Text("r_reason", row => row.One.Reason)
        .Number("r_at", row => Micros.Down(row.At));

    private static readonly RowShape<IGrouping<string, OrderChange>> Figures = new RowShape<IGrouping<string, OrderChange>>()
        .Text("shop", shop => shop.Key)
        .Number("notices", shop => shop.Sum(change => change.Figures.Notices))
        .Number("shipped", shop => shop.Sum(change => change.Figures.Shipped))
        .Number("delivered", shop => shop.Sum(change => change.Figures.Delivered));

    private static readonly RowShape<IGrouping<(string Shop, int Day), OrderChange>> Days = new RowShape<IGrouping<(string Shop, int Day), OrderChange>>()
        .Text("shop", day => day.Key.Shop)
        .Number("day", day => day.Key.Day)
        .Number("notices", day => day.Sum(change => change.Figures.DelayNotices));

    private readonly OrderContacts _contacts = new(dialect);
    private readonly SaveEffects _effects = new(dialect);

    private readonly string _update = dialect.Update(
        new SqlUpdate("support_orders", "id")
        {
            Set =
            [
                ("version", "version + 1"),
                ("body", "r.r_body"),
                ("check_at", "r.r_check"),
                ("refresh_at", "r.r_refresh"),
                ("quiet_since", "r.r_quiet"),
                ("lease_until", "0"),
                ("contacts", "r.r_contacts"),
                ("contacts_version", "CASE WHEN contacts = r.r_contacts THEN contacts_version ELSE version + 1 END"),
            ],
            From = $"{dialect.Rows(Orders)} AS r",
            Where = "shop = r.r_shop AND order_id = r.r_order AND version = r.r_version",
            // The two versions are the same when the contact points are others than before.
            Returning = "shop, order_id, contacts_version, version",
        }
    );

    private readonly NewRows<OrderChange> _insert = new(
        dialect,
        new SqlInsert("support_orders", "shop, order_id, version, body, check_at, refresh_at, contacts, contacts_version, quiet_since")
        {
            Values = "r_shop, r_order, 1, r_body, r_check, r_refresh, r_contacts, CASE WHEN r_contacts = 0 THEN 0 ELSE 1 END, r_quiet",
            From = $"{dialect.Rows(Orders)} AS r",
            Key = "shop, order_id",
        },
        Orders,
        change => (change.Order.Key.Shop, change.Order.Key.Id)
    );

    private readonly string _decisions = dialect.Insert(
        new SqlInsert("support_decisions", "shop, order_id, decided_at, verdict, occasion, reason, until, delivery_id, decided_by")
        {
            From = $"{dialect.Rows(Decisions)} AS r",
        }
    );

    private readonly string _superseded = dialect.Update(
        new SqlUpdate("support_outbox", "seq")
        {
            Set = [("state", "'Superseded'"), ("reason", "r.r_reason"), ("changed_at", "r.r_at")],
            From = $"{dialect.Rows(Overtaken)} AS r JOIN support_deliveries d ON d.id = r.r_id",
            Where = "support_outbox.seq = d.seq AND state IN ('Pending', 'Retry', 'Held') AND lease_until = 0",
        }
    );

    private readonly string _figures = dialect.Insert(
        new SqlInsert("support_shop_figures", "shop, slot, notices, shipped, delivered")
        {
            Values = $"shop, {dialect.Slot}, notices, shipped, delivered",
            From = $"{dialect.Rows(Figures)} AS r",
            Key = "shop, slot",
            Adds = ["notices", "shipped", "delivered"],
        }
    );

    private readonly string _days = dialect.Insert(
        new SqlInsert("support_notice_days", "shop, day, slot, notices")
        {
            Values = $"shop, day, {dialect.Slot}, notices",
            From = $"{dialect.Rows(Days)} AS r",
            Key = "shop, day, slot",
            Adds = ["notices"],
        }
    );

    /// <summary>Whether these changes can be saved on one journey, because nothing that they write depends on an answer.</summary>
    public bool IsOneJourney(IReadOnlyList<OrderChange> changes) => dialect.Batches && changes.Count > 0 && changes.All(change => change.Order.Version == 0);

    /// <summary>Saves changes.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="claims">What of their messages may be claimed.</param>
    /// <param name="asNew">Takes all orders for new without asking; if one is not, the database refuses everything.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The orders that lost, and what gives the claimed messages once the transaction has ended.</returns>
    public async Task<(IReadOnlyList<OrderKey> Lost, Func<IReadOnlyList<MessageDelivery>> Claimed)> SaveAsync(
        SqlSession session,
        IReadOnlyList<OrderChange> changes,
        IReadOnlyList<OutboxClaim> claims,
        bool asNew,
        CancellationToken cancellationToken
    )
    {
        // Two changes of one order were made from the same version: the first wins, the second has lost already.
        // In one order, so that two workers do not wait for each other in a ring.
        var first = changes
            .DistinctBy(change => change.Order.Key)
            .OrderBy(change => change.Order.Key.Shop, StringComparer.Ordinal)
            .ThenBy(change => change.Order.Key.Id, StringComparer.Ordinal)
            .ToList();
        // Written down beside the orders, and while the database is busy with them. Mostly all of them win; otherwise it is done again for those that do.
        var ahead = Task.Run(() => Messages(first, claims), CancellationToken.None);
        var won = asNew ? await AddAsync(session, first, cancellationToken) : await WonAsync(session, first, cancellationToken);
        var applied = first.Where(change => won.ContainsKey(change.Order.Key)).ToList();
        var moved = applied.Where(change => won[change.Order.Key]).Select(change => change.Order).ToList();
        await _contacts.SaveAsync(session, moved, [.. moved.Where(order => order.Version > 0).Select(order => order.Key)], cancellationToken);
        var messages = await ahead;
        var claimed = await EffectsAsync(session, applied, applied.Count == first.Count ? messages : Messages(applied, claims), asNew, cancellationToken);
        await FiguresAsync(session, applied, cancellationToken);
        var winners = applied.ToHashSet(ReferenceEqualityComparer.Instance);
        return ([.. changes.Where(change => !winners.Contains(change)).Select(change => change.Order.Key)], claimed);
    }

    public async Task RecordAsync(SqlSession session, IReadOnlyList<Decision> decisions, CancellationToken cancellationToken)
    {
        if (decisions.Count > 0)
        {
            await session.LaterAsync(_decisions, cancellationToken, Decisions.Of(decisions));
        }
    }

    private async Task<Dictionary<OrderKey, bool>> AddAsync(SqlSession session, List<OrderChange> changes, CancellationToken cancellationToken)
    {
        await _insert.AddAsync(session, changes, cancellationToken);
        return changes.ToDictionary(change => change.Order.Key, _ => true);
    }

    // The orders that won, and whether they name other contact points than before.
    private async Task<Dictionary<OrderKey, bool>> WonAsync(SqlSession session, List<OrderChange> changes, CancellationToken cancellationToken)
    {
        var won = await UpdateAsync(session, changes.FindAll(change => change.Order.Version > 0), cancellationToken);
        var fresh = changes.FindAll(change => change.Order.Version == 0);
        foreach (var position in await _insert.InsertAsync(session, fresh, cancellationToken))
        {
            won.Add(fresh[position].Order.Key, true);
        }

        return won;
    }

    private async Task<Dictionary<OrderKey, bool>> UpdateAsync(SqlSession session, List<OrderChange> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return [];
        }

        var updated = await session.QueryAsync(
            _update,
            reader => (Key: new OrderKey(reader.GetString(0), reader.GetString(1)), HasOtherContacts: reader.GetInt64(2) == reader.GetInt64(3)),
            cancellationToken,
            Orders.Of(changes)
        );
        return updated.ToDictionary(row => row.Key, row => row.HasOtherContacts);
    }

    private NewMessages Messages(List<OrderChange> changes, IReadOnlyList<OutboxClaim> claims) =>
        NewMessages.Of(changes.SelectMany(change => change.Deliveries), dialect.TellsNew ? claims : []);

    private async Task<Func<IReadOnlyList<MessageDelivery>>> EffectsAsync(
        SqlSession session,
        List<OrderChange> applied,
        NewMessages messages,
        bool asNew,
        CancellationToken cancellationToken
    )
    {
        await _effects.InboxAsync(session, [.. applied.SelectMany(change => change.InboxIds)], cancellationToken);
        await RecordAsync(session, [.. applied.SelectMany(change => change.Decisions)], cancellationToken);
        var claimed = await _effects.DeliveriesAsync(session, messages, asNew, cancellationToken);
        var superseded = applied
            .SelectMany(change => change.Superseded, (change, one) => (one, At: change.Decisions.Count > 0 ? change.Decisions[0].At : DateTimeOffset.UnixEpoch))
            .ToList();
        if (superseded.Count > 0)
        {
            await session.LaterAsync(_superseded, cancellationToken, Overtaken.Of(superseded));
        }

        return claimed;
    }

    private async Task FiguresAsync(SqlSession session, List<OrderChange> applied, CancellationToken cancellationToken)
    {
        var shops = applied.Where(change => change.Figures != new ShopFigures()).GroupBy(change => change.Order.Key.Shop, StringComparer.Ordinal).ToList();
        if (shops.Count > 0)
        {
            await session.LaterAsync(_figures, cancellationToken, Figures.Of(shops));
        }

        var days = applied
            .Where(change => change.Figures.DelayNotices > 0 && change.Decisions.Count > 0)
            .GroupBy(change => (change.Order.Key.Shop, Day: DateOnly.FromDateTime(change.Decisions[0].At.UtcDateTime).DayNumber))
            .ToList();
        if (days.Count > 0)
        {
            await session.LaterAsync(_days, cancellationToken, Days.Of(days));
        }
    }
}
