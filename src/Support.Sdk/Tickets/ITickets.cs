using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Sweep;

namespace Support.Sdk.Tickets;

/// <summary>Reads tickets: for agents, with everything that belongs to one at hand.</summary>
public interface ITickets
{
    /// <summary>Reads one ticket with its orders; null when there is no such one.</summary>
    Task<TicketView?> FindAsync(TicketKey key, CancellationToken cancellationToken = default);

    /// <summary>Lists tickets of a shop.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="TicketQuery.Max"/> is not between 1 and 1,000.</exception>
    Task<IReadOnlyList<Ticket>> ListAsync(TicketQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads entries of a ticket in the order of their numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="TicketEntryQuery.Max"/> is not between 1 and 1,000.</exception>
    Task<IReadOnlyList<TicketEntry>> EntriesAsync(TicketEntryQuery query, CancellationToken cancellationToken = default);

    /// <summary>What a shop promises, in the order in which policies match; empty for an unknown shop.</summary>
    Task<IReadOnlyList<Sla.SlaPolicy>> PoliciesAsync(string shop, CancellationToken cancellationToken = default);
}

/// <summary>A ticket and what belongs to it.</summary>
public sealed record TicketView
{
    /// <summary>The ticket.</summary>
    public required Ticket Ticket { get; init; }

    /// <summary>Its orders, each with what was promised, decided and told.</summary>
    public IReadOnlyList<TicketOrderView> Orders { get; init; } = [];
}

/// <summary>An order as a ticket shows it.</summary>
public sealed record TicketOrderView
{
    /// <summary>The order: its facts, every promise, every notice and what became of it.</summary>
    public required WatchedOrder Order { get; init; }

    /// <summary>Every decision with its reason, oldest first.</summary>
    public IReadOnlyList<Decision> Decisions { get; init; } = [];
}

internal sealed class TicketReader(SupportStart start, IServiceProvider services, IShopDirectory shops) : ITickets
{
    private const int MaxOrders = 20;

    public async Task<TicketView?> FindAsync(TicketKey key, CancellationToken cancellationToken = default)
    {
        await start.EnsureAsync(cancellationToken);
        if (await Store.FindAsync([key], cancellationToken) is not [var ticket])
        {
            return null;
        }

        var orders = services.GetRequiredService<IOrderStore>();
        var views = new List<TicketOrderView>();
        foreach (var order in await orders.FindAsync([.. ticket.Orders.Take(MaxOrders).Select(id => new OrderKey(key.Shop, id))], cancellationToken))
        {
            views.Add(new TicketOrderView { Order = order, Decisions = await orders.HistoryAsync(order.Key, cancellationToken) });
        }

        return new TicketView { Ticket = ticket, Orders = views };
    }

    public async Task<IReadOnlyList<Ticket>> ListAsync(TicketQuery query, CancellationToken cancellationToken = default)
    {
        await start.EnsureAsync(cancellationToken);
        return await Store.ListAsync(query, cancellationToken);
    }

    public async Task<IReadOnlyList<TicketEntry>> EntriesAsync(TicketEntryQuery query, CancellationToken cancellationToken = default)
    {
        await start.EnsureAsync(cancellationToken);
        return await Store.EntriesAsync(query, cancellationToken);
    }

    public async Task<IReadOnlyList<Sla.SlaPolicy>> PoliciesAsync(string shop, CancellationToken cancellationToken = default) =>
        await shops.FindAsync(shop, cancellationToken) is { } known ? known.Tickets.Policies ?? Sla.SlaPolicy.Default : [];

    private ITicketStore Store => services.GetRequiredService<ITicketStore>();
}
