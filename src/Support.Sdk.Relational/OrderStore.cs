using System.Data.Common;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.Relational;

internal sealed class OrderStore(Database database) : IOrderStore
{
    private const string Decisions =
        "SELECT shop, order_id, decided_at, verdict, occasion, reason, until, delivery_id, decided_by FROM support_decisions WHERE shop = @shop AND order_id = @order ORDER BY decided_at, id";

    private const string OfContact = """
        SELECT o.shop, o.order_id, o.version, o.body, o.check_at, o.refresh_at
        FROM support_order_contacts c JOIN support_orders o ON o.shop = c.shop AND o.order_id = c.order_id
        WHERE c.shop = @shop AND c.channel = @channel AND c.contact = @contact
        ORDER BY c.placed_at DESC, c.order_id DESC LIMIT @max
        """;

    private readonly OrderClaims _claims = new(database.Dialect);
    private readonly OrderSave _save = new(database.Dialect);

    private readonly string _find = $"""
        SELECT o.shop, o.order_id, o.version, o.body, o.check_at, o.refresh_at
        FROM {database.Dialect.Rows("@keys", "k_shop", "k_order")} AS k
        JOIN support_orders o ON o.shop = k.k_shop AND o.order_id = k.k_order
        """;

    private readonly string _states = $"""
        SELECT d.id, d.state
        FROM {database.Dialect.Rows("@keys", "k_shop", "k_order")} AS k
        JOIN support_deliveries d ON d.shop = k.k_shop AND d.order_id = k.k_order
        """;

    public async Task<IReadOnlyList<WatchedOrder>> FindAsync(IReadOnlyList<OrderKey> keys, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            async session =>
            {
                var orders = await session.QueryAsync(_find, Read, cancellationToken, ("@keys", Keys([.. keys.Distinct()])));
                return await OverlayAsync(session, orders, cancellationToken);
            },
            cancellationToken
        );

    public async Task<IReadOnlyList<WatchedOrder>> ClaimAsync(OrderClaim claim, CancellationToken cancellationToken = default)
    {
        if (!await database.ReadAsync(session => OrderClaims.AnyAsync(session, claim, cancellationToken), cancellationToken))
        {
            return [];
        }

        return await database.WriteAsync(
            async session => await OverlayAsync(session, await _claims.ClaimAsync(session, claim, Read, cancellationToken), cancellationToken),
            survivesPowerCut: false,
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<OrderKey>> SaveAsync(IReadOnlyList<OrderChange> changes, CancellationToken cancellationToken = default) =>
        await database.WriteAsync(session => _save.SaveAsync(session, changes, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<WatchedOrder>> OfContactAsync(string shop, ContactPoint contact, int max, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, 1000);
        var (channel, value) = contact.Canonical();
        return await database.ReadAsync(
            async session =>
            {
                var orders = await session.QueryAsync(
                    OfContact,
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

    // What became of a notice is known to the outbox alone.
    private async Task<List<WatchedOrder>> OverlayAsync(SqlSession session, List<WatchedOrder> orders, CancellationToken cancellationToken)
    {
        var told = orders.Where(order => order.Notices.Count > 0).Select(order => order.Key).ToList();
        if (told.Count == 0)
        {
            return orders;
        }

        var rows = await session.QueryAsync(
            _states,
            reader => (Id: reader.GetString(0), State: reader.Name<DeliveryState>(1)),
            cancellationToken,
            ("@keys", Keys(told))
        );
        var states = rows.ToDictionary(row => row.Id, row => row.State, StringComparer.Ordinal);
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

    private static string Keys(IReadOnlyList<OrderKey> keys) => JsonRows.Write(keys, key => [key.Shop, key.Id]);

    private static WatchedOrder Read(DbDataReader reader) =>
        SupportJson.ReadOrder(reader.GetString(3)) with
        {
            Key = new OrderKey(reader.GetString(0), reader.GetString(1)),
            Version = reader.GetInt64(2),
            CheckAt = reader.MaybeTime(4),
            RefreshAt = reader.MaybeTime(5),
        };
}
