using Support.Sdk.Orders;

namespace Support.Sdk.Shopify.Orders;

/// <summary>Reads a fulfillment as one parcel.</summary>
/// <remarks>
/// A fulfillment with several tracking numbers is one parcel under the first of them: Shopify does not say which scans belong to which. One that was
/// cancelled, or whose request failed, was not sent; it is still handed over, with a scan that voids it, because an earlier reading may
/// have counted it as sent. One that needs no shipping (a gift card, a file) is no parcel.
/// </remarks>
internal static class ParcelMapper
{
    // More than any parcel has; the engine keeps no more either.
    private const int MaxEvents = 200;

    /// <param name="node">The fulfillment.</param>
    /// <param name="isCounter">The customer fetches the order at the shop's counter: what is fulfilled there has been handed over.</param>
    public static Shipment? Map(FulfillmentNode node, bool isCounter)
    {
        if (ShopifyId.Number(node.Id) is not { } id || node.RequiresShipping == false)
        {
            return null;
        }

        var tracking = Tracking(node);
        var events = Events(node);
        return new Shipment
        {
            Id = id,
            Carrier = Values.Text(tracking?.Company),
            TrackingNumber = Values.Text(tracking?.Number),
            TrackingUrl = Values.Link(tracking?.Url),
            ShippedAt = ShippedAt(node),
            DeliveredAt = DeliveredAt(node, events, isCounter),
            EstimatedArrival = Values.Moment(node.EstimatedDeliveryAt),
            Items = Items(node),
            Events = events,
        };
    }

    public static bool IsVoid(FulfillmentNode node) => node.Status is "CANCELLED" or "ERROR" or "FAILURE" || node.DisplayStatus is "CANCELED";

    private static TrackingNode? Tracking(FulfillmentNode node)
    {
        var all = node.TrackingInfo?.OfType<TrackingNode>().ToList() ?? [];
        return all.Find(one => !string.IsNullOrWhiteSpace(one.Number)) ?? all.FirstOrDefault();
    }

    // The shop fulfils an order when it buys the label; the carrier has the parcel later.
    private static DateTimeOffset? ShippedAt(FulfillmentNode node)
    {
        if (IsVoid(node))
        {
            return null;
        }

        var isSent = node.Status is "SUCCESS" && !TrackingWords.IsBeforeHandover(node.DisplayStatus);
        return Values.Moment(node.InTransitAt) ?? (isSent ? Values.Moment(node.CreatedAt) : null);
    }

    private static DateTimeOffset? DeliveredAt(FulfillmentNode node, List<TrackingEvent> events, bool isCounter)
    {
        if (IsVoid(node))
        {
            return null;
        }

        var isHandedOver = isCounter && node.Status is "SUCCESS" && node.DisplayStatus is null or "FULFILLED" or "MARKED_AS_FULFILLED";
        return Values.Moment(node.DeliveredAt)
            ?? events.Find(scan => scan.Status == TrackingStatus.Delivered)?.At
            ?? (isHandedOver ? Values.Moment(node.CreatedAt) : null);
    }

    private static List<TrackingEvent> Events(FulfillmentNode node)
    {
        var events = node.Events?.Items.Select(Map).OfType<TrackingEvent>().ToList() ?? [];
        if (Displayed(node, events) is { } displayed)
        {
            events.Add(displayed);
        }

        if (IsVoid(node) && Voided(node, events) is { } voided)
        {
            events.Add(voided);
        }

        return events.Count > MaxEvents ? [.. events.OrderBy(scan => scan.At).TakeLast(MaxEvents)] : events;
    }

    private static TrackingEvent? Map(EventNode node) =>
        Values.Moment(node.HappenedAt) is { } at
            ? new TrackingEvent
            {
                Status = TrackingWords.Of(node.Status),
                At = at,
                RawStatus = Values.Text(node.Status),
                Description = Values.Text(node.Message),
                EstimatedArrival = Values.Moment(node.EstimatedDeliveryAt),
            }
            : null;

    // Some states have no event of their own: a label that was voided, a parcel that was not delivered, and all of them in a bulk reading.
    private static TrackingEvent? Displayed(FulfillmentNode node, List<TrackingEvent> events)
    {
        var word = node.DisplayStatus;
        if (IsVoid(node) || TrackingWords.SaysNothing(word) || events.Exists(scan => string.Equals(scan.RawStatus, word, StringComparison.Ordinal)))
        {
            return null;
        }

        // A moment that stays where it is: the same state read twice must be the same scan.
        var status = TrackingWords.Of(word);
        var own = status switch
        {
            TrackingStatus.PreTransit => node.CreatedAt,
            TrackingStatus.PickedUp or TrackingStatus.InTransit => node.InTransitAt,
            TrackingStatus.Delivered => node.DeliveredAt,
            _ => null,
        };
        return (Values.Moment(own) ?? Values.Moment(node.UpdatedAt)) is { } at
            ? new TrackingEvent
            {
                Status = status,
                At = at,
                RawStatus = Values.Text(word),
            }
            : null;
    }

    private static TrackingEvent? Voided(FulfillmentNode node, List<TrackingEvent> events)
    {
        var at = new[] { Values.Moment(node.UpdatedAt) ?? Values.Moment(node.CreatedAt) }.Concat(events.Select(scan => (DateTimeOffset?)scan.At)).Max();
        return at is null
            ? null
            : new TrackingEvent
            {
                Status = TrackingStatus.Cancelled,
                At = at.Value,
                RawStatus = Values.Text(node.Status ?? node.DisplayStatus),
            };
    }

    private static IReadOnlyList<OrderItem> Items(FulfillmentNode node) =>
        [
            .. (node.FulfillmentLineItems?.Items ?? [])
                .Where(line => line.LineItem?.RequiresShipping != false && line.Quantity is not <= 0)
                .Select(line => new OrderItem
                {
                    Name = Values.Text(line.LineItem?.Name) ?? "?",
                    Quantity = line.Quantity ?? 1,
                    Sku = Values.Text(line.LineItem?.Sku),
                }),
        ];
}
