using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Web.Framework.Mvc.Filters;
using Support.Sdk.Orders;

namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>The watched orders of a store, and one of them with everything that was promised, decided and told.</summary>
public sealed class SupportOrdersController(IServiceProvider services) : DeskController(services)
{
    private const int MaxText = 200;

    /// <summary>A page of the orders.</summary>
    [HttpGet]
    [CheckPermission(SupportPermissions.Orders)]
    public Task<IActionResult> List(int? store = null, OrderShow show = OrderShow.All, string? number = null, string? after = null) =>
        OnStoreAsync(
            store,
            async found =>
            {
                var asked = new OrderListModel
                {
                    Store = found.Choice,
                    Show = Enum.IsDefined(show) ? show : OrderShow.All,
                    Number = number?.Trim() is { Length: > 0 and <= MaxText } text ? text : null,
                    After = after is { Length: > 0 and <= MaxText } ? after : null,
                };
                return Page("Orders", await Get<OrderPages>().ListAsync(found, asked, Aborted));
            }
        );

    /// <summary>One order.</summary>
    [HttpGet]
    [CheckPermission(SupportPermissions.Orders)]
    public Task<IActionResult> Details(int id, int? store = null) =>
        OnStoreAsync(
            store,
            async found =>
            {
                var key = new OrderKey(found.Shop.Id, id.ToString(CultureInfo.InvariantCulture));
                if (await found.Get<IOrderStore>().FindAsync([key], Aborted) is not [var order])
                {
                    return NotFound();
                }

                var reading = await OrderReading.OfAsync(found, Now, Aborted);
                return Page("Order", await reading.WholeAsync(order, Aborted));
            }
        );
}
