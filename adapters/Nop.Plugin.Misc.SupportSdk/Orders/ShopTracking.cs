using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Shipping;
using Nop.Services.Shipping.Tracking;
using Support.Sdk.Orders;

namespace Nop.Plugin.Misc.SupportSdk.Orders;

/// <summary>Asks the shop's shipment trackers (UPS, for example) where a parcel is.</summary>
internal sealed class ShopTracking(IServiceScopeFactory scopes, IReadOnlyCollection<string> shops) : ITrackingFeed
{
    public string Name => "nopcommerce-trackers";

    public bool Serves(string shop, Shipment shipment) => shops.Contains(shop, StringComparer.Ordinal);

    public async Task<Shipment?> ReadAsync(string shop, Shipment shipment, CancellationToken cancellationToken = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider.GetRequiredService<IShipmentService>();
        if (
            shipment.TrackingNumber is not { } number
            || !int.TryParse(shipment.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || await services.GetShipmentByIdAsync(id) is not { } parcel
            || await services.GetShipmentTrackerAsync(parcel) is not { } tracker
        )
        {
            return null;
        }

        var link = await tracker.GetUrlAsync(number, parcel);
        return new Shipment
        {
            Id = shipment.Id,
            TrackingNumber = number,
            TrackingUrl = Uri.TryCreate(link, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? url : null,
            Events = [.. (await tracker.GetShipmentEventsAsync(number, parcel) ?? []).Where(scan => scan?.Date is not null).Select(Event)],
        };
    }

    private static TrackingEvent Event(ShipmentStatusEvent scan) =>
        new()
        {
            Status = TrackingWords.StatusOf(scan.Status, scan.EventName),
            At = ShopValues.Utc(scan.Date!.Value),
            RawStatus = string.IsNullOrWhiteSpace(scan.Status) ? scan.EventName : scan.Status,
            Description = string.IsNullOrWhiteSpace(scan.EventName) ? null : scan.EventName,
        };
}

/// <summary>Understands what carriers say in their own words. The shop's trackers have no common terms.</summary>
internal static class TrackingWords
{
    // The first that is found counts: "not delivered" comes before "delivered".
    private static readonly (string Word, TrackingStatus Status)[] Known =
    [
        ("return", TrackingStatus.Returning),
        ("undeliver", TrackingStatus.Exception),
        ("not delivered", TrackingStatus.AttemptFailed),
        ("attempt", TrackingStatus.AttemptFailed),
        ("exception", TrackingStatus.Exception),
        ("customs", TrackingStatus.InTransit),
        ("delay", TrackingStatus.Delayed),
        ("out for delivery", TrackingStatus.OutForDelivery),
        ("pickup point", TrackingStatus.AvailableForPickup),
        ("ready for pickup", TrackingStatus.AvailableForPickup),
        ("delivered", TrackingStatus.Delivered),
        ("picked up", TrackingStatus.PickedUp),
        ("pickup scan", TrackingStatus.PickedUp),
        ("label", TrackingStatus.PreTransit),
        ("order processed", TrackingStatus.PreTransit),
        ("manifest", TrackingStatus.PreTransit),
        ("transit", TrackingStatus.InTransit),
        ("departed", TrackingStatus.InTransit),
        ("departure", TrackingStatus.InTransit),
        ("arrived", TrackingStatus.InTransit),
        ("arrival", TrackingStatus.InTransit),
        ("origin scan", TrackingStatus.InTransit),
    ];

    public static TrackingStatus StatusOf(string? status, string? name)
    {
        var text = $"{status} {name}";
        foreach (var (word, meaning) in Known)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return meaning;
            }
        }

        return TrackingStatus.Unknown;
    }
}
