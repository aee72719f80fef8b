using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

/// <summary>Made-up orders, as a small shop for household goods has them.</summary>
internal sealed class PreviewOrders(Shop shop, string culture)
{
    public static readonly DateTimeOffset Now = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);

    private readonly bool _isSwedish = culture.StartsWith("sv", StringComparison.OrdinalIgnoreCase);

    /// <summary>Who speaks where no shop is named.</summary>
    public static Shop Shop { get; } =
        new()
        {
            Id = "preview",
            TimeZone = "Europe/Stockholm",
            Tells = NoticeKinds.All,
            Brand = new Brand
            {
                Name = "Nordlys",
                Signature = "Nordlys",
                EmailFrom = "hello@nordlys.example",
                OrdersLink = new Uri("https://nordlys.example/orders"),
            },
        };

    public static PromiseDate Promise { get; } = PromiseDate.On(new DateOnly(2026, 12, 1));

    public OrderItem Throw => new() { Name = Say("Wool throw, dark green", "Ullpläd, mörkgrön") };

    public OrderItem Mugs => new() { Name = Say("Stoneware mug", "Stengodsmugg"), Quantity = 4 };

    public static Shipment Parcel =>
        new()
        {
            Id = "1",
            Carrier = "PostNord",
            TrackingNumber = "00373500489530470015",
            TrackingUrl = new Uri("https://carrier.example/track/00373500489530470015"),
            ShippedAt = Now.AddDays(-3),
        };

    public static Shipment SecondParcel =>
        Parcel with
        {
            Id = "2",
            Carrier = "DHL",
            TrackingNumber = "JVGL06251234567890",
            TrackingUrl = new Uri("https://carrier.example/track/JVGL06251234567890"),
        };

    public string Say(string english, string swedish) => _isSwedish ? swedish : english;

    /// <summary>A request about the whole order, or about its parcels where there are some.</summary>
    public ComposeRequest About(string kind, params Shipment[] parcels)
    {
        var key = new OrderKey(shop.Id, "1001");
        return new ComposeRequest
        {
            DeliveryId = "preview",
            Shop = new ShopView(shop, new ShopState { Shop = shop.Id }),
            Order = Order(key, "1001", Now.AddDays(-5), parcels),
            PastOrders =
            [
                Order(new OrderKey(shop.Id, "873"), "873", Now.AddDays(-70), Parcel with { DeliveredAt = Now.AddDays(-65) }),
                Order(new OrderKey(shop.Id, "512"), "512", Now.AddDays(-200), Parcel with { DeliveredAt = Now.AddDays(-195) }),
            ],
            Assessment = new DelayAssessment { Verdict = DelayVerdict.Late, DeliverBy = Promise },
            OperatorsPage = new Uri("https://shop.example/support/operators/orders/1001"),
            Proposal = new NoticeProposal
            {
                Occasion = new Occasion(kind),
                Verdict = DecisionVerdict.Send,
                Reason = "Preview.",
                To = new ContactPoint("email", "anna@example.com"),
                TimeZone = "Europe/Stockholm",
                Parcels = [.. parcels.Select(parcel => parcel.Id)],
            },
        };
    }

    /// <summary>The order after it was told late once before.</summary>
    public static ComposeRequest After(ComposeRequest request, PromiseDate? told) =>
        request with
        {
            Order = request.Order with
            {
                Notices =
                [
                    new Notice
                    {
                        DeliveryId = "before",
                        Occasion = NoticeKinds.OrderDelayed,
                        Kind = NoticeKinds.OrderDelayed,
                        DecidedAt = Now.AddDays(-2),
                        NewDate = told,
                        State = DeliveryState.Accepted,
                    },
                ],
            },
            Assessment = request.Assessment with { DeliverBy = told ?? Promise },
            Proposal = request.Proposal with { Occasion = new Occasion(NoticeKinds.OrderDelayed, Number: 2) },
        };

    public static DelaySignal Signal(DelaySignalKind kind, string? cause = null, string? parcel = null) =>
        new()
        {
            Kind = kind,
            Since = Now.AddHours(-3),
            Cause = cause,
            ShipmentId = parcel,
        };

    public static TrackingEvent Scan(TrackingStatus status, string? description = null) =>
        new()
        {
            Status = status,
            At = Now.AddHours(-3),
            Description = description,
        };

    private WatchedOrder Order(OrderKey key, string number, DateTimeOffset placedAt, params Shipment[] parcels) =>
        new()
        {
            Key = key,
            FirstSeenAt = placedAt,
            Promises = [new PromiseWindow { DeliverBy = Promise }],
            Snapshot = new OrderSnapshot
            {
                Key = key,
                Number = number,
                PlacedAt = placedAt,
                Customer = new OrderCustomer { Name = "Anna Lindqvist", Culture = culture },
                Items = [Throw, Mugs],
                Shipments = parcels,
            },
        };
}
