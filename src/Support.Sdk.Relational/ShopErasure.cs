namespace Support.Sdk.Relational;

/// <summary>Removes what is stored for a shop, a batch of one sort after the other: what causes something goes before what it causes.</summary>
internal sealed class ShopErasure(Database database, ContentSql contents)
{
    private readonly string _pending = Entries(database.Dialect, $"state = 'Pending' AND lease_until <= {database.Dialect.Now}", "order_id, id");

    private readonly string _parked = Entries(database.Dialect, "state = 'Parked'", "id");

    // No index leads to them, because it would cost every event: they are looked for among all that are kept, and when nothing else is left.
    private readonly string _done = Entries(database.Dialect, "state = 'Done'", "id");

    private readonly string _deleteEntries =
        $"DELETE FROM support_inbox WHERE id IN (SELECT value FROM {database.Dialect.Rows(RowShape.Numbers)} AS v) AND (state <> 'Pending' OR lease_until <= {database.Dialect.Now})";

    // Without the order, nobody decides about it any more.
    private readonly IReadOnlyList<string> _deleteOrders =
    [
        Delete(database.Dialect, "support_orders", "id", order: "order_id"),
        Delete(database.Dialect, "support_order_contacts", "shop, channel, contact, placed_at, order_id", order: "order_id"),
        Delete(database.Dialect, "support_decisions", "id", order: "order_id, decided_at"),
    ];

    // The outbox is asked for each message: a planner would rather walk over it for the few that somebody sends.
    private readonly string _messages = $"""
        SELECT d.seq FROM support_deliveries d
        WHERE d.shop = @shop AND COALESCE((SELECT o.lease_until FROM support_outbox o WHERE o.seq = d.seq), 0) <= {database.Dialect.Now}
        ORDER BY d.order_id, d.seq {database.Dialect.Limit("@max")}
        """;

    // One that somebody claims at this moment keeps its row in the outbox, and with it what it says.
    private readonly string _deleteOutbox =
        $"DELETE FROM support_outbox WHERE seq IN (SELECT value FROM {database.Dialect.Rows(RowShape.Numbers)} AS v) AND lease_until <= {database.Dialect.Now}";

    private readonly string _deleteMessages =
        $"DELETE FROM support_deliveries WHERE seq IN (SELECT value FROM {database.Dialect.Rows(RowShape.Numbers)} AS v) AND NOT EXISTS (SELECT 1 FROM support_outbox o WHERE o.seq = support_deliveries.seq)";

    // The numbers go after the tickets: a new one would be given a number that is taken.
    private readonly IReadOnlyList<string> _deleteOthers =
    [
        Delete(database.Dialect, "support_tickets", "id", order: "number"),
        Delete(database.Dialect, "support_ticket_orders", "shop, order_id, number", order: "number"),
        Delete(database.Dialect, "support_ticket_tags", "shop, tag, number", order: "number"),
        Delete(database.Dialect, "support_ticket_entries", "shop, ticket, number", order: "ticket, number"),
        Delete(database.Dialect, "support_ticket_contents", "shop, ticket, entry, content_id", order: "ticket, entry, content_id"),
        Delete(database.Dialect, "support_ticket_numbers", "shop", order: "shop"),
        Delete(database.Dialect, "support_customers", "id", order: "customer_id"),
        Delete(database.Dialect, "support_customer_contacts", "shop, channel, contact", order: "channel, contact"),
        Delete(database.Dialect, "support_contacts", "id", order: "contact_key"),
        Delete(database.Dialect, "support_consents", "id", order: "contact_key, id"),
        Delete(database.Dialect, "support_shops", "shop", order: "shop"),
        Delete(database.Dialect, "support_shop_figures", "shop, slot", order: "slot"),
        Delete(database.Dialect, "support_notice_days", "shop, day, slot", order: "day, slot"),
        Delete(database.Dialect, "support_states", "shop, name", order: "name"),
    ];

    public async Task<int> RemoveAsync(string shop, int max, CancellationToken cancellationToken)
    {
        var batch = new[] { ("@shop", (object?)shop), ("@max", max) };
        // A file that cannot be deleted keeps nothing else from going.
        Func<Task<int>>[] sorts =
        [
            () => EntriesAsync(_pending, batch, cancellationToken),
            () => EntriesAsync(_parked, batch, cancellationToken),
            .. _deleteOrders.Select(Rows),
            () => MessagesAsync(batch, cancellationToken),
            .. _deleteOthers.Select(Rows),
            () => EntriesAsync(_done, batch, cancellationToken),
            () => FilesAsync(shop, max, cancellationToken),
        ];
        var removed = 0;
        foreach (var sort in sorts)
        {
            var count = await sort();
            removed += count;
            if (count >= max)
            {
                // What is left of this sort still needs the others.
                break;
            }
        }

        return removed;

        Func<Task<int>> Rows(string delete) =>
            () => database.StatementAsync(session => session.ExecuteAsync(delete, cancellationToken, batch), survivesPowerCut: true, cancellationToken);
    }

    private static string Delete(SqlDialect dialect, string table, string key, string order) => dialect.Delete(table, key, "shop = @shop", order);

    private static string Entries(SqlDialect dialect, string which, string order) =>
        $"SELECT id FROM support_inbox WHERE {which} AND shop = @shop ORDER BY {order} {dialect.Limit("@max")}";

    // Looked for outside the transaction: nobody has to wait meanwhile.
    private Task<List<long>> FindAsync(string sql, (string Name, object? Value)[] batch, CancellationToken cancellationToken) =>
        database.ReadAsync(session => session.QueryAsync(sql, reader => reader.GetInt64(0), cancellationToken, batch), cancellationToken);

    private async Task<int> EntriesAsync(string sql, (string Name, object? Value)[] batch, CancellationToken cancellationToken)
    {
        var ids = await FindAsync(sql, batch, cancellationToken);
        return ids.Count == 0
            ? 0
            : await database.WriteAsync(session => session.ExecuteAsync(_deleteEntries, cancellationToken, RowShape.Numbers.Of(ids)), cancellationToken);
    }

    private async Task<int> MessagesAsync((string Name, object? Value)[] batch, CancellationToken cancellationToken)
    {
        var ids = await FindAsync(_messages, batch, cancellationToken);
        return ids.Count == 0
            ? 0
            : await database.WriteAsync(
                async session =>
                {
                    await session.ExecuteAsync(_deleteOutbox, cancellationToken, RowShape.Numbers.Of(ids));
                    return await session.ExecuteAsync(_deleteMessages, cancellationToken, RowShape.Numbers.Of(ids));
                },
                cancellationToken
            );
    }

    private async Task<int> FilesAsync(string shop, int max, CancellationToken cancellationToken)
    {
        var dropped = await database.WriteAsync(session => contents.DropAsync(session, shop, max, cancellationToken), cancellationToken);
        await contents.RemoveAsync(dropped, cancellationToken);
        return dropped.Count;
    }
}
