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

    /// <summary>Decided, and not yet with the channel.</summary>
    public static bool IsWaiting(Notice notice) => notice.State is DeliveryState.Pending or DeliveryState.Retry or DeliveryState.Held;

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

        if (StaffAlerts.Is(notice.Kind))
        {
            return facts.IsFinished ? "The order has arrived or was completed." : null;
        }

        var named = facts.Parcels.Where(parcel => notice.Parcels.Contains(parcel.Shipment.Id, StringComparer.Ordinal)).ToList();
        return named.Count > 0 && !string.Equals(notice.Kind, NoticeKinds.OrderDelivered, StringComparison.Ordinal) ? ParcelReason(notice.Kind, named) : null;
    }

    private static string? ParcelReason(string kind, List<ParcelFacts> named)
    {
        if (named.TrueForAll(parcel => parcel.IsDelivered))
        {
            return "The parcel has arrived.";
        }

        // A message about several parcels is still true while it is of one.
        return named.Exists(parcel => !parcel.IsDelivered && IsStill(kind, parcel)) ? null : "The parcel's status is another one meanwhile.";
    }

    private static bool IsStill(string kind, ParcelFacts parcel) =>
        kind switch
        {
            NoticeKinds.OrderShipped => !parcel.IsBeyondTransit,
            NoticeKinds.OutForDelivery => parcel.Status == TrackingStatus.OutForDelivery,
            NoticeKinds.OrderReturning => parcel.IsReturning,
            NoticeKinds.OrderException => parcel.IsInTrouble,
            _ => string.Equals(Reminders.KindOf(parcel.Status), kind, StringComparison.Ordinal),
        };

    private static string? DelayReason(Notice notice, OrderFacts facts, DelayAssessment assessment)
    {
        if (facts.IsFinished)
        {
            return "The order has arrived or was completed.";
        }

        var isMissed = assessment.Signals.Any(signal => signal.Kind == DelaySignalKind.PromiseMissed);
        if (facts.IsOutForDelivery && !isMissed)
        {
            return "The order is out for delivery.";
        }

        if (facts.IsAwaitingPickup)
        {
            return "The order waits at a pickup point.";
        }

        if (facts.IsReturning)
        {
            return "The order is on its way back.";
        }

        var isAtRisk = string.Equals(notice.Kind, NoticeKinds.OrderAtRisk, StringComparison.Ordinal);
        if (isAtRisk && isMissed)
        {
            return "The promise has ended meanwhile.";
        }

        var isOld = assessment.BetterDate is not null || (assessment.NewDate is { } date && date != notice.NewDate);
        return isOld ? "There is another date meanwhile." : null;
    }
}
