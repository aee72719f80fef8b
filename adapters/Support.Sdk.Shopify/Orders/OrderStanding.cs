using Support.Sdk.Orders;

namespace Support.Sdk.Shopify.Orders;

/// <summary>How an order stands.</summary>
/// <remarks>
/// <para>Cancelled: it was cancelled.</para>
/// <para>
/// Completed: there is nothing to bring (only files and gift cards, a sale at the counter, everything removed or refunded before it was sent);
/// or the order was archived and every parcel that can be followed has arrived. Shopify archives an order by itself as soon as it is fulfilled and
/// paid, so an archived one whose parcel is under way stays open: its lateness is still judged.
/// </para>
/// <para>On hold: a fulfillment order that is still to be sent is on hold, even if others are not; the customer waits for it.</para>
/// <para>An order that is fetched at the shop is open until it was handed over, and one that the shop brings itself is like any other.</para>
/// </remarks>
internal static class OrderStanding
{
    public static OrderStatus Of(OrderNode order, IReadOnlyList<Shipment> parcels)
    {
        if (order.CancelledAt is not null)
        {
            return OrderStatus.Cancelled;
        }

        if ((parcels.Count == 0 && NeedsNothing(order)) || (order.Closed == true && parcels.All(HasEnded)))
        {
            return OrderStatus.Completed;
        }

        if (Holds(order).Any())
        {
            return OrderStatus.OnHold;
        }

        return IsKnown(order.DisplayFulfillmentStatus) ? OrderStatus.Open : OrderStatus.Unknown;
    }

    /// <summary>The reasons of the fulfillment orders that are on hold; one that gives none counts as one without a word.</summary>
    public static IEnumerable<string?> Holds(OrderNode order) =>
        (order.FulfillmentOrders?.Items ?? []).Where(part => part.Status is "ON_HOLD").SelectMany(Reasons).Where(HoldReasons.Counts);

    /// <summary>Whether all of it is fetched, or was bought, at the shop's counter.</summary>
    public static bool IsCounter(OrderNode order) => IsAll(order, "PICK_UP", "RETAIL");

    private static IEnumerable<string?> Reasons(FulfillmentOrderNode part)
    {
        var reasons = part.FulfillmentHolds?.OfType<HoldNode>().Select(hold => hold.Reason).ToList() ?? [];
        return reasons.Count > 0 ? reasons : [null];
    }

    private static bool NeedsNothing(OrderNode order) =>
        IsAll(order, "NONE", "RETAIL") || (order.RequiresShipping == false && !IsAll(order, "PICK_UP")) || IsNothingLeft(order);

    private static bool IsAll(OrderNode order, params ReadOnlySpan<string> methods)
    {
        var parts = order.FulfillmentOrders?.Items.Where(part => part.Status is not "CANCELLED").ToList() ?? [];
        foreach (var part in parts)
        {
            if (part.DeliveryMethod?.MethodType is not { } method || !methods.Contains(method))
            {
                return false;
            }
        }

        return parts.Count > 0;
    }

    private static bool IsNothingLeft(OrderNode order)
    {
        var lines = order.LineItems?.Items.ToList() ?? [];
        return lines.Count > 0 && lines.TrueForAll(line => line.RequiresShipping == false || line is { UnfulfilledQuantity: 0, CurrentQuantity: 0 });
    }

    // What has neither a number nor a scan is never heard of again.
    private static bool HasEnded(Shipment parcel) =>
        parcel.DeliveredAt is not null
        || parcel.Events.Any(scan => scan.Status == TrackingStatus.Cancelled)
        || (parcel.TrackingNumber is null && parcel.Events.Count == 0);

    private static bool IsKnown(string? status) =>
        status
            is null
                or "UNFULFILLED"
                or "OPEN"
                or "SCHEDULED"
                or "IN_PROGRESS"
                or "PENDING_FULFILLMENT"
                or "REQUEST_DECLINED"
                or "RESTOCKED"
                or "ON_HOLD"
                or "PARTIALLY_FULFILLED"
                or "FULFILLED"
                or "FULFILLMENT_NOT_REQUIRED";
}
