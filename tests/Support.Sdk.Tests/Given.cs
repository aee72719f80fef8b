using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Tests;

/// <summary>Plain values to begin a test with.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Monday = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly ContactPoint Email = new("email", "ada@example.com");

    public static Shop Shop { get; } =
        new()
        {
            Id = "main",
            RecordsDeliveries = true,
            Tells = [NoticeKinds.OrderAtRisk, NoticeKinds.OrderDelayed, NoticeKinds.OrderShipped, NoticeKinds.OrderDelivered],
            Brand = new Brand { Name = "Tiny Shop", EmailFrom = "hello@shop.example" },
        };

    public static ShopView View { get; } = Seen(Shop);

    public static ShopView Seen(Shop shop, ShopState? state = null) => new(shop, state ?? new ShopState { Shop = shop.Id });

    /// <summary>Placed on Monday, promised for Friday the 13th, which ends on the 14th at midnight.</summary>
    public static OrderSnapshot Snapshot(string id = "1001", DateTimeOffset? readAt = null) =>
        new()
        {
            Key = new OrderKey("main", id),
            PlacedAt = Monday,
            UpdatedAt = Monday,
            ReadAt = readAt ?? Monday,
            Customer = new OrderCustomer { Name = "Ada", ContactPoints = [Email] },
            Promise = new PromiseWindow { DeliverBy = PromiseDate.On(new DateOnly(2026, 11, 13)) },
        };

    public static readonly DateTimeOffset PromiseEnds = new(2026, 11, 14, 0, 0, 0, TimeSpan.Zero);

    public static WatchedOrder Order(OrderSnapshot? snapshot = null, ShopView? shop = null) => Observe(null, snapshot ?? Snapshot(), shop);

    public static WatchedOrder Observe(WatchedOrder? order, SupportEvent supportEvent, ShopView? shop = null, DateTimeOffset? at = null) =>
        OrderObserver.Observe(order, supportEvent, shop ?? View, at ?? Monday);

    public static Shipment Parcel(string id = "1", DateTimeOffset? shippedAt = null, DateTimeOffset? deliveredAt = null, params TrackingEvent[] scans) =>
        new()
        {
            Id = id,
            Carrier = "PostNord",
            TrackingNumber = "SE123",
            ShippedAt = shippedAt,
            DeliveredAt = deliveredAt,
            Events = scans,
        };

    public static TrackingEvent Scan(TrackingStatus status, DateTimeOffset at, string? description = null, DateTimeOffset? eta = null) =>
        new()
        {
            Status = status,
            At = at,
            Description = description,
            EstimatedArrival = eta,
        };

    public static DateTimeOffset Day(int day, int hour = 0, int minute = 0) => new(2026, 11, day, hour, minute, 0, TimeSpan.Zero);
}
