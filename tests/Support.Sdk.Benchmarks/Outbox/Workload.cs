using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Templates;

namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>Orders of an ordinary size, each with the first notice of its delay, as the engine decides and writes it.</summary>
/// <param name="hasHtml">Whether the message has its HTML part, which is most of a mail.</param>
internal sealed class Workload(bool hasHtml)
{
    // Past, so that everything is due.
    private static readonly DateTimeOffset Now = PreviewOrders.Now.AddYears(-1);
    private readonly OutboundMessage _message = Compose(hasHtml);
    private readonly OrderSnapshot _snapshot = Snapshot();
    private readonly OrderSnapshot _nobodys = Snapshot() with
    {
        Customer = new OrderCustomer
        {
            Name = "Anna Lindqvist",
            Culture = "sv-SE",
            TimeZone = "Europe/Stockholm",
        },
    };

    public static Shop Shop { get; } = PreviewOrders.Shop with { Id = "main", RecordsDeliveries = true, StormFloor = int.MaxValue };

    public Sample Sample => new(SupportJson.Write(Change(0).Order), SupportJson.Write(Change(0).Deliveries[0].Message));

    /// <summary>An order and its message, and nothing that only we would write.</summary>
    public OrderChange Change(int number)
    {
        var key = new OrderKey(Shop.Id, BusinessRows.Id(number));
        // As long as the ids of deliveries are.
        var id = string.Create(CultureInfo.InvariantCulture, $"{number:x43}");
        return new OrderChange
        {
            Order = Order(_nobodys, key, id),
            Deliveries =
            [
                new MessageDelivery
                {
                    Message = _message with { Id = id, Shop = key.Shop, Order = key },
                    State = DeliveryState.Pending,
                    DueAt = Now,
                    ChangedAt = Now,
                },
            ],
        };
    }

    /// <summary>The same with all that the engine writes when it has decided: why, who is named by the order, and the shop's figures.</summary>
    public OrderChange Decided(int number)
    {
        var change = Change(number);
        var id = change.Deliveries[0].Message.Id;
        return change with
        {
            Order = Order(_snapshot, change.Order.Key, id),
            Decisions =
            [
                new Decision
                {
                    Key = change.Order.Key,
                    At = Now,
                    Verdict = DecisionVerdict.Send,
                    Occasion = _message.Occasion,
                    Reason = "The promise ends in less than 48 hours and the order is not out for delivery.",
                    DeliveryId = id,
                },
            ],
            Figures = new ShopFigures { DelayNotices = 1, Notices = 1 },
        };
    }

    /// <summary>An order as a shop posts it.</summary>
    public string Webhook(int number)
    {
        var snapshot = _snapshot with { Key = new OrderKey(Shop.Id, BusinessRows.Id(number)), Number = BusinessRows.Id(number) };
        var body = JsonNode.Parse(SupportJson.Write(snapshot))!.AsObject();
        // Known from the webhook that it comes by.
        body.Remove("source");
        return body.ToJsonString();
    }

    private WatchedOrder Order(OrderSnapshot snapshot, OrderKey key, string delivery) =>
        new()
        {
            Key = key,
            FirstSeenAt = snapshot.PlacedAt,
            Snapshot = snapshot with { Key = key, Number = key.Id },
            Promises = [snapshot.Promise!],
            Notices =
            [
                new Notice
                {
                    DeliveryId = delivery,
                    Occasion = _message.Occasion,
                    Kind = NoticeKinds.OrderDelayed,
                    DecidedAt = Now,
                    NewDate = PromiseDate.On(new DateOnly(2026, 12, 4)),
                    NextWordBy = Now.AddDays(2),
                },
            ],
            CheckAt = DateTimeOffset.MaxValue.AddYears(-1),
        };

    private static OrderSnapshot Snapshot() =>
        new()
        {
            Key = new OrderKey(Shop.Id, BusinessRows.Id(0)),
            Number = BusinessRows.Id(0),
            PlacedAt = Now.AddDays(-5),
            PaidAt = Now.AddDays(-5).AddMinutes(2),
            UpdatedAt = Now.AddHours(-3),
            ReadAt = Now,
            RawStatus = "partially_fulfilled",
            ShippingMethod = "PostNord MyPack Home",
            DestinationCountry = "SE",
            Customer = new OrderCustomer
            {
                Name = "Anna Lindqvist",
                Culture = "sv-SE",
                TimeZone = "Europe/Stockholm",
                ContactPoints = [new ContactPoint("email", "anna.lindqvist@example.com"), new ContactPoint("sms", "+46701740605")],
                Consents = [new ContactConsent("email", MessageClass.Marketing, Granted: false)],
            },
            Promise = new PromiseWindow { ShipBy = PromiseDate.On(new DateOnly(2026, 11, 27)), DeliverBy = PreviewOrders.Promise },
            Items =
            [
                new OrderItem { Name = "Wool throw, dark green, 130 × 200 cm", Sku = "THR-GRN-130" },
                new OrderItem
                {
                    Name = "Stoneware mug",
                    Sku = "MUG-STO-03",
                    Quantity = 4,
                },
                new OrderItem
                {
                    Name = "Linen napkin, natural",
                    Sku = "NAP-LIN-01",
                    Quantity = 6,
                },
            ],
            Shipments =
            [
                PreviewOrders.Parcel with
                {
                    Items =
                    [
                        new OrderItem
                        {
                            Name = "Stoneware mug",
                            Sku = "MUG-STO-03",
                            Quantity = 4,
                        },
                    ],
                    Events = Scans(),
                },
            ],
        };

    private static List<TrackingEvent> Scans() =>
        [
            Scan(TrackingStatus.PreTransit, -70, "The sender has announced the parcel"),
            Scan(TrackingStatus.PickedUp, -66, "The parcel has been handed over by the sender"),
            Scan(TrackingStatus.InTransit, -48, "The parcel has arrived at the terminal in Hallsberg"),
            Scan(TrackingStatus.Delayed, -3, "Snow in the north"),
        ];

    private static TrackingEvent Scan(TrackingStatus status, int hours, string description) =>
        new()
        {
            Status = status,
            At = Now.AddHours(hours),
            RawStatus = status.ToString(),
            Description = description,
        };

    private static OutboundMessage Compose(bool hasHtml)
    {
        var request = PreviewScenarios.Request(new PreviewScenario(NoticeKinds.OrderDelayed, "first"), PreviewOrders.Shop, "en")!;
        var composer = new NoticeComposer(new TemplateCatalog([]), new BrandLogos(Options.Create(new SupportOptions()), NullLogger<BrandLogos>.Instance));
        var message = composer.Compose(request, PreviewOrders.Now).Message ?? throw new InvalidOperationException("The notice could not be written.");
        return hasHtml ? message : message with { Html = null };
    }
}
