using Microsoft.Extensions.Logging;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Services.Events;
using Nop.Web.Framework.Events;
using Nop.Web.Framework.Menu;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>Adds the plugin's pages to the menu of the admin, below the sales.</summary>
internal sealed class SupportMenu(AdminWords words, EngineJournal journal) : IConsumer<AdminMenuCreatedEvent>
{
    public const string Root = "Support.Sdk";
    public const string Overview = "Support.Sdk.Overview";
    public const string Orders = "Support.Sdk.Orders";
    public const string Messages = "Support.Sdk.Messages";
    public const string Tickets = "Support.Sdk.Tickets";
    public const string Settings = "Support.Sdk.Settings";

    public async Task HandleEventAsync(AdminMenuCreatedEvent eventMessage)
    {
        try
        {
            var menu = new AdminMenuItem
            {
                SystemName = Root,
                Title = await words.OfAsync("Admin.Menu"),
                IconClass = "fas fa-life-ring",
                ChildNodes =
                [
                    await ItemAsync(eventMessage, Overview, "Admin.Menu.Overview", "Support", "Overview", SupportPermissions.Configure),
                    await ItemAsync(eventMessage, Orders, "Admin.Menu.Orders", "SupportOrders", "List", SupportPermissions.Orders),
                    await ItemAsync(eventMessage, Messages, "Admin.Menu.Messages", "SupportMessages", "List", SupportPermissions.Messages),
                    await ItemAsync(eventMessage, Tickets, "Admin.Menu.Tickets", "SupportTickets", "List", SupportPermissions.Tickets),
                    await ItemAsync(eventMessage, Settings, "Admin.Menu.Settings", "Support", "Configure", SupportPermissions.Configure),
                ],
                PermissionNames = [.. SupportPermissions.All],
            };
            if (!eventMessage.RootMenuItem.InsertAfter("Sales", menu))
            {
                eventMessage.RootMenuItem.InsertBefore("Local plugins", menu);
            }
        }
        catch (Exception exception)
        {
            journal.Add(LogLevel.Warning, "The menu entry of the plugin could not be made.", exception);
        }
    }

    private async Task<AdminMenuItem> ItemAsync(
        AdminMenuCreatedEvent eventMessage,
        string name,
        string title,
        string controller,
        string action,
        string permission
    ) =>
        new()
        {
            SystemName = name,
            Title = await words.OfAsync(title),
            Url = eventMessage.GetMenuItemUrl(controller, action),
            IconClass = "far fa-dot-circle",
            PermissionNames = [permission],
        };
}
