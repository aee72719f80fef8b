using System.Runtime.CompilerServices;
using Support.Sdk.Orders;

namespace Support.Sdk.Tests.Storefronts;

/// <summary>A storefront in memory that lists its orders by their stamps.</summary>
internal sealed class ListedSource(params string[] shops) : IOrderSource
{
    public List<OrderSnapshot> Orders { get; } = [];

    public List<(string Shop, DateTimeOffset? Since)> Asked { get; } = [];

    /// <summary>What happens before an order is given; it may fail.</summary>
    public Action<OrderSnapshot> Giving { get; set; } = _ => { };

    /// <summary>What it waits for before it lists.</summary>
    public Func<CancellationToken, Task> Listing { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyCollection<string> ListedShops => shops;

    public bool Serves(string shop) => shops.Contains(shop, StringComparer.Ordinal);

    public Task<OrderSnapshot?> FindAsync(OrderKey key, CancellationToken cancellationToken = default) =>
        Task.FromResult(Orders.LastOrDefault(order => order.Key == key));

    public async IAsyncEnumerable<OrderSnapshot> ChangedSinceAsync(
        string shop,
        DateTimeOffset? since,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        Asked.Add((shop, since));
        await Listing(cancellationToken);
        foreach (
            var order in Orders
                .Where(order => string.Equals(order.Shop, shop, StringComparison.Ordinal) && !(order.UpdatedAt < since))
                .OrderBy(order => order.UpdatedAt)
                .ToList()
        )
        {
            await Task.Yield();
            Giving(order);
            yield return order;
        }
    }
}
