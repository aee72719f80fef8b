using Support.Sdk.Orders;
using Support.Sdk.Tickets;

namespace Support.Sdk.Customers;

/// <summary>Tells which segments a customer is in. A pure function of what is known.</summary>
internal static class SegmentMatch
{
    /// <param name="segments">The segments of the shop.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="orders">The customer's orders.</param>
    /// <param name="tickets">The customer's tickets.</param>
    /// <param name="now">The moment.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<Segment> segments,
        Customer customer,
        IReadOnlyList<OrderSnapshot> orders,
        IReadOnlyList<Ticket> tickets,
        DateTimeOffset now
    ) => [.. segments.Where(segment => Fits(segment, customer, orders, tickets, now)).Select(segment => segment.Name)];

    private static bool Fits(Segment segment, Customer customer, IReadOnlyList<OrderSnapshot> orders, IReadOnlyList<Ticket> tickets, DateTimeOffset now) =>
        !(orders.Count < segment.MinOrders)
        && !(orders.Count > segment.MaxOrders)
        && !(tickets.Count < segment.MinTickets)
        && (segment.MinSpent is not { } spent || Spent(orders, spent.Currency) >= spent.Amount)
        && (segment.OrderedWithin is not { } within || orders.Any(order => order.PlacedAt >= now - within))
        && segment.Tags.All(tag => customer.Tags.Contains(tag, StringComparer.Ordinal));

    // What was cancelled was not spent.
    private static decimal Spent(IReadOnlyList<OrderSnapshot> orders, string currency) =>
        orders
            .Where(order => order.Status != OrderStatus.Cancelled && string.Equals(order.Total?.Currency, currency, StringComparison.OrdinalIgnoreCase))
            .Sum(order => order.Total!.Amount);
}
