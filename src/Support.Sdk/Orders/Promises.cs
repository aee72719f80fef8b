namespace Support.Sdk.Orders;

/// <summary>Which of all promises counts, and which new one can be given.</summary>
internal static class Promises
{
    /// <summary>The first promise that was made, moved by the last date that the customer was told.</summary>
    public static PromiseWindow InForce(WatchedOrder order)
    {
        var told = LastTold(order)?.NewDate;
        var shipBy = order.Promises.FirstOrDefault(promise => promise.ShipBy is not null)?.ShipBy;
        var deliverBy = order.Promises.FirstOrDefault(promise => promise.DeliverBy is not null)?.DeliverBy;
        return deliverBy is null ? new PromiseWindow { ShipBy = told ?? shipBy } : new PromiseWindow { ShipBy = shipBy, DeliverBy = told ?? deliverBy };
    }

    /// <summary>The last delay notice that is told or under way, or null.</summary>
    public static Notice? LastTold(WatchedOrder order) => order.Notices.LastOrDefault(notice => notice.IsTaken && IsDelay(notice.Kind));

    public static bool IsDelay(string kind) => NoticeKinds.Delays.Contains(kind, StringComparer.Ordinal);

    /// <summary>
    /// The carrier's announcement, else the promise that the source moved to: later than the promise in force, and still to
    /// come. Null when nobody gives a date.
    /// </summary>
    public static PromiseDate? NewDate(WatchedOrder order, OrderFacts facts, TimeZoneInfo zone, DateTimeOffset now)
    {
        var inForce = InForce(order);
        var current = inForce.DeliverBy ?? inForce.ShipBy;
        if (current is null)
        {
            return null;
        }

        var candidates = new[] { Announced(facts, zone), inForce.DeliverBy is null ? order.Promises[^1].ShipBy : order.Promises[^1].DeliverBy };
        return candidates.FirstOrDefault(date => date is not null && date.EndsAt(zone) > now && date.EndsAt(zone) > current.EndsAt(zone));
    }

    /// <summary>
    /// The date that the carrier, or else the source, gives now, when it is at least a day earlier than the one the customer
    /// was last told, and still to come. Null otherwise.
    /// </summary>
    public static PromiseDate? BetterDate(WatchedOrder order, OrderFacts facts, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (LastTold(order)?.NewDate is not { } told || facts.IsReturning)
        {
            return null;
        }

        // A source that never moved its promise has not said anything new.
        var moved = order.Promises.Count > 1 ? order.Promises[^1] : new PromiseWindow();
        var date = Announced(facts, zone) ?? (InForce(order).DeliverBy is null ? moved.ShipBy : moved.DeliverBy);
        return date is not null && date.EndsAt(zone) > now && told.EndsAt(zone) - date.EndsAt(zone) >= NotificationPolicy.BetweenDates ? date : null;
    }

    // The last parcel decides: the order has arrived when all of it has. A day, because no carrier keeps to the minute.
    private static PromiseDate? Announced(OrderFacts facts, TimeZoneInfo zone)
    {
        var latest = facts.Parcels.Where(parcel => !parcel.IsDelivered).Max(parcel => parcel.EstimatedArrival);
        return latest is null
            ? null
            : PromiseDate.On(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(latest.Value, zone).DateTime), zone.Id, PromiseSource.Carrier);
    }
}
