using System.Globalization;
using System.Text.Json;
using DelayReplay.Orders;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace DelayReplay.Figures;

/// <summary>Copies what became of every message from the database into the order book, where the figures are counted.</summary>
internal static class MessageLedger
{
    private const int PageSize = 200;

    private const string Insert = """
        INSERT INTO messages (id, n, kind, occasion, state, decided_at)
        SELECT @id, n, @kind, @occasion, @state, @decided FROM orders WHERE order_id = @order
        """;

    public static Task CopyAsync(ReplayEngine engine, OrderBook book, TimeZoneInfo zone, CancellationToken cancellationToken) =>
        book.InOneTransactionAsync(
            async () =>
            {
                await book.ExecuteAsync("DELETE FROM messages", cancellationToken);
                await CopyMessagesAsync(engine, book, cancellationToken);
                await CopyDatesAsync(engine, book, zone, cancellationToken);
            },
            cancellationToken
        );

    private static async Task CopyMessagesAsync(ReplayEngine engine, OrderBook book, CancellationToken cancellationToken)
    {
        string? after = null;
        while (true)
        {
            var query = new DeliveryQuery
            {
                Shop = OrderView.Shop,
                Max = PageSize,
                After = after,
            };
            var page = await engine.Deliveries.ListAsync(query, cancellationToken);
            foreach (var (message, state) in page.Select(delivery => (delivery.Message, delivery.State)))
            {
                await book.ExecuteAsync(
                    Insert,
                    cancellationToken,
                    ("@id", message.Id),
                    ("@kind", message.Occasion.Split('/')[0]),
                    ("@occasion", message.Occasion),
                    ("@state", state.ToString()),
                    ("@decided", message.DecidedAt.ToMicros()),
                    ("@order", message.Order?.Id)
                );
            }

            if (page.Count < PageSize)
            {
                return;
            }

            after = page[^1].Message.Id;
        }
    }

    // The new dates that were told stand with the order, not with the message.
    private static async Task CopyDatesAsync(ReplayEngine engine, OrderBook book, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        const string Told = """
            SELECT n, order_id FROM orders
            WHERE n > @n AND n IN (SELECT n FROM messages WHERE kind IN ('order-at-risk', 'order-delayed')) ORDER BY n LIMIT 200
            """;
        var last = 0L;
        while (
            await book.QueryAsync(Told, reader => (Number: reader.GetInt64(0), Id: reader.GetString(1)), cancellationToken, ("@n", last)) is { Count: > 0 } page
        )
        {
            last = page[^1].Number;
            foreach (var order in await engine.Orders.FindAsync([.. page.Select(row => new OrderKey(OrderView.Shop, row.Id))], cancellationToken))
            {
                foreach (var notice in order.Notices.Where(notice => notice.NewDate is not null))
                {
                    await book.ExecuteAsync(
                        "UPDATE messages SET new_date_end = @end WHERE id = @id",
                        cancellationToken,
                        ("@end", notice.NewDate!.EndsAt(zone).ToMicros()),
                        ("@id", notice.DeliveryId)
                    );
                }
            }
        }
    }
}
