using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Support.Sdk;
using Support.Sdk.Shopify;
using Support.Sdk.Shopify.Admin;
using Support.Sdk.Shopify.Orders;
using Support.Sdk.Shopify.Webhooks;
using Support.Sdk.Webhooks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Shopify shops.</summary>
public static class ShopifyExtensions
{
    /// <summary>Adds the Shopify shops, and the webhook <c>shopify</c> that tells which of their orders changed, and what people ask about their data.</summary>
    /// <param name="builder">What <c>AddSupport()</c> returned.</param>
    /// <param name="configure">Changes settings after they were bound from the section <c>Support:Shopify</c>.</param>
    /// <remarks>
    /// May be called several times. Every shop has an entry of the same id in <c>Support:Shops</c>. A webhook is a hint only: the order is
    /// read again, so a late, repeated or missing one does no harm.
    /// </remarks>
    public static ISupportBuilder AddShopify(this ISupportBuilder builder, Action<ShopifyOptions>? configure = null)
    {
        builder.Services.AddShopifyOptions(configure);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IWebhook, ShopifyWebhook>());
        builder.Services.AddShopifyAdmin().AddShopifyOrders();
        return builder;
    }

    private static void AddShopifyOptions(this IServiceCollection services, Action<ShopifyOptions>? configure)
    {
        services.AddOptions<ShopifyOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<ShopifyOptions>, SectionBinder>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ShopifyOptions>, ShopifyValidator>());
        if (configure is not null)
        {
            services.Configure(configure);
        }
    }

    // An application without configuration, such as a small tool, is welcome.
    private sealed class SectionBinder(IServiceProvider services) : IConfigureOptions<ShopifyOptions>
    {
        public void Configure(ShopifyOptions options) => services.GetService<IConfiguration>()?.GetSection("Support:Shopify").Bind(options);
    }
}
