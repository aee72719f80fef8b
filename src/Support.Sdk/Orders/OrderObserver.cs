using Support.Sdk.Shops;

namespace Support.Sdk.Orders;

/// <summary>Adds what an event says to what is known of an order.</summary>
internal static class OrderObserver
{
    // A source whose clock runs ahead by more than this is not believed: its stamp would shut out every later snapshot.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    public static WatchedOrder Observe(WatchedOrder? known, SupportEvent supportEvent, ShopView shop, DateTimeOffset receivedAt)
    {
        var key = supportEvent.Order ?? throw new ArgumentException("The event is about no order.", nameof(supportEvent));
        var order = known ?? new WatchedOrder { Key = key, FirstSeenAt = receivedAt };
        return supportEvent switch
        {
            OrderSnapshot snapshot => Observe(order, snapshot, shop, receivedAt),
            ShipmentTracked tracked => Observe(order, tracked.Shipment),
            OrderChanged => order with { RefreshAt = receivedAt, RefreshWantedSince = Later(order.RefreshWantedSince, receivedAt) },
            _ => order,
        };
    }

    private static WatchedOrder Observe(WatchedOrder order, OrderSnapshot incoming, ShopView shop, DateTimeOffset now)
    {
        incoming = incoming with { ReadAt = incoming.ReadAt ?? now };
        incoming = incoming with { HeldSince = HeldSince(order.Snapshot, incoming) };
        var observed = order with { Snapshot = Newer(order.Snapshot, incoming) with { Shipments = [] }, EarlyShipments = [] };
        var isNews = order.Snapshot is null || !IsOlder(incoming, order.Snapshot);
        var shipments = Shipments.Merge(order.Snapshot?.Shipments ?? order.EarlyShipments, isNews ? incoming.Shipments : []);
        observed = observed with { Snapshot = observed.Snapshot! with { Shipments = shipments } };
        observed = Satisfy(observed, incoming.ReadAt.Value);
        observed = Promised(observed, shop.Shop);
        return order.Snapshot is null ? FirstSight(observed, shop, now) : observed;
    }

    private static WatchedOrder Observe(WatchedOrder order, Shipment shipment) =>
        order.Snapshot is { } snapshot
            ? order with
            {
                Snapshot = snapshot with { Shipments = Shipments.Merge(snapshot.Shipments, [shipment]) },
            }
            : order with
            {
                EarlyShipments = Shipments.Merge(order.EarlyShipments, [shipment]),
            };

    private static OrderSnapshot Newer(OrderSnapshot? known, OrderSnapshot incoming)
    {
        if (known is null || !IsOlder(incoming, known))
        {
            return incoming;
        }

        return known with
        {
            ReadAt = Later(known.ReadAt, incoming.ReadAt!.Value),
        };
    }

    // A source that does not say since when is believed from the first time that it says so.
    private static DateTimeOffset? HeldSince(OrderSnapshot? known, OrderSnapshot incoming)
    {
        if (incoming.Status != OrderStatus.OnHold)
        {
            return null;
        }

        return incoming.HeldSince ?? (known?.Status == OrderStatus.OnHold ? known.HeldSince : Stamp(incoming));
    }

    private static bool IsOlder(OrderSnapshot incoming, OrderSnapshot known)
    {
        var order = Stamp(incoming).CompareTo(Stamp(known));
        return order < 0 || (order == 0 && incoming.ReadAt < known.ReadAt);
    }

    private static DateTimeOffset Stamp(OrderSnapshot snapshot) =>
        snapshot.UpdatedAt is { } stamp && stamp <= snapshot.ReadAt + ClockTolerance ? stamp : snapshot.ReadAt!.Value;

    private static WatchedOrder Satisfy(WatchedOrder order, DateTimeOffset readAt) =>
        order.RefreshWantedSince is { } since && readAt >= since ? order with { RefreshAt = null, RefreshWantedSince = null } : order;

    private static WatchedOrder Promised(WatchedOrder order, Shop shop)
    {
        var promise = order.Snapshot!.Promise ?? (order.Promises.Count == 0 ? PromisePolicies.Promise(order.Snapshot, shop) : null);
        return promise is null || (order.Promises.Count > 0 && order.Promises[^1] == promise) ? order : order with { Promises = [.. order.Promises, promise] };
    }

    private static WatchedOrder FirstSight(WatchedOrder order, ShopView shop, DateTimeOffset now)
    {
        var facts = OrderFacts.At(order, now);
        if (facts.IsFinished)
        {
            return order with { Muted = "The order was already finished when it was first seen." };
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(shop.Shop.TimeZone);
        var isLate =
            order.Promises is [var first, ..] && (first.DeliverBy?.EndsAt(zone) <= now || (first.ShipBy?.EndsAt(zone) <= now && !facts.IsWhollyShipped));
        return isLate ? order with { Muted = "The order was already late when it was first seen." } : order;
    }

    private static DateTimeOffset Later(DateTimeOffset? known, DateTimeOffset other) => known > other ? known.Value : other;
}
