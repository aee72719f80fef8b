using System.Runtime.CompilerServices;
using Support.Sdk.Shops;
using Support.Sdk.Sla;

namespace Support.Sdk.Orders;

/// <summary>Each shop's business days, compiled once for as long as its settings live.</summary>
internal static class ShopCalendars
{
    private static readonly ConditionalWeakTable<Shop, BusinessCalendar> Calendars = [];

    /// <summary>The shop's own hours.</summary>
    public static BusinessCalendar Of(Shop shop) => Calendars.GetValue(shop, Compile);

    /// <summary>So many business days later, or null when the shop has no such day: its calendar opens on special days only.</summary>
    public static DateTimeOffset? AddDays(Shop shop, DateTimeOffset start, int days)
    {
        try
        {
            return Of(shop).AddDays(start, days);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static BusinessCalendar Compile(Shop shop) => new(shop.Hours ?? new BusinessHours(), TimeZoneInfo.FindSystemTimeZoneById(shop.TimeZone));
}
