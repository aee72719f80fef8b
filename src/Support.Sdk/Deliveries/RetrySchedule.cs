using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Support.Sdk.Deliveries;

/// <summary>When a message that did not get through is tried again.</summary>
internal static class RetrySchedule
{
    /// <summary>About three hours of tries.</summary>
    public const int MaxAttempts = 10;

    /// <summary>How long a message is worth sending; one that waits longer is decided afresh.</summary>
    public static readonly TimeSpan SendWithin = TimeSpan.FromHours(24);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Doubles with every attempt, spread by half so that messages which failed together do not come back together.</summary>
    /// <remarks>The spread is made from the id, so that a replay comes out the same.</remarks>
    public static TimeSpan Pause(string id, int attempts, TimeSpan? asked)
    {
        var full = First.Ticks * Math.Pow(2, attempts - 1);
        var pause = TimeSpan.FromTicks((long)(Math.Min(full, Longest.Ticks) * (0.5 + (Spread(id, attempts) / 2))));
        return asked > pause ? asked.Value : pause;
    }

    private static double Spread(string id, int attempts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{attempts}:{id}")));
        return BinaryPrimitives.ReadUInt32BigEndian(hash) / (double)uint.MaxValue;
    }
}
