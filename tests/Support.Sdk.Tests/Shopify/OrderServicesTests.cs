using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Support.Sdk.Orders;
using Support.Sdk.Shopify.Admin;
using Support.Sdk.Shopify.Orders;
using Support.Sdk.Shops;
using Xunit;

namespace Support.Sdk.Tests.Shopify;

public sealed class OrderServicesTests
{
    [Fact]
    public async Task Registered_twice_there_is_one_source_one_feed_and_one_write_back()
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IShopifyAdmin>(new CannedAdmin())
            .AddSingleton<IShopDirectory>(new NoShops())
            .AddSingleton(Options.Create(ShopifyOrders.Options()))
            .AddShopifyOrders()
            .AddShopifyOrders()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        Assert.True(Assert.Single(services.GetServices<IOrderSource>()).Serves("main"));
        Assert.Equal("shopify", Assert.Single(services.GetServices<ITrackingFeed>()).Name);
        Assert.True(Assert.Single(services.GetServices<IOrderWriteBack>()).Serves("main"));
    }

    private sealed class NoShops : IShopDirectory
    {
        public ValueTask<Shop?> FindAsync(string shop, CancellationToken cancellationToken = default) => new((Shop?)null);
    }
}
