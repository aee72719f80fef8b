namespace Support.Sdk.Relational;

/// <summary>
/// The token of a claim as callers have it: how often the message was claimed, and above that the number of its row, so that the result
/// of an attempt is written without looking the message up.
/// </summary>
internal static class LeaseTokens
{
    // More often than that nothing is claimed: attempts are limited.
    private const int Bits = 20;

    /// <summary>The token, 0 for a message that is not claimed.</summary>
    public static long Of(long seq, long claims) => claims == 0 ? 0 : (seq << Bits) | claims;

    public static long? Seq(long? token) => token >> Bits;

    public static long? Claims(long? token) => token & ((1 << Bits) - 1);
}
