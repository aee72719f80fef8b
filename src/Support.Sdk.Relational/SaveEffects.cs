using System.Data.Common;
using Support.Sdk.Deliveries;

namespace Support.Sdk.Relational;

/// <summary>What is saved along with an order or a ticket: the entries of the inbox that are done with it, and the messages that it causes.</summary>
internal sealed class SaveEffects(SqlDialect dialect)
{
    // Pending, in words that lead to no index of what waits: read by their numbers they are a hundred, however much waits.
    private readonly string _inbox = $"""
        UPDATE support_inbox SET state = 'Done', body = '', lease_until = 0, reason = NULL
        WHERE id IN (SELECT value FROM {dialect.Rows(RowShape.Numbers)} AS v) AND state NOT IN ('Done', 'Parked')
        """;

    private readonly IReadOnlyList<string> _deliveries = Deliveries(dialect, "id");
    private readonly IReadOnlyList<string> _leased = Leased(dialect, "id");

    // Without asking whether a message is there already.
    private readonly IReadOnlyList<string> _newDeliveries = Deliveries(dialect, key: null);
    private readonly IReadOnlyList<string> _newLeased = Leased(dialect, key: null);

    private readonly TroubleReports _troubles = new(dialect);

    private readonly string _standing = $"""
        SELECT d.id FROM {dialect.Rows(RowShape.Texts)} AS v
        JOIN support_deliveries d ON d.id = v.value
        JOIN support_outbox o ON o.seq = d.seq AND o.state = @state
        """;

    /// <summary>Marks entries of the inbox as done.</summary>
    public async Task InboxAsync(SqlSession session, IReadOnlyList<long> inboxIds, CancellationToken cancellationToken)
    {
        if (inboxIds.Count > 0)
        {
            await session.LaterAsync(_inbox, cancellationToken, RowShape.Numbers.Of(inboxIds));
        }
    }

    /// <summary>Adds messages, and claims those that have a lease. One whose id is stored already is left as it is.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="asNew">Takes all of them for new without asking; if one is not, the database refuses everything.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What gives the claimed messages, once the transaction has ended.</returns>
    public async Task<Func<IReadOnlyList<MessageDelivery>>> DeliveriesAsync(
        SqlSession session,
        NewMessages messages,
        bool asNew,
        CancellationToken cancellationToken
    )
    {
        var (deliveries, leased) = asNew ? (_newDeliveries, _newLeased) : (_deliveries, _leased);
        var claimed = new List<(string Id, long Seq)?>();
        if (messages.HasClaims)
        {
            foreach (var insert in leased.SkipLast(1))
            {
                await session.LaterAsync(insert, cancellationToken, messages.Rows);
            }

            await session.LaterAsync(leased[^1], claimed, Claimed, cancellationToken, messages.Rows);
        }
        else if (messages.Count > 0)
        {
            foreach (var insert in deliveries)
            {
                await session.LaterAsync(insert, cancellationToken, messages.Rows);
            }
        }

        await ReportAsync(session, messages.Deliveries, cancellationToken);
        return () => messages.Claimed(claimed.OfType<(string Id, long Seq)>().ToDictionary(row => row.Id, row => row.Seq, StringComparer.Ordinal));
    }

    private static (string Id, long Seq)? Claimed(DbDataReader reader) => reader.GetInt64(1) > 0 ? (reader.GetString(0), reader.GetInt64(2)) : null;

    private static IReadOnlyList<string> Deliveries(SqlDialect dialect, string? key) =>
        dialect.InsertBoth(
            Said(dialect.Rows(NewMessages.Plain, NewMessages.Texts), key),
            "seq, id",
            deliveries => new SqlInsert("support_outbox", $"seq, {NewMessages.States}")
            {
                Values = "d.seq, r.id, r.shop, r.order_id, r.channel, r.state, r.due_at, r.send_before, r.attempts, r.changed_at, r.reason",
                From = $"{dialect.Rows(NewMessages.Plain, NewMessages.States)} AS r JOIN {deliveries} d ON d.id = r.id",
                Key = "seq",
            }
        );

    // The same with the claims of those whose lease is not 0, as far as their shops let messages flow.
    private static IReadOnlyList<string> Leased(SqlDialect dialect, string? key) =>
        dialect.InsertBoth(
            Said(dialect.Rows(NewMessages.Leased, NewMessages.Texts), key),
            "seq, id",
            deliveries => new SqlInsert("support_outbox", $"seq, {NewMessages.States}, lease_token, lease_until")
            {
                Values =
                    "d.seq, r.id, r.shop, r.order_id, r.channel, r.state, r.due_at, r.send_before, r.attempts + r.claimed, r.changed_at, r.reason, r.claimed, r.claimed * r.lease_end",
                From = $"""
                    (
                        SELECT v.*, CASE WHEN lease > 0 AND {OutboxStore.NotPaused} THEN 1 ELSE 0 END AS claimed, {dialect.Now} + lease AS lease_end
                        FROM {dialect.Rows(NewMessages.Leased, $"{NewMessages.States}, lease")} AS v
                    ) AS r JOIN {deliveries} d ON d.id = r.id
                    """,
                Key = "seq",
                Returning = "id, lease_until, seq",
            }
        );

    private static SqlInsert Said(string rows, string? key) => new("support_deliveries", NewMessages.Texts) { From = $"{rows} AS r", Key = key };

    // What was stored before may stand otherwise by now.
    private async Task ReportAsync(SqlSession session, IEnumerable<MessageDelivery> deliveries, CancellationToken cancellationToken)
    {
        foreach (var trouble in deliveries.Where(delivery => TroubleReports.Is(delivery.State)).GroupBy(delivery => delivery.State))
        {
            var ids = RowShape.Texts.Of([.. trouble.Select(delivery => delivery.Message.Id)]);
            var standing = await session.QueryAsync(_standing, reader => reader.GetString(0), cancellationToken, ids, ("@state", $"{trouble.Key}"));
            await _troubles.ReportAsync(
                session,
                trouble.IntersectBy(standing, delivery => delivery.Message.Id, StringComparer.Ordinal).Select(Trouble),
                cancellationToken
            );
        }
    }

    private static DeliveryTrouble Trouble(MessageDelivery delivery) =>
        new()
        {
            ShopId = delivery.Message.Shop,
            DeliveryId = delivery.Message.Id,
            State = delivery.State,
            At = delivery.ChangedAt,
            Reason = delivery.Reason,
        };
}
