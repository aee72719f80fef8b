using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Nop.Web.Framework.Mvc.Routing;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>The addresses of the customers' pages. The first that fits counts: an account's ticket has a number, a link a token.</summary>
internal sealed class CustomerRoutes : IRouteProvider
{
    private const string Token = "{token:maxlength(2048)}";

    public int Priority => 0;

    public void RegisterRoutes(IEndpointRouteBuilder endpointRouteBuilder)
    {
        Map(endpointRouteBuilder, Pages.Orders, "SupportOrders", nameof(SupportOrdersController.Account));
        Map(endpointRouteBuilder, $"{Pages.Orders}/{Token}", "SupportOrders", nameof(SupportOrdersController.Linked));
        Map(endpointRouteBuilder, Pages.Contact, "SupportContact", nameof(SupportContactController.Open));
        Map(endpointRouteBuilder, $"{Pages.Contact}/order/{Token}", "SupportContact", nameof(SupportContactController.Linked));
        Map(endpointRouteBuilder, Pages.Tickets, "SupportTickets", nameof(SupportTicketsController.Account));
        Map(endpointRouteBuilder, $"{Pages.Tickets}/{{number:long}}", "SupportTickets", nameof(SupportTicketsController.Ticket));
        Map(endpointRouteBuilder, $"{Pages.Tickets}/{{number:long}}/files/{{id}}", "SupportTickets", nameof(SupportTicketsController.File));
        Map(endpointRouteBuilder, $"{Pages.Tickets}/{Token}", "SupportTickets", nameof(SupportTicketsController.Linked));
        Map(endpointRouteBuilder, $"{Pages.Tickets}/{Token}/files/{{id}}", "SupportTickets", nameof(SupportTicketsController.LinkedFile));
        Map(endpointRouteBuilder, $"{Pages.Tickets}/{Token}/label", "SupportTickets", nameof(SupportTicketsController.LinkedLabel));
        Map(endpointRouteBuilder, $"{Pages.Preferences}/{Token}", "SupportPreferences", nameof(SupportPreferencesController.Open));
        Map(endpointRouteBuilder, $"{Pages.Returns}/{{id:int}}/label", "SupportReturns", nameof(SupportReturnsController.Label));
    }

    private static void Map(IEndpointRouteBuilder routes, string pattern, string controller, string action) =>
        routes.MapControllerRoute($"Support.{controller}.{action}", pattern, new { controller, action });
}
