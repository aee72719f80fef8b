using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewComponents;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Web.Framework.Components;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>A piece of ours in a page of the shop. Whatever fails in it, in its view as well, the page is shown without it.</summary>
public abstract class SupportWidget : NopViewComponent
{
    private protected T Get<T>()
        where T : notnull => HttpContext.RequestServices.GetRequiredService<T>();

    private protected async Task<IViewComponentResult> ShowAsync(string view, Func<SupportEngine, Visitor, Task<object?>> find)
    {
        try
        {
            if (
                await Get<SupportHost>().FindAsync(HttpContext.RequestAborted) is { } engine
                && await Get<Visitors>().FindAsync() is var visitor
                && engine.Serves(visitor.Shop)
                && await find(engine, visitor) is { } model
            )
            {
                var html = Get<IHtmlHelper>();
                ((IViewContextAware)html).Contextualize(ViewContext);
                return new HtmlContentViewComponentResult(await html.PartialAsync($"{SupportDefaults.ViewFolder}/Customer/{view}.cshtml", model));
            }
        }
        catch (Exception exception)
        {
            HttpContext
                .RequestServices.GetService<EngineJournal>()
                ?.Add(LogLevel.Warning, "A widget for a customer failed; the page was shown without it.", exception);
        }

        return Content("");
    }
}

/// <summary>On the page of an order: when it comes, what delays it, where its parcels are.</summary>
public sealed class OrderWidget : SupportWidget
{
    /// <summary>Shows it where something is known, and to nobody but the order's customer.</summary>
    /// <param name="widgetZone">The place.</param>
    /// <param name="additionalData">The shop's model of the order.</param>
    public Task<IViewComponentResult> InvokeAsync(string widgetZone, object additionalData) =>
        ShowAsync(
            "OrderWidget",
            async (engine, visitor) =>
                additionalData is BaseNopEntityModel page
                && await Get<CustomerOrders>().FindAsync(engine, visitor, page.Id, HttpContext.RequestAborted) is { IsKnown: true } order
                    ? order
                    : null
        );
}

/// <summary>In the navigation of the account: the links to our pages.</summary>
public sealed class AccountWidget : SupportWidget
{
    /// <summary>Shows them.</summary>
    /// <param name="widgetZone">The place.</param>
    /// <param name="additionalData">Not used.</param>
    public Task<IViewComponentResult> InvokeAsync(string widgetZone, object additionalData) =>
        ShowAsync("AccountWidget", (_, _) => Task.FromResult<object?>(HttpContext.Request.Path.Value ?? ""));
}

/// <summary>Above the list of orders: where the dates are.</summary>
public sealed class OrderListWidget : SupportWidget
{
    /// <summary>Shows it.</summary>
    /// <param name="widgetZone">The place.</param>
    /// <param name="additionalData">Not used.</param>
    public Task<IViewComponentResult> InvokeAsync(string widgetZone, object additionalData) =>
        ShowAsync("OrderListWidget", (_, _) => Task.FromResult<object?>(""));
}

/// <summary>Above the list of return requests: their address labels.</summary>
public sealed class ReturnWidget : SupportWidget
{
    /// <summary>Shows them where there are some.</summary>
    /// <param name="widgetZone">The place.</param>
    /// <param name="additionalData">Not used.</param>
    public Task<IViewComponentResult> InvokeAsync(string widgetZone, object additionalData) =>
        ShowAsync("ReturnWidget", async (_, visitor) => await Get<ReturnLabels>().ListAsync(visitor) is { Returns.Count: > 0 } list ? list : null);
}
