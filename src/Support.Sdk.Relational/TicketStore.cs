using System.Data.Common;
using Support.Sdk.Tickets;

namespace Support.Sdk.Relational;

internal sealed class TicketStore(Database database) : ITicketStore
{
    internal const string Columns = "t.shop, t.number, t.version, t.body, t.check_at";

    private readonly DueClaims _claims = new(database.Dialect, "support_tickets", "check_at", "shop, number, version, body, check_at");
    private readonly TicketSave _save = new(database.Dialect);

    private readonly string _find = $"""
        SELECT {Columns} FROM {database.Dialect.Rows(RowShape.TicketKeys)} AS k
        JOIN support_tickets t ON t.shop = k.r_shop AND t.number = k.r_number
        """;

    private readonly string _take = database.Dialect.Insert(
        new SqlInsert("support_ticket_numbers", "shop, taken")
        {
            From = "(SELECT @shop AS shop, @count AS taken) AS r",
            Key = "shop",
            Adds = ["taken"],
        }
    );

    private readonly string _putAside = database.Dialect.Update(
        new SqlUpdate("support_tickets", "id")
        {
            Set = [("check_at", "NULL"), ("lease_until", "0")],
            From = $"{database.Dialect.Rows(RowShape.TicketKeys)} AS k",
            Where = "shop = k.r_shop AND number = k.r_number",
        }
    );

    public async Task<long> TakeNumbersAsync(string shop, int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1000);
        var taken = await database.WriteAsync(
            async session =>
            {
                await session.LaterAsync(_take, cancellationToken, ("@shop", shop), ("@count", (long)count));
                return await session.QueryAsync(
                    "SELECT taken FROM support_ticket_numbers WHERE shop = @shop",
                    reader => reader.GetInt64(0),
                    cancellationToken,
                    ("@shop", shop)
                );
            },
            // A ticket that outlives a power cut takes what was written before it along.
            survivesPowerCut: false,
            cancellationToken
        );
        return taken[0] - count + 1;
    }

    public async Task<IReadOnlyList<Ticket>> FindAsync(IReadOnlyList<TicketKey> keys, CancellationToken cancellationToken = default) =>
        keys.Count == 0
            ? []
            : Readable(
                await database.ReadAsync(
                    session => session.QueryAsync(_find, Read, cancellationToken, RowShape.TicketKeys.Of([.. keys.Distinct()])),
                    cancellationToken
                )
            );

    public async Task<IReadOnlyList<Ticket>> ListAsync(TicketQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Max, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Max, 1000, nameof(query));
        if (query is { Order: TicketOrder.Due, After.DueAt: null, After: not null })
        {
            throw new ArgumentException("A list by what is due goes on after a place that has its DueAt.", nameof(query));
        }

        var (sql, parameters) = TicketList.Of(query, database.Dialect);
        return Readable(await database.ReadAsync(session => session.QueryAsync(sql, Read, cancellationToken, parameters), cancellationToken));
    }

    public async Task<IReadOnlyList<TicketEntry>> EntriesAsync(TicketEntryQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Max, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Max, 1000, nameof(query));
        (string, object?)[] parameters = [("@shop", query.Key.Shop), ("@ticket", query.Key.Number), ("@after", query.After), ("@max", query.Max)];
        var entries = await database.ReadAsync(
            session =>
                session.QueryAsync(
                    TicketEntries.Select(query, database.Dialect),
                    TicketEntries.Read,
                    cancellationToken,
                    query.RequestId is { } request ? [.. parameters, ("@request", request)] : parameters
                ),
            cancellationToken
        );
        if (query.Latest)
        {
            entries.Reverse();
        }

        return entries;
    }

    public async Task<IReadOnlyList<Ticket>> ClaimAsync(DateTimeOffset now, int max, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        if (!await database.ReadAsync(session => _claims.AnyAsync(session, now, cancellationToken), cancellationToken))
        {
            return [];
        }

        return await database.WriteAsync(
            async session =>
            {
                var rows = await _claims.ClaimAsync(session, new DueClaim(now, max, lease), Read, cancellationToken);
                var unreadable = rows.Where(row => row.Ticket is null).Select(row => row.Key).ToList();
                if (unreadable.Count > 0)
                {
                    // A row that nobody can read must not keep the others from being claimed.
                    await session.ExecuteAsync(_putAside, cancellationToken, RowShape.TicketKeys.Of(unreadable));
                }

                return Readable(rows);
            },
            survivesPowerCut: false,
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<TicketKey>> SaveAsync(IReadOnlyList<TicketChange> changes, CancellationToken cancellationToken = default)
    {
        var lost = new List<TicketKey>();
        var single = changes.Where(change => change.With is null).ToList();
        if (single.Count > 0)
        {
            lost.AddRange(await database.WriteAsync(session => _save.SaveAsync(session, single, cancellationToken), cancellationToken));
        }

        foreach (var change in changes.Where(change => change.With is not null))
        {
            lost.AddRange(await TogetherAsync([.. Together(change)], cancellationToken));
        }

        return lost;
    }

    private static IEnumerable<TicketChange> Together(TicketChange change)
    {
        for (var next = change; next is not null; next = next.With)
        {
            yield return next;
        }
    }

    private Task<IReadOnlyList<TicketKey>> TogetherAsync(IReadOnlyList<TicketChange> changes, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<TicketKey>>(
            async session =>
            {
                if ((await _save.SaveAsync(session, changes, cancellationToken)).Count == 0)
                {
                    return [];
                }

                session.Undo();
                return [.. changes.Select(change => change.Ticket.Key)];
            },
            cancellationToken
        );

    private static IReadOnlyList<Ticket> Readable(List<TicketRow> rows) => [.. rows.Select(row => row.Ticket).OfType<Ticket>()];

    private static TicketRow Read(DbDataReader reader)
    {
        var key = new TicketKey(reader.GetString(0), reader.GetInt64(1));
        return reader.Stored(3, SupportJson.ReadTicket) is { } ticket
            ? new TicketRow(key, ticket with { Key = key, Version = reader.GetInt64(2), CheckAt = reader.MaybeTime(4) })
            : new TicketRow(key, Ticket: null);
    }

    /// <summary>A stored ticket, or only its key when what is stored cannot be read.</summary>
    private readonly record struct TicketRow(TicketKey Key, Ticket? Ticket);
}
