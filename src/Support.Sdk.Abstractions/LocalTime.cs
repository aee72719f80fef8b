namespace Support.Sdk;

/// <summary>Turns local wall-clock time into instants, exact across clock changes.</summary>
internal static class LocalTime
{
    // Wider than any offset, narrower than the distance of two clock changes of one zone.
    private static readonly TimeSpan Around = TimeSpan.FromHours(36);

    public static DateTimeOffset StartOfDay(DateOnly date, TimeZoneInfo zone) => ToInstant(date.ToDateTime(TimeOnly.MinValue), zone);

    /// <summary>A local time that occurs twice is its first occurrence; one that is skipped moves forward by the gap.</summary>
    public static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone)
    {
        var asUtc = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        var before = zone.GetUtcOffset(Shift(asUtc, -Around));
        var after = zone.GetUtcOffset(Shift(asUtc, Around));
        var (first, second) = before >= after ? (before, after) : (after, before);
        foreach (var offset in (ReadOnlySpan<TimeSpan>)[first, second])
        {
            var instant = new DateTimeOffset(Shift(asUtc, -offset), TimeSpan.Zero);
            if (zone.GetUtcOffset(instant) == offset)
            {
                return instant.ToOffset(offset);
            }
        }

        var shifted = new DateTimeOffset(Shift(asUtc, -before), TimeSpan.Zero);
        return TimeZoneInfo.ConvertTime(shifted, zone);
    }

    private static DateTime Shift(DateTime time, TimeSpan by)
    {
        var ticks = Math.Clamp(time.Ticks + by.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTime(ticks, DateTimeKind.Utc);
    }
}
