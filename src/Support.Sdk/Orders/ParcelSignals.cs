using Support.Sdk.Shops;

namespace Support.Sdk.Orders;

/// <summary>What one parcel's scans, or their absence, say.</summary>
internal sealed record ParcelSignals
{
    private readonly ParcelFacts _parcel;

    private ParcelSignals(ParcelFacts parcel) => _parcel = parcel;

    /// <summary>When a label without a scan is a signal, or null when it cannot become one.</summary>
    public required DateTimeOffset? LabelDue { get; init; }

    /// <summary>When the parcel counts as stalled, or null when it cannot.</summary>
    public required DateTimeOffset? StalledDue { get; init; }

    /// <summary>The carrier expects arrival after the promise; read from the order where no scan says since when.</summary>
    public required DateTimeOffset? ExpectedLateSince { get; init; }

    public static ParcelSignals Of(ParcelFacts parcel, WatchedOrder order, Thresholds thresholds, DateTimeOffset? deliverBy, Shop shop) =>
        new(parcel)
        {
            LabelDue = Label(parcel, shop) is { } label ? ShopCalendars.AddDays(shop, label, thresholds.LabelDays) : null,
            StalledDue = IsUnderWay(parcel) ? ShopCalendars.AddDays(shop, parcel.LastScanAt!.Value, thresholds.StalledDays) : null,
            ExpectedLateSince = IsExpectedLate(parcel, deliverBy) ? parcel.LatestScan?.At ?? order.Snapshot!.ReadAt ?? order.FirstSeenAt : null,
        };

    public IEnumerable<DelaySignal> At(DateTimeOffset now)
    {
        if (FromStatus(_parcel.Status) is { } kind)
        {
            yield return Signal(kind, _parcel.StatusSince!.Value, _parcel.LatestScan!.Description);
        }

        if (_parcel.Status != TrackingStatus.Delayed && ExpectedLateSince is { } since)
        {
            yield return Signal(DelaySignalKind.CarrierDelay, since);
        }

        if (LabelDue <= now)
        {
            yield return Signal(DelaySignalKind.LabelWithoutScan, LabelDue.Value);
        }

        if (StalledDue <= now)
        {
            yield return Signal(DelaySignalKind.Stalled, StalledDue.Value);
        }
    }

    private static DelaySignalKind? FromStatus(TrackingStatus? status) =>
        status switch
        {
            TrackingStatus.Delayed => DelaySignalKind.CarrierDelay,
            TrackingStatus.AttemptFailed => DelaySignalKind.AttemptFailed,
            TrackingStatus.AvailableForPickup => DelaySignalKind.AvailableForPickup,
            TrackingStatus.Exception or TrackingStatus.Failed => DelaySignalKind.Exception,
            TrackingStatus.Returning or TrackingStatus.Returned => DelaySignalKind.Returning,
            TrackingStatus.Expired => DelaySignalKind.NoNews,
            _ => null,
        };

    // A parcel that was never scanned says nothing where nobody scans; a label's own scan, or the shop's word, shows that somebody does.
    private static DateTimeOffset? Label(ParcelFacts parcel, Shop shop)
    {
        if (parcel.LastScanAt is not null)
        {
            return null;
        }

        return parcel.LabelAt ?? (shop.RecordsScans && parcel.Shipment.TrackingNumber is not null ? parcel.ShippedAt : null);
    }

    // Where the carrier has said what is the matter, or that it is the customer's turn, silence says nothing more.
    private static bool IsUnderWay(ParcelFacts parcel) =>
        parcel is { LastScanAt: not null, IsReturning: false, IsInTrouble: false }
        && parcel.Status is not (TrackingStatus.AvailableForPickup or TrackingStatus.AttemptFailed or TrackingStatus.Expired);

    // A parcel that is at the door, or at the pickup point, is no longer expected.
    private static bool IsExpectedLate(ParcelFacts parcel, DateTimeOffset? deliverBy) =>
        parcel.EstimatedArrival >= deliverBy && parcel.Status is not (TrackingStatus.OutForDelivery or TrackingStatus.AvailableForPickup);

    private DelaySignal Signal(DelaySignalKind kind, DateTimeOffset since, string? cause = null) =>
        new()
        {
            Kind = kind,
            Since = since,
            ShipmentId = _parcel.Shipment.Id,
            Cause = cause,
        };
}
