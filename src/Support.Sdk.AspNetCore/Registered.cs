using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Support.Sdk.AspNetCore;

/// <summary>Tells, when endpoints are mapped, which registration they lack.</summary>
internal static class Registered
{
    /// <param name="endpoints">The application.</param>
    /// <param name="service">What has to be registered.</param>
    /// <param name="otherwise">What is wrong without it, and which call to add: <c>MapX() has nothing to show. Call AddY()</c>.</param>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public static void Require(IEndpointRouteBuilder endpoints, Type service, string otherwise)
    {
        if (endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(service) is false)
        {
            throw new InvalidOperationException($"{otherwise} on the services of the application first.");
        }
    }
}
