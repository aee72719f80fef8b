using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Support.Sdk;
using Support.Sdk.AspNetCore;
using Support.Sdk.AspNetCore.Api;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what the HTTP API needs.</summary>
public static class SupportApiBuilderExtensions
{
    /// <summary>Adds the policies of <see cref="SupportPolicies"/> that the application does not define itself, and the OpenAPI document.</summary>
    /// <param name="builder">What <c>AddSupport()</c> returned.</param>
    /// <remarks>
    /// How people sign in is the application's: call <c>AddAuthentication()</c> with a scheme, and give its users role claims of the
    /// names in <see cref="SupportPolicies"/>, or define policies of these names. Other settings are those of <c>MapSupport()</c>.
    /// </remarks>
    public static ISupportBuilder AddSupportApi(this ISupportBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(ApiMarker)))
        {
            return builder;
        }

        services.AddSingleton<ApiMarker>();
        services.AddAuthorization();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<AuthorizationOptions>, DefaultPolicies>());
        // By request, like what it asks.
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IAuthorizationHandler, RoleOrAboveHandler>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, UnprotectedCheck>());
        services.AddOpenApi(SupportDocument.Name, SupportDocument.Configure);
        return builder;
    }
}
