using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Support.Sdk.AspNetCore;
using Support.Sdk.AspNetCore.Desk;
using Support.Sdk.Deliveries;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the pages of the shop's own people.</summary>
public static partial class SupportDeskExtensions
{
    /// <summary>Maps the support desk: tickets with their clocks, why something was sent or not, order by order, and what waits for a person.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">Where the desk is.</param>
    /// <returns>The group of the pages, for conventions such as <c>RequireAuthorization("support")</c>.</returns>
    /// <remarks>
    /// <para>
    /// Protected by default: only people who are signed in see it. Narrow it with a policy of your own on the returned group. Each act
    /// (send a held message, do not send it, send it again) is a form protected against forgery, and is recorded with the
    /// operator's name.
    /// </para>
    /// <para>
    /// In Development, in an application without <c>AddAuthorization()</c>, everybody sees it, and the log says so; elsewhere such an
    /// application does not start.
    /// </para>
    /// <para>An order's page shows neither name nor address; a message's page shows what was sent, and to whom.</para>
    /// </remarks>
    /// <exception cref="InvalidOperationException"><c>AddSupport()</c>, <c>AddAuthorization()</c> or <c>AddAntiforgery()</c> was not called.</exception>
    public static RouteGroupBuilder MapSupportDesk(
        this IEndpointRouteBuilder endpoints,
        [System.Diagnostics.CodeAnalysis.StringSyntax("Route")] string pattern = "/support/desk"
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        Registered.Require(endpoints, typeof(IDeliveryDesk), "MapSupportDesk() has no orders to show. Call AddSupport()");
        var services = endpoints.ServiceProvider;
        var isOpen =
            services.GetService<IHostEnvironment>()?.IsDevelopment() is true
            && services.GetService<IServiceProviderIsService>()?.IsService(typeof(IAuthorizationService)) is false;
        if (!isOpen)
        {
            Registered.Require(
                endpoints,
                typeof(IAuthorizationService),
                "MapSupportDesk() is protected, and nobody could say by whom it may be seen. Call AddAuthentication() and AddAuthorization()"
            );
        }

        Registered.Require(endpoints, typeof(IAntiforgery), "MapSupportDesk() protects its forms against forgery. Call AddAntiforgery()");
        var group = endpoints.MapGroup(pattern);
        DeskEndpoints.Map(group);
        if (isOpen)
        {
            LogOpen(services.GetRequiredService<ILoggerFactory>().CreateLogger("Support.Sdk.AspNetCore.Desk"), pattern);
        }
        else
        {
            group.RequireAuthorization();
        }

        return group;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The support desk at {Pattern} is open to everybody, because this is Development and AddAuthorization() was not called."
    )]
    private static partial void LogOpen(ILogger logger, string pattern);
}
