using System.Globalization;

namespace DelayReplay.Orders;

/// <summary>Reads dates and times; a time without an offset is read by the clock of the shop.</summary>
internal static class CsvTimes
{
    private const int FirstYear = 1970;
    private const int LastYear = 2199;

    private static readonly string[] Clocks = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    private static readonly string[] Local = [.. from clock in Clocks from gap in new[] { "'T'", "' '" } select "yyyy-MM-dd" + gap + clock];

    private static readonly string[] Exact = [.. from format in Local from offset in new[] { "'Z'", "zzz" } select format + offset];

    public static DateTimeOffset? Time(string text, TimeZoneInfo zone)
    {
        if (DateTimeOffset.TryParseExact(text, Exact, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact))
        {
            return Believable(exact.ToUniversalTime());
        }

        return DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? Believable(ToInstant(local, zone))
            : null;
    }

    public static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && IsBelievable(date.Year) ? date : null;

    // A time that occurs twice is its first occurrence; one that is skipped moves forward by the gap.
    private static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone)
    {
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local - offset, TimeSpan.Zero);
    }

    // The databases count microseconds.
    private static DateTimeOffset? Believable(DateTimeOffset time) =>
        IsBelievable(time.Year) ? time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond)) : null;

    private static bool IsBelievable(int year) => year is >= FirstYear and <= LastYear;
}
