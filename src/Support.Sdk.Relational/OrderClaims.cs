using System.Data.Common;
using Support.Sdk.Orders;

namespace Support.Sdk.Relational;

/// <summary>Claims due orders, taking the shops in turn: what it costs depends on what is due, not on what exists.</summary>
internal sealed class OrderClaims(SqlDialect dialect)
{
    private const string Columns = "shop, order_id, version, body, check_at, refresh_at";
    private static readonly string DueChecks = DueShops("check_at");
    private static readonly string DueRefreshes = DueShops("refresh_at");

    private readonly string _checks = $"""
        UPDATE support_orders SET lease_until = {dialect.Now} + @lease
        WHERE id IN (
            SELECT id FROM support_orders
            WHERE shop = @shop AND check_at <= @now AND lease_until <= {dialect.Now}
            ORDER BY check_at LIMIT @max
        )
        RETURNING {Columns}
        """;

    private readonly string _refreshes = $"""
        UPDATE support_orders SET refresh_at = @now + @lease
        WHERE id IN (SELECT id FROM support_orders WHERE shop = @shop AND refresh_at <= @now ORDER BY refresh_at LIMIT @max)
        RETURNING {Columns}
        """;

    private int _turn;

    /// <summary>Asks without writing, because mostly nothing is due.</summary>
    public static async Task<bool> AnyAsync(SqlSession session, OrderClaim claim, CancellationToken cancellationToken) =>
        (await ShopsAsync(session, claim, cancellationToken)).Count > 0;

    public async Task<List<WatchedOrder>> ClaimAsync(
        SqlSession session,
        OrderClaim claim,
        Func<DbDataReader, WatchedOrder> read,
        CancellationToken cancellationToken
    )
    {
        var shops = await ShopsAsync(session, claim, cancellationToken);
        var claimed = new List<WatchedOrder>();
        var first = shops.Count == 0 ? 0 : (int)((uint)Interlocked.Increment(ref _turn) % (uint)shops.Count);
        for (var index = 0; index < shops.Count && claimed.Count < claim.Max; index++)
        {
            // What one shop does not use is left to those that follow; the turn gives each its chance to come late.
            var left = shops.Count - index;
            var quota = (claim.Max - claimed.Count + left - 1) / left;
            var orders = await session.QueryAsync(
                claim.Clock == OrderClock.Check ? _checks : _refreshes,
                read,
                cancellationToken,
                ("@shop", shops[(first + index) % shops.Count]),
                ("@now", Micros.Down(claim.Now)),
                ("@max", quota),
                ("@lease", Micros.Length(claim.Lease))
            );
            claimed.AddRange(orders);
        }

        return claimed;
    }

    private static Task<List<string>> ShopsAsync(SqlSession session, OrderClaim claim, CancellationToken cancellationToken) =>
        session.QueryAsync(
            claim.Clock == OrderClock.Check ? DueChecks : DueRefreshes,
            reader => reader.GetString(0),
            cancellationToken,
            ("@now", Micros.Down(claim.Now))
        );

    private static string DueShops(string clock) =>
        $"""
            {LooseScan.Of("shops", "support_orders", "shop", $"{clock} IS NOT NULL")}
            SELECT name FROM shops
            WHERE name IS NOT NULL AND EXISTS (SELECT 1 FROM support_orders o WHERE o.shop = shops.name AND o.{clock} <= @now)
            """;
}
