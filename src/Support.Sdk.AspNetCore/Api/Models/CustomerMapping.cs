using Support.Sdk.Contacts;
using Support.Sdk.Customers;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Customers as the API shows them.</summary>
internal static class CustomerMapping
{
    public static CustomerModel Of(Customer customer) => Of(customer, Mask.None);

    public static CustomerModel Of(CustomerView view, bool isMasked)
    {
        var customer = view.Customer;
        var mask = isMasked
            ? Mask.Of(
                [customer.Name, .. view.Tickets.Select(ticket => ticket.Requester.Name), .. OrderMapping.Names(view.Orders)],
                [.. customer.ContactPoints, .. view.Tickets.SelectMany(ticket => ticket.Requester.ContactPoints), .. OrderMapping.Points(view.Orders)],
                [.. view.Tickets.SelectMany(ticket => ticket.Orders), .. OrderMapping.Numbers(view.Orders)]
            )
            : Mask.None;
        return Of(customer, mask) with
        {
            Segments = view.Segments,
            Tickets = [.. view.Tickets.Select(ticket => TicketMapping.Of(ticket, mask))],
            Orders = [.. view.Orders.Select(order => OrderMapping.Of(order, mask))],
        };
    }

    public static ErasureModel Of(ErasureResult result) =>
        new()
        {
            At = result.At,
            By = result.By,
            Orders = result.Orders,
            Deliveries = result.Deliveries,
            Events = result.Events,
            Contacts = result.Contacts,
            Tickets = result.Tickets,
            Customers = result.Customers,
            UnderWay = result.UnderWay,
            IsComplete = result.IsComplete,
        };

    private static CustomerModel Of(Customer customer, Mask mask) =>
        new()
        {
            Shop = customer.Shop,
            Id = customer.Id,
            Version = customer.Version,
            Name = mask.Name(customer.Name),
            Culture = customer.Culture,
            TimeZone = customer.TimeZone,
            ContactPoints = [.. customer.ContactPoints.Select(point => TicketMapping.Of(point, mask))],
            Tags = [.. customer.Tags.Select(tag => mask.Text(tag)!)],
            IsAnonymous = customer.IsAnonymous,
            CreatedAt = customer.CreatedAt,
            ChangedAt = customer.ChangedAt,
            ErasedAt = customer.ErasedAt,
        };
}
