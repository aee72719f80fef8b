using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Messages;
using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Plugin.Misc.SupportSdk.Setup;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Support.Sdk.Shops;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Admin;

public sealed class OverviewTests
{
    [Fact]
    public async Task A_shop_that_works_says_so()
    {
        await using var admin = new AdminShop();
        admin.Shop.Accounts[0].MaxNumberOfEmails = 50;

        var model = AdminShop.Model<OverviewModel>(await admin.Controller().Overview());

        Assert.True(model.EngineRuns);
        Assert.DoesNotContain(model.Lines, line => line is { Badge: "badge-danger" });
        Assert.Equal("Live", Assert.Single(model.Stores).Mode);
    }

    [Fact]
    public async Task A_broken_engine_is_said_and_the_page_stands()
    {
        await using var admin = new AdminShop();
        admin.Shop.OpenDatabase = () => throw new InvalidOperationException("The database is away.");

        var model = AdminShop.Model<OverviewModel>(await admin.Controller().Overview());

        Assert.False(model.EngineRuns);
        Assert.Contains(model.Lines, line => line.Text.Contains("The database is away.", StringComparison.Ordinal));
        Assert.Contains(model.Journal, line => line.Text.Contains("The database is away.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whatever_fails_becomes_a_page_that_says_that_the_shop_goes_on()
    {
        await using var admin = new AdminShop();
        admin.Tasks.GetTaskByTypeAsync("").ThrowsAsyncForAnyArgs(new InvalidOperationException("No."));

        Assert.Equal("Trouble.cshtml", AdminShop.ViewName(await admin.Controller().Overview()));
        Assert.NotEmpty(admin.Shop.Journal.Recent);
    }

    [Fact]
    public async Task Who_pauses_a_store_is_named_until_somebody_resumes_it()
    {
        await using var admin = new AdminShop();

        await admin.Controller().Pause(0);
        var paused = await StateAsync(admin);
        await admin.Controller().Resume(1);
        var resumed = await StateAsync(admin);

        Assert.Equal("Paused in the admin (Eva Ek)", paused.PausedReason);
        Assert.Null(resumed.PausedAt);
    }

    [Fact]
    public async Task Pausing_while_the_engine_is_broken_is_refused_in_words()
    {
        await using var admin = new AdminShop();
        admin.Shop.OpenDatabase = () => throw new InvalidOperationException("The database is away.");

        Assert.IsType<RedirectToActionResult>(await admin.Controller().Pause(1));
        admin.Notifications.ReceivedWithAnyArgs().ErrorNotification("");
    }

    [Fact]
    public async Task A_test_mail_goes_to_whoever_asks_through_the_account_of_the_store_once_a_minute()
    {
        await using var admin = new AdminShop();
        var mail = admin.Get<TestMail>();

        var first = await mail.SendAsync(1);
        var second = await mail.SendAsync(1);
        admin.Shop.Time.Advance(TimeSpan.FromMinutes(1));
        var third = await mail.SendAsync(1);

        Assert.Equal([true, false, true], [first.IsSent, second.IsSent, third.IsSent]);
        await admin
            .Sender.Received(2)
            .SendEmailAsync(
                Arg.Is<EmailAccount>(account => account.Id == 1),
                "Test from Corner shop",
                Arg.Any<string>(),
                "shop@shop.example",
                "Corner shop",
                "eva@shop.example",
                "eva@shop.example"
            );
    }

    [Fact]
    public async Task A_test_mail_that_fails_says_what_the_server_said()
    {
        await using var admin = new AdminShop();
        admin.Sender.SendEmailAsync(null!, "", "", "", "", "", "").ThrowsAsyncForAnyArgs(new InvalidOperationException("Relay denied."));

        var result = await admin.Get<TestMail>().SendAsync(1);

        Assert.False(result.IsSent);
        Assert.Contains("Relay denied.", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_mean_nothing_are_named_on_the_page()
    {
        await using var admin = new AdminShop();
        admin.Shop.Settings(new SupportSettings { TimeZone = "Mars/Olympus", Promises = "{" });

        var model = AdminShop.Model<OverviewModel>(await admin.Controller().Overview());

        Assert.Contains(model.Lines, line => line.Text.Contains("Corner shop: Promises", StringComparison.Ordinal));
    }

    private static async Task<ShopState> StateAsync(AdminShop admin) =>
        await (await admin.Shop.Host.FindAsync())!.Services.GetRequiredService<IShopDesk>().FindAsync("store-1");
}
