using System.Data.Common;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.Relational;

internal sealed class OrderStore(Database database) : IOrderStore
{
    private const string Claimed = "shop, order_id, version, body, check_at, refresh_at";

    private const string Decisions =
        "SELECT shop, order_id, decided_at, verdict, occasion, reason, until, delivery_id, decided_by FROM support_decisions WHERE shop = @shop AND order_id = @order ORDER BY decided_at, id";

    private readonly DueClaims _checks = new(database.Dialect, "support_orders", "check_at", Claimed);
    private readonly DueClaims _refreshes = new(database.Dialect, "support_orders", "refresh_at", Claimed, isLeased: false);
    private readonly OrderSave _save = new(database.Dialect);

    private readonly string _ofContact = $"""
        SELECT o.shop, o.order_id, o.version, o.body, o.check_at, o.refresh_at
        FROM support_order_contacts c JOIN support_orders o ON o.shop = c.shop AND o.order_id = c.order_id
        WHERE c.shop = @shop AND c.channel = @channel AND c.contact = @contact
        ORDER BY c.placed_at DESC, c.order_id DESC {database.Dialect.Limit("@max")}
        """;

    private readonly string _find = $"""
        SELECT o.shop, o.order_id, o.version, o.body, o.check_at, o.refresh_at
        FROM {database.Dialect.Rows(RowShape.Keys)} AS k
        JOIN support_orders o ON o.shop = k.r_shop AND o.order_id = k.r_order
        """;

    private readonly string _putAside = database.Dialect.Update(
        new SqlUpdate("support_orders", "id")
        {
            Set = [("check_at", "NULL"), ("refresh_at", "NULL"), ("lease_until", "0")],
            From = $"{database.Dialect.Rows(RowShape.Keys)} AS k",
            Where = "shop = k.r_shop AND order_id = k.r_order",
        }
    );

    private readonly string _states = $"""
        SELECT o.id, {OutboxStore.State}
        FROM {database.Dialect.Rows(RowShape.Keys)} AS k
        JOIN support_deliveries d ON d.shop = k.r_shop AND d.order_id = k.r_order
        JOIN support_outbox o ON o.seq = d.seq
        """;

    public async Task<IReadOnlyList<WatchedOrder>> FindAsync(IReadOnlyList<OrderKey> keys, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            async session =>
            {
                var orders = await session.QueryAsync(_find, Read, cancellationToken, RowShape.Keys.Of([.. keys.Distinct()]));
                return await OverlayAsync(session, orders, cancellationToken);
            },
            cancellationToken
        );

    public async Task<IReadOnlyList<WatchedOrder>> ClaimAsync(OrderClaim claim, CancellationToken cancellationToken = default)
    {
        var claims = claim.Clock == OrderClock.Check ? _checks : _refreshes;
        if (!await database.ReadAsync(session => claims.AnyAsync(session, claim.Now, cancellationToken), cancellationToken))
        {
            return [];
        }

        return await database.WriteAsync(
            async session =>
            {
                var rows = await claims.ClaimAsync(session, new DueClaim(claim.Now, claim.Max, claim.Lease), Read, cancellationToken);
                await PutAsideAsync(session, [.. rows.Where(row => row.Order is null).Select(row => row.Key)], claim.Now, cancellationToken);
                return await OverlayAsync(session, rows, cancellationToken);
            },
            survivesPowerCut: false,
            cancellationToken
        );
    }

    public async Task<OrdersSaved> SaveAndClaimAsync(
        IReadOnlyList<OrderChange> changes,
        IReadOnlyList<OutboxClaim> claims,
        CancellationToken cancellationToken = default
    )
    {
        if (claims.DistinctBy(claim => claim.Channel, StringComparer.Ordinal).Count() < claims.Count)
        {
            throw new ArgumentException("Two claims are of one channel.", nameof(claims));
        }

        var isOneJourney = _save.IsOneJourney(changes);
        try
        {
            return await SaveAndClaimAsync(changes, claims, asNew: isOneJourney, cancellationToken);
        }
        catch (DbException exception) when (isOneJourney && database.Dialect.IsDuplicate(exception))
        {
            // Rare: another worker was quicker with one of them. Nothing was written, and now each is asked for.
            return await SaveAndClaimAsync(changes, claims, asNew: false, cancellationToken);
        }
    }

    private async Task<OrdersSaved> SaveAndClaimAsync(
        IReadOnlyList<OrderChange> changes,
        IReadOnlyList<OutboxClaim> claims,
        bool asNew,
        CancellationToken cancellationToken
    )
    {
        var (lost, claimed) = await database.WriteAsync(session => _save.SaveAsync(session, changes, claims, asNew, cancellationToken), cancellationToken);
        return new OrdersSaved { Lost = lost, Claimed = claimed() };
    }

    public async Task<IReadOnlyList<WatchedOrder>> OfContactAsync(string shop, ContactPoint contact, int max, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, 1000);
        var (channel, value) = contact.Canonical();
        return await database.ReadAsync(
            async session =>
            {
                var orders = await session.QueryAsync(
                    _ofContact,
                    Read,
                    cancellationToken,
                    ("@shop", shop),
                    ("@channel", channel),
                    ("@contact", value),
                    ("@max", max)
                );
                return await OverlayAsync(session, orders, cancellationToken);
            },
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<Decision>> HistoryAsync(OrderKey key, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            session =>
                session.QueryAsync(
                    Decisions,
                    reader => new Decision
                    {
                        Key = new OrderKey(reader.GetString(0), reader.GetString(1)),
                        At = reader.Time(2),
                        Verdict = reader.Name<DecisionVerdict>(3),
                        Occasion = reader.GetString(4),
                        Reason = reader.GetString(5),
                        Until = reader.MaybeTime(6),
                        DeliveryId = reader.Text(7),
                        By = reader.GetString(8),
                    },
                    cancellationToken,
                    ("@shop", key.Shop),
                    ("@order", key.Id)
                ),
            cancellationToken
        );

    // A row that nobody can read must not keep the others from being claimed; its history says so.
    private async Task PutAsideAsync(SqlSession session, IReadOnlyList<OrderKey> unreadable, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (unreadable.Count == 0)
        {
            return;
        }

        await session.ExecuteAsync(_putAside, cancellationToken, RowShape.Keys.Of(unreadable));
        var decisions = unreadable.Select(key => new Decision
        {
            Key = key,
            At = now,
            Verdict = DecisionVerdict.Fail,
            Occasion = "",
            Reason = "The stored order cannot be read. It is not watched any more.",
        });
        await _save.RecordAsync(session, [.. decisions], cancellationToken);
    }

    // What became of a notice is known to the outbox alone.
    private async Task<List<WatchedOrder>> OverlayAsync(SqlSession session, List<OrderRow> rows, CancellationToken cancellationToken)
    {
        var orders = rows.Select(row => row.Order).OfType<WatchedOrder>().ToList();
        var told = orders.Where(order => order.Notices.Count > 0).Select(order => order.Key).ToList();
        if (told.Count == 0)
        {
            return orders;
        }

        var found = await session.QueryAsync(
            _states,
            reader => (Id: reader.GetString(0), State: reader.Name<DeliveryState>(1)),
            cancellationToken,
            RowShape.Keys.Of(told)
        );
        var states = found.ToDictionary(row => row.Id, row => row.State, StringComparer.Ordinal);
        return orders.ConvertAll(order =>
            order.Notices.Count == 0
                ? order
                : order with
                {
                    Notices =
                    [
                        .. order.Notices.Select(notice => states.TryGetValue(notice.DeliveryId, out var state) ? notice with { State = state } : notice),
                    ],
                }
        );
    }

    private static OrderRow Read(DbDataReader reader)
    {
        var key = new OrderKey(reader.GetString(0), reader.GetString(1));
        if (reader.Stored(3, SupportJson.ReadOrder) is not { } order)
        {
            return new OrderRow(key, Order: null);
        }

        return new OrderRow(key, order with { Key = key, Version = reader.GetInt64(2), CheckAt = reader.MaybeTime(4), RefreshAt = reader.MaybeTime(5) });
    }
}

/// <summary>A stored order, or only its key when what is stored cannot be read.</summary>
internal readonly record struct OrderRow(OrderKey Key, WatchedOrder? Order);
