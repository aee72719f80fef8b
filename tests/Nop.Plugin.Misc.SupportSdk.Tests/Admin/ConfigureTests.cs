using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Plugin.Misc.SupportSdk.Setup;
using NSubstitute;
using Support.Sdk.Orders;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Admin;

public sealed class ConfigureTests
{
    [Fact]
    public async Task The_form_shows_what_is_saved_and_what_there_is_to_choose_from()
    {
        await using var admin = new AdminShop();

        var model = AdminShop.Model<ConfigureModel>(await admin.Controller().Configure());

        Assert.Equal((int)SupportMode.Live, model.Mode);
        Assert.Equal("Europe/Stockholm", model.TimeZone);
        Assert.Equal(NoticeKinds.Default.Order(StringComparer.Ordinal), model.Tells.Order(StringComparer.Ordinal));
        Assert.Equal(["Off", "Dry run", "Live"], model.Modes.Select(mode => mode.Text));
        Assert.Contains(model.TimeZones, zone => zone is { Value: "Europe/Stockholm" });
        Assert.Contains(model.Countries, country => country is { Value: "SE" });
        Assert.Equal(["0", "1"], model.Accounts.Select(account => account.Value));
        Assert.Equal(NoticeKinds.All.Count, model.Kinds.Count);
    }

    [Fact]
    public async Task What_is_right_is_saved_and_counts_at_once()
    {
        await using var admin = new AdminShop();
        var form = await FormAsync(admin);
        form.HoldFirst = 5;

        await admin.Controller().Configure(form);

        Assert.Equal(5, admin.LastSaved!.HoldFirst);
        Assert.Equal(SettingFields.All.Select(field => field.Name), admin.Saved.Select(saved => saved.Setting));
        await admin.Settings.Received().ClearCacheAsync();
        admin.Notifications.ReceivedWithAnyArgs().SuccessNotification("");
    }

    [Fact]
    public async Task Nothing_is_saved_when_one_field_is_wrong()
    {
        await using var admin = new AdminShop();
        var form = await FormAsync(admin);
        form.Color = "blue";
        form.HoldFirst = 5;
        var controller = admin.Controller();

        var result = await controller.Configure(form);

        Assert.Empty(admin.Saved);
        Assert.Equal("Colour: 'blue' is no colour. Write it as #rrggbb, such as #1f4e79.", controller.ModelState["Color"]!.Errors[0].ErrorMessage);
        Assert.Equal("blue", AdminShop.Model<ConfigureModel>(result).Color);
    }

    [Fact]
    public async Task What_only_the_engine_finds_wrong_is_said_too()
    {
        await using var admin = new AdminShop();
        admin.Shop.Accounts.Clear();
        var form = await FormAsync(admin);
        var controller = admin.Controller();

        await controller.Configure(form);

        Assert.Empty(admin.Saved);
        Assert.Contains("EmailFrom", controller.ModelState[""]!.Errors[0].ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_kind_at_all_is_not_the_usual_kinds()
    {
        await using var admin = new AdminShop();
        var form = await FormAsync(admin);
        form.Tells = [];
        var controller = admin.Controller();

        await controller.Configure(form);

        Assert.Empty(admin.Saved);
        Assert.Single(controller.ModelState["Tells"]!.Errors);
    }

    [Fact]
    public async Task A_store_keeps_its_own_only_where_its_box_is_ticked()
    {
        await using var admin = new AdminShop();
        admin.Scope = 1;
        // What is not the store's own is disabled in the form, and does not come back.
        var form = new ConfigureModel { Signature = "The corner", OverridesSignature = true };

        await admin.Controller().Configure(form);

        Assert.Equal("The corner", admin.LastSaved!.Signature);
        Assert.Equal("Europe/Stockholm", admin.LastSaved.TimeZone);
        Assert.Equal([(nameof(SupportSettings.Signature), true, 1)], admin.Saved.Where(saved => saved.IsOwn));
    }

    private static async Task<ConfigureModel> FormAsync(AdminShop admin) => await admin.Get<ConfigurePage>().ReadAsync();
}
