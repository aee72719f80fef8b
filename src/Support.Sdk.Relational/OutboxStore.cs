using System.Data.Common;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.Relational;

internal sealed class OutboxStore(Database database) : IOutboxStore
{
    /// <summary>Holds for a row of deliveries whose shop lets messages flow.</summary>
    internal const string NotPaused = "shop NOT IN (SELECT shop FROM support_shops WHERE paused_at IS NOT NULL)";

    private const string Columns =
        "id, state, due_at, send_before, attempts, changed_at, reason, provider_id, CASE WHEN state = 'Sending' THEN lease_token ELSE 0 END, message, seq";

    private const string Expire = """
        UPDATE support_deliveries SET state = 'Expired', changed_at = @now, reason = 'It was not sent in time.'
        WHERE state IN ('Pending', 'Retry', 'Held') AND send_before <= @now
        RETURNING shop, order_id
        """;

    private readonly string _recover = $"""
        UPDATE support_deliveries SET
            state = CASE WHEN @idempotent = 1 THEN 'Pending' ELSE 'InDoubt' END,
            lease_until = 0, changed_at = @now, reason = 'The attempt was cut off; nobody knows how far it went.'
        WHERE channel = @channel AND state = 'Sending' AND lease_until <= {database.Dialect.Now}
        """;

    private readonly string _claim = $"""
        UPDATE support_deliveries SET
            state = 'Sending', attempts = attempts + 1, lease_token = lease_token + 1,
            lease_until = {database.Dialect.Now} + @lease, changed_at = @now
        WHERE seq IN (
            SELECT seq FROM support_deliveries
            WHERE channel = @channel AND state IN ('Pending', 'Retry') AND due_at <= @now AND {NotPaused}
            ORDER BY due_at, seq LIMIT @max
        )
        RETURNING {Columns}
        """;

    private readonly string _save = $"""
        UPDATE support_deliveries SET
            state = r.r_to, changed_at = r.r_at, due_at = COALESCE(r.r_due, due_at), send_before = COALESCE(r.r_before, send_before),
            reason = r.r_reason, provider_id = COALESCE(r.r_provider, provider_id), lease_until = 0
        FROM {database.Dialect.Rows("@rows", "r_id", "r_from", "r_token", "r_to", "r_at", "r_due", "r_before", "r_reason", "r_provider")} AS r
        WHERE id = r.r_id AND state = r.r_from AND (r.r_token IS NULL OR lease_token = r.r_token)
        RETURNING id, shop, order_id, state, changed_at
        """;

    // The version moves, so that whoever decides about the order at this moment loses and decides again.
    private readonly string _fallDue = $"""
        UPDATE support_orders SET check_at = CASE WHEN check_at < r.r_at THEN check_at ELSE r.r_at END, version = version + 1, lease_until = 0
        FROM {database.Dialect.Rows("@rows", "r_shop", "r_order", "r_at")} AS r
        WHERE shop = r.r_shop AND order_id = r.r_order
        """;

    private readonly string _recent = $"""
        SELECT c.c_channel, c.c_value, COUNT(d.seq), MIN(d.decided_at), (
            SELECT l.state FROM support_deliveries l
            WHERE l.shop = @shop AND l.channel = c.c_channel AND l.recipient = c.c_recipient
            AND l.state NOT IN ('Superseded', 'Suppressed', 'Expired', 'Pending', 'Held')
            ORDER BY l.decided_at DESC, l.seq DESC LIMIT 1
        )
        FROM {database.Dialect.Rows("@contacts", "c_channel", "c_value", "c_recipient")} AS c
        LEFT JOIN support_deliveries d ON d.shop = @shop AND d.channel = c.c_channel AND d.recipient = c.c_recipient
            AND d.decided_at > @since AND d.state NOT IN ('Superseded', 'Suppressed', 'Expired')
        GROUP BY c.c_channel, c.c_value, c.c_recipient
        """;

    public async Task<IReadOnlyList<MessageDelivery>> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken = default)
    {
        var claimed = await database.WriteAsync(
            session => ClaimAsync(session, claim, cancellationToken),
            // Without a key, a claim that a power cut undoes would be a message sent twice.
            survivesPowerCut: !claim.Idempotent,
            cancellationToken
        );
        return [.. claimed.OrderBy(row => row.Delivery.DueAt).ThenBy(row => row.Seq).Select(row => row.Delivery)];
    }

    public async Task<IReadOnlyList<string>> SaveAsync(IReadOnlyList<DeliveryUpdate> updates, CancellationToken cancellationToken = default) =>
        await database.WriteAsync(
            async session =>
            {
                var missed = new List<string>();
                foreach (var round in Rounds(updates))
                {
                    missed.AddRange(await SaveAsync(session, round, cancellationToken));
                }

                return missed;
            },
            cancellationToken
        );

    public async Task<IReadOnlyList<MessageDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Max, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Max, 1000, nameof(query));
        if (query is { To: not null, Shop: null })
        {
            throw new ArgumentException("A list by contact point needs the Shop as well.", nameof(query));
        }

        var (sql, parameters) = DeliveryList.Of(query, Columns, database.Dialect);
        var rows = await database.ReadAsync(session => session.QueryAsync(sql, Read, cancellationToken, parameters), cancellationToken);
        return rows.ConvertAll(row => row.Delivery);
    }

    public async Task<IReadOnlyList<RecentContact>> RecentAsync(
        string shop,
        IReadOnlyList<ContactPoint> contactPoints,
        DateTimeOffset since,
        CancellationToken cancellationToken = default
    )
    {
        var contacts = JsonRows.Write(contactPoints, contact => [contact.Channel, contact.Value, Recipient(contact)]);
        var rows = await database.ReadAsync(
            session =>
                session.QueryAsync(
                    _recent,
                    reader => new RecentContact
                    {
                        ContactPoint = new ContactPoint(reader.GetString(0), reader.GetString(1)),
                        InLastDay = reader.GetInt32(2),
                        NextSlotAt = reader.MaybeTime(3)?.AddDays(1),
                        Unreachable = reader.Text(4) is "Rejected" or "Bounced",
                    },
                    cancellationToken,
                    ("@shop", shop),
                    ("@contacts", contacts),
                    ("@since", Micros.Down(since))
                ),
            cancellationToken
        );
        return [.. rows.Where(row => row.InLastDay > 0 || row.Unreachable)];
    }

    /// <summary>One person's address is one, however it is written.</summary>
    internal static string Recipient(ContactPoint contact) => contact.Canonical().Value;

    private async Task<List<(MessageDelivery Delivery, long Seq)>> ClaimAsync(SqlSession session, OutboxClaim claim, CancellationToken cancellationToken)
    {
        var now = Micros.Down(claim.Now);
        await session.ExecuteAsync(_recover, cancellationToken, ("@channel", claim.Channel), ("@idempotent", claim.Idempotent ? 1 : 0), ("@now", now));
        var expired = await session.QueryAsync(Expire, reader => (Shop: reader.GetString(0), Order: reader.Text(1), At: now), cancellationToken, ("@now", now));
        await FallDueAsync(session, expired, cancellationToken);
        return await session.QueryAsync(
            _claim,
            Read,
            cancellationToken,
            ("@channel", claim.Channel),
            ("@now", now),
            ("@max", claim.Max),
            ("@lease", Micros.Length(claim.Lease))
        );
    }

    /// <summary>Two updates of one delivery are applied one after the other, because a statement sees every row once.</summary>
    private static IEnumerable<List<DeliveryUpdate>> Rounds(IReadOnlyList<DeliveryUpdate> updates) =>
        updates
            .GroupBy(update => update.Id, StringComparer.Ordinal)
            .SelectMany(delivery => delivery.Index())
            .GroupBy(row => row.Index, row => row.Item)
            .OrderBy(round => round.Key)
            .Select(round => round.ToList());

    private async Task<IEnumerable<string>> SaveAsync(SqlSession session, List<DeliveryUpdate> updates, CancellationToken cancellationToken)
    {
        var applied = await session.QueryAsync(
            _save,
            reader => (Id: reader.GetString(0), Shop: reader.GetString(1), Order: reader.Text(2), State: reader.Name<DeliveryState>(3), At: reader.GetInt64(4)),
            cancellationToken,
            ("@rows", JsonRows.Write(updates, Row))
        );
        var untold = applied
            .Where(row =>
                row.State is DeliveryState.Rejected or DeliveryState.Failed or DeliveryState.Bounced or DeliveryState.Expired or DeliveryState.Superseded
            )
            .Select(row => (row.Shop, row.Order, row.At));
        await FallDueAsync(session, untold, cancellationToken);
        var done = applied.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        return updates.Select(update => update.Id).Where(id => !done.Contains(id));
    }

    private async Task FallDueAsync(SqlSession session, IEnumerable<(string Shop, string? Order, long At)> orders, CancellationToken cancellationToken)
    {
        var due = orders.Where(order => order.Order is not null).DistinctBy(order => (order.Shop, order.Order)).ToList();
        if (due.Count > 0)
        {
            await session.ExecuteAsync(_fallDue, cancellationToken, ("@rows", JsonRows.Write(due, order => [order.Shop, order.Order, order.At])));
        }
    }

    private static object?[] Row(DeliveryUpdate update) =>
        [
            update.Id,
            update.From.ToString(),
            update.LeaseToken,
            update.To.ToString(),
            Micros.Down(update.At),
            Micros.Up(update.DueAt),
            Micros.Up(update.SendBefore),
            update.Reason,
            update.ProviderId,
        ];

    private static (MessageDelivery Delivery, long Seq) Read(DbDataReader reader) =>
        (
            new MessageDelivery
            {
                Message = SupportJson.ReadMessage(reader.GetString(9)),
                State = reader.Name<DeliveryState>(1),
                DueAt = reader.Time(2),
                SendBefore = reader.MaybeTime(3),
                Attempts = reader.GetInt32(4),
                ChangedAt = reader.Time(5),
                Reason = reader.Text(6),
                ProviderId = reader.Text(7),
                LeaseToken = reader.GetInt64(8),
            },
            reader.GetInt64(10)
        );
}
