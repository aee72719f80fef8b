namespace Support.Sdk.Orders;

/// <summary>Compares and moves moments that may be missing, or as far away as time goes.</summary>
internal static class Moments
{
    /// <summary>The earlier of two moments; the one that is known when the other is not.</summary>
    public static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => other is null || one < other ? one : other;

    /// <summary>The later of two moments; the one that is known when the other is not.</summary>
    public static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => other is null || one > other ? one : other;

    /// <summary>A moment so much later, or the last one that there is.</summary>
    public static DateTimeOffset After(DateTimeOffset moment, TimeSpan time) =>
        time > DateTimeOffset.MaxValue - moment ? DateTimeOffset.MaxValue : moment + time;
}
