namespace Support.Sdk.Orders;

/// <summary>A storefront, or the shop's own database, that can be asked for an order.</summary>
/// <remarks>Before a delay notice the engine looks here whether it is still true. Register as many as there are storefronts.</remarks>
public interface IOrderSource
{
    /// <summary>Tells whether this source holds the orders of a shop.</summary>
    bool Serves(string shop);

    /// <summary>Reads one order as it stands now.</summary>
    /// <returns>The order, or null when the source does not know it.</returns>
    /// <remarks>Throw when the source cannot be reached: the engine waits, tries again and warns the shop.</remarks>
    Task<OrderSnapshot?> FindAsync(OrderKey key, CancellationToken cancellationToken = default);

    /// <summary>The shops whose orders can be listed; none by default.</summary>
    IReadOnlyCollection<string> ListedShops => [];

    /// <summary>Lists the orders of a shop that changed, for what no webhook said.</summary>
    /// <param name="shop">One of <see cref="ListedShops"/>.</param>
    /// <param name="since">
    /// From when on, by the source's own stamps (<see cref="OrderSnapshot.UpdatedAt"/>), the oldest change first; null for the first time:
    /// every order that is still open, in any order. Where orders carry no stamp, it is when the reading before began.
    /// </param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The orders, read as they are asked for.</returns>
    /// <remarks>
    /// The engine reads this every ten minutes with an overlap, and remembers how far it came; an order that is handed over again changes
    /// nothing. Throw when the source cannot be reached.
    /// </remarks>
    /// <exception cref="NotSupportedException">The source cannot list orders; the default.</exception>
    IAsyncEnumerable<OrderSnapshot> ChangedSinceAsync(string shop, DateTimeOffset? since, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{GetType().Name} cannot list orders.");
}
