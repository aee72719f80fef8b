using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Support.Sdk.Shopify.Admin;

/// <summary>Registers the Admin API, and what is written through it.</summary>
internal static class AdminExtensions
{
    /// <summary>Adds it, once; the options and an <see cref="Storefronts.IStateStore"/> come from elsewhere.</summary>
    public static IServiceCollection AddShopifyAdmin(this IServiceCollection services)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        if (services.Any(service => service.ServiceType == typeof(AdminClient)))
        {
            return services;
        }

        services
            .AddHttpClient(AdminClient.Name, static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static () => Handler())
            .RedactLoggedHeaders([AdminClient.TokenHeader]);
        services
            .AddHttpClient(AdminClient.DownloadName, static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static () => Handler())
            .RemoveAllLoggers();
        services.AddSingleton<AdminClient>();
        services.TryAddSingleton<AdminTokens>();
        services.TryAddSingleton<ShopPauses>();
        services.TryAddSingleton<IShopifyAdmin, ShopifyAdmin>();
        services.TryAddSingleton<WriteLedger>();
        services.TryAddSingleton<IShopifyOrders, ShopifyOrders>();
        services.TryAddSingleton<ShopifySubscriptions>();
        services.AddHostedService<ShopifyService>();
        return services;
    }

    // A redirect would carry the token to another host: only the header Authorization stays behind.
    private static SocketsHttpHandler Handler() =>
        new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
        };
}
