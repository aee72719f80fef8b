using System.Diagnostics.CodeAnalysis;
using Support.Sdk.Orders;

namespace Support.Sdk.Testing.Storefronts;

/// <summary>Makes things happen at the storefront under test and reads them through its adapter.</summary>
internal sealed class StorefrontProbe(StorefrontUnderTest target, CancellationToken cancellationToken)
{
    public StorefrontUnderTest Target => target;

    public CancellationToken CancellationToken => cancellationToken;

    public async Task<OrderKey> PlaceAsync(StorefrontOrder? order = null) =>
        new(target.Shop, await target.PlaceAsync(order ?? new StorefrontOrder(), cancellationToken));

    public Task ShipAsync(OrderKey key, string number) =>
        target.ShipAsync(key.Id, new StorefrontParcel("PostNord", number, new Uri($"https://track.example/{number}")), cancellationToken);

    public async Task<OrderSnapshot> ReadAsync(OrderKey key) =>
        await target.Source.FindAsync(key, cancellationToken)
        ?? throw new ConformanceException($"FindAsync gives null for {key}, which was just placed. Look the order up by the id that the storefront gave.");

    /// <summary>The orders that changed, each once, as it was listed last.</summary>
    public async Task<Dictionary<OrderKey, OrderSnapshot>> ListAsync(DateTimeOffset? since)
    {
        var found = new Dictionary<OrderKey, OrderSnapshot>();
        await foreach (var order in target.Source.ChangedSinceAsync(target.Shop, since, cancellationToken))
        {
            found[order.Key] = order;
        }

        return found;
    }

    public static DateTimeOffset Stamp(OrderSnapshot order) =>
        order.UpdatedAt
        ?? throw new ConformanceException("UpdatedAt is null. A storefront whose orders are listed by their changes says when they changed: map its stamp.");

    public static void Require([DoesNotReturnIf(false)] bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ConformanceException(otherwise);
        }
    }
}
