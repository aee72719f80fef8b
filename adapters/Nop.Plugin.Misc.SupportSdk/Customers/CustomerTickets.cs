using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Support.Sdk;
using Support.Sdk.Contacts;
using Support.Sdk.Customers;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Tickets;
using NopOrder = Nop.Core.Domain.Orders.Order;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>A ticket that somebody may read, and as whom.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="Writer">Whose words those are that are written on its page.</param>
internal sealed record HeldTicket(Ticket Ticket, ContactPoint Writer);

/// <summary>A customer's own tickets: those written under the account, those about the account's orders, or the one that a signed link opens.</summary>
/// <remarks>That an account names an e-mail address proves nothing, see <see cref="CustomerOrders"/>: other tickets are reached by the links in their mails.</remarks>
internal sealed class CustomerTickets(IRepository<NopOrder> orders)
{
    /// <summary>The field that names the account under which a ticket was opened.</summary>
    public const string Account = "account";

    private const int PageSize = 20;
    private const int MaxPage = 10;
    private const int OrdersRead = 50;
    private const int MaxMerges = 10;

    /// <summary>One page of the visitor's tickets.</summary>
    public async Task<(IReadOnlyList<Ticket> Tickets, int Page, bool HasOlder)> ListAsync(
        SupportEngine engine,
        Visitor visitor,
        int page,
        CancellationToken cancellationToken
    )
    {
        var own = await OwnOrdersAsync(engine, visitor, cancellationToken);
        var points = own.SelectMany(order => order.Snapshot?.Customer.ContactPoints ?? []).ToList();
        if (!string.IsNullOrWhiteSpace(visitor.Customer.Email))
        {
            points.Add(new ContactPoint("email", visitor.Customer.Email));
        }

        var tickets = new Dictionary<long, Ticket>();
        foreach (
            var customer in points.Count == 0 ? [] : await engine.Get<ICustomerStore>().OfContactsAsync(visitor.Shop, [.. points.Distinct()], cancellationToken)
        )
        {
            var query = new TicketQuery
            {
                Shop = visitor.Shop,
                CustomerId = customer.Id,
                Max = PageSize * MaxPage,
            };
            foreach (var ticket in (await engine.Get<ITickets>().ListAsync(query, cancellationToken)).Where(ticket => IsOwn(ticket, visitor, own)))
            {
                tickets[ticket.Key.Number] = ticket;
            }
        }

        var number = Math.Clamp(page, 1, MaxPage);
        var shown = tickets
            .Values.Where(ticket => ticket.MergedInto is null)
            .OrderByDescending(ticket => ticket.Key.Number)
            .Skip((number - 1) * PageSize)
            .ToList();
        return ([.. shown.Take(PageSize)], number, shown.Count > PageSize && number < MaxPage);
    }

    /// <summary>A ticket of the visitor's; null when there is none of that number, or it is somebody else's.</summary>
    public async Task<HeldTicket?> FindAsync(SupportEngine engine, Visitor visitor, long number, CancellationToken cancellationToken)
    {
        if (number < 1 || await FollowAsync(engine, new TicketKey(visitor.Shop, number), cancellationToken) is not { } ticket)
        {
            return null;
        }

        var ids = ticket.Orders.Select(id => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var order) ? order : 0).ToList();
        var own = await OwnOrdersAsync(engine, visitor, cancellationToken, ids);
        return IsOwn(ticket, visitor, own) && ticket.Requester.ContactPoints is [var writer, ..] ? new HeldTicket(ticket, writer) : null;
    }

    /// <summary>The ticket that a link opens: while its holder is part of it, and nobody has erased it.</summary>
    public static async Task<HeldTicket?> FindAsync(SupportEngine engine, SignedLink link, CancellationToken cancellationToken) =>
        link.Ticket is { } number
        && await FollowAsync(engine, new TicketKey(link.Shop, number), cancellationToken) is { ErasedAt: null } ticket
        && TicketPeople.IsPartOf(ticket, link.Contact)
            ? new HeldTicket(ticket, link.Contact)
            : null;

    private static bool IsOwn(Ticket ticket, Visitor visitor, IReadOnlyList<WatchedOrder> own) =>
        ticket.ErasedAt is null
        && visitor.IsRegistered
        && (
            string.Equals(ticket.Fields.GetValueOrDefault(Account), Id(visitor.Customer.Id), StringComparison.Ordinal)
            || own.Any(order =>
                ticket.Orders.Contains(order.Key.Id, StringComparer.Ordinal)
                && order.Snapshot?.Customer.ContactPoints.Any(point => ticket.Requester.ContactPoints.Holds(point)) is true
            )
        );

    /// <summary>An account's id as a ticket's field has it.</summary>
    public static string Id(int customerId) => customerId.ToString(CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<WatchedOrder>> OwnOrdersAsync(
        SupportEngine engine,
        Visitor visitor,
        CancellationToken cancellationToken,
        IReadOnlyCollection<int>? among = null
    )
    {
        var (customerId, storeId) = (visitor.Customer.Id, visitor.Store.Id);
        var own = orders.Table.Where(order => order.CustomerId == customerId && order.StoreId == storeId && !order.Deleted);
        var found = await (
            among is null ? own.OrderByDescending(order => order.Id).Take(OrdersRead) : own.Where(order => among.Contains(order.Id))
        ).ToListAsync();
        return found.Count == 0 ? [] : await engine.Get<IOrderStore>().FindAsync([.. found.Select(CustomerOrders.KeyOf)], cancellationToken);
    }

    /// <summary>The ticket of a number; one that was merged is the one that it became.</summary>
    public static async Task<Ticket?> FollowAsync(SupportEngine engine, TicketKey key, CancellationToken cancellationToken)
    {
        var ticket = await ReadAsync(engine, key, cancellationToken);
        for (var step = 0; step < MaxMerges && ticket?.MergedInto is { } into; step++)
        {
            ticket = await ReadAsync(engine, into, cancellationToken);
        }

        return ticket;
    }

    private static async Task<Ticket?> ReadAsync(SupportEngine engine, TicketKey key, CancellationToken cancellationToken) =>
        await engine.Get<ITicketStore>().FindAsync([key], cancellationToken) is [var ticket] ? ticket : null;
}
