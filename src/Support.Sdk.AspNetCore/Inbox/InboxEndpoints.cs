using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Support.Sdk.AspNetCore.Pages;
using Support.Sdk.Deliveries;

namespace Support.Sdk.AspNetCore.Inbox;

internal sealed class InboxEndpoints
{
    private const int PageSize = 50;

    // The message's frame inherits the policy: no script, nothing from elsewhere, no form, no way out.
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", ListAsync);
        group.MapGet("/{id}", MessageAsync);
        group.ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(IDeliveryDesk desk, HttpContext context, string? after, bool? still, CancellationToken cancellationToken)
    {
        var isFirst = string.IsNullOrEmpty(after);
        // One more than a page tells whether another page follows.
        var found = await desk.ListAsync(new DeliveryQuery { After = isFirst ? null : after, Max = PageSize + 1 }, cancellationToken);
        var page = ListPage.Render(PagePath.Of(context), [.. found.Take(PageSize)], isFirst, still is true, found.Count > PageSize);
        return Answer(context, page, StatusCodes.Status200OK);
    }

    private static async Task<IResult> MessageAsync(IDeliveryDesk desk, HttpContext context, string id, CancellationToken cancellationToken)
    {
        var link = PagePath.Above(context, 1);
        var found = await desk.ListAsync(new DeliveryQuery { Id = id, Max = 1 }, cancellationToken);
        return found is [var delivery, ..]
            ? Answer(context, MessagePage.Render(link, delivery), StatusCodes.Status200OK)
            : Answer(context, MessagePage.NotFound(link), StatusCodes.Status404NotFound);
    }

    private static IResult Answer(HttpContext context, Html page, int status)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        return Results.Content(page.Markup, "text/html; charset=utf-8", statusCode: status);
    }
}
