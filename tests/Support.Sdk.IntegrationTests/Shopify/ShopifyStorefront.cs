using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Support.Sdk.Orders;
using Support.Sdk.Shopify;
using Support.Sdk.Shopify.Admin;
using Support.Sdk.Shopify.Orders;
using Support.Sdk.Storefronts;

namespace Support.Sdk.IntegrationTests.Shopify;

/// <summary>The adapter alone, over the server that stands for Shopify: a database, no loops, and the machine's clock.</summary>
internal sealed class ShopifyStorefront : IAsyncDisposable
{
    public const string Id = "main";

    private readonly ServiceProvider _services;

    /// <summary>Starts one, as a process would.</summary>
    /// <param name="peer">The server.</param>
    /// <param name="database">Its database, which belongs to one process at a time.</param>
    /// <param name="configure">Changes the shop's settings.</param>
    /// <param name="states">Those of another process, which keep the tokens of both.</param>
    public ShopifyStorefront(ShopifyPeer peer, TemporaryDatabase database, Action<ShopifyShop>? configure = null, IStateStore? states = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders());
        services.AddSingleton(TimeProvider.System);
        services
            .AddSupport(options => options.PublicAddress = new Uri("https://shop.example/support"))
            .AddSqlite(options => options.Path = database.Path)
            .AddShop(ShopifyApplication.Shop)
            .AddShopify(options =>
            {
                options.WebhookAddress = new Uri("https://shop.example/support/webhooks/shopify");
                var shop = new ShopifyShop
                {
                    Domain = ShopifySigner.Domain,
                    AccessToken = "shpat_1",
                    ApiBaseAddress = peer.Address,
                };
                shop.ClientSecrets.Add(ShopifyApplication.Secret);
                configure?.Invoke(shop);
                options.Shops[Id] = shop;
            });
        if (states is not null)
        {
            services.AddSingleton(states);
        }

        _services = services.BuildServiceProvider();
    }

    public IOrderSource Orders => _services.GetServices<IOrderSource>().OfType<ShopifyOrderSource>().Single();

    public IShopifyAdmin Admin => _services.GetRequiredService<IShopifyAdmin>();

    public IStateStore States => _services.GetRequiredService<IStateStore>();

    public ShopifySubscriptions Subscriptions => _services.GetRequiredService<ShopifySubscriptions>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>A place for a database, empty at first.</summary>
public sealed class TemporaryDatabase : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("support-shopify-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "support.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
