using System.Globalization;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Templates;

namespace Support.Sdk.AspNetCore.Pages.Orders;

/// <summary>What a customer reads about one order, in the customer's language and days.</summary>
internal sealed record OrderStory
{
    public required OrderKey Key { get; init; }

    public required string Number { get; init; }

    public required OrderState State { get; init; }

    public required string PlacedOn { get; init; }

    /// <summary>The shipping date that was promised, or empty.</summary>
    public required string ShipBy { get; init; }

    /// <summary>The arrival that was promised first, or empty.</summary>
    public required string DeliverBy { get; init; }

    /// <summary>The arrival, or else shipping, that the promise was moved to, or empty.</summary>
    public required string MovedTo { get; init; }

    public required bool MovedShips { get; init; }

    /// <summary>Why it is late, each with who says so; empty when it is not.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    public required IReadOnlyList<string> Items { get; init; }

    public required IReadOnlyList<ParcelStory> Parcels { get; init; }

    /// <summary>Some of the order is not in a parcel yet.</summary>
    public required bool MoreToCome { get; init; }

    public static OrderStory Of(WatchedOrder order, ShopView shop, DelayAssessment assessment, CultureInfo culture, DateTimeOffset now)
    {
        var snapshot = order.Snapshot!;
        var facts = OrderFacts.At(order, now);
        var dates = new LocalDates(Language.Find(culture.Name) ?? Language.English, Zone(snapshot, shop.Shop));
        var (first, moved, ships) = Promised(order, assessment);
        return new OrderStory
        {
            Key = order.Key,
            Number = PlainLine.Clean(snapshot.Number ?? order.Key.Id),
            State = OrderStates.Of(snapshot, facts, assessment.Verdict),
            PlacedOn = dates.Day(snapshot.PlacedAt),
            ShipBy = first.ShipBy is { } shipBy ? dates.Promise(shipBy) : "",
            DeliverBy = first.DeliverBy is { } deliverBy ? dates.Promise(deliverBy) : "",
            MovedTo = moved is null ? "" : dates.Promise(moved),
            MovedShips = ships,
            Reasons = OrderStates.IsDelay(assessment.Verdict) ? Why(assessment, facts, culture, shop.Shop) : [],
            Items = [.. snapshot.Items.Select(Item)],
            Parcels = [.. facts.Parcels.Select(parcel => ParcelStory.Of(parcel, dates, culture))],
            MoreToCome = facts.MoreParcelsMayFollow,
        };
    }

    private static (PromiseWindow First, PromiseDate? Moved, bool Ships) Promised(WatchedOrder order, DelayAssessment assessment)
    {
        var first = new PromiseWindow
        {
            ShipBy = order.Promises.FirstOrDefault(promise => promise.ShipBy is not null)?.ShipBy,
            DeliverBy = order.Promises.FirstOrDefault(promise => promise.DeliverBy is not null)?.DeliverBy,
        };
        var inForce = Promises.InForce(order);
        var ships = first.DeliverBy is null;
        var was = ships ? first.ShipBy : first.DeliverBy;
        var told = ships ? inForce.ShipBy : inForce.DeliverBy;
        var moved = assessment.NewDate ?? (told == was ? null : told);
        return (first, moved == was ? null : moved, ships && moved?.Source != PromiseSource.Carrier);
    }

    private static List<string> Why(DelayAssessment assessment, OrderFacts facts, CultureInfo culture, Shop shop)
    {
        var isPartlyShipped = facts.Parcels.Any(parcel => parcel.IsShipped);
        var reasons = assessment
            .Signals.Select(signal =>
            {
                var carrier = facts
                    .Parcels.FirstOrDefault(parcel => string.Equals(parcel.Shipment.Id, signal.ShipmentId, StringComparison.Ordinal))
                    ?.Shipment.Carrier;
                return OrderWords.Reason(
                    culture,
                    signal.Kind,
                    isPartlyShipped,
                    PlainLine.Clean(carrier),
                    PlainLine.Clean(signal.Cause),
                    BrandModel.Of(shop).Name
                );
            })
            .Where(reason => reason.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return assessment.Signals.Any(signal => !string.IsNullOrWhiteSpace(signal.Cause))
            ? reasons
            : [.. reasons, PageLanguage.Of(culture, "We do not know the reason yet.", "Vi vet ännu inte varför.")];
    }

    private static string Item(OrderItem item)
    {
        var name = PlainLine.Clean(item.Name);
        return item.Quantity == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{item.Quantity} × {name}");
    }

    private static TimeZoneInfo Zone(OrderSnapshot snapshot, Shop shop)
    {
        var name = snapshot.Customer.TimeZone ?? CountryZones.Find(snapshot.DestinationCountry);
        return name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.FindSystemTimeZoneById(shop.TimeZone);
    }
}

/// <summary>What a customer reads about one parcel.</summary>
internal sealed record ParcelStory
{
    public required string Carrier { get; init; }

    public required string TrackingNumber { get; init; }

    /// <summary>Where it can be followed, or empty.</summary>
    public required string Link { get; init; }

    public required string State { get; init; }

    public required string ShippedOn { get; init; }

    public required string DeliveredOn { get; init; }

    public required string ExpectedOn { get; init; }

    public static ParcelStory Of(ParcelFacts parcel, LocalDates dates, CultureInfo culture) =>
        new()
        {
            Carrier = PlainLine.Clean(parcel.Shipment.Carrier),
            TrackingNumber = PlainLine.Clean(parcel.Shipment.TrackingNumber),
            Link = BrandLinks.Web(parcel.Shipment.TrackingUrl),
            State = OrderWords.Parcel(culture, parcel),
            ShippedOn = parcel.ShippedAt is { } shipped ? dates.Day(shipped) : "",
            DeliveredOn = parcel.DeliveredAt is { } delivered ? dates.Day(delivered) : "",
            ExpectedOn = parcel is { IsDelivered: false, EstimatedArrival: { } expected } ? dates.Day(expected) : "",
        };
}
