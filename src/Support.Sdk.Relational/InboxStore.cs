using System.Data.Common;
using Support.Sdk.Intake;

namespace Support.Sdk.Relational;

internal sealed class InboxStore(Database database) : IInboxStore
{
    internal const string Columns = "id, source, event_id, shop, order_id, body, received_at, attempts, state, reason, lease_token";
    private static readonly RowShape<InboxResult> Results = new RowShape<InboxResult>()
        .Number("entry_id", result => result.Id)
        .Number("token", result => result.LeaseToken)
        .Text("state", result => result.State.ToString())
        .Number("due_at", result => Micros.Up(result.DueAt))
        .Text("reason", result => result.Reason)
        .Number("reset", result => result.ResetAttempts ? 1 : 0);

    private readonly InboxAppend _append = InboxAppend.Of(database.Dialect);

    private readonly string _parked = $"SELECT {Columns} FROM support_inbox WHERE state = 'Parked' ORDER BY id {database.Dialect.Limit("@max")}";

    private readonly string _parkedOfShop =
        $"SELECT {Columns} FROM support_inbox WHERE state = 'Parked' AND shop = @shop ORDER BY id {database.Dialect.Limit("@max")}";

    private readonly string _claim = database.Dialect.Update(
        new SqlUpdate("support_inbox", "id")
        {
            Set = [("lease_until", $"{database.Dialect.Now} + @lease"), ("lease_token", "lease_token + 1"), ("attempts", "attempts + 1")],
            Pick = new SqlPick(
                $"""
                state = 'Pending' AND due_at <= @now AND lease_until <= {database.Dialect.Now}
                AND {NotBehind(database.Dialect)}
                """,
                "id"
            ),
            Returning = Columns,
        }
    );

    // What is done stays done: a worker that lost its lease must not bring an emptied entry back.
    private readonly string _save = database.Dialect.Update(
        new SqlUpdate("support_inbox", "id")
        {
            Set =
            [
                ("state", "r.state"),
                ("due_at", "COALESCE(r.due_at, received_at)"),
                ("reason", "r.reason"),
                ("lease_until", "0"),
                ("attempts", "CASE WHEN r.reset = 1 THEN 0 ELSE attempts END"),
                ("body", "CASE WHEN r.state = 'Done' THEN '' ELSE body END"),
            ],
            From = $"{database.Dialect.Rows(Results)} AS r",
            Where = "id = r.entry_id AND support_inbox.state <> 'Done' AND (r.token IS NULL OR lease_token = r.token)",
        }
    );

    /// <summary>Holds for a row of the inbox while no older one of its order is claimed by somebody else.</summary>
    /// <remarks>
    /// Beside an OR it is asked row by row, along its index. Alone it may become an anti join, and where PostgreSQL's statistics still say
    /// that nothing waits, that one reads all that waits once for each row.
    /// </remarks>
    internal static string NotBehind(SqlDialect dialect) =>
        $"""
            (support_inbox.id < 0 OR NOT EXISTS (
                SELECT 1 FROM support_inbox e
                WHERE e.state = 'Pending' AND e.shop = support_inbox.shop AND e.order_id = support_inbox.order_id AND e.id < support_inbox.id
                AND e.lease_until > {dialect.Now}
            ))
            """;

    public async Task<IReadOnlyList<int>> AppendAsync(IReadOnlyList<InboxEntry> entries, CancellationToken cancellationToken = default)
    {
        var added = await database.StatementAsync(session => _append.RunAsync(session, entries, cancellationToken), survivesPowerCut: true, cancellationToken);
        if (added.Count > 0)
        {
            // Stored already, whatever happens from here on.
            await database.TellAsync(CancellationToken.None);
        }

        return added;
    }

    public async Task<IReadOnlyList<InboxEntry>> ClaimAsync(DateTimeOffset now, int max, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        var claimed = await database.WriteAsync(
            async session =>
            {
                await session.LockAsync(SqlLock.InboxClaim, cancellationToken);
                return await session.QueryAsync(_claim, Read, cancellationToken, ("@now", Micros.Down(now)), ("@max", max), ("@lease", Micros.Length(lease)));
            },
            survivesPowerCut: false,
            cancellationToken
        );
        claimed.Sort((one, other) => one.Id.CompareTo(other.Id));
        return claimed;
    }

    public Task SaveAsync(IReadOnlyList<InboxResult> results, CancellationToken cancellationToken = default) =>
        database.WriteAsync(session => session.ExecuteAsync(_save, cancellationToken, Results.Of(results)), cancellationToken);

    public async Task<IReadOnlyList<InboxEntry>> ParkedAsync(string? shop, int max, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            session =>
                shop is null
                    ? session.QueryAsync(_parked, Read, cancellationToken, ("@max", max))
                    : session.QueryAsync(_parkedOfShop, Read, cancellationToken, ("@shop", shop), ("@max", max)),
            cancellationToken
        );

    internal static InboxEntry Read(DbDataReader reader) =>
        new()
        {
            Id = reader.GetInt64(0),
            Source = reader.GetString(1),
            EventId = reader.GetString(2),
            Shop = reader.GetString(3),
            OrderId = reader.Text(4),
            Body = reader.GetString(5),
            ReceivedAt = reader.Time(6),
            Attempts = reader.GetInt32(7),
            State = reader.Name<InboxState>(8),
            Reason = reader.Text(9),
            LeaseToken = reader.GetInt64(10),
        };
}
