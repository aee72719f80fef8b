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
}
