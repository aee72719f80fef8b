using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Stores;
using NSubstitute;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Engine;

public sealed class SupportHostTests
{
    [Fact]
    public async Task The_engine_is_built_when_it_is_asked_for_and_stays()
    {
        await using var shop = new Shop();

        var first = await shop.Host.FindAsync(TestContext.Current.CancellationToken);
        var second = await shop.Host.RefreshAsync(force: false, TestContext.Current.CancellationToken);

        Assert.NotNull(first);
        Assert.Same(first, second);
        Assert.Empty(shop.Host.Faults);
    }

    [Fact]
    public async Task Changed_settings_count_from_the_next_turn_on()
    {
        await using var shop = new Shop();
        await shop.Host.FindAsync(TestContext.Current.CancellationToken);

        shop.Settings(new SupportSettings { Mode = SupportMode.Live, TimeZone = "America/New_York" });
        await shop.TurnAsync();

        Assert.Equal("America/New_York", Assert.Single((await shop.Host.FindAsync(TestContext.Current.CancellationToken))!.Shops).TimeZone);
    }

    [Fact]
    public async Task A_library_that_another_plugin_brought_too_old_is_named()
    {
        await using var shop = new Shop();
        shop.OpenDatabase = () => throw new MissingMethodException("Method not found: 'Polly.ResiliencePipeline'.");

        await shop.TurnAsync();

        Assert.Contains("another plugin", Assert.Single(shop.Host.Faults), StringComparison.Ordinal);
        Assert.Contains("another plugin", Assert.Single(shop.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_away_is_not_asked_by_every_request_and_found_again_later()
    {
        await using var shop = new Shop();
        var (open, asked) = (shop.OpenDatabase, 0);
        shop.OpenDatabase = () =>
        {
            asked++;
            throw new InvalidOperationException("Away.");
        };

        for (var request = 0; request < 10; request++)
        {
            Assert.Null(await shop.Host.FindAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(1, asked);
        shop.OpenDatabase = open;
        shop.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await shop.Host.FindAsync(TestContext.Current.CancellationToken));
        Assert.Empty(shop.Host.Faults);
    }

    [Fact]
    public async Task A_fault_of_new_settings_leaves_the_former_ones_at_work()
    {
        await using var shop = new Shop();
        var engine = await shop.Host.FindAsync(TestContext.Current.CancellationToken);
        shop.OpenDatabase = () => throw new InvalidOperationException("Away.");
        shop.Settings(new SupportSettings { Mode = SupportMode.Live, TimeZone = "America/New_York" });

        await shop.TurnAsync();

        Assert.Same(engine, await shop.Host.FindAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Away.", Assert.Single(shop.Host.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_without_a_store_that_can_be_served_is_off_and_says_why()
    {
        await using var shop = new Shop();
        shop.Settings(new SupportSettings { Promises = "nonsense" });

        Assert.Null(await shop.Host.FindAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith("Corner shop: Promises:", Assert.Single(shop.Host.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_without_a_store_that_can_be_served_is_not_read_by_every_request_and_served_once_it_is_mended()
    {
        await using var shop = new Shop();
        var good = shop.Settings();
        shop.Settings(new SupportSettings { Promises = "nonsense" });

        for (var request = 0; request < 10; request++)
        {
            Assert.Null(await shop.Host.FindAsync(TestContext.Current.CancellationToken));
        }

        await shop.Services.GetRequiredService<IStoreService>().Received(1).GetAllStoresAsync();
        shop.Settings(good);
        Assert.NotNull(await shop.Host.RefreshAsync(force: true, TestContext.Current.CancellationToken));
        Assert.Empty(shop.Host.Faults);
    }
}
