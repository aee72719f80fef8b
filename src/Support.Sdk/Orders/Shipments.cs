namespace Support.Sdk.Orders;

/// <summary>Merges what is said about parcels: facts accumulate in whatever order they arrive, and none is taken back.</summary>
internal static class Shipments
{
    // More scans than any parcel has; a feed that repeats itself for ever must not grow the row for ever.
    private const int MaxEvents = 200;

    public static IReadOnlyList<Shipment> Merge(IReadOnlyList<Shipment> known, IReadOnlyList<Shipment> incoming)
    {
        if (incoming.Count == 0)
        {
            return known;
        }

        var merged = known.ToList();
        foreach (var shipment in incoming)
        {
            var index = merged.FindIndex(other => string.Equals(other.Id, shipment.Id, StringComparison.Ordinal));
            if (index < 0)
            {
                merged.Add(shipment with { Events = Merge([], shipment.Events) });
            }
            else
            {
                merged[index] = Merge(merged[index], shipment);
            }
        }

        return merged;
    }

    private static Shipment Merge(Shipment known, Shipment incoming) =>
        known with
        {
            Carrier = incoming.Carrier ?? known.Carrier,
            TrackingNumber = incoming.TrackingNumber ?? known.TrackingNumber,
            TrackingUrl = incoming.TrackingUrl ?? known.TrackingUrl,
            ShippedAt = incoming.ShippedAt ?? known.ShippedAt,
            DeliveredAt = incoming.DeliveredAt ?? known.DeliveredAt,
            EstimatedArrival = incoming.EstimatedArrival ?? known.EstimatedArrival,
            Items = incoming.Items.Count > 0 ? incoming.Items : known.Items,
            Events = Merge(known.Events, incoming.Events),
        };

    // Of two scans at one moment the one that is further along comes last, in whatever order they were reported.
    private static IReadOnlyList<TrackingEvent> Merge(IReadOnlyList<TrackingEvent> known, IReadOnlyList<TrackingEvent> incoming) =>
        incoming.Count == 0 ? known : [.. known.Concat(incoming).Distinct().OrderBy(scan => scan.At).ThenBy(scan => scan.Status).TakeLast(MaxEvents)];
}
