using Support.Sdk.Shops;

namespace Support.Sdk.Tickets;

/// <summary>By whose clock times are told.</summary>
internal static class TicketTimes
{
    /// <summary>The reader's own zone, else the shop's; a name that nobody knows is passed over.</summary>
    public static TimeZoneInfo Zone(string? own, Shop shop) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(own ?? shop.TimeZone, out var zone) || TimeZoneInfo.TryFindSystemTimeZoneById(shop.TimeZone, out zone)
            ? zone
            : TimeZoneInfo.Utc;
}
