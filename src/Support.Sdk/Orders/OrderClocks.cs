using Support.Sdk.Shops;

namespace Support.Sdk.Orders;

/// <summary>The moments at which an order's signals are raised; null for those that cannot be.</summary>
internal sealed record OrderClocks
{
    private const int LearnedFrom = 20;

    public required DateTimeOffset? ShipBy { get; init; }

    public required DateTimeOffset? DeliverBy { get; init; }

    public required DateTimeOffset? AtRiskFrom { get; init; }

    /// <summary>When the shop's own handling time ends.</summary>
    public required DateTimeOffset? HandledBy { get; init; }

    /// <summary>When the silence about the order has lasted too long.</summary>
    public required DateTimeOffset? SilentFrom { get; init; }

    public IEnumerable<DateTimeOffset?> All => [ShipBy, DeliverBy, AtRiskFrom, HandledBy, SilentFrom];

    public static OrderClocks Of(WatchedOrder order, OrderFacts facts, PromiseWindow promise, Thresholds thresholds, ShopView shop)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(shop.Shop.TimeZone);
        var (shipBy, deliverBy) = (promise.ShipBy?.EndsAt(zone), promise.DeliverBy?.EndsAt(zone));
        return new OrderClocks
        {
            ShipBy = facts.IsWhollyShipped ? null : shipBy,
            DeliverBy = deliverBy,
            AtRiskFrom = AtRisk(order.Snapshot!.PlacedAt, deliverBy, thresholds.AtRiskBefore),
            HandledBy = promise.ShipBy is null ? Handled(order.Snapshot, facts, thresholds, shop.Shop) : null,
            SilentFrom = IsHeardOf(facts, shop) ? Silent(facts, thresholds, Moments.Later(shipBy, deliverBy)) : null,
        };
    }

    /// <summary>What cannot be observed is not judged.</summary>
    public static bool ObservesArrival(ShopView shop) =>
        shop.Shop.RecordsDeliveries ?? (shop.State.Delivered >= LearnedFrom && shop.State.Delivered * 2 >= shop.State.Shipped);

    private static DateTimeOffset? AtRisk(DateTimeOffset placedAt, DateTimeOffset? deliverBy, TimeSpan before)
    {
        if (deliverBy is not { } end)
        {
            return null;
        }

        // An order that is promised for tomorrow is not at risk the moment it is placed.
        var half = (end - placedAt) / 2;
        return end - (half < before ? half : before);
    }

    // An order that the shop holds back waits for something else than its hands.
    private static DateTimeOffset? Handled(OrderSnapshot order, OrderFacts facts, Thresholds thresholds, Shop shop) =>
        thresholds.HandlingDays is { } days && !facts.IsWhollyShipped && facts.HeldSince is null
            ? ShopCalendars.AddDays(shop, order.PaidAt ?? order.PlacedAt, days)
            : null;

    // Where arrivals are not recorded, an order that was shipped and cannot be followed falls silent by itself.
    private static bool IsHeardOf(OrderFacts facts, ShopView shop) =>
        ObservesArrival(shop) || !facts.IsWhollyShipped || facts.Parcels.Any(parcel => parcel is { IsDelivered: false, LastScanAt: not null });

    // Until its promise has ended nobody expects to hear of an order.
    private static DateTimeOffset Silent(OrderFacts facts, Thresholds thresholds, DateTimeOffset? promiseEnd) =>
        Moments.After(Moments.Later(facts.LastNewsAt, promiseEnd)!.Value, thresholds.NoNews);
}
