using System.Data.Common;
using System.Globalization;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Support.Sdk.Relational;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>What waits for a person, store by store.</summary>
internal sealed record StoreFigures
{
    /// <summary>Messages that wait for an approval.</summary>
    public long Held { get; init; }

    /// <summary>Messages of the last week that did not arrive.</summary>
    public long Failed { get; init; }

    /// <summary>Orders about whose delay something was decided in the last week.</summary>
    public long Late { get; init; }

    /// <summary>Tickets that are not solved.</summary>
    public long Open { get; init; }

    /// <summary>Tickets among them that are overdue.</summary>
    public long Breached { get; init; }
}

/// <summary>Counts in the engine's tables, along their indexes.</summary>
internal static class SupportFigures
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>The figures by shop; a shop without any is left out.</summary>
    public static async Task<IReadOnlyDictionary<string, StoreFigures>> ReadAsync(
        SupportEngine engine,
        DateTimeOffset now,
        CancellationToken cancellationToken = default
    )
    {
        var since = Micros.Up(now - Week);
        return await engine
            .Get<Database>()
            .ReadAsync(
                async session =>
                {
                    var held = await session.QueryAsync(HeldSql, One, cancellationToken);
                    var failed = await session.QueryAsync(FailedSql, One, cancellationToken, ("@since", since));
                    var late = await session.QueryAsync(LateSql, One, cancellationToken, ("@since", since));
                    var tickets = await session.QueryAsync(TicketsSql, Two, cancellationToken, ("@now", Micros.Down(now)));
                    return engine.Shops.ToDictionary(
                        shop => shop.Id,
                        shop => new StoreFigures
                        {
                            Held = Of(held, shop.Id).First,
                            Failed = Of(failed, shop.Id).First,
                            Late = Of(late, shop.Id).First,
                            Open = Of(tickets, shop.Id).First,
                            Breached = Of(tickets, shop.Id).Second,
                        },
                        StringComparer.Ordinal
                    );
                },
                cancellationToken
            );
    }

    // Written as in the schema: a partial index is found by its own condition only.
    private const string HeldSql =
        "SELECT shop, COUNT(*) FROM support_outbox WHERE state IN ('Pending', 'Retry', 'InDoubt', 'Held') AND state IN ('Held', 'InDoubt') GROUP BY shop";

    private const string FailedSql = """
        SELECT d.shop, COUNT(*) FROM support_deliveries d JOIN support_outbox o ON o.seq = d.seq
        WHERE d.decided_at >= @since AND o.state IN ('Failed', 'Rejected', 'Bounced') GROUP BY d.shop
        """;

    private const string LateSql = """
        SELECT shop, COUNT(DISTINCT order_id) FROM support_deliveries
        WHERE decided_at >= @since AND (occasion LIKE 'order-at-risk%' OR occasion LIKE 'order-delayed%') GROUP BY shop
        """;

    private const string TicketsSql = """
        SELECT shop, COUNT(*), SUM(CASE WHEN due_at < @now THEN 1 ELSE 0 END) FROM support_tickets
        WHERE status IN ('New', 'Open', 'Pending', 'OnHold') GROUP BY shop
        """;

    private static (string Shop, long First, long Second) One(DbDataReader row) => (row.GetString(0), Number(row, 1), 0);

    private static (string Shop, long First, long Second) Two(DbDataReader row) => (row.GetString(0), Number(row, 1), Number(row, 2));

    // Each database counts in a type of its own.
    private static long Number(DbDataReader row, int column) => Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    private static (string Shop, long First, long Second) Of(List<(string Shop, long First, long Second)> rows, string shop) =>
        rows.Find(row => string.Equals(row.Shop, shop, StringComparison.Ordinal));
}
