using Support.Sdk.Orders;

namespace Support.Sdk.Templates;

/// <summary>The customer's earlier orders, as values.</summary>
internal static class PastOrders
{
    /// <summary>What templates call them, below <c>customer</c>.</summary>
    public const string Name = "past_orders";

    public static List<object> Values(IReadOnlyList<WatchedOrder> orders, LocalDates dates, INoticeWords words, DateTimeOffset now) =>
        orders
            .Where(order => order.Snapshot is not null)
            .Select(order => new TemplateModel
            {
                ["number"] = PlainLine.Clean(order.Snapshot!.Number ?? order.Key.Id),
                ["placed_date"] = dates.Day(order.Snapshot.PlacedAt),
                ["status"] = words.OrderState(StateOf(order, now)),
            })
            .ToList<object>();

    private static PastOrderState StateOf(WatchedOrder order, DateTimeOffset now)
    {
        var facts = OrderFacts.At(order, now);
        return order.Snapshot!.Status switch
        {
            OrderStatus.Cancelled => PastOrderState.Cancelled,
            _ when facts.Parcels.Count > 0 && !facts.MoreParcelsMayFollow && facts.Parcels.All(parcel => parcel.IsDelivered) => PastOrderState.Delivered,
            OrderStatus.Completed => PastOrderState.Completed,
            _ => facts.IsWhollyShipped ? PastOrderState.Shipped : PastOrderState.Open,
        };
    }
}
