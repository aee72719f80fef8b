using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Support.Sdk.Tickets;

namespace Support.Sdk.Relational;

/// <summary>Keeps by which orders and tags a ticket is found, and touches nothing while they stay the same.</summary>
internal sealed class TicketLabels(SqlDialect dialect)
{
    private static readonly RowShape<(TicketKey Ticket, string Label)> Orders = Shape("order_id");
    private static readonly RowShape<(TicketKey Ticket, string Label)> Tags = Shape("tag");

    private readonly string _deleteOrders = Delete(dialect, "support_ticket_orders");
    private readonly string _deleteTags = Delete(dialect, "support_ticket_tags");
    private readonly string _insertOrders = Insert(dialect, "support_ticket_orders", Orders);
    private readonly string _insertTags = Insert(dialect, "support_ticket_tags", Tags);

    /// <summary>A fingerprint of a ticket's rows; 0 when it has none.</summary>
    public static long Fingerprint(Ticket ticket) =>
        ticket.Orders.Count + ticket.Tags.Count == 0
            ? 0
            : BinaryPrimitives.ReadInt64LittleEndian(
                SHA256.HashData(Encoding.UTF8.GetBytes($"{string.Join('\n', ticket.Orders)}\n\n{string.Join('\n', ticket.Tags)}"))
            );

    /// <param name="session">The transaction that saved the tickets.</param>
    /// <param name="changed">The tickets whose fingerprint is another than before.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task SaveAsync(SqlSession session, IReadOnlyList<Ticket> changed, CancellationToken cancellationToken)
    {
        await DeleteAsync(session, [.. changed.Where(ticket => ticket.Version > 0).Select(ticket => ticket.Key)], cancellationToken);
        await InsertAsync(session, _insertOrders, Orders, Rows(changed, ticket => ticket.Orders), cancellationToken);
        await InsertAsync(session, _insertTags, Tags, Rows(changed, ticket => ticket.Tags), cancellationToken);
    }

    public async Task DeleteAsync(SqlSession session, IReadOnlyList<TicketKey> tickets, CancellationToken cancellationToken)
    {
        if (tickets.Count > 0)
        {
            await session.LaterAsync(_deleteOrders, cancellationToken, RowShape.TicketKeys.Of(tickets));
            await session.LaterAsync(_deleteTags, cancellationToken, RowShape.TicketKeys.Of(tickets));
        }
    }

    private static async Task InsertAsync(
        SqlSession session,
        string sql,
        RowShape<(TicketKey Ticket, string Label)> shape,
        List<(TicketKey Ticket, string Label)> rows,
        CancellationToken cancellationToken
    )
    {
        if (rows.Count > 0)
        {
            await session.LaterAsync(sql, cancellationToken, shape.Of(rows));
        }
    }

    private static List<(TicketKey Ticket, string Label)> Rows(IReadOnlyList<Ticket> tickets, Func<Ticket, IReadOnlyList<string>> labels) =>
        [.. tickets.SelectMany(ticket => labels(ticket).Distinct(StringComparer.Ordinal), (ticket, label) => (ticket.Key, label))];

    private static RowShape<(TicketKey Ticket, string Label)> Shape(string label) =>
        new RowShape<(TicketKey Ticket, string Label)>()
            .Text("shop", row => row.Ticket.Shop)
            .Text(label, row => row.Label)
            .Number("number", row => row.Ticket.Number);

    private static string Delete(SqlDialect dialect, string table) =>
        $"DELETE FROM {table} WHERE {dialect.Among("shop, number", "r_shop, r_number", $"{dialect.Rows(RowShape.TicketKeys)} AS r")}";

    private static string Insert(SqlDialect dialect, string table, RowShape<(TicketKey Ticket, string Label)> shape) =>
        dialect.Insert(new SqlInsert(table, string.Join(", ", shape.Columns.Select(column => column.Name))) { From = $"{dialect.Rows(shape)} AS r" });
}
