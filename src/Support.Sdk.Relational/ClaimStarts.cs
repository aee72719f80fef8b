using System.Collections.Concurrent;
using Support.Sdk.Deliveries;

namespace Support.Sdk.Relational;

/// <summary>
/// Where the next claim of a channel begins: behind the last one, as long as that was large and full. What was sent stays in PostgreSQL's
/// index until a vacuum comes by, and to walk over all of it at each claim would cost the more the more was sent. Older messages that come
/// in between (a lease that ran out, a shop that goes on) are found as soon as a claim brings less, or a moment has passed.
/// </summary>
internal sealed class ClaimStarts
{
    private const int LargeClaim = 50;

    private static readonly TimeSpan LooksBackEvery = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, ClaimStart> _starts = new(StringComparer.Ordinal);

    public ClaimStart Of(OutboxClaim claim) =>
        _starts.TryGetValue(claim.Channel, out var start) && (claim.Now - start.LookedAt).Duration() < LooksBackEvery ? start : ClaimStart.Oldest;

    /// <param name="claim">The claim.</param>
    /// <param name="start">Where it began.</param>
    /// <param name="rows">What it brought.</param>
    public void Keep(OutboxClaim claim, ClaimStart start, List<(long Due, long Seq)> rows)
    {
        if (rows.Count < claim.Max || claim.Max < LargeClaim)
        {
            _starts.TryRemove(claim.Channel, out _);
            return;
        }

        var (due, seq) = rows.Max();
        _starts[claim.Channel] = new ClaimStart(due, seq, start == ClaimStart.Oldest ? claim.Now : start.LookedAt);
    }
}

/// <summary>Behind which row a claim begins, and when somebody looked at all that is before it.</summary>
internal sealed record ClaimStart(long Due, long Seq, DateTimeOffset LookedAt)
{
    public static readonly ClaimStart Oldest = new(long.MinValue, 0, default);
}
