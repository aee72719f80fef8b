namespace Support.Sdk.Orders;

/// <summary>A parcel that waits for the customer is told at once, and again after one and after three days.</summary>
internal static class Reminders
{
    // AfterShip reminds of a failed attempt after a day; a pickup point keeps a parcel for about a week.
    private static readonly TimeSpan[] After = [TimeSpan.Zero, TimeSpan.FromDays(1), TimeSpan.FromDays(3)];

    /// <summary>The kind of message that a status reminds of, or null.</summary>
    public static string? KindOf(TrackingStatus? status) =>
        status switch
        {
            TrackingStatus.AttemptFailed => NoticeKinds.AttemptFailed,
            TrackingStatus.AvailableForPickup => NoticeKinds.AvailableForPickup,
            _ => null,
        };

    /// <summary>The messages of a kind about a parcel that are told or under way, oldest first.</summary>
    public static List<Notice> Told(WatchedOrder order, string kind, string parcel) =>
        [
            .. order.Notices.Where(notice =>
                notice.IsTaken && string.Equals(notice.Kind, kind, StringComparison.Ordinal) && notice.Parcels.Contains(parcel, StringComparer.Ordinal)
            ),
        ];

    /// <summary>When the next message is due, given the ones before; null after the last.</summary>
    public static DateTimeOffset? Due(ParcelFacts parcel, List<Notice> told) =>
        told.Count == 0 ? parcel.StatusSince
        : told.Count < After.Length ? told[0].DecidedAt + After[told.Count]
        : null;

    /// <summary>When each waiting parcel is due for its next message.</summary>
    public static IEnumerable<DateTimeOffset?> Next(WatchedOrder order, OrderFacts facts) =>
        facts
            .Parcels.Where(parcel => !parcel.IsDelivered)
            .Select(parcel => KindOf(parcel.Status) is { } kind ? Due(parcel, Told(order, kind, parcel.Shipment.Id)) : null);
}
