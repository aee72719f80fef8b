using System.Globalization;
using Support.Sdk.Orders;

namespace Support.Sdk.Templates;

/// <summary>The parcels that a message names, and what is in them.</summary>
internal sealed class NamedParcels
{
    private readonly IReadOnlyList<ParcelFacts> _all;

    private readonly INoticeWords _words;

    private NamedParcels(IReadOnlyList<ParcelFacts> all, INoticeWords words) => (_all, _words) = (all, words);

    public required IReadOnlyList<NamedParcel> Parcels { get; init; }

    /// <summary>What the message is about; empty when nobody said what it is.</summary>
    public required IReadOnlyList<OrderItem> Items { get; init; }

    /// <summary>Every named parcel is with the carrier.</summary>
    public required bool AreShipped { get; init; }

    /// <summary>Something of the order is neither in these parcels nor with the customer.</summary>
    public required bool MoreToCome { get; init; }

    /// <summary>When the last of them arrived, or empty.</summary>
    public required string DeliveredDate { get; init; }

    /// <summary>The parcels that are named, as facts.</summary>
    public required IReadOnlyList<ParcelFacts> Facts { get; init; }

    public static NamedParcels Of(ComposeRequest request, LocalDates dates, INoticeWords words, DateTimeOffset now)
    {
        var facts = OrderFacts.At(request.Order, now);
        var named = facts.Parcels.Where(parcel => request.Proposal.Parcels.Contains(parcel.Shipment.Id, StringComparer.Ordinal)).ToList();
        var isOfOrder = Promises.IsDelay(request.Proposal.Occasion.Kind) || request.Proposal.Occasion.Kind is NoticeKinds.OrderConfirmed;
        var others = facts.Parcels.Where(parcel => !named.Contains(parcel));
        var isWhole = named.Count == facts.Parcels.Count && (isOfOrder || !facts.MoreParcelsMayFollow);
        return new NamedParcels(facts.Parcels, words)
        {
            Facts = named,
            Parcels = named.ConvertAll(parcel => NamedParcel.Of(parcel, dates, words)),
            Items = ItemsOf(named, isWhole, request.Order.Snapshot!.Items),
            AreShipped = named.Count > 0 && !facts.MoreParcelsMayFollow && named.TrueForAll(parcel => parcel.IsShipped),
            MoreToCome = facts.MoreParcelsMayFollow || others.Any(parcel => !parcel.IsDelivered),
            DeliveredDate = named.Max(parcel => parcel.DeliveredAt) is { } delivered ? dates.Day(delivered) : "",
        };
    }

    public static List<object> Values(IReadOnlyList<OrderItem> items) =>
        items
            .Select(item => new TemplateModel
            {
                ["name"] = PlainLine.Clean(item.Name),
                ["quantity"] = item.Quantity,
                ["text"] = string.Create(CultureInfo.InvariantCulture, $"{item.Quantity} × {PlainLine.Clean(item.Name)}"),
            })
            .ToList<object>();

    /// <summary>Who carries a parcel; with its number where there are several.</summary>
    public string CarrierOf(string? shipmentId)
    {
        var parcel = Find(shipmentId);
        var carrier = PlainLine.Clean(parcel?.Shipment.Carrier);
        var number = Parcels.Count > 1 ? PlainLine.Clean(parcel?.Shipment.TrackingNumber) : "";
        carrier = carrier.Length > 0 ? carrier : _words.TheCarrier;
        return number.Length > 0 ? $"{carrier} ({number})" : carrier;
    }

    /// <summary>The number of a parcel, or its id where it has none; empty when there is no such parcel.</summary>
    public string NumberOf(string? shipmentId) =>
        Find(shipmentId) is not { Shipment: var shipment } ? ""
        : PlainLine.Clean(shipment.TrackingNumber) is { Length: > 0 } number ? number
        : PlainLine.Clean(shipment.Id);

    /// <summary>When its carrier expects a parcel to arrive, or empty.</summary>
    public string ExpectedOf(string? shipmentId, LocalDates dates) => Find(shipmentId)?.EstimatedArrival is { } expected ? dates.Day(expected) : "";

    private ParcelFacts? Find(string? shipmentId) => _all.FirstOrDefault(parcel => string.Equals(parcel.Shipment.Id, shipmentId, StringComparison.Ordinal));

    // All that was ordered stands for the parcels when they are the whole order, or when they do not tell their contents.
    private static IReadOnlyList<OrderItem> ItemsOf(List<ParcelFacts> named, bool isWhole, IReadOnlyList<OrderItem> ordered)
    {
        var packed = named.SelectMany(parcel => parcel.Shipment.Items).ToList();
        return isWhole && ordered.Count > 0 ? ordered : packed;
    }
}

/// <summary>A parcel as a customer is told of it. What is not known is empty.</summary>
internal sealed record NamedParcel
{
    public required string Carrier { get; init; }

    public required string Number { get; init; }

    public required string Link { get; init; }

    public required string DeliveredDate { get; init; }

    public required IReadOnlyList<OrderItem> Items { get; init; }

    /// <summary>When the carrier expects to bring it; empty once it has come.</summary>
    public required string ExpectedDate { get; init; }

    /// <summary>That it cannot be tracked; empty when it can.</summary>
    public required string TrackingText { get; init; }

    public TemplateModel Values =>
        new()
        {
            ["carrier"] = Carrier,
            ["number"] = Number,
            ["link"] = Link,
            ["can_be_tracked"] = TrackingText.Length == 0,
            ["tracking_text"] = TrackingText,
            ["delivered_date"] = DeliveredDate,
            ["expected_date"] = ExpectedDate,
            ["items"] = NamedParcels.Values(Items),
        };

    /// <summary>What a message about its shipment must carry.</summary>
    public IEnumerable<RequiredFact> Facts =>
        [
            new("parcels.number", Number),
            new("parcels.carrier", Carrier),
            new("parcels.link", Link),
            new("parcels.tracking_text", TrackingText, IsWording: true) { Or = [("parcels.can_be_tracked", "")] },
        ];

    public static NamedParcel Of(ParcelFacts parcel, LocalDates dates, INoticeWords words)
    {
        var number = PlainLine.Clean(parcel.Shipment.TrackingNumber);
        var link = BrandLinks.Web(parcel.Shipment.TrackingUrl);
        return new NamedParcel
        {
            Carrier = PlainLine.Clean(parcel.Shipment.Carrier),
            Number = number,
            Link = link,
            DeliveredDate = parcel.DeliveredAt is { } delivered ? dates.Day(delivered) : "",
            ExpectedDate = parcel is { IsDelivered: false, EstimatedArrival: { } expected } ? dates.Day(expected) : "",
            TrackingText = number.Length + link.Length > 0 ? "" : words.CannotBeTracked,
            Items = parcel.Shipment.Items,
        };
    }
}
