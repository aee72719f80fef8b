using Support.Sdk.Sweep;

namespace Support.Sdk.Intake;

internal sealed class InboxDesk(IInboxStore store, WakeUp wake) : IInboxDesk
{
    public Task<IReadOnlyList<InboxEntry>> ParkedAsync(string? shop = null, int max = 100, CancellationToken cancellationToken = default) =>
        store.ParkedAsync(shop, max, cancellationToken);

    public async Task<int> ReplayAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken = default)
    {
        var wanted = ids.ToHashSet();
        var parked = await store.ParkedAsync(shop: null, int.MaxValue, cancellationToken);
        var results = parked
            .Where(entry => wanted.Contains(entry.Id))
            .Select(entry => new InboxResult
            {
                Id = entry.Id,
                State = InboxState.Pending,
                Reason = "replayed",
                ResetAttempts = true,
            })
            .ToList();
        await store.SaveAsync(results, cancellationToken);
        wake.Set();
        return results.Count;
    }
}
