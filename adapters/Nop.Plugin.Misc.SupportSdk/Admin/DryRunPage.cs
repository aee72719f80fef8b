using System.Globalization;
using Nop.Core;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Helpers;
using Nop.Services.Stores;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>Shows, before a store goes live, what its customers would have been told.</summary>
internal sealed class DryRunPage(
    PlayableOrders playable,
    IStoreContext context,
    IStoreService stores,
    IDateTimeHelper times,
    SupportHost host,
    AdminWords words,
    TimeProvider time
)
{
    /// <summary>The most orders that are played.</summary>
    public const int MostOrders = 1_000;

    /// <summary>The most messages that are listed.</summary>
    public const int MostRows = 200;

    private static readonly TimeSpan Shown = TimeSpan.FromDays(30);

    // An order that is late this month may have been placed in an earlier one.
    private static readonly TimeSpan Read = TimeSpan.FromDays(90);

    public async Task<DryRunModel> ReadAsync(CancellationToken cancellationToken)
    {
        var scope = await context.GetActiveStoreScopeConfigurationAsync();
        var all = (await stores.GetAllStoresAsync()).Where(store => !store.Deleted).ToList();
        var store = all.Find(one => one.Id == scope) ?? all.FirstOrDefault();
        var model = new DryRunModel { Store = store?.Name ?? "" };
        var engine = await host.FindAsync(cancellationToken);
        var shop = store is null ? null : engine?.Shops.FirstOrDefault(one => string.Equals(one.Id, StoreShops.IdOf(store.Id), StringComparison.Ordinal));
        if (store is null || engine is null || shop is null)
        {
            model.Remarks.Add(await words.OfAsync("Admin.DryRun.NoEngine"));
            return model;
        }

        await PlayAsync(model, engine, shop, store.Id, cancellationToken);
        await AddDecidedAsync(model, engine, shop, cancellationToken);
        return model;
    }

    private async Task PlayAsync(DryRunModel model, SupportEngine engine, Shop shop, int storeId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var orders = await playable.ReadAsync(storeId, now - Read, MostOrders, cancellationToken);
        var view = new ShopView(shop, Learned(await engine.Get<IShopDesk>().FindAsync(shop.Id, cancellationToken), orders));
        var result = new DryRun(engine.Get<IDelayAssessor>(), engine.Get<INotificationPolicy>()).Play(orders, view, now - Shown, now);
        model.Remarks.Add(await words.OfAsync("Admin.DryRun.Read", result.Played, Read.Days, MostOrders, Shown.Days));
        if (orders.Count >= MostOrders)
        {
            model.Remarks.Add(await words.OfAsync("Admin.DryRun.Capped", MostOrders));
        }

        if (result.LeftOut > 0)
        {
            model.Remarks.Add(await words.OfAsync("Admin.DryRun.LeftOut", result.LeftOut));
        }

        if (!OrderClocks.ObservesArrival(view))
        {
            model.Remarks.Add(await words.OfAsync("Admin.DryRun.NoArrival"));
        }

        foreach (var kind in result.Notices.CountBy(notice => notice.Kind, StringComparer.Ordinal).OrderByDescending(kind => kind.Value))
        {
            model.Kinds.Add(new KindCount(await words.KindAsync(kind.Key), kind.Value));
        }

        if (result.Notices.Count > MostRows)
        {
            model.Remarks.Add(await words.OfAsync("Admin.DryRun.Rows", MostRows, result.Notices.Count));
        }

        foreach (var notice in result.Notices.Take(MostRows))
        {
            model.Rows.Add(
                new DryRunRow(
                    Id(notice.Order.Key.Id),
                    notice.Order.Number ?? notice.Order.Key.Id,
                    await times.ConvertToUserTimeAsync(notice.At.UtcDateTime, DateTimeKind.Utc),
                    await words.KindAsync(notice.Kind),
                    await words.SignalAsync(notice.Lead)
                )
            );
        }
    }

    private async Task AddDecidedAsync(DryRunModel model, SupportEngine engine, Shop shop, CancellationToken cancellationToken)
    {
        var query = new DeliveryQuery
        {
            Shop = shop.Id,
            States = [DeliveryState.Suppressed],
            Max = MostRows,
        };
        var deliveries = await engine.Get<IDeliveryDesk>().ListAsync(query, cancellationToken);
        foreach (var delivery in deliveries.Where(delivery => delivery.Message.Order is not null))
        {
            var order = delivery.Message.Order?.Id;
            model.Decided.Add(
                new DryRunRow(
                    order is null ? 0 : Id(order),
                    order ?? "",
                    await times.ConvertToUserTimeAsync(delivery.Message.DecidedAt.UtcDateTime, DateTimeKind.Utc),
                    await words.KindAsync(delivery.Message.Occasion.Split('/')[0]),
                    delivery.Reason ?? ""
                )
            );
        }
    }

    // A plugin that was installed today has seen little; the orders themselves say whether deliveries are recorded.
    private static ShopState Learned(ShopState state, IReadOnlyList<OrderSnapshot> orders)
    {
        var parcels = orders.SelectMany(order => order.Shipments).ToList();
        return state with
        {
            Shipped = Math.Max(state.Shipped, parcels.Count(parcel => parcel.ShippedAt is not null)),
            Delivered = Math.Max(state.Delivered, parcels.Count(parcel => parcel.DeliveredAt is not null)),
        };
    }

    private static int Id(string id) => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
