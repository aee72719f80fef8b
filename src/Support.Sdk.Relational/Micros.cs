namespace Support.Sdk.Relational;

/// <summary>Times as the database keeps them: microseconds since 1970-01-01 UTC.</summary>
/// <remarks>Due times are rounded up and the present is rounded down, so that nothing is due before its time.</remarks>
internal static class Micros
{
    private const long TicksEach = TimeSpan.TicksPerMicrosecond;

    public static long Up(DateTimeOffset time) => -Floor(DateTimeOffset.UnixEpoch.UtcTicks - time.UtcTicks);

    public static long? Up(DateTimeOffset? time) => time is null ? null : Up(time.Value);

    public static long Down(DateTimeOffset time) => Floor(time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks);

    public static long Length(TimeSpan span) => span.Ticks / TicksEach;

    public static DateTimeOffset Time(long micros) =>
        new(Math.Clamp(DateTimeOffset.UnixEpoch.UtcTicks + (micros * TicksEach), 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);

    private static long Floor(long ticks) => Math.DivRem(ticks, TicksEach) is var (quotient, remainder) && remainder < 0 ? quotient - 1 : ticks / TicksEach;
}
