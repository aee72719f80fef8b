using Support.Sdk.Contacts;
using Support.Sdk.Customers;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Tickets;

/// <summary>Looks up what a ticket has to know about its customer: who it is, where to reach them, which segments they are in.</summary>
internal sealed class TicketPeople(
    CustomerBook customers,
    ContactBook contacts,
    IOutboxStore outbox,
    IOrderStore orders,
    ITicketStore tickets,
    IEnumerable<IChannel> channels
)
{
    private const int Most = 1000;

    /// <summary>The names of the channels that messages can go on.</summary>
    public IReadOnlyList<string> Channels { get; } = [.. channels.Select(channel => channel.Name)];

    /// <summary>Whether a contact point is one of a ticket's customer: only then may its holder read the ticket, or write in it by its number.</summary>
    public static bool IsPartOf(Ticket ticket, ContactPoint from) => ticket.Requester.ContactPoints.Holds(from);

    /// <summary>Begins a ticket: finds out who asks, and takes a number.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="from">Who asks, or null.</param>
    /// <param name="seen">What was told besides.</param>
    /// <param name="origin">What it comes from, apart from its customer.</param>
    /// <param name="fresh">Makes the ticket.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    public async Task<TicketDraft> OpenAsync(
        Shop shop,
        ContactPoint? from,
        OrderCustomer seen,
        TicketOrigin origin,
        Func<TicketKey, TicketOrigin, Ticket> fresh,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var customer = await CustomerAsync(shop, from, seen, now, cancellationToken);
        var segments = await SegmentsAsync(shop, customer, now, cancellationToken);
        var key = new TicketKey(shop.Id, await tickets.TakeNumbersAsync(shop.Id, 1, cancellationToken));
        return TicketDraft.Open(fresh(key, origin with { CustomerId = customer?.Id, Segments = segments }), shop, now);
    }

    /// <summary>What a message tells of its writer.</summary>
    public static OrderCustomer Seen(InboundMessage message) =>
        new()
        {
            Name = message.Name,
            Culture = message.Culture,
            TimeZone = message.TimeZone,
        };

    /// <summary>Where the customer can be reached now.</summary>
    public async Task<TicketReach> ReachAsync(string shop, IReadOnlyList<ContactPoint> points, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reachable = points.Where(point => Channels.Contains(point.Channel, StringComparer.Ordinal)).ToList();
        if (reachable.Count == 0)
        {
            return TicketReach.Choose(points, Channels, [], []);
        }

        var known = await contacts.KnownAsync(shop, reachable, cancellationToken);
        var recent = await outbox.RecentAsync(shop, reachable, now.AddDays(-1), cancellationToken);
        return TicketReach.Choose(points, Channels, known, recent);
    }

    /// <summary>The customer of a contact point; null for nobody, and for a visitor of a shop that keeps no identity.</summary>
    /// <remarks>Whoever left an address is a customer in any case: it is by the customer that an erasure finds the ticket.</remarks>
    private async Task<Customer?> CustomerAsync(Shop shop, ContactPoint? from, OrderCustomer seen, DateTimeOffset now, CancellationToken cancellationToken) =>
        from is null || (!shop.Tickets.KeepsIdentity && string.Equals(from.Channel, Customer.Visitor, StringComparison.Ordinal))
            ? null
            : await customers.ResolveAsync(shop, from, seen, now, cancellationToken);

    /// <summary>
    /// Whether a word from a contact point can go into a ticket: not when it is another customer's, or an erasure of either would find
    /// only half. A contact point that is nobody's becomes the customer's.
    /// </summary>
    public async Task<bool> CanJoinAsync(Ticket ticket, ContactPoint? from, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (from is null || IsPartOf(ticket, from))
        {
            return true;
        }

        var (shop, id) = (ticket.Key.Shop, ticket.Requester.CustomerId);
        if (await customers.FindAsync(shop, from, cancellationToken) is { } owner)
        {
            return string.Equals(owner.Id, id, StringComparison.Ordinal);
        }

        if (id is not null)
        {
            await customers.AddAsync(shop, id, from, now, cancellationToken);
        }

        return true;
    }

    /// <summary>The segments of a customer; only what they ask for is looked up.</summary>
    public async Task<IReadOnlyList<string>> SegmentsAsync(Shop shop, Customer? customer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var segments = shop.Tickets.Segments;
        if (segments.Count == 0 || customer is null)
        {
            return [];
        }

        var theirs = segments.Any(segment => segment is not { MinOrders: null, MaxOrders: null, MinSpent: null, OrderedWithin: null })
            ? await OrdersAsync(customer, Most, cancellationToken)
            : [];
        var asked = segments.Max(segment => segment.MinTickets) is { } most
            ? await tickets.ListAsync(
                new TicketQuery
                {
                    Shop = shop.Id,
                    CustomerId = customer.Id,
                    Max = Math.Clamp(most, 1, Most),
                },
                cancellationToken
            )
            : [];
        return SegmentMatch.Of(segments, customer, [.. theirs.Select(order => order.Snapshot).OfType<OrderSnapshot>()], asked, now);
    }

    /// <summary>The orders of a customer, the newest first.</summary>
    public async Task<IReadOnlyList<WatchedOrder>> OrdersAsync(Customer customer, int max, CancellationToken cancellationToken)
    {
        var found = new List<WatchedOrder>();
        foreach (var point in customer.ContactPoints.Where(point => !string.Equals(point.Channel, Customer.Visitor, StringComparison.Ordinal)))
        {
            found.AddRange(await orders.OfContactAsync(customer.Shop, point, max, cancellationToken));
        }

        return [.. found.DistinctBy(order => order.Key).OrderByDescending(order => order.Snapshot?.PlacedAt).Take(max)];
    }
}
