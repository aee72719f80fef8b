namespace Support.Sdk;

/// <summary>The one way in: everything that happened outside is handed over here.</summary>
public interface ISupportIntake
{
    /// <summary>Appends the events to the durable inbox and returns; they are processed afterwards.</summary>
    /// <param name="events">What happened. All are accepted, or none.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <returns>How many of the events were new; the others had been accepted before.</returns>
    /// <remarks>
    /// When the call returns, the events survive a crash. Calling it again with the same events is harmless: the inbox is
    /// unique by source and event id. Safe to call from any thread: calls that come together share a commit, and each returns
    /// when its own events are durable. What waits for the store is bounded; a call that finds no room waits up to two seconds.
    /// </remarks>
    /// <exception cref="ArgumentException">An event cannot be kept: a missing or overlong id, or a promise that makes no sense.</exception>
    /// <exception cref="Intake.IntakeBusyException">Events come in faster than they can be stored. Nothing of the call was accepted; hand it over again later.</exception>
    Task<int> AcceptAsync(IReadOnlyList<SupportEvent> events, CancellationToken cancellationToken = default);

    /// <summary>Checks events and turns them into inbox entries, for a store that appends them itself: inside a transaction of the caller's own.</summary>
    /// <param name="events">What happened.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <returns>An entry for each event. Nothing is accepted until they are appended.</returns>
    /// <exception cref="ArgumentException">An event cannot be kept: a missing or overlong id, or a promise that makes no sense.</exception>
    Task<IReadOnlyList<Intake.InboxEntry>> CheckAsync(IReadOnlyList<SupportEvent> events, CancellationToken cancellationToken = default);
}
