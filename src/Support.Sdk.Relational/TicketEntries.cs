using System.Data.Common;
using Support.Sdk.Tickets;

namespace Support.Sdk.Relational;

/// <summary>Writes, copies and reads the entries of tickets.</summary>
/// <remarks>A column counts, whatever the body says: so a copy is one statement, and so is an erasure.</remarks>
internal sealed class TicketEntries(SqlDialect dialect)
{
    private const string Kept = "shop, ticket, number, kind, happened_at, made_by, channel, delivery_id, copied_from, request_id, body";

    private const string Columns = "number, kind, happened_at, made_by, channel, delivery_id, copied_from, request_id, body";

    private static readonly string Blank = SupportJson.Write(
        new TicketEntry
        {
            Number = 0,
            Kind = TicketEntryKind.Changed,
            At = DateTimeOffset.UnixEpoch,
            By = "",
        }
    );

    private static readonly RowShape<(TicketKey Ticket, TicketEntry Entry)> Entries = new RowShape<(TicketKey Ticket, TicketEntry Entry)>()
        .Text("shop", row => row.Ticket.Shop)
        .Number("ticket", row => row.Ticket.Number)
        .Number("number", row => row.Entry.Number)
        .Text("kind", row => row.Entry.Kind.ToString())
        .Number("happened_at", row => Micros.Down(row.Entry.At))
        .Text("made_by", row => row.Entry.By)
        .Text("channel", row => row.Entry.Channel)
        .Text("delivery_id", row => row.Entry.DeliveryId)
        .Number("copied_from", row => row.Entry.CopiedFrom)
        .Text("request_id", row => row.Entry.RequestId)
        .Text("body", row => SupportJson.Write(row.Entry with { CopiedFrom = null, RequestId = null }));

    private static readonly RowShape<(TicketKey Ticket, string Id)> Requests = new RowShape<(TicketKey Ticket, string Id)>()
        .Text("r_shop", row => row.Ticket.Shop)
        .Number("r_ticket", row => row.Ticket.Number)
        .Text("r_request", row => row.Id);

    private readonly string _insert = dialect.Insert(new SqlInsert("support_ticket_entries", Kept) { From = $"{dialect.Rows(Entries)} AS r" });

    private readonly string _known = $"""
        SELECT e.shop, e.ticket FROM {dialect.Rows(Requests)} AS r
        JOIN support_ticket_entries e ON e.shop = r.r_shop AND e.ticket = r.r_ticket AND e.request_id = r.r_request
        """;

    private readonly EntryCopy _copy = new(dialect, filter => Copy(dialect, filter), "number");

    private readonly string _blank =
        $"UPDATE support_ticket_entries SET body = @blank WHERE {dialect.Among("shop, ticket", "r_shop, r_number", $"{dialect.Rows(RowShape.TicketKeys)} AS r")}";

    private readonly string _delete =
        $"DELETE FROM support_ticket_entries WHERE {dialect.Among("shop, ticket", "r_shop, r_number", $"{dialect.Rows(RowShape.TicketKeys)} AS r")}";

    /// <summary>The text of a query, written from the filters that are set.</summary>
    public static string Select(TicketEntryQuery query, SqlDialect dialect) =>
        $"SELECT {Columns} FROM support_ticket_entries WHERE shop = @shop AND ticket = @ticket AND number > @after{(
            query.RequestId is null ? "" : " AND request_id = @request"
        )}{(query.OnlyPublic ? " AND kind IN ('Inbound', 'Reply')" : "")} ORDER BY number{(query.Latest ? " DESC" : "")} {dialect.Limit("@max")}";

    /// <summary>The tickets that know the id under which one of their new entries was asked for.</summary>
    public async Task<IReadOnlyCollection<TicketKey>> KnownAsync(SqlSession session, IReadOnlyList<TicketChange> changes, CancellationToken cancellationToken)
    {
        var requests = changes
            .Where(change => change.Ticket.Version > 0)
            .SelectMany(change => change.Entries, (change, entry) => (change.Ticket.Key, Id: entry.RequestId!))
            .Where(request => request.Id is not null)
            .ToList();
        return requests.Count == 0
            ? []
            : await session.QueryAsync(_known, reader => new TicketKey(reader.GetString(0), reader.GetInt64(1)), cancellationToken, Requests.Of(requests));
    }

    public async Task AddAsync(SqlSession session, IReadOnlyList<TicketChange> changes, CancellationToken cancellationToken)
    {
        var entries = changes.SelectMany(change => change.Entries, (change, entry) => (change.Ticket.Key, entry)).ToList();
        if (entries.Count > 0)
        {
            await session.LaterAsync(_insert, cancellationToken, Entries.Of(entries));
        }
    }

    /// <summary>Copies messages inside the database: a hundred thousand of them need not travel.</summary>
    public Task CopyAsync(SqlSession session, TicketKey to, TicketCopy copy, CancellationToken cancellationToken) =>
        _copy.RunAsync(session, to, copy, cancellationToken);

    /// <summary>Takes texts, files and changed values out of every entry of the tickets.</summary>
    public Task BlankAsync(SqlSession session, IReadOnlyList<TicketKey> tickets, CancellationToken cancellationToken) =>
        session.LaterAsync(_blank, cancellationToken, RowShape.TicketKeys.Of(tickets), ("@blank", Blank));

    public Task DeleteAsync(SqlSession session, IReadOnlyList<TicketKey> tickets, CancellationToken cancellationToken) =>
        session.LaterAsync(_delete, cancellationToken, RowShape.TicketKeys.Of(tickets));

    public static TicketEntry Read(DbDataReader reader) =>
        // One that cannot be read is still an entry of the history.
        (reader.Stored(8, SupportJson.ReadTicketEntry) ?? SupportJson.ReadTicketEntry(Blank)) with
        {
            Number = reader.GetInt64(0),
            Kind = reader.Name<TicketEntryKind>(1),
            At = reader.Time(2),
            By = reader.GetString(3),
            Channel = reader.Text(4),
            DeliveryId = reader.Text(5),
            CopiedFrom = reader.Number(6),
            RequestId = reader.Text(7),
        };

    private static string Copy(SqlDialect dialect, string filter) =>
        dialect.Insert(
            new SqlInsert("support_ticket_entries", Kept)
            {
                Values =
                    "shop, @to, number + @offset, kind, happened_at, made_by, channel, delivery_id, CASE WHEN copied_from IS NULL THEN ticket ELSE copied_from END, NULL, body",
                From =
                    $"(SELECT * FROM support_ticket_entries WHERE shop = @shop AND ticket = @from AND number <= @through AND kind IN ('Inbound', 'Reply', 'Note'){filter}) AS e",
            }
        );
}
