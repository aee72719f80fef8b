using DelayReplay.Orders;

namespace DelayReplay.Figures;

/// <summary>Counts the figures in the order book, so that a resumed run counts what earlier runs did as well.</summary>
internal static class FiguresReader
{
    private const double MicrosPerDay = 24 * 60 * 60 * 1e6;

    private const string Counts = $"""
        SELECT
            (SELECT COUNT(*) FROM orders),
            (SELECT COUNT(*) FROM done WHERE late),
            (SELECT COUNT(*) FROM sent WHERE delay AND delivered),
            (SELECT COUNT(*) FROM done WHERE told < promise_end),
            (SELECT COUNT(*) FROM done WHERE told >= promise_end),
            (SELECT COUNT(*) FROM done WHERE told < promise_end AND NOT late),
            (SELECT COUNT(*) FROM done WHERE told < promise_end AND late),
            (SELECT COUNT(*) FROM sent WHERE kind = 'order-shipped' AND delivered),
            (SELECT COUNT(*) FROM sent WHERE kind = 'order-delivered' AND delivered),
            (SELECT COALESCE(SUM(times - 1), 0) FROM (SELECT COUNT(*) AS times FROM sent WHERE delivered GROUP BY n, occasion)),
            (SELECT COUNT(*) FROM done JOIN messages USING (n) WHERE state = 'Held'),
            (SELECT COUNT(*) FROM done JOIN messages USING (n) WHERE state = 'Suppressed'),
            (SELECT COUNT(*) FROM done JOIN messages USING (n) WHERE state = 'Superseded'),
            (SELECT COUNT(*) FROM done JOIN messages USING (n) WHERE state IN ('Failed', 'Rejected', 'Bounced')),
            (SELECT COUNT(DISTINCT n) FROM sent WHERE delay AND NOT delivered),
            (SELECT COUNT(*) FROM done WHERE delivered_at < (
                SELECT new_date_end FROM sent WHERE sent.n = done.n AND new_date_end IS NOT NULL ORDER BY decided_at DESC LIMIT 1))
        """;

    /// <summary>The words that every count is made of: mails that went out, and orders that were delivered in the end.</summary>
    public const string Words = """
        WITH sent AS (
            SELECT m.*, m.kind IN ('order-at-risk', 'order-delayed') AS delay, lower(trim(o.status)) = 'delivered' AS delivered
            FROM messages m JOIN orders o USING (n) WHERE m.state IN ('Accepted', 'Delivered')),
        first AS (SELECT n, MIN(decided_at) AS told FROM sent WHERE delay GROUP BY n),
        done AS (
            SELECT o.*, told, COALESCE(delivered_at >= promise_end, 0) AS late
            FROM orders o LEFT JOIN first USING (n) WHERE lower(trim(o.status)) = 'delivered')
        """;

    public static async Task<ReplayFigures> ReadAsync(OrderBook book, TimeSpan wall, CancellationToken cancellationToken)
    {
        var counts = (
            await book.QueryAsync($"{Words} {Counts}", reader => Enumerable.Range(0, reader.FieldCount).Select(reader.GetInt64).ToArray(), cancellationToken)
        )[0];
        var (late, before, hits) = (counts[1], counts[3], counts[6]);
        return new ReplayFigures
        {
            Orders = counts[0],
            LateOrders = late,
            DelayNotices = counts[2],
            ToldBeforePromise = before,
            ToldAfterPromise = counts[4],
            FalseAlarms = counts[5],
            Precision = Share(hits, before),
            Recall = Share(hits, late),
            MedianLeadDays = Math.Round(Median(await LeadsAsync(book, cancellationToken)), 4),
            RevisedDatesKept = counts[15],
            ShippingNotices = counts[7],
            DeliveredNotices = counts[8],
            Duplicates = counts[9],
            Held = counts[10],
            Suppressed = counts[11],
            Superseded = counts[12],
            Failed = counts[13],
            NotDeliveredTold = counts[14],
            WallSeconds = Math.Round(wall.TotalSeconds, 1),
        };
    }

    /// <summary>Days from the first mail to the end of the promise, over late orders told before it; shortest first.</summary>
    public static Task<List<double>> LeadsAsync(OrderBook book, CancellationToken cancellationToken) =>
        book.QueryAsync(
            $"{Words} SELECT promise_end - told AS lead FROM done WHERE late AND told < promise_end ORDER BY lead",
            reader => reader.GetInt64(0) / MicrosPerDay,
            cancellationToken
        );

    private static double Median(List<double> sorted) => sorted.Count == 0 ? 0 : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;

    private static double Share(long part, long whole) => whole == 0 ? 1 : Math.Round((double)part / whole, 4);
}
