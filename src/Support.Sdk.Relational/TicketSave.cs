using Support.Sdk.Tickets;

namespace Support.Sdk.Relational;

/// <summary>Saves tickets with everything an act caused, one statement a table whatever their number.</summary>
internal sealed class TicketSave(SqlDialect dialect)
{
    // The two versions are the same when the labels are others than before.
    private const string Saved = "shop, number, labels_version, version";

    private static readonly RowShape<Ticket> Tickets = new RowShape<Ticket>()
        .Text("r_shop", ticket => ticket.Key.Shop)
        .Number("r_number", ticket => ticket.Key.Number)
        .Number("r_version", ticket => ticket.Version)
        .Text("r_opened", ticket => ticket.OpenedBy)
        .Text("r_status", ticket => ticket.Status.ToString())
        .Text("r_priority", ticket => ticket.Priority.ToString())
        .Text("r_channel", ticket => ticket.Channel)
        .Text("r_kind", ticket => ticket.Kind.ToString())
        .Text("r_team", ticket => ticket.Team)
        .Text("r_assignee", ticket => ticket.Assignee)
        .Text("r_customer", ticket => ticket.Requester.CustomerId)
        .Number("r_check", ticket => Micros.Up(ticket.CheckAt))
        .Number("r_due", ticket => Micros.Up(ticket.DueAt))
        .Number("r_closed", ticket => ticket.Status == TicketStatus.Closed ? Micros.Up(ticket.ChangedAt) : null)
        .Number("r_labels", ticket => TicketLabels.Fingerprint(ticket))
        .Text("r_body", SupportJson.Write);

    private readonly SaveEffects _effects = new(dialect);
    private readonly TicketEntries _entries = new(dialect);
    private readonly TicketLabels _labels = new(dialect);
    private readonly TicketContents _contents = new(dialect);

    private readonly string _update = dialect.Update(
        new SqlUpdate("support_tickets", "id")
        {
            Set =
            [
                ("version", "version + 1"),
                ("status", "r.r_status"),
                ("priority", "r.r_priority"),
                ("channel", "r.r_channel"),
                ("kind", "r.r_kind"),
                ("team", "r.r_team"),
                ("assignee", "r.r_assignee"),
                ("customer_id", "r.r_customer"),
                ("check_at", "r.r_check"),
                ("due_at", "r.r_due"),
                ("closed_at", "r.r_closed"),
                ("lease_until", "0"),
                ("labels", "r.r_labels"),
                ("labels_version", "CASE WHEN labels = r.r_labels THEN labels_version ELSE version + 1 END"),
                ("body", "r.r_body"),
            ],
            From = $"{dialect.Rows(Tickets)} AS r",
            Where = "shop = r.r_shop AND number = r.r_number AND version = r.r_version",
            Returning = Saved,
        }
    );

    private readonly string _insert = dialect.Insert(
        new SqlInsert(
            "support_tickets",
            "shop, number, version, opened_by, status, priority, channel, kind, team, assignee, customer_id, check_at, due_at, closed_at, labels, labels_version, body"
        )
        {
            Values =
                "r_shop, r_number, 1, r_opened, r_status, r_priority, r_channel, r_kind, r_team, r_assignee, r_customer, r_check, r_due, r_closed, r_labels, CASE WHEN r_labels = 0 THEN 0 ELSE 1 END, r_body",
            From = $"{dialect.Rows(Tickets)} AS r",
            Key = "shop, number",
            OtherKey = "shop, opened_by",
            Returning = Saved,
        }
    );

    public async Task<IReadOnlyList<TicketKey>> SaveAsync(SqlSession session, IReadOnlyList<TicketChange> changes, CancellationToken cancellationToken)
    {
        var first = First(changes);
        var known = await _entries.KnownAsync(session, first, cancellationToken);
        var open = first.Where(change => !known.Contains(change.Ticket.Key)).ToList();
        var updated = await TicketsAsync(session, _update, [.. open.Select(change => change.Ticket).Where(ticket => ticket.Version > 0)], cancellationToken);
        var inserted = await TicketsAsync(session, _insert, [.. open.Select(change => change.Ticket).Where(ticket => ticket.Version == 0)], cancellationToken);
        var won = updated.Concat(inserted).ToDictionary(row => row.Key, row => row.HasOtherLabels);
        var applied = open.Where(change => won.ContainsKey(change.Ticket.Key)).ToList();
        await _labels.SaveAsync(session, [.. applied.Select(change => change.Ticket).Where(ticket => won[ticket.Key])], cancellationToken);
        await EffectsAsync(session, applied, cancellationToken);
        var winners = applied.ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. changes.Where(change => !winners.Contains(change)).Select(change => change.Ticket.Key)];
    }

    // Two changes of one ticket were made from the same version, and two tickets opened by the same event are one: the first wins, the
    // second has lost already. In one order, so that two workers do not wait for each other in a ring.
    private static List<TicketChange> First(IReadOnlyList<TicketChange> changes) =>
        [
            .. changes
                .DistinctBy(change => change.Ticket.Key)
                .DistinctBy(change =>
                    change.Ticket.Version > 0 ? (change.Ticket.Key, OpenedBy: null) : (change.Ticket.Key with { Number = 0 }, change.Ticket.OpenedBy)
                )
                .OrderBy(change => change.Ticket.Key.Shop, StringComparer.Ordinal)
                .ThenBy(change => change.Ticket.Key.Number),
        ];

    private static async Task<List<(TicketKey Key, bool HasOtherLabels)>> TicketsAsync(
        SqlSession session,
        string sql,
        IReadOnlyList<Ticket> tickets,
        CancellationToken cancellationToken
    )
    {
        if (tickets.Count == 0)
        {
            return [];
        }

        return await session.QueryAsync(
            sql,
            reader => (new TicketKey(reader.GetString(0), reader.GetInt64(1)), reader.GetInt64(2) == reader.GetInt64(3)),
            cancellationToken,
            Tickets.Of(tickets)
        );
    }

    private async Task EffectsAsync(SqlSession session, List<TicketChange> applied, CancellationToken cancellationToken)
    {
        await _effects.InboxAsync(session, [.. applied.SelectMany(change => change.InboxIds)], cancellationToken);
        await _entries.AddAsync(session, applied, cancellationToken);
        await _contents.NameAsync(session, applied, cancellationToken);
        await _effects.DeliveriesAsync(session, NewMessages.Of(applied.SelectMany(change => change.Deliveries), []), asNew: false, cancellationToken);
        foreach (var change in applied)
        {
            if (change.Copy is { } copy)
            {
                await _entries.CopyAsync(session, change.Ticket.Key, copy, cancellationToken);
                await _contents.CopyAsync(session, change.Ticket.Key, copy, cancellationToken);
            }
        }
    }
}
