using System.Text.Json.Nodes;
using Support.Sdk.Orders;
using Support.Sdk.Shopify;
using Support.Sdk.Shopify.Admin;
using Support.Sdk.Storefronts;
using Xunit;

namespace Support.Sdk.IntegrationTests.Shopify;

/// <summary>Tokens that expire are fetched once and kept; those that are refused are told, or replaced.</summary>
public sealed class TokenTests(ShopifyPeer shop) : IClassFixture<ShopifyPeer>, IDisposable
{
    private static readonly OrderKey Key = new(ShopifyStorefront.Id, "1");
    private readonly TemporaryDatabase _database = new();

    [Fact]
    public async Task The_first_use_fetches_a_token_and_a_restart_keeps_it()
    {
        await BeginExpiringAsync();

        await using (var first = Expiring())
        {
            await ReadAsync(first);
            await ReadAsync(first);
        }

        await using var second = Expiring();
        await ReadAsync(second);

        Assert.Equal((1, 0), await RefreshesAsync());
    }

    [Fact]
    public async Task After_restarts_the_row_of_refresh_tokens_goes_on_where_it_was()
    {
        await BeginExpiringAsync();

        // Each use retires the one before it, so the configured one is worth nothing after the second.
        for (var start = 1; start <= 3; start++)
        {
            await using var storefront = Expiring();
            await ReadAsync(storefront);
            await shop.CommandAsync("revokeToken");
            await ReadAsync(storefront);
            Assert.Equal((start + 1, start), await RefreshesAsync());
        }
    }

    [Fact]
    public async Task Callers_at_once_fetch_one_token_also_in_two_processes()
    {
        await BeginExpiringAsync();
        await shop.CommandAsync("fail", new { delayMs = 300, at = "oauth" });
        await using var first = Expiring();
        await using var second = Expiring(states: first.States);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => ReadAsync(caller % 2 == 0 ? first : second)));

        Assert.Equal((1, 0), await RefreshesAsync());
    }

    [Fact]
    public async Task A_token_that_is_revoked_in_mid_flight_is_replaced_once()
    {
        await BeginExpiringAsync();
        await using var storefront = Expiring();
        await ReadAsync(storefront);
        await shop.CommandAsync("revokeToken");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReadAsync(storefront)));

        var (refreshes, unauthorized) = await RefreshesAsync();
        Assert.Equal(2, refreshes);
        Assert.InRange(unauthorized, 1, 4);
    }

    [Fact]
    public async Task A_fixed_token_that_is_revoked_is_told_with_what_to_do()
    {
        await shop.BeginAsync();
        await PutAsync();
        await shop.CommandAsync("requireTokens", new { tokens = new[] { "shpat_1" } });
        await using var storefront = new ShopifyStorefront(shop, _database);
        await ReadAsync(storefront);
        await shop.CommandAsync("revokeToken", new { token = "shpat_1" });

        var error = await Assert.ThrowsAsync<ShopifyException>(() => ReadAsync(storefront));

        Assert.Contains("HTTP 401", error.Message, StringComparison.Ordinal);
        Assert.Contains("Support:Shopify:Shops:main:AccessToken", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("shpat_1", error.Message, StringComparison.Ordinal);
        Assert.Equal((0, 1), await RefreshesAsync());
    }

    [Fact]
    public async Task A_refresh_token_that_is_refused_is_told_with_what_to_do()
    {
        await BeginExpiringAsync();
        await using var storefront = Expiring("another");

        var error = await Assert.ThrowsAsync<ShopifyException>(() => ReadAsync(storefront));

        Assert.Contains("Support:Shopify:Shops:main:RefreshToken", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_that_is_gone_is_told_and_not_asked_again()
    {
        await shop.BeginAsync();
        await using var storefront = new ShopifyStorefront(shop, _database);
        await shop.CommandAsync("fail", new { next = 9, status = 404 });

        var error = await Assert.ThrowsAsync<ShopifyException>(() => ReadAsync(storefront));

        Assert.Contains("HTTP 404", error.Message, StringComparison.Ordinal);
        Assert.Contains("the shop is closed", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await StatsAsync())["failed"]!.GetValue<int>());
    }

    public void Dispose() => _database.Dispose();

    private async Task BeginExpiringAsync()
    {
        await shop.BeginAsync();
        await PutAsync();
        await shop.CommandAsync(
            "installApp",
            new
            {
                clientId = "app",
                clientSecret = ShopifyApplication.Secret,
                refreshToken = "first",
            }
        );
    }

    private Task PutAsync() => shop.PutAsync("""{"id":"gid://shopify/Order/1","name":"#1001"}""");

    private ShopifyStorefront Expiring(string refreshToken = "first", IStateStore? states = null) =>
        new(
            shop,
            _database,
            settings =>
            {
                settings.AccessToken = null;
                settings.ClientId = "app";
                settings.RefreshToken = refreshToken;
            },
            states
        );

    private static async Task ReadAsync(ShopifyStorefront storefront) =>
        Assert.Equal("#1001", (await storefront.Orders.FindAsync(Key, TestContext.Current.CancellationToken))?.Number);

    private async Task<(int Refreshes, int Unauthorized)> RefreshesAsync()
    {
        var stats = await StatsAsync();
        return (stats["refreshes"]!.GetValue<int>(), stats["unauthorized"]!.GetValue<int>());
    }

    private async Task<JsonNode> StatsAsync() => (await shop.CommandAsync("stats"))["stats"]!;
}
