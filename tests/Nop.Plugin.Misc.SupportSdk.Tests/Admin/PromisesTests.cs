using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Plugin.Misc.SupportSdk.Tests.Desk;
using Nop.Services.Localization;
using NSubstitute;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Admin;

public sealed partial class PromisesTests
{
    [Fact]
    public async Task The_shops_own_history_proposes_what_nine_of_ten_orders_kept()
    {
        await using var admin = new AdminShop();
        await SellAsync(admin, 30, shipDays: 3, deliverDays: 6);

        var model = await ReadAsync(admin, proposed: true);

        Assert.True(model.AreProposed);
        Assert.True(model.PromisesArrival);
        Assert.Equal(("Ground", "SE", 3, 6, 30), Values(model.Rows[0]));
        // The line for everything else is for none of them.
        Assert.Equal((null, null, 3, 6, 0), Values(model.Proposals[1]));
    }

    [Fact]
    public async Task Where_deliveries_are_not_recorded_arrival_stays_off_and_the_page_says_why()
    {
        await using var admin = new AdminShop();
        await SellAsync(admin, 30, shipDays: 3, deliverDays: null);

        var model = await ReadAsync(admin, proposed: true);

        Assert.False(model.PromisesArrival);
        Assert.Null(model.Rows[0].Deliver);
        Assert.Contains(model.Remarks, remark => remark.StartsWith("Shipped parcels with a delivery date: 0 of 30.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_other_promises_would_have_meant_is_counted_before_they_are_saved()
    {
        await using var admin = new AdminShop();
        await SellAsync(admin, 30, shipDays: 3, deliverDays: 6);
        var form = new PromisesModel
        {
            Rows =
            [
                new PromiseRow
                {
                    Method = "Ground",
                    Ship = 1,
                    Deliver = 4,
                },
            ],
        };

        var model = AdminShop.Model<PromisesModel>(await admin.Controller().Promises(form, "try", TestContext.Current.CancellationToken));

        Assert.Equal((30, 30, 30), (model.Rows[0].Orders, model.Rows[0].ShippedLate, model.Rows[0].ArrivedLate));
        Assert.Contains(model.Notices, notice => notice is { Kind: "Order is late", Count: 30 });
        Assert.Empty(admin.Saved);
    }

    [Fact]
    public async Task A_shop_that_has_shipped_nothing_yet_is_told_so()
    {
        await using var admin = new AdminShop();

        var model = await ReadAsync(admin, proposed: true);

        Assert.Contains(model.Remarks, remark => remark.StartsWith("Nothing has been shipped yet", StringComparison.Ordinal));
        Assert.DoesNotContain(model.Remarks, remark => remark.Contains("0 of 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Promises_that_worry_many_customers_for_nothing_are_called_so()
    {
        await using var admin = new AdminShop();
        await SellAsync(admin, 30, shipDays: 3, deliverDays: 6);

        // Two days before the end of the promise, a parcel that arrives on its last day looks at risk.
        var model = await TryAsync(admin, ship: 3, deliver: 6, warnHours: 48);

        Assert.Contains(model.Remarks, remark => remark.StartsWith("Customers who would have been worried for nothing: 30.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_longest_warning_that_worries_few_is_proposed_with_what_each_would_have_meant()
    {
        await using var admin = new AdminShop();
        // They arrive 14 hours before the end of what is proposed.
        await SellAsync(admin, 30, shipDays: 3, deliverDays: 6);

        var model = await ReadAsync(admin, proposed: true);

        Assert.Equal(12, model.WarnHours);
        Assert.Equal([(48, 30L), (24, 30L), (12, 0L), (0, 0L)], model.Warnings.Select(lead => (lead.Hours, lead.FalseAlarms)));
        Assert.StartsWith("Your history proposes 12 hours: ", model.WarningProposal, StringComparison.Ordinal);
        Assert.DoesNotContain(model.Remarks, remark => remark.Contains("worried for nothing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_shop_whose_parcels_come_at_the_last_hour_is_proposed_no_warning_at_all()
    {
        await using var admin = new AdminShop();
        admin.Shop.Time.Advance(TimeSpan.FromHours(11));
        await SellAsync(admin, 30, shipDays: 3, deliverDays: 6);

        var model = await ReadAsync(admin, proposed: true);

        Assert.Equal(0, model.WarnHours);
        Assert.StartsWith("Your history proposes 0: even 12 hours before", model.WarningProposal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_that_are_sent_late_and_come_in_time_are_no_matter_of_the_warning()
    {
        await using var admin = new AdminShop();
        await SellAsync(admin, 30, shipDays: 3, deliverDays: 6);

        var model = await TryAsync(admin, ship: 1, deliver: 9, warnHours: 0);

        Assert.StartsWith("Your history proposes 0. Even without a warning 30 of 30 customers", model.WarningProposal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_arrival_is_not_judged_or_little_is_known_no_warning_is_proposed()
    {
        await using var blind = new AdminShop();
        await SellAsync(blind, 30, shipDays: 3, deliverDays: null);
        await using var young = new AdminShop();
        await SellAsync(young, 9, shipDays: 3, deliverDays: 6);

        foreach (var model in new[] { await ReadAsync(blind, proposed: true), await TryAsync(young, ship: 3, deliver: 6, warnHours: 0) })
        {
            Assert.Equal((0, ""), (model.WarnHours, model.WarningProposal));
            Assert.Empty(model.Warnings);
        }
    }

    [Fact]
    public async Task What_is_saved_stands_beside_what_is_proposed()
    {
        await using var admin = new AdminShop();
        await SellAsync(admin, 30, shipDays: 3, deliverDays: 6);
        admin.Shop.Settings().WarnHours = 24;

        Assert.Equal(24, (await ReadAsync(admin, proposed: false)).WarnHours);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(8761)]
    public async Task A_warning_that_makes_no_sense_is_not_saved(int hours)
    {
        await using var admin = new AdminShop();
        var controller = admin.Controller();
        var form = new PromisesModel { Rows = [new PromiseRow { Ship = 2 }], WarnHours = hours };

        await controller.Promises(form, "save", TestContext.Current.CancellationToken);

        Assert.Empty(admin.Saved);
        Assert.Equal("Warning: write hours from 0 to 8760.", controller.ModelState["WarnHours"]!.Errors[0].ErrorMessage);
    }

    [Fact]
    public async Task A_store_gives_its_own_promises_up_for_those_of_all_stores()
    {
        await using var admin = new AdminShop();
        admin.Scope = 1;
        admin.Settings.SettingExistsAsync(Arg.Any<SupportSettings>(), Arg.Any<Expression<Func<SupportSettings, string>>>(), 1).Returns(true);
        Assert.True((await ReadAsync(admin, proposed: false)).AreOwn);

        // What is written in the form does not matter.
        await admin.Controller().Promises(new PromisesModel { Rows = [new PromiseRow { Ship = -1 }] }, "share", TestContext.Current.CancellationToken);

        Assert.Equal([(nameof(SupportSettings.Promises), false, 1), (nameof(SupportSettings.WarnHours), false, 1)], admin.Saved);
    }

    [Fact]
    public async Task All_stores_have_nothing_to_give_up()
    {
        await using var admin = new AdminShop();

        Assert.False((await ReadAsync(admin, proposed: false)).AreOwn);
        await admin.Controller().Promises(new PromisesModel(), "share", TestContext.Current.CancellationToken);

        Assert.Empty(admin.Saved);
    }

    [Fact]
    public async Task The_Enter_key_tries_the_promises_and_gives_none_up()
    {
        await using var admin = new AdminShop();
        await using var pages = new Pages(admin.Get<ILocalizationService>());
        var view = new ViewResult
        {
            ViewName = $"{SupportDefaults.ViewFolder}/Admin/Promises.cshtml",
            ViewData = new ViewDataDictionary(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = new PromisesModel { AreOwn = true } },
        };

        var page = await pages.RenderAsync(view);

        Assert.Contains("value=\"share\"", page, StringComparison.Ordinal);
        Assert.Equal("try", SubmitButton().Match(page).Groups["command"].Value);
    }

    [Fact]
    public async Task What_a_person_makes_of_them_is_saved()
    {
        await using var admin = new AdminShop();
        var form = new PromisesModel
        {
            Rows =
            [
                new PromiseRow
                {
                    Method = " Ground ",
                    Country = "se",
                    Ship = 2,
                    Deliver = 5,
                },
                new PromiseRow { Ship = 9, Remove = true },
                new PromiseRow(),
            ],
            WarnHours = 24,
        };

        await admin.Controller().Promises(form, "save", TestContext.Current.CancellationToken);

        Assert.Equal(24, admin.LastSaved!.WarnHours);
        Assert.Equal([(nameof(SupportSettings.Promises), true, 0), (nameof(SupportSettings.WarnHours), true, 0)], admin.Saved);

        Assert.Equal(
            new PromiseRule
            {
                Method = "Ground",
                Country = "SE",
                Ship = 2,
                Deliver = 5,
            },
            Assert.Single(StoreShops.Promises(admin.LastSaved!.Promises))
        );
    }

    [Fact]
    public async Task Promises_that_cannot_be_kept_are_not_saved()
    {
        await using var admin = new AdminShop();
        var controller = admin.Controller();

        await controller.Promises(new PromisesModel { Rows = [new PromiseRow { Ship = 5, Deliver = 2 }] }, "save", TestContext.Current.CancellationToken);

        Assert.Empty(admin.Saved);
        Assert.Equal("* / *: an order cannot arrive before it is shipped.", controller.ModelState["Promises"]!.Errors[0].ErrorMessage);
    }

    [Fact]
    public async Task A_flood_of_promises_is_refused()
    {
        await using var admin = new AdminShop();
        var form = new PromisesModel { Rows = [.. Enumerable.Range(0, 5000).Select(_ => new PromiseRow { Ship = 1 })] };

        await admin.Controller().Promises(form, "save", TestContext.Current.CancellationToken);

        Assert.Empty(admin.Saved);
    }

    [Fact]
    public async Task Without_the_engine_the_history_still_speaks()
    {
        await using var admin = new AdminShop();
        await SellAsync(admin, 30, shipDays: 3, deliverDays: 6);
        admin.Shop.OpenDatabase = () => throw new InvalidOperationException("The database is away.");

        var model = await ReadAsync(admin, proposed: true);

        Assert.Equal(30, model.Rows[0].Orders);
        Assert.Contains(model.Remarks, remark => remark.StartsWith("The engine does not run", StringComparison.Ordinal));
    }

    private static async Task<PromisesModel> ReadAsync(AdminShop admin, bool proposed) =>
        AdminShop.Model<PromisesModel>(await admin.Controller().Promises(proposed, TestContext.Current.CancellationToken));

    private static async Task<PromisesModel> TryAsync(AdminShop admin, int ship, int deliver, int warnHours)
    {
        var form = new PromisesModel { Rows = [new PromiseRow { Ship = ship, Deliver = deliver }], WarnHours = warnHours };
        return AdminShop.Model<PromisesModel>(await admin.Controller().Promises(form, "try", TestContext.Current.CancellationToken));
    }

    private static (string?, string?, int?, int?, int) Values(PromiseRow row) => (row.Method, row.Country, row.Ship, row.Deliver, row.Orders);

    private static Task SellAsync(AdminShop admin, int count, int shipDays, int? deliverDays)
    {
        foreach (var id in Enumerable.Range(1, count))
        {
            var order = admin.Shop.Place(id);
            admin.Shop.Shipments.Add(
                new Shipment
                {
                    Id = id,
                    OrderId = id,
                    CreatedOnUtc = order.CreatedOnUtc,
                    ShippedDateUtc = order.CreatedOnUtc.AddDays(shipDays),
                    DeliveryDateUtc = deliverDays is { } days ? order.CreatedOnUtc.AddDays(days) : null,
                }
            );
        }

        admin.Shop.Time.Advance(TimeSpan.FromDays(20));
        return Task.CompletedTask;
    }

    [GeneratedRegex("type=\"submit\" name=\"command\" value=\"(?<command>[a-z]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SubmitButton();
}
