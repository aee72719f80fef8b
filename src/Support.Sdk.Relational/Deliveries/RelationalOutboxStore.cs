using System.Text.Json;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Relational.Orders;

namespace Support.Sdk.Relational.Deliveries;

/// <summary>Messages and what became of them as a table.</summary>
internal sealed class RelationalOutboxStore(RelationalDatabase database) : IOutboxStore
{
    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    private readonly DeliverySql _sql = new(database.Dialect);
    private readonly OrderSql _orders = new(database.Dialect);

    public async Task<IReadOnlyList<MessageDelivery>> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken = default)
    {
        // An attempt of a channel that knows no keys must never be forgotten: it could be made twice.
        var claimed = claim.Idempotent
            ? await database.ClaimAsync(session => ClaimAsync(session, claim, cancellationToken), cancellationToken)
            : await database.WriteAsync(session => ClaimAsync(session, claim, cancellationToken), cancellationToken);
        return [.. claimed.OrderBy(row => row.Delivery.DueAt).ThenBy(row => row.Number).Select(row => row.Delivery)];
    }

    public async Task<IReadOnlyList<string>> SaveAsync(IReadOnlyList<DeliveryUpdate> updates, CancellationToken cancellationToken = default) =>
        updates.Count == 0 ? [] : await database.WriteAsync(session => SaveAsync(session, updates, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<MessageDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Max, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Max, 1000, nameof(query));
        return await database.ReadAsync(session => ListAsync(session, query, cancellationToken), cancellationToken);
    }

    public async Task<IReadOnlyList<RecentContact>> RecentAsync(
        string shop,
        IReadOnlyList<ContactPoint> contactPoints,
        DateTimeOffset since,
        CancellationToken cancellationToken = default
    )
    {
        if (contactPoints.Count == 0)
        {
            return [];
        }

        var rows = JsonRows.Write(contactPoints.Index(), WriteContactPoint);
        var found = await database.ReadAsync(
            session =>
                session
                    .Command(_sql.Recent, ("@shop", shop), ("@since", StoredTime.Down(since)), ("@rows", rows))
                    .ReadAllAsync(
                        row => new RecentContact
                        {
                            ContactPoint = contactPoints[row.GetInt32(0)],
                            InLastDay = row.GetInt32(1),
                            NextSlotAt = row.TimeOrNull(2) + OneDay,
                            Unreachable = !row.IsDBNull(3) && DeliveryRow.State(row, 3) is DeliveryState.Bounced or DeliveryState.Rejected,
                        },
                        cancellationToken
                    ),
            cancellationToken
        );
        return found;
    }

    private async Task<List<(MessageDelivery Delivery, long Number)>> ClaimAsync(DbSession session, OutboxClaim claim, CancellationToken cancellationToken)
    {
        var now = StoredTime.Down(claim.Now);
        var reason = claim.Idempotent ? "The attempt before did not end." : "The attempt did not end: nobody knows whether it was sent.";
        await session
            .Command(_sql.TakeBack, ("@channel", claim.Channel), ("@idempotent", claim.Idempotent ? 1 : 0), ("@now", now), ("@reason", reason))
            .ExecuteNonQueryAsync(cancellationToken);

        var expired = await session
            .Command(_sql.Expire, ("@now", now))
            .ReadAllAsync(row => (Shop: row.GetString(0), Order: row.TextOrNull(1)), cancellationToken);
        await FallDueAsync(session, expired.Select(row => (row.Shop, row.Order, now)), cancellationToken);

        return await session
            .Command(_sql.Claim, ("@channel", claim.Channel), ("@now", now), ("@max", claim.Max), ("@lease", StoredTime.Length(claim.Lease)))
            .ReadAllAsync(row => (DeliveryRow.Read(row), row.GetInt64(9)), cancellationToken);
    }

    private async Task<IReadOnlyList<string>> SaveAsync(DbSession session, IReadOnlyList<DeliveryUpdate> updates, CancellationToken cancellationToken)
    {
        var missed = new List<string>();
        var ended = new List<(string Shop, string? Order, long At)>();
        foreach (var round in Rounds(updates))
        {
            var saved = await session
                .Command(_sql.Save, ("@rows", JsonRows.Write(round, WriteUpdate)))
                .ReadAllAsync(
                    row => (Id: row.GetString(0), Shop: row.GetString(1), Order: row.TextOrNull(2), State: DeliveryRow.State(row, 3), At: row.GetInt64(4)),
                    cancellationToken
                );
            var ids = saved.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
            missed.AddRange(round.Select(update => update.Id).Where(id => !ids.Contains(id)));
            ended.AddRange(saved.Where(row => EndsUntold(row.State)).Select(row => (row.Shop, row.Order, row.At)));
        }

        await FallDueAsync(session, ended, cancellationToken);
        return missed;
    }

    /// <summary>Two updates of one delivery are applied one after the other: a statement sees each row once.</summary>
    private static IEnumerable<List<DeliveryUpdate>> Rounds(IReadOnlyList<DeliveryUpdate> updates) =>
        updates
            .GroupBy(update => update.Id, StringComparer.Ordinal)
            .SelectMany(delivery => delivery.Index())
            .GroupBy(row => row.Index, row => row.Item)
            .OrderBy(round => round.Key)
            .Select(round => round.ToList());

    // Superseded and suppressed messages were ended by a decision; there is nothing to decide again.
    private static bool EndsUntold(DeliveryState state) =>
        state is DeliveryState.Rejected or DeliveryState.Failed or DeliveryState.Bounced or DeliveryState.Expired;

    private async Task FallDueAsync(DbSession session, IEnumerable<(string Shop, string? Order, long At)> ended, CancellationToken cancellationToken)
    {
        var orders = ended
            .Where(row => row.Order is not null)
            .GroupBy(row => (row.Shop, row.Order), row => row.At)
            .Select(order => (order.Key.Shop, order.Key.Order, At: order.Min()))
            .ToList();
        if (orders.Count > 0)
        {
            await session.Command(_orders.FallDue, ("@rows", JsonRows.Write(orders, WriteFallDue))).ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private async Task<List<MessageDelivery>> ListAsync(DbSession session, DeliveryQuery query, CancellationToken cancellationToken)
    {
        var open = query.States.Count > 0 && query.States.All(IsOpen);
        var text = _sql.List(query.Id is not null, query.Shop is not null, query.Order is not null, query.States.Count > 0, open, query.After is not null);
        var states = JsonRows.Write(query.States, (writer, state) => writer.WriteNumber("state", (int)state));
        return await session
            .Command(
                text,
                ("@id", query.Id),
                ("@shop", query.Shop),
                ("@order_shop", query.Order?.Shop),
                ("@order", query.Order?.Id),
                ("@rows", states),
                ("@after", query.After),
                ("@max", query.Max)
            )
            .ReadAllAsync(DeliveryRow.Read, cancellationToken);
    }

    private static bool IsOpen(DeliveryState state) =>
        state is DeliveryState.Pending or DeliveryState.Sending or DeliveryState.Retry or DeliveryState.InDoubt or DeliveryState.Held;

    private static void WriteUpdate(Utf8JsonWriter writer, DeliveryUpdate update)
    {
        writer.WriteString("id", update.Id);
        writer.WriteNumber("from_state", (int)update.From);
        writer.WriteOptional("lease_token", update.LeaseToken);
        writer.WriteNumber("to_state", (int)update.To);
        writer.WriteNumber("changed_at", StoredTime.Down(update.At));
        writer.WriteOptional("due_at", StoredTime.Up(update.DueAt));
        writer.WriteOptional("send_before", StoredTime.Up(update.SendBefore));
        writer.WriteOptional("reason", update.Reason);
        writer.WriteOptional("provider_id", update.ProviderId);
    }

    private static void WriteFallDue(Utf8JsonWriter writer, (string Shop, string? Order, long At) row)
    {
        writer.WriteString("shop", row.Shop);
        writer.WriteOptional("id", row.Order);
        writer.WriteNumber("due_at", row.At);
    }

    private static void WriteContactPoint(Utf8JsonWriter writer, (int Index, ContactPoint Item) row)
    {
        writer.WriteNumber("position", row.Index);
        writer.WriteString("channel", row.Item.Channel);
        writer.WriteString("recipient", DeliveryRow.Recipient(row.Item));
    }
}
