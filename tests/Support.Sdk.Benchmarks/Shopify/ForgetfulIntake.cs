using Support.Sdk.Intake;

namespace Support.Sdk.Benchmarks.Shopify;

/// <summary>Takes every event and stores none, so that what stands before the store can be measured.</summary>
internal sealed class ForgetfulIntake : ISupportIntake
{
    private int _count;

    /// <summary>How many events it took.</summary>
    public int Count => _count;

    public Task<int> AcceptAsync(IReadOnlyList<SupportEvent> events, CancellationToken cancellationToken = default)
    {
        Interlocked.Add(ref _count, events.Count);
        return Task.FromResult(events.Count);
    }

    public Task<IReadOnlyList<InboxEntry>> CheckAsync(IReadOnlyList<SupportEvent> events, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("Nothing is stored here. Call AcceptAsync().");
}
