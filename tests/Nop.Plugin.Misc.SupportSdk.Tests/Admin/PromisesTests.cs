using Nop.Core.Domain.Shipping;
using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Admin;

public sealed class PromisesTests
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
        Assert.Contains(model.Remarks, remark => remark.StartsWith("Only 0 of 30 shipped parcels have a delivery date.", StringComparison.Ordinal));
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
    public async Task Promises_that_worry_many_customers_for_nothing_are_called_so()
    {
        await using var admin = new AdminShop();
        await SellAsync(admin, 30, shipDays: 3, deliverDays: 6);

        // Two days before the end of the promise, a parcel that arrives on its last day looks at risk.
        var model = await ReadAsync(admin, proposed: true);

        Assert.Contains(model.Remarks, remark => remark.StartsWith("30 customers would have been worried for nothing.", StringComparison.Ordinal));
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
        };

        await admin.Controller().Promises(form, "save", TestContext.Current.CancellationToken);

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
}
