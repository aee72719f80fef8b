using System.Data.Common;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.Relational;

internal sealed class OutboxStore(Database database) : IOutboxStore
{
    /// <summary>Holds for a row whose shop lets messages flow.</summary>
    internal const string NotPaused = "shop NOT IN (SELECT shop FROM support_shops WHERE paused_at IS NOT NULL)";

    /// <summary>The state of a row of the outbox. One that is claimed keeps the state that it had, so that a claim touches no index.</summary>
    internal const string State = "CASE WHEN lease_until > 0 THEN 'Sending' ELSE state END";

    /// <summary>The reason by which a claim is told that only needs to be ended.</summary>
    private const string CutOff = "The attempt was cut off; nobody knows how far it went.";

    private const string Repeated = "The attempt before was cut off; this one repeats it.";

    /// <summary>Holds for a claim whose lease ran out and that is not to be tried again.</summary>
    private const string Ended = "lease_until > 0 AND (@idempotent = 0 OR attempts >= @max_attempts)";

    /// <summary>When a message was decided that counts as one to its recipient.</summary>
    private const string Told = "CASE WHEN o.state NOT IN ('Superseded', 'Suppressed', 'Expired') THEN d.decided_at END";

    private const string Columns =
        $"support_outbox.id, {State}, due_at, send_before, attempts, changed_at, reason, provider_id, CASE WHEN lease_until > 0 THEN lease_token ELSE 0 END, support_outbox.seq, support_outbox.shop, support_outbox.order_id";

    private static readonly RowShape<DeliveryUpdate> Updates = new RowShape<DeliveryUpdate>()
        .Text("r_id", update => update.Id)
        .Text("r_from", update => update.From.ToString())
        .Number("r_seq", update => LeaseTokens.Seq(update.LeaseToken))
        .Number("r_claims", update => LeaseTokens.Claims(update.LeaseToken))
        .Text("r_to", update => update.To.ToString())
        .Number("r_at", update => Micros.Down(update.At))
        .Number("r_due", update => Micros.Up(update.DueAt))
        .Number("r_before", update => Micros.Up(update.SendBefore))
        .Text("r_reason", update => update.Reason)
        .Text("r_provider", update => update.ProviderId);

    private static readonly RowShape<(string Shop, string? Order, long At)> FallingDue = new RowShape<(string Shop, string? Order, long At)>()
        .Text("r_shop", order => order.Shop)
        .Text("r_order", order => order.Order)
        .Number("r_at", order => order.At);

    private static readonly RowShape<ContactPoint> Contacts = new RowShape<ContactPoint>()
        .Text("c_channel", contact => contact.Channel)
        .Text("c_value", contact => contact.Value)
        .Text("c_recipient", Recipient);

    private readonly ClaimStarts _starts = new();

    private readonly TroubleReports _troubles = new(database.Dialect);

    private readonly string _anyExpired =
        $"SELECT 1 FROM support_outbox WHERE state IN ('Pending', 'Retry', 'Held') AND send_before <= @now ORDER BY send_before {database.Dialect.Limit("1")}";

    private readonly string _expire = database.Dialect.Update(
        new SqlUpdate("support_outbox", "seq")
        {
            Set = [("state", "'Expired'"), ("changed_at", "@now"), ("reason", "'It was not sent in time.'"), ("lease_until", "0")],
            Where = $"""
            state IN ('Pending', 'Retry', 'Held') AND send_before <= @now
            AND (lease_until = 0 OR (channel = @channel AND @idempotent = 1 AND lease_until <= {database.Dialect.Now}))
            """,
            Returning = "shop, order_id",
        }
    );

    // A claim whose lease ran out comes to whoever claims next, because it is the oldest. One that is not to be tried again is claimed
    // all the same, and ended by a second transaction with everything that its end causes: who dies between the two leaves it to the next.
    private readonly string _claim = database.Dialect.Update(
        new SqlUpdate("support_outbox", "seq")
        {
            Set =
            [
                ("reason", $"CASE WHEN lease_until = 0 THEN NULLIF(reason, '{CutOff}') WHEN {Ended} THEN '{CutOff}' ELSE '{Repeated}' END"),
                ("lease_until", $"{database.Dialect.Now} + @lease"),
                ("attempts", $"CASE WHEN {Ended} THEN attempts ELSE attempts + 1 END"),
                ("lease_token", "lease_token + 1"),
                ("changed_at", "@now"),
            ],
            Pick = new SqlPick(
                $"""
                channel = @channel AND state IN ('Pending', 'Retry') AND due_at <= @now AND lease_until <= {database.Dialect.Now}
                AND {database.Dialect.Behind("due_at", "seq", "@after_due", "@after_seq")}
                AND (send_before IS NULL OR send_before > @now OR (lease_until > 0 AND @idempotent = 0))
                AND ({NotPaused} OR (lease_until > 0 AND @idempotent = 0))
                """,
                "due_at, seq"
            ),
            Returning = $"{Columns}, (SELECT message FROM support_deliveries d WHERE d.seq = support_outbox.seq)",
        }
    );

    private readonly string _save = database.Dialect.Update(
        new SqlUpdate("support_outbox", "seq")
        {
            Set =
            [
                ("state", "r.r_to"),
                ("changed_at", "r.r_at"),
                ("due_at", "COALESCE(r.r_due, due_at)"),
                ("send_before", "COALESCE(r.r_before, send_before)"),
                ("reason", "r.r_reason"),
                ("provider_id", "COALESCE(r.r_provider, provider_id)"),
                ("lease_until", "0"),
            ],
            From = $"{database.Dialect.Rows(Updates)} AS r",
            Where = $"""
            support_outbox.seq = COALESCE(r.r_seq, (SELECT d.seq FROM support_deliveries d WHERE d.id = r.r_id)) AND support_outbox.id = r.r_id
            AND {State} = r.r_from AND (r.r_claims IS NULL OR lease_token = r.r_claims)
            """,
            Returning = "support_outbox.id, support_outbox.shop, support_outbox.order_id, state, changed_at, reason",
        }
    );

    // The version moves, so that whoever decides about the order at this moment loses and decides again.
    private readonly string _fallDue = database.Dialect.Update(
        new SqlUpdate("support_orders", "id")
        {
            Set = [("check_at", "CASE WHEN check_at < r.r_at THEN check_at ELSE r.r_at END"), ("version", "version + 1"), ("lease_until", "0")],
            From = $"{database.Dialect.Rows(FallingDue)} AS r",
            Where = "shop = r.r_shop AND order_id = r.r_order",
        }
    );

    private readonly string _recent = $"""
        SELECT r.c_channel, r.c_value, COUNT({Told}), MIN({Told}), (
            SELECT s.state FROM support_deliveries l JOIN support_outbox s ON s.seq = l.seq
            WHERE l.shop = @shop AND l.channel = r.c_channel AND l.recipient = r.c_recipient
            AND (s.lease_until > 0 OR s.state NOT IN ('Superseded', 'Suppressed', 'Expired', 'Pending', 'Held'))
            ORDER BY l.decided_at DESC, l.seq DESC {database.Dialect.Limit("1")}
        )
        FROM {database.Dialect.Rows(Contacts)} AS r
        LEFT JOIN support_deliveries d ON d.shop = @shop AND d.channel = r.c_channel AND d.recipient = r.c_recipient AND d.decided_at > @since
        LEFT JOIN support_outbox o ON o.seq = d.seq
        GROUP BY r.c_channel, r.c_value, r.c_recipient
        """;

    public async Task<IReadOnlyList<MessageDelivery>> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var start = _starts.Of(claim);
            var picked = await PickAsync(claim, start, cancellationToken);
            _starts.Keep(claim, start, picked.ConvertAll(row => (Micros.Up(row.Delivery.DueAt), row.Seq)));
            if (picked.Count == 0 && start != ClaimStart.Oldest)
            {
                continue;
            }

            var ended = await EndAsync(claim, picked, cancellationToken);
            var claimed = picked.ExceptBy(ended.Select(row => row.Seq), row => row.Seq).ToList();
            if (picked.Count == 0)
            {
                // Not at each claim: what has expired is not claimed, and while there is something to send the question would only cost.
                await ExpireAsync(claim, cancellationToken);
            }

            if (claimed.Count > 0 || picked.Count == 0)
            {
                return [.. claimed.OrderBy(row => row.Delivery.DueAt).ThenBy(row => row.Seq).Select(row => row.Delivery)];
            }
        }
    }

    public async Task<IReadOnlyList<string>> SaveAsync(IReadOnlyList<DeliveryUpdate> updates, CancellationToken cancellationToken = default)
    {
        var rounds = Rounds(updates).ToList();
        if (rounds.Count == 1 && !updates.Any(update => update.WakesOrder || IsUntold(update.To) || TroubleReports.Is(update.To)))
        {
            // The usual case, with nothing to do besides.
            var applied = await database.StatementAsync(_save, ReadApplied, survivesPowerCut: true, cancellationToken, Updates.Of(updates));
            return Missed(updates, applied);
        }

        return await database.WriteAsync(
            async session =>
            {
                var missed = new List<string>();
                foreach (var round in rounds)
                {
                    missed.AddRange(await SaveAsync(session, round, cancellationToken));
                }

                return missed;
            },
            cancellationToken
        );
    }

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
                    Contacts.Of([.. contactPoints.Distinct()]),
                    ("@since", Micros.Down(since))
                ),
            cancellationToken
        );
        return [.. rows.Where(row => row.InLastDay > 0 || row.Unreachable)];
    }

    /// <summary>One person's address is one, however it is written.</summary>
    internal static string Recipient(ContactPoint contact) => contact.Canonical().Value;

    // Asks without writing, because mostly nothing expires.
    private async Task ExpireAsync(OutboxClaim claim, CancellationToken cancellationToken)
    {
        var now = Micros.Down(claim.Now);
        var any = await database.ReadAsync(session => session.QueryAsync(_anyExpired, _ => true, cancellationToken, ("@now", now)), cancellationToken);
        if (any.Count > 0)
        {
            await database.WriteAsync(
                async session =>
                {
                    var expired = await session.QueryAsync(
                        _expire,
                        reader => (Shop: reader.GetString(0), Order: reader.Text(1), At: now),
                        cancellationToken,
                        ("@channel", claim.Channel),
                        ("@idempotent", claim.Idempotent ? 1 : 0),
                        ("@now", now)
                    );
                    await FallDueAsync(session, expired, cancellationToken);
                    return expired.Count;
                },
                cancellationToken
            );
        }
    }

    private Task<List<DeliveryRow>> PickAsync(OutboxClaim claim, ClaimStart start, CancellationToken cancellationToken) =>
        database.StatementAsync(
            _claim,
            Read,
            // Without a key, a claim that a power cut undoes would be a message sent twice.
            survivesPowerCut: !claim.Idempotent,
            cancellationToken,
            ("@channel", claim.Channel),
            ("@idempotent", claim.Idempotent ? 1 : 0),
            ("@now", Micros.Down(claim.Now)),
            ("@after_due", start.Due),
            ("@after_seq", start.Seq),
            ("@max", claim.Max),
            ("@max_attempts", claim.MaxAttempts),
            ("@lease", Micros.Length(claim.Lease))
        );

    /// <summary>Ends what was cut off and is not to be tried again, and what nobody can read: it must not keep the others from being claimed.</summary>
    /// <returns>The rows that are not to be sent.</returns>
    private async Task<List<DeliveryRow>> EndAsync(OutboxClaim claim, List<DeliveryRow> picked, CancellationToken cancellationToken)
    {
        var ended = picked.Where(row => !row.IsReadable || string.Equals(row.Delivery.Reason, CutOff, StringComparison.Ordinal)).ToList();
        if (ended.Count > 0)
        {
            var updates = ended.Select(row => new DeliveryUpdate
            {
                Id = row.Delivery.Message.Id,
                From = DeliveryState.Sending,
                LeaseToken = row.Delivery.LeaseToken,
                To = claim.Idempotent || !row.IsReadable ? DeliveryState.Failed : DeliveryState.InDoubt,
                At = claim.Now,
                Reason = row.IsReadable ? CutOff : "The stored message cannot be read.",
            });
            await database.WriteAsync(session => SaveAsync(session, [.. updates], cancellationToken), cancellationToken);
        }

        return ended;
    }

    /// <summary>Two updates of one delivery are applied one after the other, because a statement sees every row once.</summary>
    private static IEnumerable<List<DeliveryUpdate>> Rounds(IReadOnlyList<DeliveryUpdate> updates) =>
        updates
            .GroupBy(update => update.Id, StringComparer.Ordinal)
            .SelectMany(delivery => delivery.Index())
            .GroupBy(row => row.Index, row => row.Item)
            .OrderBy(round => round.Key)
            .Select(round => round.ToList());

    private async Task<IReadOnlyList<string>> SaveAsync(SqlSession session, List<DeliveryUpdate> updates, CancellationToken cancellationToken)
    {
        var applied = await session.QueryAsync(_save, ReadApplied, cancellationToken, Updates.Of(updates));
        var waking = updates.Where(update => update.WakesOrder).Select(update => update.Id).ToHashSet(StringComparer.Ordinal);
        var due = applied.Where(row => IsUntold(row.State) || waking.Contains(row.Id)).Select(row => (row.Shop, row.Order, row.At));
        await FallDueAsync(session, due, cancellationToken);
        await _troubles.ReportAsync(session, applied.Select(row => row.Trouble), cancellationToken);
        return Missed(updates, applied);
    }

    private static bool IsUntold(DeliveryState state) =>
        state is DeliveryState.Rejected or DeliveryState.Failed or DeliveryState.Bounced or DeliveryState.Expired or DeliveryState.Superseded;

    private static List<string> Missed(IReadOnlyList<DeliveryUpdate> updates, List<Applied> applied)
    {
        var done = applied.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        return [.. updates.Select(update => update.Id).Where(id => !done.Contains(id))];
    }

    private static Applied ReadApplied(DbDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), reader.Text(2), reader.Name<DeliveryState>(3), reader.GetInt64(4), reader.Text(5));

    private async Task FallDueAsync(SqlSession session, IEnumerable<(string Shop, string? Order, long At)> orders, CancellationToken cancellationToken)
    {
        var due = orders.Where(order => order.Order is not null).DistinctBy(order => (order.Shop, order.Order)).ToList();
        if (due.Count > 0)
        {
            await session.ExecuteAsync(_fallDue, cancellationToken, FallingDue.Of(due));
        }
    }

    private static DeliveryRow Read(DbDataReader reader)
    {
        var (message, isReadable) = Message(reader);
        var delivery = new MessageDelivery
        {
            Message = message,
            State = reader.Name<DeliveryState>(1),
            DueAt = reader.Time(2),
            SendBefore = reader.MaybeTime(3),
            Attempts = reader.GetInt32(4),
            ChangedAt = reader.Time(5),
            Reason = reader.Text(6),
            ProviderId = reader.Text(7),
            LeaseToken = LeaseTokens.Of(reader.GetInt64(9), reader.GetInt64(8)),
        };
        return new DeliveryRow(delivery, reader.GetInt64(9), reader.GetString(10), reader.Text(11), isReadable);
    }

    private static (OutboundMessage Message, bool IsReadable) Message(DbDataReader reader) =>
        reader.Stored(12, SupportJson.ReadMessage) is { } message ? (message, true) : (Unreadable(reader), false);

    // Still listed, so that somebody sees it.
    private static OutboundMessage Unreadable(DbDataReader reader) =>
        new()
        {
            Id = reader.GetString(0),
            Shop = reader.GetString(10),
            Order = reader.Text(11) is { } order ? new OrderKey(reader.GetString(10), order) : null,
            Occasion = "unreadable",
            To = new ContactPoint("", ""),
            Culture = "",
            Subject = "",
            Text = "",
            DecidedAt = reader.Time(5),
        };

    private sealed record Applied(string Id, string Shop, string? Order, DeliveryState State, long At, string? Reason)
    {
        public DeliveryTrouble Trouble =>
            new()
            {
                ShopId = Shop,
                DeliveryId = Id,
                State = State,
                At = Micros.Time(At),
                Reason = Reason,
            };
    }

    private sealed record DeliveryRow(MessageDelivery Delivery, long Seq, string Shop, string? Order, bool IsReadable);
}
