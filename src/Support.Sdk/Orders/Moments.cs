namespace Support.Sdk.Orders;

/// <summary>Compares moments of which either may be missing.</summary>
internal static class Moments
{
    /// <summary>The earlier of two moments; the one that is known when the other is not.</summary>
    public static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => other is null || one < other ? one : other;
}
