using Support.Sdk.Deliveries;

namespace Support.Sdk.Tests.AspNetCore;

/// <summary>Deliveries in memory, the newest first. The pages only read.</summary>
internal sealed class MemoryDesk(params MessageDelivery[] deliveries) : IDeliveryDesk
{
    public Task<IReadOnlyList<MessageDelivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken = default)
    {
        var found = deliveries.Where(delivery => query.Id is null || string.Equals(delivery.Message.Id, query.Id, StringComparison.Ordinal));
        if (query.After is not null)
        {
            found = found.SkipWhile(delivery => !string.Equals(delivery.Message.Id, query.After, StringComparison.Ordinal)).Skip(1);
        }

        return Task.FromResult<IReadOnlyList<MessageDelivery>>([.. found.Take(query.Max)]);
    }

    public Task<DeskResult> ReleaseAsync(string id, string by, CancellationToken cancellationToken = default) => Refuse();

    public Task<DeskResult> DiscardAsync(string id, string by, string reason, CancellationToken cancellationToken = default) => Refuse();

    public Task<DeskResult> ResendAsync(string id, string by, ContactPoint? to = null, CancellationToken cancellationToken = default) => Refuse();

    private static Task<DeskResult> Refuse() => Task.FromResult(DeskResult.Refused("The pages only read."));
}
