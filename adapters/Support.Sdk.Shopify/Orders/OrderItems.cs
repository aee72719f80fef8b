using Support.Sdk.Orders;

namespace Support.Sdk.Shopify.Orders;

/// <summary>What was ordered: what has been sent, and what is still to be.</summary>
/// <remarks>
/// Neither the ordered quantity, which counts what was removed and refunded before it was sent, nor the current one, which does not count what
/// was sent and came back, tells whether a parcel is still missing. The quantity here is that of the parcels together with what Shopify calls
/// unfulfilled; once an order is archived, nothing more is sent.
/// </remarks>
internal static class OrderItems
{
    public static IEnumerable<OrderItem> Of(OrderNode order)
    {
        var lines = order.LineItems?.Items.ToList() ?? [];
        var shipped = lines.FindAll(line => line.RequiresShipping != false);
        var sent = Sent(order);
        foreach (var line in shipped.Count > 0 ? shipped : lines)
        {
            if (Quantity(line, order, sent) is > 0 and var quantity)
            {
                yield return new OrderItem
                {
                    Name = Values.Text(line.Name) ?? "?",
                    Quantity = quantity,
                    Sku = Values.Text(line.Sku),
                };
            }
        }
    }

    /// <summary>Whether some of it was sent, and some is still to be, or may be.</summary>
    public static bool IsPartlySent(OrderNode order) =>
        Live(order).Any()
        && order.Closed != true
        && (order.LineItems?.Items ?? []).Any(line => line.RequiresShipping != false && line.UnfulfilledQuantity is not 0);

    private static int Quantity(LineItemNode line, OrderNode order, Dictionary<string, int>? sent)
    {
        var current = line.CurrentQuantity ?? line.Quantity ?? 1;
        if (sent is null || line.UnfulfilledQuantity is not { } waiting)
        {
            return current;
        }

        var inParcels = line.Id is null ? 0 : sent.GetValueOrDefault(line.Id);
        return order.Closed == true ? (sent.Count > 0 ? inParcels : current) : inParcels + waiting;
    }

    // Null when a parcel does not say what is in it.
    private static Dictionary<string, int>? Sent(OrderNode order)
    {
        var sent = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var parcel in Live(order))
        {
            if (parcel.FulfillmentLineItems is null)
            {
                return null;
            }

            foreach (var line in parcel.FulfillmentLineItems.Items)
            {
                if (line.LineItem?.Id is { } id)
                {
                    sent[id] = sent.GetValueOrDefault(id) + (line.Quantity ?? 1);
                }
            }
        }

        return sent;
    }

    private static IEnumerable<FulfillmentNode> Live(OrderNode order) =>
        (order.Fulfillments ?? []).OfType<FulfillmentNode>().Where(node => node.RequiresShipping != false && !ParcelMapper.IsVoid(node));
}
