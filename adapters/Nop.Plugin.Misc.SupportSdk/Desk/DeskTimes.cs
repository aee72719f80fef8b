using System.Globalization;
using Support.Sdk.Orders;

namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>Writes moments as the clock on the store's wall shows them, and reads what was entered by it.</summary>
internal sealed class DeskTimes(string zoneId)
{
    private const string Entered = "yyyy-MM-dd'T'HH:mm";
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);

    public string Zone => zoneId;

    public string Write(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, _zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public string? Write(DateTimeOffset? moment) => moment is { } known ? Write(known) : null;

    public string? Write(PromiseDate? date) => date?.Date is { } day ? day.ToString("O", CultureInfo.InvariantCulture) : Write(date?.Moment);

    /// <summary>How a browser's field for a moment sends it; null when it is none.</summary>
    /// <remarks>A time that the clock skips counts from before the change; one that it shows twice is the second.</remarks>
    public DateTimeOffset? Read(string? text) =>
        DateTime.TryParseExact(text, Entered, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1 and < 9999
            ? new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime()
            : null;
}
