using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Orders;
using Support.Sdk.Orders;
using Order = Nop.Core.Domain.Orders.Order;
using OrderStatus = Nop.Core.Domain.Orders.OrderStatus;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>Reads past orders as they can be played again.</summary>
internal sealed class PlayableOrders(IRepository<Order> orders, OrderReader reader)
{
    private const int Batch = 100;

    /// <summary>The newest orders of a store since a moment that parcels are sent for, oldest first.</summary>
    /// <param name="storeId">The store, or 0 for all.</param>
    /// <param name="since">The beginning.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<OrderSnapshot>> ReadAsync(int storeId, DateTimeOffset since, int most, CancellationToken cancellationToken)
    {
        var from = since.UtcDateTime;
        var ids = await orders
            .Table.Where(order =>
                (storeId == 0 || order.StoreId == storeId)
                && order.CreatedOnUtc >= from
                && !order.Deleted
                && !order.PickupInStore
                && order.OrderStatusId != (int)OrderStatus.Cancelled
                && order.ShippingStatusId != (int)ShippingStatus.ShippingNotRequired
            )
            .OrderByDescending(order => order.Id)
            .Select(order => order.Id)
            .Take(most)
            .ToListAsync();
        var found = new List<OrderSnapshot>(ids.Count);
        foreach (var chunk in ids.Order().Chunk(Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.AddRange((await reader.ReadAsync(chunk)).Select(Ended).OfType<OrderSnapshot>());
        }

        return [.. found.OrderBy(order => order.PlacedAt)];
    }

    // The shop says that it is done, and not when: nothing after its last parcel is known of it.
    private static OrderSnapshot? Ended(OrderSnapshot order) =>
        order.Status != Support.Sdk.Orders.OrderStatus.Completed ? order
        : order.Shipments.Select(parcel => parcel.DeliveredAt ?? parcel.ShippedAt).Max() is { } end ? order with { UpdatedAt = end }
        : null;
}
