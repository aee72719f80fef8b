using Support.Sdk.Shops;

namespace Support.Sdk.Orders;

/// <summary>Makes a promise for an order that came without one.</summary>
internal static class PromisePolicies
{
    /// <summary>Days count from the day of the order in the shop's zone; null when no policy fits.</summary>
    public static PromiseWindow? Promise(OrderSnapshot order, Shop shop)
    {
        var policy = shop.PromisePolicies.FirstOrDefault(policy =>
            Fits(policy.ShippingMethod, order.ShippingMethod) && Fits(policy.DestinationCountry, order.DestinationCountry)
        );
        if (policy is null)
        {
            return null;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(shop.TimeZone);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(order.PlacedAt, zone).DateTime);
        return new PromiseWindow { ShipBy = On(policy.ShipWithinDays), DeliverBy = On(policy.DeliverWithinDays) };

        PromiseDate? On(int? days) => days is { } count ? PromiseDate.On(day.AddDays(count), shop.TimeZone, PromiseSource.Policy) : null;
    }

    private static bool Fits(string? wanted, string? actual) => wanted is null || string.Equals(wanted, actual, StringComparison.OrdinalIgnoreCase);
}
