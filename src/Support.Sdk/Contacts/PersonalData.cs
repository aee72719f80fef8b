using Support.Sdk.Customers;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Tickets;

namespace Support.Sdk.Contacts;

/// <summary>What stays of orders, messages and contacts when their person is erased. Each lists what stays: what is new to them goes.</summary>
internal static class PersonalData
{
    private const string Erased = "Erased.";

    /// <summary>The order as an empty shell, which tells nothing more and takes nothing in.</summary>
    public static WatchedOrder Erase(WatchedOrder order, DateTimeOffset now) =>
        new()
        {
            Key = order.Key,
            Version = order.Version,
            Snapshot = order.Snapshot is { } snapshot ? Erase(snapshot) : null,
            Promises = order.Promises,
            Notices = [.. order.Notices.Select(notice => Overtaken.IsWaiting(notice) ? notice with { State = DeliveryState.Superseded } : notice)],
            FirstSeenAt = order.FirstSeenAt,
            Muted = "The customer's data was erased.",
            ErasedAt = now,
            QuietSince = now,
        };

    public static OutboundMessage Erase(OutboundMessage message) =>
        new()
        {
            Id = message.Id,
            Shop = message.Shop,
            Order = message.Order,
            Ticket = message.Ticket,
            Occasion = message.Occasion,
            To = new ContactPoint(message.To.Channel, ""),
            Culture = message.Culture,
            Subject = Erased,
            Text = Erased,
            Class = message.Class,
            DecidedAt = message.DecidedAt,
            IsErased = true,
        };

    /// <summary>The contact as its hash, with what closes it. Offers count as refused: an older order must not bring a consent back.</summary>
    public static Contact Erase(Contact contact, DateTimeOffset now) =>
        new()
        {
            Shop = contact.Shop,
            Key = contact.Key,
            Version = contact.Version,
            Health = contact.Health,
            HealthSince = contact.HealthSince,
            Consents =
            [
                .. contact.Consents.Where(word => word is { Granted: false, Purpose: not MessageClass.Marketing }),
                new ConsentWord(MessageClass.Marketing, Granted: false, now),
            ],
            Suppressed = contact.Suppressed is { } act ? act with { Why = null } : null,
            ErasedAt = now,
        };

    /// <summary>The ticket as an empty shell: how it stood, and how long things took.</summary>
    public static Ticket Erase(Ticket ticket, DateTimeOffset now) =>
        new()
        {
            Key = ticket.Key,
            Version = ticket.Version,
            Subject = Erased,
            Kind = ticket.Kind,
            Status = TicketStatus.Closed,
            Priority = ticket.Priority,
            Channel = ticket.Channel,
            Team = ticket.Team,
            Assignee = ticket.Assignee,
            Links = ticket.Links,
            Policy = ticket.Policy,
            Clocks = ticket.Clocks,
            OpenedAt = ticket.OpenedAt,
            ChangedAt = now,
            FirstReplyAt = ticket.FirstReplyAt,
            SolvedAt = ticket.SolvedAt ?? now,
            AcknowledgedAt = ticket.AcknowledgedAt,
            Acknowledgements = ticket.Acknowledgements,
            Entries = ticket.Entries,
            // What opened it may have been a mail, whose id names its sender's domain.
            OpenedBy = FormattableString.Invariant($"erased:{ticket.Key.Number}"),
            ErasedAt = now,
        };

    /// <summary>The customer as an id, without anything that was known by it.</summary>
    public static Customer Erase(Customer customer, DateTimeOffset now) =>
        new()
        {
            Shop = customer.Shop,
            Id = customer.Id,
            Version = customer.Version,
            CreatedAt = customer.CreatedAt,
            ChangedAt = now,
            MergedInto = customer.MergedInto,
            ErasedAt = now,
        };

    private static OrderSnapshot Erase(OrderSnapshot snapshot) =>
        new()
        {
            Key = snapshot.Key,
            PlacedAt = snapshot.PlacedAt,
            PaidAt = snapshot.PaidAt,
            UpdatedAt = snapshot.UpdatedAt,
            ReadAt = snapshot.ReadAt,
            Status = snapshot.Status,
            Promise = snapshot.Promise,
            ShippingMethod = snapshot.ShippingMethod,
            DestinationCountry = snapshot.DestinationCountry,
            Shipments = [.. snapshot.Shipments.Select(Erase)],
        };

    private static Shipment Erase(Shipment shipment) =>
        new()
        {
            Id = shipment.Id,
            Carrier = shipment.Carrier,
            ShippedAt = shipment.ShippedAt,
            DeliveredAt = shipment.DeliveredAt,
            EstimatedArrival = shipment.EstimatedArrival,
            Events =
            [
                .. shipment.Events.Select(scan => new TrackingEvent
                {
                    Status = scan.Status,
                    At = scan.At,
                    EstimatedArrival = scan.EstimatedArrival,
                }),
            ],
        };
}
