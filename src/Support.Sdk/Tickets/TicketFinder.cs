using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.Tickets;

/// <summary>Finds the ticket that a word, or a message in trouble, belongs to.</summary>
internal sealed class TicketFinder(ITicketStore tickets, IOrderStore orders, IOutboxStore outbox)
{
    private const int MaxSteps = 10;
    private const int Newest = 20;

    /// <summary>Where a customer's word belongs.</summary>
    public async Task<TicketPlacement> PlaceAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        var answered = message.InReplyTo is { } id ? await DeliveryAsync(message.Shop, id, cancellationToken) : null;
        // Only who got a message of ours can name it: its id cannot be guessed. Numbers can.
        var named = answered?.Message.Ticket ?? (message.Ticket is { } number ? new TicketKey(message.Shop, number) : null);
        if (
            named is { } key
            && await FollowAsync(key, cancellationToken) is { } ticket
            && (answered is not null || (message.From is { } from && TicketPeople.IsPartOf(ticket, from)))
        )
        {
            return ticket is { Status: not TicketStatus.Closed, ErasedAt: null }
                ? new TicketPlacement { Ticket = ticket }
                : await AfterAsync(ticket, cancellationToken);
        }

        return await OfOrderAsync(message, answered?.Message.Order, cancellationToken);
    }

    /// <summary>Where a message in trouble belongs.</summary>
    public async Task<TicketPlacement?> PlaceAsync(DeliveryTrouble trouble, CancellationToken cancellationToken)
    {
        if (await DeliveryAsync(trouble.Shop, trouble.DeliveryId, cancellationToken) is not { } delivery)
        {
            return null;
        }

        if (delivery.Message.Ticket is { } key)
        {
            return new TicketPlacement { Ticket = await FollowAsync(key, cancellationToken), Delivery = delivery };
        }

        if (delivery.Message.Order is not { } order)
        {
            return new TicketPlacement { Delivery = delivery };
        }

        var watched = await orders.FindAsync([order], cancellationToken) is [var found] ? found : null;
        var ofOrder = await OfOrderAsync(order, cancellationToken);
        return new TicketPlacement
        {
            Ticket = ofOrder.FirstOrDefault(IsOpenToWords),
            Order = watched,
            Delivery = delivery,
            OpenedBy = Next(order, ofOrder),
        };
    }

    /// <summary>The ticket that everything said to this one goes to: the one that took it over, or that goes on after it was closed.</summary>
    public async Task<Ticket?> FollowAsync(TicketKey key, CancellationToken cancellationToken)
    {
        var ticket = await FindAsync(key, cancellationToken);
        for (var step = 0; step < MaxSteps && ticket is not null && Next(ticket) is { } next; step++)
        {
            ticket = await FindAsync(next, cancellationToken) ?? ticket;
        }

        return ticket;
    }

    public async Task<Ticket?> FindAsync(TicketKey key, CancellationToken cancellationToken) =>
        await tickets.FindAsync([key], cancellationToken) is [var ticket] ? ticket : null;

    public async Task<WatchedOrder?> OrderAsync(string shop, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        ids.Count > 0 && await orders.FindAsync([new OrderKey(shop, ids[0])], cancellationToken) is [var order] ? order : null;

    // Whoever writes about an order that names no such contact point only claims that it is theirs.
    private async Task<TicketPlacement> OfOrderAsync(InboundMessage message, OrderKey? answered, CancellationToken cancellationToken)
    {
        var key = answered ?? (message.OrderId is { } id ? new OrderKey(message.Shop, id) : null);
        if (key is not { } order || await orders.FindAsync([order], cancellationToken) is not [var watched])
        {
            return new TicketPlacement();
        }

        var isTheirs = answered is not null || (message.From is { } from && watched.Snapshot?.Customer.ContactPoints.Holds(from) is true);
        if (!isTheirs)
        {
            return new TicketPlacement();
        }

        var ofOrder = await OfOrderAsync(order, cancellationToken);
        return new TicketPlacement
        {
            Ticket = ofOrder.FirstOrDefault(IsOpenToWords),
            Order = watched,
            OpenedBy = Next(order, ofOrder),
            Before = ofOrder.FirstOrDefault(ticket => ticket.Status == TicketStatus.Closed && ticket.MergedInto is null),
        };
    }

    private async Task<TicketPlacement> AfterAsync(Ticket over, CancellationToken cancellationToken)
    {
        var order = await OrderAsync(over.Key.Shop, over.Orders, cancellationToken);
        return new TicketPlacement
        {
            Order = order,
            Before = over,
            // Two words on one closed ticket open one ticket, not two.
            OpenedBy = FormattableString.Invariant($"after:{over.Key.Number}"),
        };
    }

    private async Task<IReadOnlyList<Ticket>> OfOrderAsync(OrderKey order, CancellationToken cancellationToken) =>
        await tickets.ListAsync(
            new TicketQuery
            {
                Shop = order.Shop,
                OrderId = order.Id,
                Max = Newest,
            },
            cancellationToken
        );

    private static TicketKey? Next(Ticket ticket) =>
        ticket.MergedInto
        ?? (
            ticket.Status == TicketStatus.Closed && ticket.Links.LastOrDefault(link => link.Relation == TicketRelation.FollowedUpBy) is { } link
                ? ticket.Key with
                {
                    Number = link.Number,
                }
                : null
        );

    // Two events that find the same tickets open the same one: the second finds the key taken, and looks again.
    private static string Next(OrderKey order, IReadOnlyList<Ticket> ofOrder) =>
        FormattableString.Invariant($"order:{(ofOrder.Count > 0 ? ofOrder[0].Key.Number : 0)}:{order.Id}");

    private static bool IsOpenToWords(Ticket ticket) => ticket is { Status: not TicketStatus.Closed, ErasedAt: null } && ticket.MergedInto is null;

    private async Task<MessageDelivery?> DeliveryAsync(string shop, string id, CancellationToken cancellationToken) =>
        await outbox.ListAsync(new DeliveryQuery { Id = id, Shop = shop }, cancellationToken) is [var delivery] ? delivery : null;
}

/// <summary>Where something belongs.</summary>
internal sealed record TicketPlacement
{
    /// <summary>The ticket that it goes on with, or null to open one.</summary>
    public Ticket? Ticket { get; init; }

    /// <summary>The order that it is about, as far as that is proven, or null.</summary>
    public WatchedOrder? Order { get; init; }

    /// <summary>The message that it is about, or null.</summary>
    public MessageDelivery? Delivery { get; init; }

    /// <summary>What a new ticket is known by, or null for the event itself.</summary>
    public string? OpenedBy { get; init; }

    /// <summary>The closed ticket that a new one follows, or null.</summary>
    public Ticket? Before { get; init; }
}
