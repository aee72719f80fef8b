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

    public bool IsOutForDelivery
    {
        get
        {
            var open = Parcels.Where(parcel => !parcel.IsDelivered).ToList();
            return open.Count > 0 && !MoreParcelsMayFollow && open.TrueForAll(parcel => parcel.Status == TrackingStatus.OutForDelivery);
        }
    }

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
            NextFactAt = snapshot.Shipments.SelectMany(Times).Where(time => time > now).Cast<DateTimeOffset?>().Min(),
        };
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

    private static IEnumerable<DateTimeOffset> Times(Shipment shipment) =>
        shipment.Events.Select(scan => scan.At).Concat(new[] { shipment.ShippedAt, shipment.DeliveredAt }.OfType<DateTimeOffset>());
}

/// <summary>What has happened to one parcel by a moment.</summary>
internal sealed record ParcelFacts
{
    public required Shipment Shipment { get; init; }

    public required DateTimeOffset? ShippedAt { get; init; }

    public required DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>The latest scan, or null.</summary>
    public required TrackingEvent? LatestScan { get; init; }

    public required DateTimeOffset? EstimatedArrival { get; init; }

    public TrackingStatus? Status => LatestScan?.Status;

    public bool IsShipped => ShippedAt is not null;

    public bool IsDelivered => DeliveredAt is not null;

    public bool IsVoid => !IsDelivered && Status == TrackingStatus.Cancelled;

    public static ParcelFacts At(Shipment shipment, DateTimeOffset now)
    {
        var scans = shipment.Events.Where(scan => scan.At <= now).ToList();
        var latest = scans.LastOrDefault(scan => scan.Status != TrackingStatus.Unknown);
        var announced = scans.LastOrDefault(scan => scan.EstimatedArrival is not null)?.EstimatedArrival;
        return new ParcelFacts
        {
            Shipment = shipment,
            ShippedAt = Happened(shipment.ShippedAt, now) ?? scans.Find(IsWithCarrier)?.At,
            DeliveredAt = Happened(shipment.DeliveredAt, now) ?? scans.Find(scan => scan.Status == TrackingStatus.Delivered)?.At,
            LatestScan = latest,
            EstimatedArrival = announced ?? shipment.EstimatedArrival,
        };
    }

    private static DateTimeOffset? Happened(DateTimeOffset? at, DateTimeOffset now) => at <= now ? at : null;

    private static bool IsWithCarrier(TrackingEvent scan) =>
        scan.Status is not (TrackingStatus.Unknown or TrackingStatus.PreTransit or TrackingStatus.Cancelled or TrackingStatus.Expired);
}
