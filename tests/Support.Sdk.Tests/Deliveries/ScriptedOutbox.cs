using System.Collections.Concurrent;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.Tests.Deliveries;

/// <summary>An outbox over another one, which refuses what the test says, and remembers what it was asked.</summary>
internal sealed class ScriptedOutbox(IOutboxStore? inner = null) : IOutboxStore
{
    private int _attempts;

    /// <summary>True for a batch that cannot be recorded.</summary>
    public Func<IReadOnlyList<DeliveryUpdate>, bool> Refuses { get; set; } = _ => false;

    public ConcurrentQueue<OutboxClaim> Claims { get; } = new();

    public ConcurrentQueue<DeliveryUpdate> Recorded { get; } = new();

    /// <summary>How often somebody tried to record something.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    public Task<IReadOnlyList<MessageDelivery>> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken = default)
    {
        Claims.Enqueue(claim);
        return inner?.ClaimAsync(claim, cancellationToken) ?? Task.FromResult<IReadOnlyList<MessageDelivery>>([]);
    }

    public async Task<IReadOnlyList<string>> SaveAsync(IReadOnlyList<DeliveryUpdate> updates, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _attempts);
        if (Refuses(updates))
        {
            throw new IOException("The database is away.");
        }

        var missed = inner is null ? [] : await inner.SaveAsync(updates, cancellationToken);
        foreach (var update in updates)
        {
            Recorded.Enqueue(update);
        }

        return missed;
    }

    public Task<IReadOnlyList<MessageDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken = default) =>
        inner?.ListAsync(query, cancellationToken) ?? throw new NotSupportedException();

    public Task<IReadOnlyList<RecentContact>> RecentAsync(
        string shop,
        IReadOnlyList<ContactPoint> contactPoints,
        DateTimeOffset since,
        CancellationToken cancellationToken = default
    ) => inner?.RecentAsync(shop, contactPoints, since, cancellationToken) ?? throw new NotSupportedException();
}
