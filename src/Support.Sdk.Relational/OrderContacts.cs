using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Support.Sdk.Orders;

namespace Support.Sdk.Relational;

/// <summary>Keeps who is named by which order, and touches nothing while that stays the same.</summary>
internal sealed class OrderContacts(SqlDialect dialect)
{
    private const string Delete = "DELETE FROM support_order_contacts WHERE shop = @shop AND order_id = @order";

    private static readonly RowShape<Row> Shape = new RowShape<Row>()
        .Text("shop", row => row.Shop)
        .Text("channel", row => row.Channel)
        .Text("contact", row => row.Contact)
        .Number("placed_at", row => row.PlacedAt)
        .Text("order_id", row => row.Order);

    private readonly string _insert = dialect.Insert(
        new SqlInsert("support_order_contacts", "shop, channel, contact, placed_at, order_id") { From = $"{dialect.Rows(Shape)} AS r" }
    );

    /// <summary>A fingerprint of an order's rows; 0 when it has none.</summary>
    public static long Fingerprint(WatchedOrder order)
    {
        var rows = Rows(order);
        return rows.Count == 0 ? 0 : BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))));
    }

    /// <param name="session">The transaction that saved the orders.</param>
    /// <param name="changed">The orders whose fingerprint is another than before.</param>
    /// <param name="known">Those of them that were stored before.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task SaveAsync(SqlSession session, IReadOnlyList<WatchedOrder> changed, IReadOnlyList<OrderKey> known, CancellationToken cancellationToken)
    {
        foreach (var key in known)
        {
            // Rare: a customer whose address was corrected.
            await session.LaterAsync(Delete, cancellationToken, ("@shop", key.Shop), ("@order", key.Id));
        }

        var rows = changed.SelectMany(Rows).ToList();
        if (rows.Count > 0)
        {
            await session.LaterAsync(_insert, cancellationToken, Shape.Of(rows));
        }
    }

    private static List<Row> Rows(WatchedOrder order) =>
        order.Snapshot is not { } snapshot
            ? []
            :
            [
                .. snapshot
                    .Customer.ContactPoints.Where(contact => !string.IsNullOrWhiteSpace(contact.Value))
                    .Select(contact => contact.Canonical())
                    .Distinct()
                    .Select(contact => new Row(order.Key.Shop, contact.Channel, contact.Value, Micros.Down(snapshot.PlacedAt), order.Key.Id)),
            ];

    private sealed record Row(string Shop, string Channel, string Contact, long PlacedAt, string Order);
}
