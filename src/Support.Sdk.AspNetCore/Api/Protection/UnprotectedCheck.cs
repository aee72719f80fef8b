using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Refuses to start while an endpoint of the API is open to everybody, whatever was called on it after it was mapped.</summary>
// The endpoints are complete only when the pipeline is built; the server does not listen before that.
internal sealed class UnprotectedCheck(IHostEnvironment environment) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        application =>
        {
            next(application);
            if (!environment.IsDevelopment())
            {
                Check(application.ApplicationServices.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints));
            }
        };

    private static void Check(IEnumerable<Microsoft.AspNetCore.Http.Endpoint> endpoints)
    {
        var open = endpoints.FirstOrDefault(endpoint =>
            endpoint.Metadata.GetMetadata<ApiGate>() is { IsOpen: false }
            && (
                endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
                || (endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null)
            )
        );
        if (open is not null)
        {
            throw new InvalidOperationException(
                $"'{open.DisplayName}' of MapSupport() shows customers' data and is open to everybody. Take AllowAnonymous() away from it, "
                    + "or, where something before the application keeps strangers out, set MapSupport(configure: options => options.AllowEverybody = true)."
            );
        }
    }
}
