using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Security;
using Nop.Web.Framework.Components;
using Nop.Web.Framework.Models;
using Support.Sdk.Orders;

namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>The card on the shop's own order page: how the order stands, what was promised, and what the customer was told.</summary>
/// <remarks>It is a guest on that page: whatever fails, or nobody may see, is not there.</remarks>
public sealed class OrderCardViewComponent(IServiceProvider services) : NopViewComponent
{
    /// <summary>Renders the card.</summary>
    public async Task<IViewComponentResult> InvokeAsync(string widgetZone, object additionalData)
    {
        try
        {
            return
                additionalData is BaseNopEntityModel { Id: > 0 and var id }
                && await services.GetRequiredService<IPermissionService>().AuthorizeAsync(SupportPermissions.Orders)
                && await FindAsync(id) is { } card
                ? View($"{SupportDefaults.ViewFolder}/Desk/OrderCard.cshtml", card)
                : Content("");
        }
        catch (Exception exception)
        {
            services.GetRequiredService<EngineJournal>().Add(LogLevel.Warning, "The card on an order's page could not be shown.", exception);
            return Content("");
        }
    }

    private async Task<OrderRowModel?> FindAsync(int id)
    {
        if (
            await services.GetRequiredService<IRepository<Order>>().GetByIdAsync(id) is not { } order
            || await services.GetRequiredService<SupportHost>().FindAsync() is not { } engine
            || engine.Shops.FirstOrDefault(shop => string.Equals(shop.Id, StoreShops.IdOf(order.StoreId), StringComparison.Ordinal)) is not { } shop
        )
        {
            return null;
        }

        var store = new DeskStore
        {
            Engine = engine,
            Shop = shop,
            Times = new DeskTimes(shop.TimeZone),
            Choice = new StoreChoice(order.StoreId, [], shop.TimeZone),
        };
        var key = new OrderKey(shop.Id, id.ToString(CultureInfo.InvariantCulture));
        if (await engine.Get<IOrderStore>().FindAsync([key]) is not [var watched])
        {
            return null;
        }

        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        return (await OrderReading.OfAsync(store, now, CancellationToken.None)).Row(watched);
    }
}
