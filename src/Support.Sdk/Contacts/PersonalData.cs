using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

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
