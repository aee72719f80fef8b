using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.AspNetCore;
using Support.Sdk.AspNetCore.Webhooks;
using Support.Sdk.Webhooks;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the addresses that storefronts post to.</summary>
public static class SupportWebhookExtensions
{
    /// <summary>Maps <c>POST PATTERN/NAME</c> for every webhook, and the JSON Schemas of the signed one below <c>PATTERN/schemas/</c>.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">Where the webhooks are.</param>
    /// <returns>The group of the addresses, for conventions such as <c>RequireRateLimiting()</c>.</returns>
    /// <remarks>
    /// <para>
    /// Answers: 200 when the events are kept, or had been before; 400 not understood, with the place in the JSON; 401 not proven; 404 no
    /// such webhook; 408 the body did not come within 10 seconds; 413 too long; 415 another content type, charset or content
    /// encoding; 503 with Retry-After when the events cannot be kept now.
    /// </para>
    /// <para>
    /// The addresses are open to everybody, because the signature is the authentication; a fallback policy does not apply. They work
    /// behind a proxy that passes the body and headers on unchanged. How many requests a sender may make is the host's to limit,
    /// for example with <c>RequireRateLimiting()</c> on the returned group.
    /// </para>
    /// </remarks>
    /// <exception cref="InvalidOperationException"><c>AddSupport()</c> was not called.</exception>
    public static RouteGroupBuilder MapSupportWebhooks(
        this IEndpointRouteBuilder endpoints,
        [System.Diagnostics.CodeAnalysis.StringSyntax("Route")] string pattern = "/support/webhooks"
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        Registered.Require(endpoints, typeof(IWebhookReceiver), "MapSupportWebhooks() has nobody to hand events to. Call AddSupport()");
        var group = endpoints.MapGroup(pattern);
        WebhookEndpoints.Map(group);
        return group;
    }
}
