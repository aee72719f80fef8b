using Support.Sdk.Orders;

namespace Support.Sdk.Contacts;

/// <summary>Lets the orders of a contact point be decided again, because their customer's word changed what may be told.</summary>
internal sealed class ContactOrders(IOrderStore orders, TimeProvider time)
{
    // Open orders are among the newest; what is older has nothing to tell.
    private const int Newest = 50;

    public async Task FallDueAsync(string shop, ContactPoint point, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = await orders.OfContactAsync(shop, point, Newest, cancellationToken);
        var changes = found
            .Where(order => order.ErasedAt is null && order.CheckAt > now)
            .Select(order => new OrderChange { Order = order with { CheckAt = now } })
            .ToList();
        if (changes.Count > 0)
        {
            // Whoever wins against this decides about the order at this very moment.
            await orders.SaveAsync(changes, cancellationToken);
        }
    }
}
