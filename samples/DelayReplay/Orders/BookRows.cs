using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DelayReplay.Orders;

/// <summary>An event of the file, with its whole row.</summary>
internal sealed record BookEvent(long Number, DateTimeOffset At, Step Step, OrderRow Row);

/// <summary>Reads and writes the rows of the order book.</summary>
internal static class BookRows
{
    private const string Columns =
        "order_id, status, placed_at, paid_at, shipped_at, delivered_at, promised_by, email, name, culture, carrier, tracking_number, shipping_method";

    private const string Insert = $"""
        INSERT INTO orders (n, line, {Columns}, promise_end)
        VALUES (@n, @line, @id, @status, @placed, @paid, @shipped, @delivered, @promised, @email, @name, @culture, @carrier, @tracking, @method, @end)
        ON CONFLICT (order_id) DO NOTHING
        """;

    private const string Page = $"""
        SELECT e.n, e.at, e.step, {Columns} FROM events e JOIN orders USING (n)
        WHERE (e.at, e.step, e.n) > (@at, @step, @n) ORDER BY e.at, e.step, e.n LIMIT 500
        """;

    private const string Find = $"SELECT {Columns} FROM orders WHERE order_id = @id";

    /// <summary>Adds an order and its events, unless the id is there already.</summary>
    public static async Task<bool> AddAsync(
        this OrderBook book,
        long number,
        int line,
        OrderRow row,
        DateTimeOffset? promiseEnd,
        CancellationToken cancellationToken
    )
    {
        var added = await book.ExecuteAsync(
            Insert,
            cancellationToken,
            ("@n", number),
            ("@line", line),
            ("@id", row.Id),
            ("@status", row.Status),
            ("@placed", row.PlacedAt.ToMicros()),
            ("@paid", row.PaidAt?.ToMicros()),
            ("@shipped", row.ShippedAt?.ToMicros()),
            ("@delivered", row.DeliveredAt?.ToMicros()),
            ("@promised", row.PromisedBy?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("@email", row.CustomerEmail),
            ("@name", row.CustomerName),
            ("@culture", row.Culture),
            ("@carrier", row.Carrier),
            ("@tracking", row.TrackingNumber),
            ("@method", row.ShippingMethod),
            ("@end", promiseEnd?.ToMicros())
        );
        if (added == 0)
        {
            return false;
        }

        foreach (var (at, step) in row.Events)
        {
            await book.ExecuteAsync(
                "INSERT INTO events (at, step, n) VALUES (@at, @step, @n)",
                cancellationToken,
                ("@at", at.ToMicros()),
                ("@step", (long)step),
                ("@n", number)
            );
        }

        return true;
    }

    /// <summary>Reads the events that come after one, oldest first, one page of them.</summary>
    public static Task<List<BookEvent>> AfterAsync(this OrderBook book, DateTimeOffset at, Step step, long number, CancellationToken cancellationToken) =>
        book.QueryAsync(
            Page,
            reader => new BookEvent(reader.GetInt64(0), Time(reader, 1), (Step)reader.GetInt64(2), Row(reader, 3)),
            cancellationToken,
            ("@at", at.ToMicros()),
            ("@step", (long)step),
            ("@n", number)
        );

    public static async Task<OrderRow?> FindAsync(this OrderBook book, string id, CancellationToken cancellationToken) =>
        (await book.QueryAsync(Find, reader => Row(reader, 0), cancellationToken, ("@id", id))).FirstOrDefault();

    public static long ToMicros(this DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Time(SqliteDataReader reader, int column) =>
        new((reader.GetInt64(column) * TimeSpan.TicksPerMicrosecond) + DateTime.UnixEpoch.Ticks, TimeSpan.Zero);

    private static OrderRow Row(SqliteDataReader reader, int first) =>
        new()
        {
            Id = reader.GetString(first),
            Status = reader.GetString(first + 1),
            PlacedAt = Time(reader, first + 2),
            PaidAt = MaybeTime(reader, first + 3),
            ShippedAt = MaybeTime(reader, first + 4),
            DeliveredAt = MaybeTime(reader, first + 5),
            PromisedBy = Text(reader, first + 6) is { } date ? DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
            CustomerEmail = Text(reader, first + 7),
            CustomerName = Text(reader, first + 8),
            Culture = Text(reader, first + 9),
            Carrier = Text(reader, first + 10),
            TrackingNumber = Text(reader, first + 11),
            ShippingMethod = Text(reader, first + 12),
        };

    private static DateTimeOffset? MaybeTime(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : Time(reader, column);

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
