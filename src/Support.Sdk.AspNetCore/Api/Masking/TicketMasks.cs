using Support.Sdk.Customers;
using Support.Sdk.Orders;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>What hides the customers of some tickets: all that is known of them, wherever it is kept.</summary>
internal sealed class TicketMasks
{
    // A ticket about more orders is rare, and its customer is known by the first.
    private const int OrdersEach = 5;
    private readonly bool _hides;
    private readonly ILookup<string, WatchedOrder> _orders;
    private readonly ILookup<string, Customer> _customers;

    private TicketMasks(bool hides, IEnumerable<WatchedOrder> orders, IEnumerable<Customer> customers)
    {
        _hides = hides;
        _orders = orders.ToLookup(order => order.Key.Id, StringComparer.Ordinal);
        _customers = customers.ToLookup(customer => customer.Id, StringComparer.Ordinal);
    }

    /// <summary>Reads what has to be known to hide the customers of tickets of one shop; nothing where nothing is hidden.</summary>
    public static async Task<TicketMasks> ReadAsync(ApiCall call, IReadOnlyList<Ticket> tickets)
    {
        if (!call.IsMasked || tickets.Count == 0)
        {
            return new TicketMasks(call.IsMasked, [], []);
        }

        var keys = tickets.SelectMany(ticket => ticket.Orders.Take(OrdersEach).Select(id => new OrderKey(ticket.Key.Shop, id))).Distinct().ToList();
        var ids = tickets.Select(ticket => ticket.Requester.CustomerId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return new TicketMasks(
            hides: true,
            keys.Count == 0 ? [] : await call.Get<IOrderStore>().FindAsync(keys, call.Aborted),
            ids.Count == 0 ? [] : await call.Get<ICustomerStore>().FindAsync(tickets[0].Key.Shop, ids, call.Aborted)
        );
    }

    public Mask Of(Ticket ticket)
    {
        if (!_hides)
        {
            return Mask.None;
        }

        var orders = ticket.Orders.SelectMany(id => _orders[id]).ToList();
        var customers = _customers[ticket.Requester.CustomerId ?? ""].ToList();
        return Mask.Of(
            [ticket.Requester.Name, .. customers.Select(customer => customer.Name), .. OrderMapping.Names(orders)],
            [.. ticket.Requester.ContactPoints, .. customers.SelectMany(customer => customer.ContactPoints), .. OrderMapping.Points(orders)],
            [.. ticket.Orders, ticket.Fields.GetValueOrDefault(TicketFields.ClaimedOrder), .. OrderMapping.Numbers(orders)]
        );
    }
}
