using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Templates;

namespace Support.Sdk.Tests.Templates;

/// <summary>Notices to write, plain ones unless a test changes them.</summary>
internal static class Notices
{
    public static readonly DateTimeOffset Now = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);

    public static readonly PromiseDate Promise = PromiseDate.On(new DateOnly(2026, 12, 1));

    public static Shop Shop { get; } =
        new()
        {
            Id = "nordlys",
            TimeZone = "Europe/Stockholm",
            Brand = new Brand
            {
                Name = "Nordlys",
                Signature = "Your team at Nordlys",
                EmailFrom = "hello@nordlys.example",
                OrdersLink = new Uri("https://nordlys.example/orders?id=1&me=2"),
            },
        };

    public static Shipment Parcel { get; } =
        new()
        {
            Id = "p1",
            Carrier = "PostNord",
            TrackingNumber = "SE4839",
            TrackingUrl = new Uri("https://track.example/SE4839?a=1&b=2"),
            ShippedAt = Now.AddDays(-2),
        };

    public static ComposeRequest AtRisk { get; } =
        Notice(NoticeKinds.OrderAtRisk, Signal(DelaySignalKind.AtRisk)) with
        {
            Assessment = new DelayAssessment { Verdict = DelayVerdict.AtRisk, DeliverBy = Promise },
        };

    public static ComposeRequest Delayed { get; } =
        Shipped(NoticeKinds.OrderDelayed, Parcel)
            .Telling(proposal =>
                proposal with
                {
                    Signals = [Signal(DelaySignalKind.CarrierDelay, "Snow in the north", "p1")],
                    NewDate = PromiseDate.On(new DateOnly(2026, 12, 4)),
                    NextWordBy = Now.AddDays(6),
                }
            );

    public static ComposeRequest Sent { get; } = Shipped(NoticeKinds.OrderShipped, Parcel);

    public static ComposeRequest Delivered { get; } = Shipped(NoticeKinds.OrderDelivered, Parcel with { DeliveredAt = Now.AddHours(-2) });

    public static NoticeComposer Composer(params MessageTemplate[] templates) =>
        new(new TemplateCatalog(templates), new BrandLogos(Options.Create(new SupportOptions()), NullLogger<BrandLogos>.Instance));

    public static DelaySignal Signal(DelaySignalKind kind, string? cause = null, string? parcel = null) =>
        new()
        {
            Kind = kind,
            Since = Now,
            Cause = cause,
            ShipmentId = parcel,
        };

    public static ComposeRequest Notice(string kind, params DelaySignal[] signals)
    {
        var key = new OrderKey("nordlys", "gid-1001");
        return new ComposeRequest
        {
            DeliveryId = "delivery-1",
            Shop = new ShopView(Shop, new ShopState { Shop = Shop.Id }),
            Order = new WatchedOrder
            {
                Key = key,
                FirstSeenAt = Now,
                Promises = [new PromiseWindow { DeliverBy = Promise }],
                Snapshot = new OrderSnapshot
                {
                    Key = key,
                    Number = "1001",
                    PlacedAt = Now.AddDays(-5),
                    Customer = new OrderCustomer { Name = "Anna Lindqvist" },
                    Items = [new OrderItem { Name = "Wool throw" }, new OrderItem { Name = "Stoneware mug", Quantity = 4 }],
                },
            },
            Assessment = new DelayAssessment { Verdict = DelayVerdict.Late, DeliverBy = Promise },
            Proposal = new NoticeProposal
            {
                Occasion = new Occasion(kind),
                Verdict = DecisionVerdict.Send,
                Reason = "A test.",
                To = new ContactPoint("email", "anna@example.com"),
                TimeZone = "Europe/Stockholm",
                Signals = signals,
                NextWordBy = signals.Length > 0 ? Now.AddDays(4) : null,
            },
        };
    }

    public static ComposeRequest Shipped(string kind, params Shipment[] parcels) =>
        Notice(kind)
            .Of(snapshot => snapshot with { Shipments = parcels })
            .Telling(proposal => proposal with { Parcels = [.. parcels.Select(parcel => parcel.Id)] });

    public static ComposeRequest Of(this ComposeRequest request, Func<OrderSnapshot, OrderSnapshot> change) =>
        request with
        {
            Order = request.Order with { Snapshot = change(request.Order.Snapshot!) },
        };

    public static ComposeRequest By(this ComposeRequest request, Func<Brand, Brand> change) =>
        request with
        {
            Shop = request.Shop with { Shop = request.Shop.Shop with { Brand = change(request.Shop.Shop.Brand) } },
        };

    public static ComposeRequest Telling(this ComposeRequest request, Func<NoticeProposal, NoticeProposal> change) =>
        request with
        {
            Proposal = change(request.Proposal),
        };

    /// <summary>A template in which only the given part differs from one that says next to nothing.</summary>
    public static MessageTemplate Template(
        string? text = null,
        string? html = null,
        string? subject = null,
        string kind = NoticeKinds.OrderShipped,
        string culture = "en"
    ) =>
        new()
        {
            Kind = kind,
            Culture = culture,
            Subject = subject ?? "Subject",
            Text = text ?? "Text",
            Html = html ?? "<p>HTML</p>",
        };
}
