using Support.Sdk.Tickets;

namespace Support.Sdk.Relational;

/// <summary>Keeps which entries name which files, so that a file goes with the last of them.</summary>
internal sealed class TicketContents(SqlDialect dialect)
{
    private static readonly RowShape<Named> Files = new RowShape<Named>()
        .Text("r_shop", named => named.Ticket.Shop)
        .Number("r_ticket", named => named.Ticket.Number)
        .Number("r_entry", named => named.Entry)
        .Text("r_content", named => named.Content);

    private readonly string _name = dialect.Insert(
        new SqlInsert("support_ticket_contents", "shop, ticket, entry, content_id")
        {
            Values = "r.r_shop, r.r_ticket, r.r_entry, r.r_content",
            From = $"{dialect.Rows(Files)} AS r JOIN support_contents c ON c.shop = r.r_shop AND c.content_id = r.r_content",
            Key = "shop, ticket, entry, content_id",
        }
    );

    private readonly string _use = dialect.Update(
        new SqlUpdate("support_contents", "id")
        {
            Set = [("state", "'Used'")],
            From = $"{dialect.Rows(Files)} AS r",
            Where = "shop = r.r_shop AND content_id = r.r_content AND state = 'New'",
        }
    );

    private readonly EntryCopy _copy = new(dialect, filter => Copy(dialect, filter), "entry");

    public async Task NameAsync(SqlSession session, IReadOnlyList<TicketChange> changes, CancellationToken cancellationToken)
    {
        var files = changes
            .SelectMany(change => change.Entries, (change, entry) => (change.Ticket.Key, entry))
            .SelectMany(row => row.entry.Attachments, (row, file) => new Named(row.Key, row.entry.Number, file.Id))
            .Distinct()
            .ToList();
        if (files.Count > 0)
        {
            await session.LaterAsync(_name, cancellationToken, Files.Of(files));
            await session.LaterAsync(_use, cancellationToken, Files.Of(files));
        }
    }

    public Task CopyAsync(SqlSession session, TicketKey to, TicketCopy copy, CancellationToken cancellationToken) =>
        _copy.RunAsync(session, to, copy, cancellationToken);

    private static string Copy(SqlDialect dialect, string filter) =>
        dialect.Insert(
            new SqlInsert("support_ticket_contents", "shop, ticket, entry, content_id")
            {
                Values = "shop, @to, entry + @offset, content_id",
                From = $"(SELECT * FROM support_ticket_contents WHERE shop = @shop AND ticket = @from AND entry <= @through{filter}) AS e",
            }
        );

    private sealed record Named(TicketKey Ticket, long Entry, string Content);
}
