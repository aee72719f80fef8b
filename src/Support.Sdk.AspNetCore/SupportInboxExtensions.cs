using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Support.Sdk.AspNetCore;
using Support.Sdk.AspNetCore.Inbox;
using Support.Sdk.Deliveries;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the development inbox.</summary>
public static partial class SupportInboxExtensions
{
    /// <summary>Maps pages that show what customers were told, while you develop.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">Where the list is; each message is below it.</param>
    /// <returns>The group of the pages, for conventions such as <c>RequireHost()</c>.</returns>
    /// <remarks>
    /// In Development only: the pages show addresses and texts to everybody who can reach them. In every other environment nothing
    /// is mapped, the address answers 404, and the log says so once.
    /// </remarks>
    /// <exception cref="InvalidOperationException"><c>AddSupport()</c> was not called.</exception>
    public static RouteGroupBuilder MapSupportInbox(
        this IEndpointRouteBuilder endpoints,
        [System.Diagnostics.CodeAnalysis.StringSyntax("Route")] string pattern = "/support/inbox"
    )
    {
        var services = endpoints.ServiceProvider;
        Registered.Require(endpoints, typeof(IDeliveryDesk), "MapSupportInbox() has no deliveries to show. Call AddSupport()");
        var group = endpoints.MapGroup(pattern);
        var environment = services.GetRequiredService<IHostEnvironment>();
        if (environment.IsDevelopment())
        {
            InboxEndpoints.Map(group);
        }
        else
        {
            LogNotMapped(services.GetRequiredService<ILoggerFactory>().CreateLogger<InboxEndpoints>(), environment.EnvironmentName);
        }

        return group;
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "MapSupportInbox() maps nothing in {Environment}: the page shows customers' addresses and is for Development only."
    )]
    private static partial void LogNotMapped(ILogger logger, string environment);
}
