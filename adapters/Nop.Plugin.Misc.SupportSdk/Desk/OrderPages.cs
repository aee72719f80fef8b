using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Orders;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>Pages through a store's orders. The shop's own tables lead, so that every order has a row, watched or not.</summary>
internal sealed class OrderPages(IRepository<Order> orders, OpenOrders open, TimeProvider time)
{
    public const int PageSize = 25;

    // How many orders one page may judge before it shows what it has and goes on from there.
    private const int MaxJudged = 2000;
    private const int AtOnce = 200;

    public async Task<OrderListModel> ListAsync(DeskStore store, OrderListModel asked, CancellationToken cancellationToken)
    {
        var reading = await OrderReading.OfAsync(store, time.GetUtcNow(), cancellationToken);
        return asked switch
        {
            { Number: { } number } => asked with { Rows = await OfNumberAsync(store, reading, number, cancellationToken) },
            { Show: OrderShow.Late or OrderShow.AtRisk } => await JudgedAsync(store, reading, asked, cancellationToken),
            { Show: OrderShow.Held } => await HeldAsync(store, reading, asked, cancellationToken),
            _ => await AllAsync(store, reading, asked, cancellationToken),
        };
    }

    /// <summary>The id of the order that customers know by a number, or null when the store has none.</summary>
    public async Task<int?> FindAsync(int storeId, string number) => (await OfNumber(storeId, number).FirstOrDefaultAsync())?.Id;

    private IQueryable<Order> OfNumber(int storeId, string number)
    {
        var id = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        return orders
            .Table.Where(order => order.StoreId == storeId && (order.CustomOrderNumber == number || order.Id == id))
            .OrderByDescending(order => order.Id)
            .Take(PageSize);
    }

    private async Task<IReadOnlyList<OrderRowModel>> OfNumberAsync(DeskStore store, OrderReading reading, string number, CancellationToken cancellationToken) =>
        await RowsAsync(store, reading, await OfNumber(store.Id, number).ToListAsync(), cancellationToken);

    private async Task<OrderListModel> AllAsync(DeskStore store, OrderReading reading, OrderListModel asked, CancellationToken cancellationToken)
    {
        var (storeId, before) = (store.Id, Id(asked.After, int.MaxValue));
        var found = await orders
            .Table.Where(order => order.StoreId == storeId && !order.Deleted && order.Id < before)
            .OrderByDescending(order => order.Id)
            .Take(PageSize + 1)
            .ToListAsync();
        var page = found.Take(PageSize).ToList();
        return asked with { Rows = await RowsAsync(store, reading, page, cancellationToken), Next = found.Count > PageSize ? Text(page[^1].Id) : null };
    }

    private async Task<OrderListModel> JudgedAsync(DeskStore store, OrderReading reading, OrderListModel asked, CancellationToken cancellationToken)
    {
        var wanted = asked.Show == OrderShow.Late ? OrderStanding.Late : OrderStanding.AtRisk;
        var rows = new List<OrderRowModel>();
        var after = Id(asked.After, 0);
        for (var judged = 0; judged < MaxJudged; judged += AtOnce)
        {
            var ids = await open.BehindAsync(store.Id, time.GetUtcNow(), after, AtOnce);
            var found = await WatchedAsync(store, ids, cancellationToken);
            foreach (var id in ids)
            {
                if (rows.Count == PageSize)
                {
                    return asked with { Rows = rows, Next = Text(after) };
                }

                after = id;
                if (found.GetValueOrDefault(Text(id)) is { } order && reading.Row(order) is { } row && row.Standing == wanted)
                {
                    rows.Add(row);
                }
            }

            if (ids.Count < AtOnce)
            {
                return asked with { Rows = rows };
            }
        }

        return asked with
        {
            Rows = rows,
            Next = Text(after),
        };
    }

    private static async Task<OrderListModel> HeldAsync(DeskStore store, OrderReading reading, OrderListModel asked, CancellationToken cancellationToken)
    {
        var query = new DeliveryQuery
        {
            Shop = store.Shop.Id,
            States = [DeliveryState.Held],
            After = asked.After,
            Max = PageSize + 1,
        };
        var held = await store.Get<IDeliveryDesk>().ListAsync(query, cancellationToken);
        var page = held.Take(PageSize).ToList();
        var keys = page.Select(delivery => delivery.Message.Order).OfType<OrderKey>().Distinct().ToList();
        var found = (await store.Get<IOrderStore>().FindAsync(keys, cancellationToken)).ToDictionary(order => order.Key);
        return asked with
        {
            Rows = [.. keys.Where(found.ContainsKey).Select(key => reading.Row(found[key]))],
            Next = held.Count > PageSize ? page[^1].Message.Id : null,
        };
    }

    private static async Task<IReadOnlyList<OrderRowModel>> RowsAsync(
        DeskStore store,
        OrderReading reading,
        List<Order> page,
        CancellationToken cancellationToken
    )
    {
        var found = await WatchedAsync(store, page.ConvertAll(order => order.Id), cancellationToken);
        return
        [
            .. page.Select(order =>
                found.GetValueOrDefault(Text(order.Id)) is { } watched
                    ? reading.Row(watched)
                    : reading.Unwatched(
                        Text(order.Id),
                        string.IsNullOrWhiteSpace(order.CustomOrderNumber) ? Text(order.Id) : order.CustomOrderNumber,
                        ShopValues.Utc(order.CreatedOnUtc)
                    )
            ),
        ];
    }

    private static async Task<Dictionary<string, WatchedOrder>> WatchedAsync(DeskStore store, List<int> ids, CancellationToken cancellationToken)
    {
        var keys = ids.ConvertAll(id => new OrderKey(store.Shop.Id, Text(id)));
        var found = keys.Count == 0 ? [] : await store.Get<IOrderStore>().FindAsync(keys, cancellationToken);
        return found.ToDictionary(order => order.Key.Id, StringComparer.Ordinal);
    }

    private static int Id(string? text, int otherwise) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : otherwise;

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
}
