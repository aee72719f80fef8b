using Nop.Core.Domain.Orders;
using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Admin;

public sealed class DryRunTests
{
    [Fact]
    public async Task It_shows_who_would_have_been_told_what_and_why_and_sends_nothing()
    {
        await using var admin = new AdminShop();
        admin.Shop.Place(42);
        admin.Shop.Time.Advance(TimeSpan.FromDays(5));

        var model = await ReadAsync(admin);

        var row = model.Rows[^1];
        Assert.Equal((42, "N42", "Not shipped when promised"), (row.OrderId, row.Number, row.Reason));
        Assert.NotEmpty(model.Kinds);
        Assert.Empty(admin.Channel.Attempts);
        Assert.Empty(model.Decided);
    }

    [Fact]
    public async Task Orders_that_nothing_is_sent_of_are_not_played()
    {
        await using var admin = new AdminShop();
        admin.Shop.Place(1, order => order.PickupInStore = true);
        admin.Shop.Place(2, order => order.OrderStatusId = (int)OrderStatus.Cancelled);
        admin.Shop.Place(3, order => order.ShippingStatusId = 10);
        admin.Shop.Place(4, order => order.Deleted = true);
        admin.Shop.Place(5, order => order.OrderStatusId = (int)OrderStatus.Complete);
        admin.Shop.Time.Advance(TimeSpan.FromDays(5));

        Assert.Empty((await ReadAsync(admin)).Rows);
    }

    [Fact]
    public async Task What_a_dry_run_decided_is_listed_beside_what_it_would_have_been()
    {
        await using var admin = new AdminShop();
        admin.Shop.Settings(
            new SupportSettings
            {
                Mode = SupportMode.DryRun,
                TimeZone = "Europe/Stockholm",
                Promises = """[{"ship":2}]""",
            }
        );
        admin.Shop.Place();
        await admin.TurnAsync();
        admin.Shop.Time.Advance(TimeSpan.FromDays(5));
        await admin.TurnAsync();
        await admin.TurnAsync();

        var model = await ReadAsync(admin);

        Assert.Equal(1, Assert.Single(model.Decided).OrderId);
        Assert.Empty(admin.Channel.Attempts);
    }

    [Fact]
    public async Task Without_the_engine_the_page_says_so()
    {
        await using var admin = new AdminShop();
        admin.Shop.OpenDatabase = () => throw new InvalidOperationException("The database is away.");

        Assert.StartsWith("The engine does not run", Assert.Single((await ReadAsync(admin)).Remarks), StringComparison.Ordinal);
    }

    private static async Task<DryRunModel> ReadAsync(AdminShop admin) =>
        AdminShop.Model<DryRunModel>(await admin.Controller().DryRun(TestContext.Current.CancellationToken));
}
