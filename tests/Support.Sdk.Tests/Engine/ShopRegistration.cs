using Microsoft.Extensions.DependencyInjection;

namespace Support.Sdk.Tests.Engine;

internal static class ShopRegistration
{
    /// <summary>Adds a second shop like the first one.</summary>
    public static void AddSingletonShop(this IServiceCollection services, string id) => services.AddSingleton(Given.Shop with { Id = id });
}
