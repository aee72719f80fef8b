namespace Support.Sdk;

/// <summary>The run-once form of the loops, for hosts that bring their own timer: serverless, scheduled tasks, replays.</summary>
/// <remarks>
/// In an ordinary host the hosted services call these; nothing else is needed. Every call works on what is due now and
/// returns when nothing more is, so that it may be called at any time, from several processes as well.
/// </remarks>
public interface ISupportRunner
{
    /// <summary>Processes the inbox, refreshes orders that were marked, and decides about every order and ticket whose time has come.</summary>
    /// <returns>How many events, refreshes, orders and tickets were worked on.</returns>
    Task<int> SweepAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists what changed at the order sources whose turn has come, and hands it over; see <see cref="Orders.IOrderSource.ChangedSinceAsync"/>.</summary>
    /// <returns>How many orders were handed over.</returns>
    /// <remarks>The first time of a large shop takes as long as reading all its open orders; nothing else waits for it.</remarks>
    Task<int> BackfillAsync(CancellationToken cancellationToken = default);

    /// <summary>Sends every message that is due and records what became of it.</summary>
    /// <returns>How many messages were attempted.</returns>
    Task<int> DeliverAsync(CancellationToken cancellationToken = default);

    /// <summary>Tells the next moment at which a call has something to do, or null when nothing is planned.</summary>
    /// <remarks>The moment can lie in the past: then there is work now.</remarks>
    Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default);
}
