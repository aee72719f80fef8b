using Support.Sdk.Deliveries;

namespace Support.Sdk.Orders;

/// <summary>Finds messages that wait to be sent and are no longer true.</summary>
internal static class Overtaken
{
    public static IReadOnlyList<Superseded> Find(WatchedOrder order, OrderFacts facts, DelayAssessment assessment) =>
        [
            .. order
                .Notices.Where(IsWaiting)
                .Select(notice => (notice, reason: Reason(notice, order, facts, assessment)))
                .Where(found => found.reason is not null)
                .Select(found => new Superseded(found.notice.DeliveryId, found.reason!)),
        ];

    /// <summary>The delay notices that a newer one replaces.</summary>
    public static IReadOnlyList<Superseded> Replaced(WatchedOrder order) =>
        [
            .. order
                .Notices.Where(notice => IsWaiting(notice) && Promises.IsDelay(notice.Kind))
                .Select(notice => new Superseded(notice.DeliveryId, "A newer notice replaces it.")),
        ];

    public static WatchedOrder Apply(WatchedOrder order, IReadOnlyList<Superseded> superseded)
    {
        if (superseded.Count == 0)
        {
            return order;
        }

        var ids = superseded.Select(one => one.DeliveryId).ToHashSet(StringComparer.Ordinal);
        return order with
        {
            Notices = [.. order.Notices.Select(notice => ids.Contains(notice.DeliveryId) ? notice with { State = DeliveryState.Superseded } : notice)],
        };
    }

    private static bool IsWaiting(Notice notice) => notice.State is DeliveryState.Pending or DeliveryState.Retry or DeliveryState.Held;

    private static string? Reason(Notice notice, WatchedOrder order, OrderFacts facts, DelayAssessment assessment)
    {
        if (order.Snapshot!.Status == OrderStatus.Cancelled)
        {
            return "The order was cancelled.";
        }

        if (Promises.IsDelay(notice.Kind))
        {
            return DelayReason(notice, facts, assessment);
        }

        var arrived = facts.Parcels.Where(parcel => parcel.IsDelivered).Select(parcel => parcel.Shipment.Id).ToHashSet(StringComparer.Ordinal);
        var isShipped = string.Equals(notice.Kind, NoticeKinds.OrderShipped, StringComparison.Ordinal);
        return isShipped && notice.Parcels.Count > 0 && notice.Parcels.All(arrived.Contains) ? "The parcel has arrived." : null;
    }

    private static string? DelayReason(Notice notice, OrderFacts facts, DelayAssessment assessment)
    {
        if (facts.IsFinished)
        {
            return "The order has arrived or was completed.";
        }

        if (facts.IsOutForDelivery)
        {
            return "The order is out for delivery.";
        }

        var isAtRisk = string.Equals(notice.Kind, NoticeKinds.OrderAtRisk, StringComparison.Ordinal);
        if (isAtRisk && assessment.Signals.Any(signal => signal.Kind == DelaySignalKind.PromiseMissed))
        {
            return "The promise has ended meanwhile.";
        }

        return assessment.NewDate is { } date && date != notice.NewDate ? "There is another date meanwhile." : null;
    }
}
