using Microsoft.AspNetCore.Http;
using Support.Sdk.Links;
using Support.Sdk.Shops;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Pages.Tickets;

/// <summary>Finds the ticket that a link opens: while its holder is part of it, and nobody has erased it.</summary>
internal sealed class TicketAccess(ISupportLinks links, IShopDirectory shops, ITicketStore tickets, TimeProvider time)
{
    private const int MaxMerges = 10;

    /// <summary>The ticket, or null; <c>IsWaiting</c> when it only is not filed yet.</summary>
    public async Task<(CustomerTicket? Ticket, Shop? Waiting)> FindAsync(string token, HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        if (
            await links.ReadAsync(token, LinkPurpose.Ticket, cancellationToken) is not { } link
            || await shops.FindAsync(link.Shop, cancellationToken) is not { } shop
        )
        {
            return default;
        }

        if (await NamedAsync(link, cancellationToken) is not { } ticket)
        {
            return link.Ticket is null && VisitorLink.MayWait(link, time.GetUtcNow()) ? (null, shop) : default;
        }

        return IsOpenTo(ticket, link)
            ? (
                new CustomerTicket
                {
                    Shop = shop,
                    Link = link,
                    Ticket = ticket,
                    Culture = PageLanguage.Choose(context.Request, ticket.Requester.Culture, shop.Culture),
                },
                null
            )
            : default;
    }

    /// <summary>The ticket that goes on from a closed one, with a link to it for the same holder; or null.</summary>
    public async Task<SignedLink?> GoesOnAsync(CustomerTicket closed, CancellationToken cancellationToken)
    {
        if (
            closed.Ticket.Status != TicketStatus.Closed
            || closed.Ticket.Links.LastOrDefault(link => link.Relation == TicketRelation.FollowedUpBy) is not { } followed
            || await FollowAsync(closed.Ticket.Key with { Number = followed.Number }, cancellationToken) is not { } next
            || !IsOpenTo(next, closed.Link)
        )
        {
            return null;
        }

        return closed.Link with
        {
            Ticket = next.Key.Number,
        };
    }

    private async Task<Ticket?> NamedAsync(SignedLink link, CancellationToken cancellationToken)
    {
        if (link.Ticket is { } number)
        {
            return await FollowAsync(new TicketKey(link.Shop, number), cancellationToken);
        }

        var query = new TicketQuery
        {
            Shop = link.Shop,
            OpenedBy = VisitorLink.OpenedBy(link),
            Max = 1,
        };
        return await tickets.ListAsync(query, cancellationToken) is [var opened]
            ? opened.MergedInto is { } into
                ? await FollowAsync(into, cancellationToken)
                : opened
            : null;
    }

    // A ticket that was merged is the one that it became.
    private async Task<Ticket?> FollowAsync(TicketKey key, CancellationToken cancellationToken)
    {
        var ticket = await ReadAsync(key, cancellationToken);
        for (var step = 0; step < MaxMerges && ticket?.MergedInto is { } into; step++)
        {
            ticket = await ReadAsync(into, cancellationToken);
        }

        return ticket;
    }

    private async Task<Ticket?> ReadAsync(TicketKey key, CancellationToken cancellationToken) =>
        await tickets.FindAsync([key], cancellationToken) is [var ticket] ? ticket : null;

    // The same as for a word that comes in: who is not part of a ticket neither reads it nor writes in it.
    private static bool IsOpenTo(Ticket ticket, SignedLink link) => ticket.ErasedAt is null && TicketPeople.IsPartOf(ticket, link.Contact);
}
