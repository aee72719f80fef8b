using Support.Sdk.Contacts;
using Support.Sdk.Links;
using Support.Sdk.Orders;

namespace Support.Sdk.AspNetCore.Pages.Orders;

/// <summary>The order that a link came with.</summary>
internal static class HeldOrder
{
    /// <summary>The order while it still names the link's holder; else null.</summary>
    public static async Task<WatchedOrder?> FindAsync(IOrderStore orders, SignedLink link, CancellationToken cancellationToken) =>
        link.Order is { } key
        && await orders.FindAsync([key], cancellationToken) is [{ Snapshot.Customer.ContactPoints: var points } order]
        && points.Holds(link.Contact)
            ? order
            : null;
}
