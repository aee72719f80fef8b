using Microsoft.AspNetCore.Mvc.ViewComponents;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core;
using Nop.Core.Domain.Cms;
using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Plugin.Misc.SupportSdk.Widgets;
using Nop.Services.Configuration;
using Nop.Services.ScheduleTasks;
using NSubstitute;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Admin;

public sealed class DashboardTests
{
    [Fact]
    public async Task The_card_counts_late_orders_and_held_messages()
    {
        await using var admin = new AdminShop();
        admin.Shop.Settings(
            new SupportSettings
            {
                Mode = SupportMode.Live,
                HoldFirst = 20,
                TimeZone = "Europe/Stockholm",
                Promises = """[{"ship":2}]""",
            }
        );
        admin.Shop.Place();
        await admin.TurnAsync();
        admin.Shop.Time.Advance(TimeSpan.FromDays(5));
        await admin.TurnAsync();
        await admin.TurnAsync();

        var card = Assert.IsType<ViewViewComponentResult>(await Component(admin).InvokeAsync(DashboardComponent.Zone));

        var model = Assert.IsType<DashboardModel>(card.ViewData!.Model);
        // A message that waits for a person is a ticket as well.
        Assert.Equal((1, 1, 1, 0), (model.Late, model.Held, model.Open, model.Breached));
    }

    [Fact]
    public async Task Who_may_not_see_orders_sees_no_card()
    {
        await using var admin = new AdminShop();
        admin.Permissions.AuthorizeAsync("").ReturnsForAnyArgs(false);

        AssertNothing(await Component(admin).InvokeAsync(DashboardComponent.Zone));
    }

    [Fact]
    public async Task A_broken_engine_shows_no_card()
    {
        await using var admin = new AdminShop();
        admin.Shop.OpenDatabase = () => throw new InvalidOperationException("The database is away.");

        AssertNothing(await Component(admin).InvokeAsync(DashboardComponent.Zone));
    }

    [Fact]
    public async Task The_plugin_shows_each_widget_in_its_zone()
    {
        var plugin = Plugin(Substitute.For<ISettingService>(), new Widget("a", typeof(int)), new Widget("b", typeof(long)));

        Assert.Equal(["a", "b"], await plugin.GetWidgetZonesAsync());
        Assert.Equal(typeof(long), plugin.GetWidgetViewComponent("b"));
        Assert.Null(plugin.GetWidgetViewComponent("c"));
        Assert.True(plugin.HideInWidgetList);
    }

    [Fact]
    public async Task The_shop_knows_of_the_widgets_from_install_to_uninstall()
    {
        var shown = new WidgetSettings { ActiveWidgetSystemNames = ["Widgets.Other"] };
        var settings = Substitute.For<ISettingService>();
        settings.LoadSettingAsync<WidgetSettings>(0).ReturnsForAnyArgs(shown);
        var plugin = Plugin(settings);

        await plugin.InstallAsync();
        await plugin.InstallAsync();
        Assert.Equal(["Widgets.Other", "Misc.SupportSdk"], shown.ActiveWidgetSystemNames);

        await plugin.UninstallAsync();
        Assert.Equal(["Widgets.Other"], shown.ActiveWidgetSystemNames);
        await settings.Received(3).SaveSettingAsync(shown);
    }

    private static DashboardComponent Component(AdminShop admin) => new(admin.Get<IServiceProvider>());

    private static void AssertNothing(Microsoft.AspNetCore.Mvc.IViewComponentResult result) =>
        Assert.Equal("", Assert.IsType<ContentViewComponentResult>(result).Content);

    private static SupportPlugin Plugin(ISettingService settings, params Widget[] widgets) =>
        new(settings, Substitute.For<IScheduleTaskService>(), Substitute.For<IWebHelper>(), [], widgets);
}
