using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Web.Framework.Events;
using Nop.Web.Framework.Menu;
using NSubstitute;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Admin;

public sealed class SupportMenuTests
{
    [Fact]
    public async Task The_pages_stand_behind_the_sales_each_with_its_permission()
    {
        await using var admin = new AdminShop();
        var root = new Menu();
        var urls = Substitute.For<IAdminMenu>();
        urls.GetMenuItemUrl("", "").ReturnsForAnyArgs(call => $"/Admin/{call.ArgAt<string>(0)}/{call.ArgAt<string>(1)}");

        await new SupportMenu(admin.Get<AdminWords>(), admin.Shop.Journal).HandleEventAsync(new AdminMenuCreatedEvent(urls, root));

        Assert.Equal("Sales", root.After);
        Assert.Equal("Support", root.Added!.Title);
        Assert.Equal(
            [
                ("/Admin/Support/Overview", SupportPermissions.Configure),
                ("/Admin/SupportOrders/List", SupportPermissions.Orders),
                ("/Admin/SupportMessages/List", SupportPermissions.Messages),
                ("/Admin/SupportTickets/List", SupportPermissions.Tickets),
                ("/Admin/Support/Configure", SupportPermissions.Configure),
            ],
            root.Added.ChildNodes.Select(item => (item.Url, item.PermissionNames.Single()))
        );
    }

    [Fact]
    public async Task A_menu_that_cannot_be_made_leaves_the_admin_as_it_is()
    {
        await using var admin = new AdminShop();
        var urls = Substitute.For<IAdminMenu>();
        urls.GetMenuItemUrl("", "").ReturnsForAnyArgs(_ => throw new InvalidOperationException("No."));

        await new SupportMenu(admin.Get<AdminWords>(), admin.Shop.Journal).HandleEventAsync(new AdminMenuCreatedEvent(urls, new Menu()));

        Assert.Single(admin.Shop.Journal.Recent);
    }

    private sealed class Menu : AdminMenuItem
    {
        public string? After { get; private set; }

        public AdminMenuItem? Added { get; private set; }

        public override bool InsertAfter(string itemSystemName, AdminMenuItem newMenuItem)
        {
            (After, Added) = (itemSystemName, newMenuItem);
            return true;
        }
    }
}
