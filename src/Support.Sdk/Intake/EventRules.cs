using System.Security.Cryptography;
using System.Text;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Storefronts;
using Support.Sdk.Tickets;

namespace Support.Sdk.Intake;

/// <summary>What an event must fulfil to be kept, and the id of one that brings none.</summary>
internal static class EventRules
{
    private const int MaxShop = 100;
    private const int MaxId = 200;
    private const int MaxShipmentId = 100;
    private const int MaxBody = 256 * 1024;
    private const int MaxPoints = 20;
    private const int MaxOrders = 1000;

    public static InboxEntry ToEntry(SupportEvent supportEvent, DateTimeOffset now)
    {
        Check(supportEvent);
        // The reading is stamped after the id is derived: the same facts read twice are one event.
        var eventId = supportEvent.EventId ?? ContentId(supportEvent);
        var body = SupportJson.Write(supportEvent is OrderSnapshot { ReadAt: null } snapshot ? snapshot with { ReadAt = now } : supportEvent);
        if (body.Length > MaxBody)
        {
            throw new ArgumentException(
                supportEvent is InboundMessage
                    ? $"The message has {body.Length} characters in all. At most {MaxBody} are kept: hand long texts over as files."
                    : $"The event of order {supportEvent.Order} has {body.Length} characters. At most {MaxBody} are kept: leave out old tracking events.",
                nameof(supportEvent)
            );
        }

        return new InboxEntry
        {
            Source = supportEvent.Source,
            EventId = eventId,
            Shop = supportEvent.Shop,
            OrderId = supportEvent.Order?.Id,
            Body = body,
            ReceivedAt = now,
        };
    }

    private static string ContentId(SupportEvent supportEvent) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SupportJson.Write(supportEvent))));

    private static void Check(SupportEvent supportEvent)
    {
        CheckText(supportEvent.Shop, MaxShop, "shop");
        CheckText(supportEvent.Source, MaxShop, "source");
        if (supportEvent.EventId is { } eventId)
        {
            CheckText(eventId, MaxId, "event id");
        }

        switch (supportEvent)
        {
            case OrderSnapshot snapshot:
                CheckText(snapshot.Key.Id, MaxId, "order id");
                CheckPromise(snapshot);
                CheckTransit(snapshot);
                CheckShipments(snapshot.Shipments);
                break;
            case ShipmentTracked tracked:
                CheckText(tracked.Key.Id, MaxId, "order id");
                CheckShipments([tracked.Shipment]);
                break;
            case OrderChanged changed:
                CheckText(changed.Key.Id, MaxId, "order id");
                break;
            case DeliveryReceipt receipt:
                CheckText(receipt.DeliveryId, MaxId, "delivery id");
                break;
            case DeliveryTrouble trouble:
                CheckText(trouble.DeliveryId, MaxId, "delivery id");
                break;
            case InboundMessage message:
                MessageRules.Check(message);
                break;
            case PrivacyRequested request:
                CheckRequest(request);
                break;
        }
    }

    internal static void CheckText(string? text, int max, string what)
    {
        if (string.IsNullOrEmpty(text) || text.Length > max || text.Any(char.IsControl))
        {
            throw new ArgumentException($"An event's {what} must have 1 to {max} characters and no control characters.", nameof(text));
        }
    }

    private static void CheckPromise(OrderSnapshot snapshot)
    {
        foreach (var promise in (ReadOnlySpan<PromiseDate?>)[snapshot.Promise?.ShipBy, snapshot.Promise?.DeliverFrom, snapshot.Promise?.DeliverBy])
        {
            if (promise is null)
            {
                continue;
            }

            if (promise.Date is null == promise.Moment is null)
            {
                throw new ArgumentException(
                    $"A promise of order {snapshot.Key} needs either a date or a moment. Make it with PromiseDate.On or PromiseDate.At.",
                    nameof(snapshot)
                );
            }

            if (promise.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            {
                throw new ArgumentException(
                    $"The time zone '{zone}' in a promise of order {snapshot.Key} is not known. Use an IANA name such as Europe/Stockholm.",
                    nameof(snapshot)
                );
            }
        }
    }

    private static void CheckTransit(OrderSnapshot snapshot)
    {
        if (snapshot.TransitDays is < 0 or > 365)
        {
            throw new ArgumentException($"The transit days of order {snapshot.Key} must lie between 0 and 365.", nameof(snapshot));
        }
    }

    private static void CheckRequest(PrivacyRequested request)
    {
        if (request.ContactPoints.Count > MaxPoints || request.OrderIds.Count > MaxOrders)
        {
            throw new ArgumentException($"A privacy request names at most {MaxPoints} contact points and {MaxOrders} orders.", nameof(request));
        }

        if (request.RequestId is { } number)
        {
            CheckText(number, MaxShop, "request id");
        }

        foreach (var id in request.OrderIds)
        {
            CheckText(id, MaxId, "order id");
        }
    }

    private static void CheckShipments(IReadOnlyList<Shipment> shipments)
    {
        foreach (var shipment in shipments)
        {
            CheckText(shipment.Id, MaxShipmentId, "shipment id");
        }
    }
}
