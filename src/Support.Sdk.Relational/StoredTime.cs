namespace Support.Sdk.Relational;

/// <summary>Times as the tables hold them: microseconds since the Unix epoch, UTC.</summary>
/// <remarks>A planned moment is rounded up and a given <c>now</c> down, so that nothing is ever claimed before its time.</remarks>
internal static class StoredTime
{
    private const long MicrosecondsPerDay = 24L * 60 * 60 * 1_000_000;

    public static long Up(DateTimeOffset time) => -FloorDivide(DateTimeOffset.UnixEpoch.Ticks - time.UtcTicks, TimeSpan.TicksPerMicrosecond);

    public static long? Up(DateTimeOffset? time) => time is { } known ? Up(known) : null;

    public static long Down(DateTimeOffset time) => FloorDivide(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerMicrosecond);

    public static long Length(TimeSpan length) => FloorDivide(length.Ticks, TimeSpan.TicksPerMicrosecond);

    public static DateTimeOffset Read(long stored)
    {
        // The last moment of the calendar is rounded up to one that no longer exists.
        var ticks = Math.Min(stored, StoredMax) * TimeSpan.TicksPerMicrosecond + DateTimeOffset.UnixEpoch.Ticks;
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    public static long Day(DateTimeOffset time) => FloorDivide(Down(time), MicrosecondsPerDay);

    public static DateOnly ReadDay(long day) => DateOnly.FromDayNumber((int)day + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber);

    private static long StoredMax => Down(DateTimeOffset.MaxValue);

    private static long FloorDivide(long value, long by) => value >= 0 ? value / by : -((-value + by - 1) / by);
}
