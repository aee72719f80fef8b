using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Data;

namespace Nop.Plugin.Misc.SupportSdk.Orders;

/// <summary>Finds the orders that may have changed: several changes of the shop raise no event, and its orders carry no stamp of change.</summary>
internal sealed class OpenOrders(IRepository<Order> orders, IRepository<Shipment> parcels)
{
    /// <summary>How long an open order is looked at; what lies there longer is not waited for.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(365);

    private const int Slots = 144;
    private static readonly TimeSpan Slot = TimeSpan.FromDays(1) / Slots;

    /// <summary>The ids of all open orders of a store.</summary>
    public Task<List<int>> AllAsync(int storeId, DateTimeOffset now) => Open(storeId, now).Select(order => order.Id).ToListAsync();

    /// <summary>The ids of orders that were placed or sent in a span of time, and of the open ones whose turn in the day lies in it.</summary>
    /// <param name="storeId">The store.</param>
    /// <param name="since">The beginning.</param>
    /// <param name="now">The end. After a day or more, every open order had its turn.</param>
    public async Task<List<int>> SinceAsync(int storeId, DateTimeOffset since, DateTimeOffset now)
    {
        var from = since.UtcDateTime;
        var ids = await orders.Table.Where(order => order.StoreId == storeId && order.CreatedOnUtc >= from).Select(order => order.Id).ToListAsync();
        var sent = await parcels
            .Table.Where(parcel => parcel.CreatedOnUtc >= from)
            .Join(orders.Table, parcel => parcel.OrderId, order => order.Id, (parcel, order) => order)
            .Where(order => order.StoreId == storeId)
            .Select(order => order.Id)
            .ToListAsync();
        var turns = Turns(since, now);
        var open = turns.Count == Slots ? Open(storeId, now) : Open(storeId, now).Where(order => turns.Contains(order.Id % Slots));
        return [.. ids.Concat(sent).Concat(await open.Select(order => order.Id).ToListAsync()).Distinct().Order()];
    }

    /// <summary>The ids of open orders of a store behind one, oldest first.</summary>
    /// <param name="storeId">The store.</param>
    /// <param name="now">The moment.</param>
    /// <param name="after">The last one of the page before, or 0.</param>
    /// <param name="max">How many at most.</param>
    public Task<List<int>> BehindAsync(int storeId, DateTimeOffset now, int after, int max) =>
        Open(storeId, now).Where(order => order.Id > after).OrderBy(order => order.Id).Select(order => order.Id).Take(max).ToListAsync();

    private static List<int> Turns(DateTimeOffset since, DateTimeOffset now)
    {
        var (first, last) = (since.UtcTicks / Slot.Ticks, now.UtcTicks / Slot.Ticks);
        return last - first >= Slots
            ? [.. Enumerable.Range(0, Slots)]
            : [.. Enumerable.Range(0, (int)(last - first + 1)).Select(step => (int)((first + step) % Slots))];
    }

    private IQueryable<Order> Open(int storeId, DateTimeOffset now)
    {
        var from = (now - Horizon).UtcDateTime;
        int[] ended = [(int)OrderStatus.Complete, (int)OrderStatus.Cancelled];
        int[] waiting = [(int)ShippingStatus.NotYetShipped, (int)ShippingStatus.PartiallyShipped, (int)ShippingStatus.Shipped];
        return orders.Table.Where(order =>
            order.StoreId == storeId
            && order.CreatedOnUtc >= from
            && !order.Deleted
            && !order.PickupInStore
            && !ended.Contains(order.OrderStatusId)
            && waiting.Contains(order.ShippingStatusId)
        );
    }
}
