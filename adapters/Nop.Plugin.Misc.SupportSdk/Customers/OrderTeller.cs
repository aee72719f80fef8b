using System.Globalization;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Templates;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>Puts what is known of an order into words for its customer.</summary>
internal sealed class OrderTeller(Words words)
{
    private const int MostTold = 10;

    /// <summary>The order in words; null where nothing is known of it, or its customer was erased.</summary>
    /// <param name="order">The order.</param>
    /// <param name="shop">Its shop.</param>
    /// <param name="assessment">How it stands now.</param>
    /// <param name="culture">The culture to write dates in.</param>
    /// <param name="now">The moment.</param>
    public async Task<OrderModel?> TellAsync(WatchedOrder order, ShopView shop, DelayAssessment assessment, string culture, DateTimeOffset now)
    {
        if (order is not { Snapshot: { } snapshot, ErasedAt: null })
        {
            return null;
        }

        var facts = OrderFacts.At(order, now);
        var dates = new LocalDates(Language.Find(culture) ?? Language.English, Zone(snapshot, shop.Shop));
        var isDelayed = assessment.Verdict is DelayVerdict.Late or DelayVerdict.AtRisk;
        var parcels = new List<ParcelModel>();
        foreach (var parcel in facts.Parcels)
        {
            parcels.Add(await ParcelAsync(parcel, dates));
        }

        return new OrderModel
        {
            Number = PlainLine.Clean(snapshot.Number ?? order.Key.Id),
            State = await words.OfAsync($"State.{StateOf(snapshot, facts, assessment.Verdict)}"),
            IsDelayed = isDelayed,
            PlacedOn = dates.Day(snapshot.PlacedAt),
            ShipBy = First(order, promise => promise.ShipBy) is { } shipBy ? dates.Promise(shipBy) : "",
            ArrivesBy = First(order, promise => promise.DeliverBy) is { } deliverBy ? dates.Promise(deliverBy) : "",
            MovedTo = facts.IsFinished ? "" : await MovedToAsync(order, assessment, dates),
            Reasons = isDelayed ? await ReasonsAsync(assessment, facts, shop.Shop) : [],
            Told = await ToldAsync(order, dates),
            Parcels = parcels,
            Items = [.. snapshot.Items.Select(Item)],
            MoreToCome = facts.MoreParcelsMayFollow && facts.Parcels.Count > 0,
        };
    }

    private static PromiseDate? First(WatchedOrder order, Func<PromiseWindow, PromiseDate?> end) =>
        order.Promises.Select(end).FirstOrDefault(date => date is not null);

    private async Task<string> MovedToAsync(WatchedOrder order, DelayAssessment assessment, LocalDates dates)
    {
        var inForce = Promises.InForce(order);
        var (first, ships) = First(order, promise => promise.DeliverBy) is { } deliverBy ? (deliverBy, false) : (First(order, promise => promise.ShipBy), true);
        var moved = assessment.NewDate ?? (ships ? inForce.ShipBy : inForce.DeliverBy);
        return moved is null || moved == first
            ? ""
            : await words.OfAsync(ships && moved.Source != PromiseSource.Carrier ? "NowShipsBy" : "NowArrivesBy", dates.Promise(moved));
    }

    private async Task<IReadOnlyList<string>> ReasonsAsync(DelayAssessment assessment, OrderFacts facts, Shop shop)
    {
        var reasons = new List<string>();
        foreach (var signal in assessment.Signals)
        {
            var parcel = facts.Parcels.FirstOrDefault(parcel => string.Equals(parcel.Shipment.Id, signal.ShipmentId, StringComparison.Ordinal));
            var carrier = PlainLine.Clean(parcel?.Shipment.Carrier) is { Length: > 0 } name ? name : await words.OfAsync("TheCarrier");
            if (KeyOf(signal.Kind, facts) is not { } key)
            {
                continue;
            }

            var sentence = await words.OfAsync($"Reason.{key}", carrier);
            var who = parcel is null ? BrandModel.Of(shop).Name : carrier;
            reasons.Add(PlainLine.Clean(signal.Cause) is { Length: > 0 } cause ? $"{sentence} {await words.OfAsync("Says", who, cause)}" : sentence);
        }

        return assessment.Signals.Any(signal => !string.IsNullOrWhiteSpace(signal.Cause))
            ? [.. reasons.Distinct(StringComparer.Ordinal)]
            : [.. reasons.Distinct(StringComparer.Ordinal), await words.OfAsync("NoReason")];
    }

    // What only concerns the shop is not said.
    private static string? KeyOf(DelaySignalKind kind, OrderFacts facts) =>
        kind switch
        {
            DelaySignalKind.ShipByMissed when facts.Parcels.Any(parcel => parcel.IsShipped) => "PartNotShipped",
            DelaySignalKind.AtRisk
            or DelaySignalKind.PromiseMissed
            or DelaySignalKind.ShipByMissed
            or DelaySignalKind.OnHold
            or DelaySignalKind.CarrierDelay
            or DelaySignalKind.AttemptFailed
            or DelaySignalKind.AvailableForPickup
            or DelaySignalKind.Exception
            or DelaySignalKind.Returning => kind.ToString(),
            _ => null,
        };

    private async Task<IReadOnlyList<ToldModel>> ToldAsync(WatchedOrder order, LocalDates dates)
    {
        var told = new List<ToldModel>();
        var notices = order.Notices.Where(notice =>
            notice.State is DeliveryState.Accepted or DeliveryState.Delivered && !string.Equals(notice.Kind, NoticeKinds.ShopAlert, StringComparison.Ordinal)
        );
        foreach (var notice in notices.Reverse().Take(MostTold))
        {
            var text = await words.OfAsync($"Told.{notice.Kind}");
            var date = notice.NewDate is { } newDate ? $" {await words.OfAsync("Told.NewDate", dates.Promise(newDate))}" : "";
            told.Add(new ToldModel(dates.Day(notice.DecidedAt), text + date));
        }

        return told;
    }

    private async Task<ParcelModel> ParcelAsync(ParcelFacts parcel, LocalDates dates) =>
        new()
        {
            State = await words.OfAsync($"Parcel.{StateOf(parcel)}"),
            Carrier = PlainLine.Clean(parcel.Shipment.Carrier),
            TrackingNumber = PlainLine.Clean(parcel.Shipment.TrackingNumber),
            Link = BrandLinks.Web(parcel.Shipment.TrackingUrl),
            ShippedOn = parcel.ShippedAt is { } shipped ? dates.Day(shipped) : "",
            DeliveredOn = parcel.DeliveredAt is { } delivered ? dates.Day(delivered) : "",
            ExpectedOn = parcel is { IsDelivered: false, EstimatedArrival: { } expected } ? dates.Day(expected) : "",
        };

    private static string StateOf(ParcelFacts parcel) =>
        parcel switch
        {
            { IsDelivered: true } => "Delivered",
            {
                Status: TrackingStatus.OutForDelivery
                    or TrackingStatus.AvailableForPickup
                    or TrackingStatus.AttemptFailed
                    or TrackingStatus.Delayed
                    or TrackingStatus.Exception
                    or TrackingStatus.Returning
                    or TrackingStatus.Returned
                    or TrackingStatus.Failed
            } => $"{parcel.Status}",
            { IsShipped: true } => "Shipped",
            _ => "Preparing",
        };

    private static string StateOf(OrderSnapshot order, OrderFacts facts, DelayVerdict verdict) =>
        order.Status == OrderStatus.Cancelled ? "Cancelled"
        : order.Status == OrderStatus.Completed ? "Completed"
        : facts.IsFinished ? "Delivered"
        : verdict == DelayVerdict.Late ? "Late"
        : facts.IsOutForDelivery ? "OutForDelivery"
        : verdict == DelayVerdict.AtRisk ? "AtRisk"
        : order.Status == OrderStatus.OnHold ? "OnHold"
        : facts.IsWhollyShipped ? "Shipped"
        : facts.Parcels.Any(parcel => parcel.IsShipped) ? "PartlyShipped"
        : order.AwaitsPayment ? "AwaitsPayment"
        : "Preparing";

    private static string Item(OrderItem item)
    {
        var name = PlainLine.Clean(item.Name);
        return item.Quantity == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{item.Quantity} × {name}");
    }

    private static TimeZoneInfo Zone(OrderSnapshot snapshot, Shop shop) =>
        Support.Sdk.Tickets.TicketTimes.Zone(snapshot.Customer.TimeZone ?? CountryZones.Find(snapshot.DestinationCountry), shop);
}
