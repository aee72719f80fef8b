using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Backtests;

/// <summary>Notes what the orders tell at all, and says what a signal would need.</summary>
internal sealed class DataCoverage(Shop shop)
{
    private bool _anyShipBy;
    private bool _anyWithoutShipBy;
    private bool _anyDeliverBy;
    private bool _anyScan;
    private bool _anyHold;

    public void Add(OrderSnapshot order, PlayedOrder played)
    {
        _anyShipBy |= played.HasShipBy;
        _anyWithoutShipBy |= !played.HasShipBy;
        _anyDeliverBy |= played.PromiseEnd is not null;
        _anyScan |= order.Shipments.Any(shipment => shipment.Events.Count > 0);
        _anyHold |= order is { Status: OrderStatus.OnHold, HeldSince: not null };
    }

    /// <summary>What the data lacks to carry a signal, or null.</summary>
    public string? Missing(DelaySignalKind kind, ShopState state) =>
        kind switch
        {
            DelaySignalKind.ShipByMissed when !_anyShipBy => "No order has a date to ship by. Hand one over, or set ShipWithinDays in a promise policy.",
            DelaySignalKind.HandlingTimeExceeded => Handling(),
            DelaySignalKind.AtRisk or DelaySignalKind.PromiseMissed => Arrival(state),
            DelaySignalKind.OnHold when !_anyHold => "No order says since when it is held back: an order as it stands today rarely does. Watched orders do.",
            DelaySignalKind.NoNews when !_anyScan && !OrderClocks.ObservesArrival(new ShopView(shop, state)) => NoArrivals,
            DelaySignalKind.LabelWithoutScan when !_anyScan && !shop.RecordsScans => NoScans + " Where scans come in, set Shop.RecordsScans.",
            DelaySignalKind.Stalled
            or DelaySignalKind.CarrierDelay
            or DelaySignalKind.AttemptFailed
            or DelaySignalKind.AvailableForPickup
            or DelaySignalKind.Exception
            or DelaySignalKind.Returning when !_anyScan => NoScans,
            _ => null,
        };

    private const string NoScans = "No parcel has a scan. Register a tracking feed, or hand over ShipmentTracked events.";
    private const string NoArrivals = "Arrivals are not recorded. Hand over when parcels were delivered, and set Shop.RecordsDeliveries.";

    private string? Handling()
    {
        if (!_anyWithoutShipBy)
        {
            return "Every order has a date to ship by, which counts instead.";
        }

        return shop.Signals.Any(rule => rule.HandlingDays is not null) ? null : "The shop has no handling time. Set HandlingDays in Shop.Signals.";
    }

    private string? Arrival(ShopState state)
    {
        if (!_anyDeliverBy)
        {
            return "No order has a date to arrive by. Hand one over, or set DeliverWithinDays in a promise policy.";
        }

        return OrderClocks.ObservesArrival(new ShopView(shop, state)) ? null : NoArrivals;
    }
}
