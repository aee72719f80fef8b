using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Sdk.AspNetCore;
using Support.Sdk.AspNetCore.Api;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the HTTP API.</summary>
public static partial class SupportApiExtensions
{
    /// <summary>Maps the HTTP API: tickets with their messages and files, customers, policies and calendars, and its OpenAPI document at <c>PATTERN/openapi.json</c>.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">Where the API is.</param>
    /// <param name="configure">Changes how people are known.</param>
    /// <returns>The group of the endpoints, for conventions such as <c>RequireAuthorization()</c> or <c>RequireRateLimiting()</c>, which come on top of the API's own policies.</returns>
    /// <remarks>
    /// <para>
    /// Each endpoint asks for a policy of <see cref="SupportPolicies"/>. Somebody who fulfils <see cref="SupportPolicies.ExternalAgent"/> and not
    /// <see cref="SupportPolicies.Agent"/> sees neither names nor addresses of customers: they are masked, and texts are shown without
    /// them and without what looks like an e-mail address or a phone number. What else customers write about themselves, and files, is shown.
    /// </para>
    /// <para>
    /// Outside Development the application does not start while anybody may call the API without signing in, unless
    /// <see cref="SupportApiOptions.AllowEverybody"/> is set. In Development, while no authentication is registered, everybody may do
    /// everything, as <c>developer</c>, and a warning is logged.
    /// </para>
    /// <para>
    /// A ticket, and a customer, has an entity tag with every answer. <c>If-None-Match</c> answers 304 while nothing has changed; <c>If-Match</c>
    /// on a change or a message answers 412 when somebody else was first. The number before the hyphen of a tag is the version, and
    /// all that <c>If-Match</c> compares.
    /// </para>
    /// <para>
    /// An <c>Idempotency-Key</c> (1 to 200 visible ASCII characters) lets a POST or PATCH be asked for again: it is done once and answered as the
    /// first time. Keys belong to who asks, to the operation and to the ticket, and hold for ever: they are part of the history. A
    /// message or opening under a key that was used for other words answers 409.
    /// </para>
    /// <para>
    /// Lists answer <c>items</c> and <c>next</c>, a cursor for the following page, which is also a <c>Link</c> header. Going through the pages
    /// shows everything that was there at the beginning once, whatever comes in meanwhile. Problems are RFC 9457; those of a body or query
    /// name each field in <c>errors</c>. Bodies hold at most 1 MB, files what <c>Support:Content:MaxBytes</c> allows.
    /// </para>
    /// </remarks>
    /// <exception cref="InvalidOperationException">
    /// <c>AddSupport()</c> or <c>AddSupportApi()</c> was not called, or no authentication is registered outside Development.
    /// </exception>
    public static RouteGroupBuilder MapSupport(
        this IEndpointRouteBuilder endpoints,
        [System.Diagnostics.CodeAnalysis.StringSyntax("Route")] string pattern = "/support/api",
        Action<SupportApiOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        Registered.Require(endpoints, typeof(Support.Sdk.Tickets.ITicketDesk), "MapSupport() has no tickets to show. Call AddSupport()");
        Registered.Require(endpoints, typeof(ApiMarker), "MapSupport() has no policies to ask for. Call AddSupportApi() after AddSupport()");
        var options = new SupportApiOptions();
        configure?.Invoke(options);
        var gate = Open(services, options);
        var group = endpoints.MapGroup(pattern);
        var api = new ApiGroup(group, gate);
        TicketEndpoints.Map(api);
        MessageEndpoints.Map(api);
        MergeEndpoints.Map(api);
        FileEndpoints.Map(api);
        CustomerEndpoints.Map(api);
        PrivacyEndpoints.Map(api);
        PolicyEndpoints.Map(api);
        var document = DocumentEndpoint.Map(group);
        api.Protect(document, SupportPolicies.ExternalAgent);
        if (services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            document.AllowAnonymous();
        }

        group.AddEndpointFilter(ApiGroup.WriteHeadersAsync);
        if (gate.IsOpen && !options.AllowEverybody)
        {
            // Whatever the application asks for on the group, nobody could fulfil it before a login is set up.
            ((IEndpointConventionBuilder)group).Finally(LetEverybodyIn);
        }

        return group;
    }

    private static ApiGate Open(IServiceProvider services, SupportApiOptions options)
    {
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SupportApiExtensions).FullName!);
        if (options.AllowEverybody)
        {
            LogEverybody(logger);
            return new ApiGate(options, Stranger: "anonymous");
        }

        if (HasAuthentication(services))
        {
            return new ApiGate(options, Stranger: null);
        }

        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            throw new InvalidOperationException(
                "MapSupport() shows customers' data, and nobody could say to whom: no authentication is registered. Call AddAuthentication() with a scheme, "
                    + "such as AddCookie() or AddJwtBearer(), on the services of the application first; or, where something before the application keeps strangers out, "
                    + "set MapSupport(configure: options => options.AllowEverybody = true)."
            );
        }

        LogDevelopment(logger);
        return new ApiGate(options, Stranger: "developer");
    }

    // A provider of the application's own knows its schemes when it is asked.
    private static bool HasAuthentication(IServiceProvider services) =>
        services.GetService<IAuthenticationSchemeProvider>() is { } provider
        && (provider.GetType() != typeof(AuthenticationSchemeProvider) || services.GetRequiredService<IOptions<AuthenticationOptions>>().Value.Schemes.Any());

    private static void LetEverybodyIn(EndpointBuilder endpoint)
    {
        foreach (var asked in endpoint.Metadata.Where(one => one is IAuthorizeData or AuthorizationPolicy).ToList())
        {
            endpoint.Metadata.Remove(asked);
        }

        endpoint.Metadata.Add(new AllowAnonymousAttribute());
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "MapSupport() lets everybody do everything: AllowEverybody is set. Something before the application has to keep strangers out."
    )]
    private static partial void LogEverybody(ILogger logger);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "MapSupport() lets everybody do everything: no authentication is registered. Outside Development the application would not start."
    )]
    private static partial void LogDevelopment(ILogger logger);
}
