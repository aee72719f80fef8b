using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.AspNetCore;
using Support.Sdk.AspNetCore.ContactForms;
using Support.Sdk.AspNetCore.Pages;
using Support.Sdk.AspNetCore.Pages.Orders;
using Support.Sdk.AspNetCore.Pages.Tickets;
using Support.Sdk.AspNetCore.Preferences;
using Support.Sdk.Links;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the pages of customers: the contact form, and what they reach from their messages.</summary>
public static class SupportPagesExtensions
{
    /// <summary>
    /// Maps the contact form of each shop at <c>PATTERN/contact/SHOP</c>, and the pages behind signed links: a person's orders at
    /// <c>PATTERN/orders/TOKEN</c>, the contact form of an order at <c>PATTERN/contact/order/TOKEN</c>, a ticket to read and answer at
    /// <c>PATTERN/tickets/TOKEN</c>, and what the person is told at <c>PATTERN/preferences/TOKEN</c>, which a mail program unsubscribes
    /// from offers with one POST (RFC 8058).
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">Where the pages are; <c>Support:PublicAddress</c> is the same place as customers see it.</param>
    /// <returns>The group of the pages, for conventions such as <c>RequireRateLimiting()</c>.</returns>
    /// <remarks>
    /// <para>
    /// The link is the key: whoever holds it sees the orders, or the ticket, of the contact point that it was given to, without a
    /// login, until it expires. A link that is forged, damaged or too old shows how to reach a person, and never which of these it is;
    /// so does that of an erased ticket. That of a merged ticket shows the ticket that it became.
    /// </para>
    /// <para>
    /// <c>?kind=</c> (<c>question</c>, <c>orderProblem</c>, <c>return</c>, <c>review</c>, <c>other</c>), <c>?order=</c>, <c>?product=</c>
    /// and <c>?subject=</c> fill the contact form in. A front end of the shop's own posts the same fields there as JSON (<c>kind</c>,
    /// <c>name</c>, <c>email</c>, <c>order</c>, <c>product</c>, <c>subject</c>, <c>message</c>, and an <c>id</c> under which a repetition
    /// is one message): 202 with the id of the event, 400 with the faults of each field, 413, 429 and 503 with Retry-After. Which other
    /// sites may do so is the host's to say (CORS). Where a shop keeps no identity (<see cref="Support.Sdk.Tickets.TicketRules.KeepsIdentity"/>)
    /// neither name nor address is asked for, and the answer is read on the ticket's page; behind an order's link, the order says who writes.
    /// </para>
    /// <para>
    /// What is written is durable in the inbox before the page says so, and a double click is one message. Robots fill in a hidden field
    /// or answer within 2 seconds: they are thanked, and nothing is kept. <see cref="Support.Sdk.AspNetCore.ContactFormOptions"/> limits floods, an
    /// <see cref="Support.Sdk.AspNetCore.IContactGuard"/> may ask for more. Whatever is refused is shown again with what was typed; only files must be
    /// chosen again. Uploads may be larger than the server's usual limit: <see cref="Support.Sdk.Tickets.ContentOptions"/> counts, and a proxy in front
    /// must let as much through.
    /// </para>
    /// <para>
    /// Pages are in English and Swedish, work without scripts and cookies, allow nothing from elsewhere (Content-Security-Policy),
    /// are kept by no cache, named to no other site, and found by no search engine. The addresses are open to everybody; a fallback
    /// policy does not apply. Request logs should leave the last segment of the path out: it is the key.
    /// </para>
    /// </remarks>
    /// <exception cref="InvalidOperationException"><c>AddSupport()</c> was not called, or <c>Support:Contact</c> makes no sense.</exception>
    public static RouteGroupBuilder MapSupportPages(
        this IEndpointRouteBuilder endpoints,
        [System.Diagnostics.CodeAnalysis.StringSyntax("Route")] string pattern = "/support"
    )
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        Registered.Require(endpoints, typeof(ISupportLinks), "MapSupportPages() has no orders to show. Call AddSupport()");
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
