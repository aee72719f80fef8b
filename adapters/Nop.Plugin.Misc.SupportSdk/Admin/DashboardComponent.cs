using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Services.Security;
using Nop.Web.Framework.Components;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>A card on the dashboard: what waits for a person. Renders nothing where it has nothing to say, or may not.</summary>
public sealed class DashboardComponent(IServiceProvider services) : NopViewComponent
{
    /// <summary>The zone behind the order reports of the dashboard.</summary>
    public const string Zone = "admin_dashboard_orderreports_after";

    /// <summary>Renders it.</summary>
    public async Task<IViewComponentResult> InvokeAsync(string widgetZone, object? additionalData = null)
    {
        try
        {
            if (
                !await services.GetRequiredService<IPermissionService>().AuthorizeAsync(SupportPermissions.Orders)
                || await services.GetRequiredService<SupportHost>().FindAsync() is not { } engine
            )
            {
                return Content("");
            }

            var figures = await SupportFigures.ReadAsync(engine, services.GetRequiredService<TimeProvider>().GetUtcNow());
            var model = new DashboardModel
            {
                Late = figures.Values.Sum(one => one.Late),
                Held = figures.Values.Sum(one => one.Held),
                Open = figures.Values.Sum(one => one.Open),
                Breached = figures.Values.Sum(one => one.Breached),
            };
            return View(SupportDefaults.ViewFolder + "/Admin/Dashboard.cshtml", model);
        }
        catch (Exception exception)
        {
            services.GetRequiredService<EngineJournal>().Add(LogLevel.Warning, $"The card of the dashboard failed: {exception.Message}", exception);
            return Content("");
        }
    }
}

/// <summary>What waits for a person, over all stores.</summary>
public sealed class DashboardModel
{
    /// <summary>Orders about whose delay something was decided in the last week.</summary>
    public long Late { get; init; }

    /// <summary>Messages that wait for an approval.</summary>
    public long Held { get; init; }

    /// <summary>Tickets that are not solved.</summary>
    public long Open { get; init; }

    /// <summary>Tickets among them that are overdue.</summary>
    public long Breached { get; init; }
}
