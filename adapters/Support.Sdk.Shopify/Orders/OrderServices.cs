using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Support.Sdk.Orders;

namespace Support.Sdk.Shopify.Orders;

/// <summary>Registers orders, tracking and what is written back. Idempotent.</summary>
internal static class OrderServices
{
    public static IServiceCollection AddShopifyOrders(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<FulfillmentReader>();
        services.TryAddSingleton<OrderReader>();
        services.TryAddSingleton<OrderLister>();
        services.TryAddSingleton<BulkOrders>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOrderSource, ShopifyOrderSource>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITrackingFeed, ShopifyTrackingFeed>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOrderWriteBack, ShopifyWriteBack>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DoubleMailWarning>());
        return services;
    }
}
