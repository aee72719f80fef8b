namespace Support.Sdk.Orders;

/// <summary>A storefront that keeps beside its own order what the customer was told.</summary>
/// <remarks>
/// Called when a message about an order was sent, and after that whenever the verdict about the order changes; tried again, ever less
/// often, for a day. Shops go side by side. Register as many as there are storefronts.
/// </remarks>
public interface IOrderWriteBack
{
    /// <summary>Tells whether this storefront holds the orders of a shop, and wants to be written to.</summary>
    bool Serves(string shop);

    /// <summary>Writes what the storefront does not have yet.</summary>
    /// <param name="order">The order; its <see cref="WatchedOrder.Notices"/> say what was told, and what became of it.</param>
    /// <param name="assessment">How it stands.</param>
    /// <param name="cancellationToken">Stops the work; it is done again later.</param>
    /// <remarks>Called again with the same order, it must write nothing twice. Throw when the storefront cannot be reached.</remarks>
    Task WriteAsync(WatchedOrder order, DelayAssessment assessment, CancellationToken cancellationToken = default);
}
