namespace Support.Sdk.Orders;

/// <summary>What has happened to an order by a moment. What is dated later has not happened yet.</summary>
internal sealed record OrderFacts
{
    public required IReadOnlyList<ParcelFacts> Parcels { get; init; }

    /// <summary>Cancelled, completed, or every parcel delivered and no more to come.</summary>
    public required bool IsFinished { get; init; }

    /// <summary>Every parcel is with the carrier, and no more is to come.</summary>
    public required bool IsWhollyShipped { get; init; }

    /// <summary>The parcels seen so far do not hold everything that was ordered.</summary>
    public required bool MoreParcelsMayFollow { get; init; }

    /// <summary>The next fact that is dated in the future, or null.</summary>
    public required DateTimeOffset? NextFactAt { get; init; }

    /// <summary>Since when the shop holds the order back, or null when it does not.</summary>
    public required DateTimeOffset? HeldSince { get; init; }

    /// <summary>The latest news of the order or one of its parcels.</summary>
    public required DateTimeOffset LastNewsAt { get; init; }

    /// <summary>All that has not arrived is on the vehicle that brings it.</summary>
    public bool IsOutForDelivery => IsWholly(parcel => parcel.Status == TrackingStatus.OutForDelivery);

    /// <summary>All that has not arrived waits for the customer.</summary>
    public bool IsAwaitingPickup => IsWholly(parcel => parcel.Status == TrackingStatus.AvailableForPickup);

    /// <summary>All that has not arrived is on its way back.</summary>
    public bool IsReturning => IsWholly(parcel => parcel.IsReturning);

    public static OrderFacts At(WatchedOrder order, DateTimeOffset now)
    {
        var snapshot = order.Snapshot ?? throw new ArgumentException("The order has no snapshot.", nameof(order));
        var parcels = snapshot.Shipments.Select(shipment => ParcelFacts.At(shipment, now)).Where(parcel => !parcel.IsVoid).ToList();
        var moreMayFollow = MoreMayFollow(snapshot, parcels);
        var arrived = parcels.Count > 0 && !moreMayFollow && parcels.TrueForAll(parcel => parcel.IsDelivered);
        return new OrderFacts
        {
            Parcels = parcels,
            IsFinished = snapshot.Status is OrderStatus.Cancelled or OrderStatus.Completed || arrived,
            IsWhollyShipped = parcels.Count > 0 && !moreMayFollow && parcels.TrueForAll(parcel => parcel.IsShipped),
            MoreParcelsMayFollow = moreMayFollow,
            HeldSince = snapshot is { Status: OrderStatus.OnHold, HeldSince: { } since } && since <= now ? since : null,
            LastNewsAt = Past(snapshot, now).Max(),
            NextFactAt = Times(snapshot).Where(time => time > now).Cast<DateTimeOffset?>().Min(),
        };
    }

    private bool IsWholly(Func<ParcelFacts, bool> fits)
    {
        var open = Parcels.Where(parcel => !parcel.IsDelivered).ToList();
        return open.Count > 0 && !MoreParcelsMayFollow && open.TrueForAll(parcel => fits(parcel));
    }

    // Only when both the order and every parcel list their items can anybody tell that something is missing.
    private static bool MoreMayFollow(OrderSnapshot snapshot, List<ParcelFacts> parcels)
    {
        if (snapshot.Items.Count == 0 || parcels.Count == 0 || parcels.Exists(parcel => parcel.Shipment.Items.Count == 0))
        {
            return false;
        }

        var ordered = snapshot.Items.Sum(item => (long)item.Quantity);
        return parcels.Sum(parcel => parcel.Shipment.Items.Sum(item => (long)item.Quantity)) < ordered;
    }

    private static IEnumerable<DateTimeOffset> Past(OrderSnapshot snapshot, DateTimeOffset now) =>
        Times(snapshot).Where(time => time <= now).Append(snapshot.PlacedAt);

    private static IEnumerable<DateTimeOffset> Times(OrderSnapshot snapshot) =>
        new[] { snapshot.PaidAt, snapshot.UpdatedAt, snapshot.HeldSince }.OfType<DateTimeOffset>().Concat(snapshot.Shipments.SelectMany(Times));

    private static IEnumerable<DateTimeOffset> Times(Shipment shipment) =>
        shipment.Events.Select(scan => scan.At).Concat(new[] { shipment.ShippedAt, shipment.DeliveredAt }.OfType<DateTimeOffset>());
}

/// <summary>What has happened to one parcel by a moment.</summary>
internal sealed record ParcelFacts
{
    public required Shipment Shipment { get; init; }

    public required DateTimeOffset? ShippedAt { get; init; }

    public required DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>The latest scan whose status is known here, or null.</summary>
    public required TrackingEvent? LatestScan { get; init; }

    /// <summary>Since when every scan with a known status has said the same, or null.</summary>
    public required DateTimeOffset? StatusSince { get; init; }

    /// <summary>When the label was made, as a scan says, or null.</summary>
    public required DateTimeOffset? LabelAt { get; init; }

    /// <summary>When anybody scanned the parcel itself for the last time, or null when only its label is known.</summary>
    public required DateTimeOffset? LastScanAt { get; init; }

    /// <summary>The carrier said first that something is the matter, and later that the parcel is lost: each is news.</summary>
    public required int Troubles { get; init; }

    /// <summary>Null also while the parcel is on its way back: then the date is that of the return.</summary>
    public required DateTimeOffset? EstimatedArrival { get; init; }

    public TrackingStatus? Status => LatestScan?.Status;

    public bool IsShipped => ShippedAt is not null;

    public bool IsDelivered => DeliveredAt is not null;

    public bool IsVoid => !IsDelivered && Status == TrackingStatus.Cancelled;

    public bool IsReturning => Status is TrackingStatus.Returning or TrackingStatus.Returned;

    public bool IsInTrouble => IsTrouble(Status);

    /// <summary>The carrier's last word is newer than that the parcel is on its way.</summary>
    public bool IsBeyondTransit =>
        IsReturning || IsInTrouble || Status is TrackingStatus.OutForDelivery or TrackingStatus.AvailableForPickup or TrackingStatus.AttemptFailed;

    public static ParcelFacts At(Shipment shipment, DateTimeOffset now)
    {
        var scans = shipment.Events.Where(scan => scan.At <= now).ToList();
        var known = scans.FindAll(scan => scan.Status != TrackingStatus.Unknown);
        var latest = known.Count > 0 ? known[^1] : null;
        var before = known.FindLastIndex(scan => scan.Status != latest!.Status);
        var announced = scans.LastOrDefault(scan => scan.EstimatedArrival is not null)?.EstimatedArrival ?? shipment.EstimatedArrival;
        return new ParcelFacts
        {
            Shipment = shipment,
            ShippedAt = Happened(shipment.ShippedAt, now) ?? scans.Find(IsWithCarrier)?.At,
            DeliveredAt = Happened(shipment.DeliveredAt, now) ?? scans.Find(scan => scan.Status == TrackingStatus.Delivered)?.At,
            LatestScan = latest,
            StatusSince = latest is null ? null : known[before + 1].At,
            LabelAt = scans.Find(scan => scan.Status == TrackingStatus.PreTransit)?.At,
            LastScanAt = scans.FindLast(scan => scan.Status != TrackingStatus.PreTransit)?.At,
            Troubles = known.Where(scan => IsTrouble(scan.Status)).Select(scan => scan.Status).Distinct().Count(),
            EstimatedArrival = latest?.Status is TrackingStatus.Returning or TrackingStatus.Returned ? null : announced,
        };
    }

    private static DateTimeOffset? Happened(DateTimeOffset? at, DateTimeOffset now) => at <= now ? at : null;

    private static bool IsTrouble(TrackingStatus? status) => status is TrackingStatus.Exception or TrackingStatus.Failed;

    private static bool IsWithCarrier(TrackingEvent scan) =>
        scan.Status is not (TrackingStatus.Unknown or TrackingStatus.PreTransit or TrackingStatus.Cancelled or TrackingStatus.Expired);
}
