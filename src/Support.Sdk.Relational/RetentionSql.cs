using Support.Sdk.Contacts;
using Support.Sdk.Orders;

namespace Support.Sdk.Relational;

/// <summary>Removes what is old enough, a batch at a time, found from its oldest end: what is not due costs nothing.</summary>
internal sealed class RetentionSql(Database database, ContentSql contents)
{
    private readonly TicketRetention _tickets = new(database, contents);

    private readonly string _quiet = $"""
        SELECT o.shop, o.order_id FROM support_orders o
        WHERE o.quiet_since <= @cut AND o.check_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM support_deliveries d JOIN support_outbox b ON b.seq = d.seq
            WHERE d.shop = o.shop AND d.order_id = o.order_id AND b.state IN ('Pending', 'Retry')
        )
        ORDER BY o.quiet_since {database.Dialect.Limit("@max")}
        """;

    private readonly string _parked = database.Dialect.Update(
        new SqlUpdate("support_inbox", "id")
        {
            Set = [("state", "'Done'"), ("body", "''"), ("reason", "'It was put aside for longer than events are kept.'")],
            Pick = new SqlPick("state = 'Parked' AND received_at <= @cut", "id"),
        }
    );

    private readonly string _oldest = $"SELECT id, state, received_at FROM support_inbox WHERE id > @after ORDER BY id {database.Dialect.Limit("@max")}";

    private readonly IReadOnlyList<string> _deleteOrders =
    [
        $"""
            DELETE FROM support_outbox WHERE seq IN (
                SELECT d.seq FROM {database.Dialect.Rows(RowShape.Keys)} AS r JOIN support_deliveries d ON d.shop = r.r_shop AND d.order_id = r.r_order
            )
            """,
        .. ((string[])["support_deliveries", "support_decisions", "support_order_contacts", "support_orders"]).Select(table =>
            $"DELETE FROM {table} WHERE {database.Dialect.Among("shop, order_id", "r_shop, r_order", $"{database.Dialect.Rows(RowShape.Keys)} AS r")}"
        ),
    ];

    private readonly string _deleteEntries =
        $"DELETE FROM support_inbox WHERE id IN (SELECT value FROM {database.Dialect.Rows(RowShape.Numbers)} AS v) AND state = 'Done'";

    public async Task<int> RemoveAsync(RetentionCut cut, CancellationToken cancellationToken)
    {
        var removed = 0;
        if (cut.QuietSince is { } quiet)
        {
            removed += await OrdersAsync(quiet, cut.Max, cancellationToken);
        }

        if (cut.TicketsClosedUntil is { } closed)
        {
            removed += await _tickets.RemoveAsync(closed, cut.Max, cancellationToken);
        }

        if (cut.ParkedUntil is { } parked)
        {
            removed += await database.WriteAsync(
                session => session.ExecuteAsync(_parked, cancellationToken, ("@cut", Micros.Down(parked)), ("@max", cut.Max)),
                cancellationToken
            );
        }

        return cut.EventIdsUntil is { } until ? removed + await EntriesAsync(Micros.Down(until), cut.Max, cancellationToken) : removed;
    }

    private async Task<int> OrdersAsync(DateTimeOffset quietSince, int max, CancellationToken cancellationToken)
    {
        var cut = ("@cut", (object?)Micros.Down(quietSince));
        var found = await database.ReadAsync(session => ReadAsync(session), cancellationToken);
        return found.Count == 0
            ? 0
            : await database.WriteAsync(
                async session =>
                {
                    // Read again inside the transaction: somebody may have brought news of an order meanwhile.
                    var keys = await ReadAsync(session);
                    foreach (var delete in _deleteOrders)
                    {
                        await session.ExecuteAsync(delete, cancellationToken, RowShape.Keys.Of(keys));
                    }

                    return keys.Count;
                },
                cancellationToken
            );

        Task<List<OrderKey>> ReadAsync(SqlSession session) =>
            session.QueryAsync(_quiet, reader => new OrderKey(reader.GetString(0), reader.GetString(1)), cancellationToken, cut, ("@max", max));
    }

    // Ids rise with the time of arrival, so the walk ends at the first entry that is too young.
    private async Task<int> EntriesAsync(long cut, int max, CancellationToken cancellationToken)
    {
        var last = 0L;
        while (true)
        {
            var after = last;
            var rows = await database.ReadAsync(
                session =>
                    session.QueryAsync(
                        _oldest,
                        reader => (Id: reader.GetInt64(0), IsDone: reader.Name<Intake.InboxState>(1) == Intake.InboxState.Done, At: reader.GetInt64(2)),
                        cancellationToken,
                        ("@after", after),
                        ("@max", max)
                    ),
                cancellationToken
            );
            var old = rows.TakeWhile(row => row.At <= cut).ToList();
            var ids = old.Where(row => row.IsDone).Select(row => row.Id).ToList();
            if (ids.Count > 0)
            {
                return await database.WriteAsync(
                    session => session.ExecuteAsync(_deleteEntries, cancellationToken, RowShape.Numbers.Of(ids)),
                    cancellationToken
                );
            }

            if (old.Count < rows.Count || rows.Count < max)
            {
                return 0;
            }

            last = rows[^1].Id;
        }
    }
}
