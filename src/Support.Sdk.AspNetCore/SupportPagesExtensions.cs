using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.AspNetCore.ContactForms;
using Support.Sdk.AspNetCore.Pages;
using Support.Sdk.AspNetCore.Pages.Orders;
using Support.Sdk.AspNetCore.Pages.Tickets;
using Support.Sdk.AspNetCore.Preferences;
using Support.Sdk.Links;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the pages that customers reach from their messages.</summary>
public static class SupportPagesExtensions
{
    /// <summary>
    /// Maps the pages behind signed links: a person's orders at <c>PATTERN/orders/TOKEN</c>, and what the person is told at
    /// <c>PATTERN/preferences/TOKEN</c>, which a mail program unsubscribes from offers with one POST (RFC 8058).
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">Where the pages are; <c>Support:PublicAddress</c> is the same place as customers see it.</param>
    /// <returns>The group of the pages, for conventions such as <c>RequireRateLimiting()</c>.</returns>
    /// <remarks>
    /// <para>
    /// The link is the key: whoever holds it sees the orders of the contact point that it was given to, without a login, until it
    /// expires. A link that is forged, damaged or too old shows how to reach a person, and never which of these it is.
    /// </para>
    /// <para>
    /// Pages are in English and Swedish, work without scripts and cookies, allow nothing from elsewhere (Content-Security-Policy),
    /// are kept by no cache, named to no other site, and found by no search engine. The addresses are open to everybody; a fallback
    /// policy does not apply. Request logs should leave the last segment of the path out: it is the key.
    /// </para>
    /// </remarks>
    /// <exception cref="InvalidOperationException"><c>AddSupport()</c> was not called.</exception>
    public static RouteGroupBuilder MapSupportPages(
        this IEndpointRouteBuilder endpoints,
        [System.Diagnostics.CodeAnalysis.StringSyntax("Route")] string pattern = "/support"
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(ISupportLinks)) is false)
        {
            throw new InvalidOperationException("MapSupportPages() has no orders to show. Call AddSupport() on the services of the application first.");
        }

        var group = endpoints.MapGroup(pattern);
        var contact = ContactSetup.Of(endpoints.ServiceProvider);
        OrderPageEndpoints.Map(group);
        ContactEndpoints.Map(group, contact);
        TicketPageEndpoints.Map(group, contact);
        PreferenceEndpoints.Map(group);
        LogoEndpoint.Map(group);
        group.AllowAnonymous();
        group.ExcludeFromDescription();
        return group;
    }
}
