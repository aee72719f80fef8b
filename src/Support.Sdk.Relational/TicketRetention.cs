using Support.Sdk.Tickets;

namespace Support.Sdk.Relational;

/// <summary>Removes closed tickets with everything that is theirs, the one that was closed first first.</summary>
internal sealed class TicketRetention(Database database, ContentSql contents)
{
    private const string Closed = """
        closed_at <= @cut AND NOT EXISTS (
            SELECT 1 FROM support_ticket_entries e
            JOIN support_deliveries d ON d.id = e.delivery_id
            JOIN support_outbox b ON b.seq = d.seq
            WHERE e.shop = support_tickets.shop AND e.ticket = support_tickets.number AND b.state IN ('Pending', 'Retry')
        )
        """;

    private readonly TicketEntries _entries = new(database.Dialect);
    private readonly TicketLabels _labels = new(database.Dialect);

    private readonly string _any = $"SELECT 1 FROM support_tickets WHERE {Closed} ORDER BY closed_at {database.Dialect.Limit("1")}";

    // Whoever is about to save one of them waits for the end of this transaction, and then finds it gone.
    private readonly string _take = database.Dialect.Update(
        new SqlUpdate("support_tickets", "id")
        {
            Set = [("version", "version + 1")],
            Pick = new SqlPick(Closed, "closed_at"),
            Returning = "shop, number",
        }
    );

    // What is about an order goes with the order.
    private readonly IReadOnlyList<string> _deleteMessages =
    [
        $"""
            DELETE FROM support_outbox WHERE seq IN (
                SELECT d.seq FROM {database.Dialect.Rows(RowShape.TicketKeys)} AS r
                JOIN support_ticket_entries e ON e.shop = r.r_shop AND e.ticket = r.r_number
                JOIN support_deliveries d ON d.id = e.delivery_id
                WHERE d.order_id IS NULL
            )
            """,
        $"""
            DELETE FROM support_deliveries WHERE order_id IS NULL AND id IN (
                SELECT e.delivery_id FROM {database.Dialect.Rows(RowShape.TicketKeys)} AS r
                JOIN support_ticket_entries e ON e.shop = r.r_shop AND e.ticket = r.r_number
                WHERE e.delivery_id IS NOT NULL
            )
            """,
    ];

    private readonly string _delete =
        $"DELETE FROM support_tickets WHERE {database.Dialect.Among("shop, number", "r_shop, r_number", $"{database.Dialect.Rows(RowShape.TicketKeys)} AS r")}";

    public async Task<int> RemoveAsync(DateTimeOffset closedUntil, int max, CancellationToken cancellationToken)
    {
        var cut = ("@cut", (object?)Micros.Down(closedUntil));
        var any = await database.ReadAsync(session => session.QueryAsync(_any, _ => true, cancellationToken, cut), cancellationToken);
        if (any.Count == 0)
        {
            return 0;
        }

        var (removed, files) = await database.WriteAsync(
            async session =>
            {
                var tickets = await session.QueryAsync(
                    _take,
                    reader => new TicketKey(reader.GetString(0), reader.GetInt64(1)),
                    cancellationToken,
                    cut,
                    ("@max", max)
                );
                return (tickets.Count, await DeleteAsync(session, tickets, cancellationToken));
            },
            cancellationToken
        );
        await contents.RemoveAsync(files, cancellationToken);
        return removed;
    }

    private async Task<List<ContentKey>> DeleteAsync(SqlSession session, List<TicketKey> tickets, CancellationToken cancellationToken)
    {
        if (tickets.Count == 0)
        {
            return [];
        }

        var files = await contents.DropAsync(session, tickets, cancellationToken);
        foreach (var delete in _deleteMessages)
        {
            await session.LaterAsync(delete, cancellationToken, RowShape.TicketKeys.Of(tickets));
        }

        await _entries.DeleteAsync(session, tickets, cancellationToken);
        await _labels.DeleteAsync(session, tickets, cancellationToken);
        await session.LaterAsync(_delete, cancellationToken, RowShape.TicketKeys.Of(tickets));
        return files;
    }
}
