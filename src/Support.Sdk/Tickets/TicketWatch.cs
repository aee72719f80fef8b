using Microsoft.Extensions.Logging;
using Support.Sdk.Deliveries;
using Support.Sdk.Diagnostics;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Sweep;

namespace Support.Sdk.Tickets;

/// <summary>Applies customers' words and troubles of our messages to tickets, and what the alarm clock brings.</summary>
internal sealed partial class TicketWatch(
    SupportStart start,
    ITicketStore tickets,
    TicketFinder finder,
    TicketPeople people,
    TicketDecider decider,
    IShopDirectory shops,
    SupportTelemetry telemetry,
    EngineTimes times,
    TimeProvider time,
    ILogger<TicketWatch> logger
)
{
    private const int BatchSize = 100;
    private const int MaxRaces = 10;

    /// <summary>Applies one event, and returns what became of its entry; null when the change that was saved says so.</summary>
    public async Task<InboxResult?> ApplyAsync(InboxEntry entry, SupportEvent supportEvent, CancellationToken cancellationToken)
    {
        if (await shops.FindAsync(entry.Shop, cancellationToken) is not { } shop)
        {
            return Result(entry, InboxState.Parked, InboxRetry.UnknownShop);
        }

        for (var race = 0; race < MaxRaces; race++)
        {
            var change = supportEvent switch
            {
                InboundMessage message => await HearAsync(entry, message, shop, cancellationToken),
                DeliveryTrouble trouble => await TroubleAsync(entry, trouble, shop, cancellationToken),
                _ => throw new InvalidOperationException($"{supportEvent.GetType().Name} is nothing that a ticket is about."),
            };
            if (change is null)
            {
                return Result(entry, InboxState.Done, "No such delivery.");
            }

            // Whoever won has other facts; the loser is placed and decided again.
            if ((await tickets.SaveAsync([change with { InboxIds = [entry.Id] }], cancellationToken)).Count == 0)
            {
                telemetry.Changed(change);
                LogApplied(change.Ticket.Key.Shop, change.Ticket.Key.Number, change.Entries.Count, change.Deliveries.Count);
                return null;
            }
        }

        return InboxRetry.After(entry, "The ticket was changed by others again and again.", time.GetUtcNow());
    }

    /// <summary>Looks at a batch of tickets whose time has come.</summary>
    public async Task<int> ProcessDueAsync(CancellationToken cancellationToken)
    {
        var due = await tickets.ClaimAsync(time.GetUtcNow(), BatchSize, times.Lease, cancellationToken);
        if (due.Count == 0)
        {
            return 0;
        }

        var installation = await start.EnsureAsync(cancellationToken);
        var changes = new List<TicketChange>(due.Count);
        foreach (var ticket in due)
        {
            changes.Add(await TickAsync(ticket, installation, cancellationToken));
        }

        // Who lost was changed by somebody else, who has set its clock anew.
        var lost = await tickets.SaveAsync(changes, CancellationToken.None);
        foreach (var change in changes.Where(change => !lost.Contains(change.Ticket.Key)))
        {
            telemetry.Changed(change);
        }

        return due.Count;
    }

    private async Task<TicketChange> TickAsync(Ticket ticket, Installation installation, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (ticket.ErasedAt is not null || await shops.FindAsync(ticket.Key.Shop, cancellationToken) is not { } shop)
        {
            return new TicketChange { Ticket = ticket with { CheckAt = null } };
        }

        try
        {
            var draft = TicketDraft.Of(ticket, shop, now);
            decider.Tick(draft, people.Channels, installation);
            return draft.Finish();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogUndecided(exception, ticket.Key.Shop, ticket.Key.Number);
            return new TicketChange { Ticket = ticket with { CheckAt = now.AddHours(1) } };
        }
    }

    private async Task<TicketChange> HearAsync(InboxEntry entry, InboundMessage message, Shop shop, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var placement = await finder.PlaceAsync(message, cancellationToken);
        if (placement.Ticket is { } found && !await people.CanJoinAsync(found, message.From, now, cancellationToken))
        {
            placement = new TicketPlacement { Order = placement.Order ?? await finder.OrderAsync(shop.Id, found.Orders, cancellationToken) };
        }

        TicketDraft draft;
        if (placement.Ticket is { } known)
        {
            draft = TicketDraft.Of(known, shop, now);
        }
        else
        {
            draft = await people.OpenAsync(
                shop,
                message.From,
                TicketPeople.Seen(message),
                Origin(placement, entry),
                (key, origin) => TicketDecider.Fresh(key, message, origin, now),
                now,
                cancellationToken
            );
            TellStory(draft, placement);
        }

        var points = Points(draft.Ticket, message);
        await decider.HearAsync(draft, message, () => people.ReachAsync(shop.Id, points, now, cancellationToken), await start.EnsureAsync(cancellationToken));
        return draft.Finish() with { With = placement.Before is { } before ? Follow(before, draft, shop) : null };
    }

    private async Task<TicketChange?> TroubleAsync(InboxEntry entry, DeliveryTrouble trouble, Shop shop, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await finder.PlaceAsync(trouble, cancellationToken) is not { Delivery.Message: var message } placement || message.IsErased)
        {
            return null;
        }

        if (placement.Ticket is { } known)
        {
            var going = TicketDraft.Of(known, shop, now);
            TicketDecider.Trouble(going, trouble, message);
            return going.Finish();
        }

        var customer = placement.Order?.Snapshot?.Customer;
        var draft = await people.OpenAsync(
            shop,
            customer?.ContactPoints is [var first, ..] ? first : message.To,
            customer ?? new OrderCustomer(),
            Origin(placement, entry),
            (key, origin) => TicketDecider.Fresh(key, message, trouble.State, origin, now),
            now,
            cancellationToken
        );
        TellStory(draft, placement);
        TicketDecider.Trouble(draft, trouble, message);
        return draft.Finish();
    }

    private static TicketChange Follow(Ticket before, TicketDraft next, Shop shop)
    {
        var draft = TicketDraft.Of(before, shop, next.Now);
        draft.Change(
            ticket => ticket with { Links = [.. ticket.Links, new TicketLink(next.Ticket.Key.Number, TicketRelation.FollowedUpBy)] },
            TicketBy.Engine,
            "The customer wrote again after it was closed."
        );
        return draft.Finish();
    }

    private static IReadOnlyList<ContactPoint> Points(Ticket ticket, InboundMessage message) =>
        message.From is { } from ? [from, .. ticket.Requester.ContactPoints.Where(point => point != from)] : ticket.Requester.ContactPoints;

    private static TicketOrigin Origin(TicketPlacement placement, InboxEntry entry) =>
        new()
        {
            OpenedBy = placement.OpenedBy ?? TicketOrigin.OfEvent(entry.Source, entry.EventId),
            Order = placement.Order,
            Before = placement.Before,
        };

    private static void TellStory(TicketDraft draft, TicketPlacement placement)
    {
        if (placement.Order is { } order)
        {
            draft.Tell(TicketStory.Of(order), delivery: null);
        }
    }

    private static InboxResult Result(InboxEntry entry, InboxState state, string? reason) =>
        new()
        {
            Id = entry.Id,
            LeaseToken = entry.LeaseToken,
            State = state,
            Reason = reason,
        };

    [LoggerMessage(Level = LogLevel.Debug, Message = "Ticket {Ticket} of shop {Shop}: {Entries} entries and {Deliveries} messages.")]
    private partial void LogApplied(string shop, long ticket, int entries, int deliveries);

    [LoggerMessage(Level = LogLevel.Error, Message = "Ticket {Ticket} of shop {Shop} could not be looked at; it is tried again in an hour.")]
    private partial void LogUndecided(Exception exception, string shop, long ticket);
}
