using System.Runtime.CompilerServices;
using Support.Sdk.Intake;

namespace Support.Sdk.Relational;

/// <summary>Appends entries to the inbox, in whatever transaction the session is in.</summary>
internal sealed class InboxAppend
{
    private static readonly ConditionalWeakTable<SqlDialect, InboxAppend> OfDialects = [];

    private static readonly RowShape<InboxEntry> Entries = new RowShape<InboxEntry>()
        .Text("source", entry => entry.Source)
        .Text("event_id", entry => entry.EventId)
        .Text("shop", entry => entry.Shop)
        .Text("order_id", entry => entry.OrderId)
        .Text("body", entry => entry.Body)
        .Number("received_at", entry => Micros.Down(entry.ReceivedAt))
        .Text("state", entry => entry.State.ToString())
        .Text("reason", entry => entry.Reason);

    private readonly NewRows<InboxEntry> _append;

    private InboxAppend(SqlDialect dialect) =>
        _append = new NewRows<InboxEntry>(
            dialect,
            new SqlInsert("support_inbox", "source, event_id, shop, order_id, body, received_at, due_at, state, reason")
            {
                Values = "source, event_id, shop, order_id, body, received_at, received_at, state, reason",
                From = $"{dialect.Rows(Entries)} AS r",
                Key = "source, event_id",
            },
            Entries,
            entry => (entry.Source, entry.EventId)
        );

    public static InboxAppend Of(SqlDialect dialect) => OfDialects.GetValue(dialect, static dialect => new InboxAppend(dialect));

    /// <returns>The positions of those that were new.</returns>
    public Task<IReadOnlyList<int>> RunAsync(SqlSession session, IReadOnlyList<InboxEntry> entries, CancellationToken cancellationToken) =>
        _append.InsertAsync(session, entries, cancellationToken);
}
