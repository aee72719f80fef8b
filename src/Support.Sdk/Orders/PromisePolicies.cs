using Support.Sdk.Shops;

namespace Support.Sdk.Orders;

/// <summary>Makes a promise for an order that came without one.</summary>
internal static class PromisePolicies
{
    /// <summary>
    /// Days count from the day of the order, or of a later payment, in the shop's zone: before it, the order is not complete (16 CFR 435.1(f)).
    /// Null when no policy fits, or the shop still waits to be paid.
    /// </summary>
    public static PromiseWindow? Promise(OrderSnapshot order, Shop shop)
    {
        var policy = shop.PromisePolicies.FirstOrDefault(policy =>
            Fits(policy.ShippingMethod, order.ShippingMethod) && Fits(policy.DestinationCountry, order.DestinationCountry)
        );
        if (policy is null || order.AwaitsPayment)
        {
            return null;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(shop.TimeZone);
        var complete = order.PaidAt > order.PlacedAt ? order.PaidAt.Value : order.PlacedAt;
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(complete, zone).DateTime);
        return new PromiseWindow
        {
            ShipBy = On(policy.ShipWithinDays),
            DeliverBy = On(policy.DeliverWithinDays ?? (policy.ShipWithinDays + order.TransitDays)),
        };

        PromiseDate? On(int? days) => days is { } count ? PromiseDate.On(day.AddDays(count), shop.TimeZone, PromiseSource.Policy) : null;
    }

    private static bool Fits(string? wanted, string? actual) => wanted is null || string.Equals(wanted, actual, StringComparison.OrdinalIgnoreCase);
}
