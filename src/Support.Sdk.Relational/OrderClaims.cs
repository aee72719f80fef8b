using System.Data.Common;
using Support.Sdk.Orders;

namespace Support.Sdk.Relational;

/// <summary>Claims due orders, taking the shops in turn: what it costs depends on what is due, not on what exists.</summary>
internal sealed class OrderClaims(SqlDialect dialect)
{
    private const string Columns = "shop, order_id, version, body, check_at, refresh_at";
    private readonly string _dueChecks = DueShops(dialect, "check_at");
    private readonly string _dueRefreshes = DueShops(dialect, "refresh_at");

    private readonly string _checks = dialect.Update(
        new SqlUpdate("support_orders", "id")
        {
            Set = [("lease_until", $"{dialect.Now} + @lease")],
            Pick = new SqlPick($"shop = @shop AND check_at <= @now AND lease_until <= {dialect.Now}", "check_at"),
            Returning = Columns,
        }
    );

    private readonly string _refreshes = dialect.Update(
        new SqlUpdate("support_orders", "id")
        {
            Set = [("refresh_at", "@now + @lease")],
            Pick = new SqlPick("shop = @shop AND refresh_at <= @now", "refresh_at"),
            Returning = Columns,
        }
    );

    private int _turn;

    /// <summary>Asks without writing, because mostly nothing is due.</summary>
    public async Task<bool> AnyAsync(SqlSession session, OrderClaim claim, CancellationToken cancellationToken) =>
        (await ShopsAsync(session, claim, cancellationToken)).Count > 0;

    public async Task<List<OrderRow>> ClaimAsync(SqlSession session, OrderClaim claim, Func<DbDataReader, OrderRow> read, CancellationToken cancellationToken)
    {
        var shops = await ShopsAsync(session, claim, cancellationToken);
        var claimed = new List<OrderRow>();
        var first = shops.Count == 0 ? 0 : (int)((uint)Interlocked.Increment(ref _turn) % (uint)shops.Count);
        var turns = new Queue<string>(shops.Skip(first).Concat(shops.Take(first)));
        while (turns.TryPeek(out _) && claimed.Count < claim.Max)
        {
            // Every shop gets its share; what some do not use is shared anew among those that could use more.
            var quota = (claim.Max - claimed.Count + turns.Count - 1) / turns.Count;
            for (var left = turns.Count; left > 0 && claimed.Count < claim.Max; left--)
            {
                var shop = turns.Dequeue();
                var max = Math.Min(quota, claim.Max - claimed.Count);
                var orders = await ClaimAsync(session, claim, shop, max, read, cancellationToken);
                claimed.AddRange(orders);
                if (orders.Count == max)
                {
                    turns.Enqueue(shop);
                }
            }
        }

        return claimed;
    }

    private Task<List<OrderRow>> ClaimAsync(
        SqlSession session,
        OrderClaim claim,
        string shop,
        int max,
        Func<DbDataReader, OrderRow> read,
        CancellationToken cancellationToken
    ) =>
        session.QueryAsync(
            claim.Clock == OrderClock.Check ? _checks : _refreshes,
            read,
            cancellationToken,
            ("@shop", shop),
            ("@now", Micros.Down(claim.Now)),
            ("@max", max),
            ("@lease", Micros.Length(claim.Lease))
        );

    private Task<List<string>> ShopsAsync(SqlSession session, OrderClaim claim, CancellationToken cancellationToken) =>
        session.QueryAsync(
            claim.Clock == OrderClock.Check ? _dueChecks : _dueRefreshes,
            reader => reader.GetString(0),
            cancellationToken,
            ("@now", Micros.Down(claim.Now))
        );

    private static string DueShops(SqlDialect dialect, string clock) =>
        $"""
            {dialect.With} {dialect.Distinct("shops", "support_orders", "shop", $"{clock} IS NOT NULL")}
            SELECT name FROM shops
            WHERE name IS NOT NULL AND EXISTS (SELECT 1 FROM support_orders o WHERE o.shop = shops.name AND o.{clock} <= @now)
            """;
}
