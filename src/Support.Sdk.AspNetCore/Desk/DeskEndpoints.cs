using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.AspNetCore.Pages;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.AspNetCore.Desk;

/// <summary>Why something was sent or not, and what waits for a person. Who may see it is the host's to say.</summary>
internal static class DeskEndpoints
{
    private const int MaxWaiting = 100;
    private const int MaxReason = 200;

    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly DeliveryState[] NeedsAPerson = [DeliveryState.Held, DeliveryState.InDoubt, DeliveryState.Failed];

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", StartAsync);
        group.MapGet("/orders", OrderAsync);
        group.MapGet("/messages/{id}", MessageAsync);
        group.MapPost("/messages/{id}", ActAsync);
        TicketEndpoints.Map(group);
        group.ExcludeFromDescription();
    }

    private static async Task<IResult> StartAsync(IDeliveryDesk desk, HttpContext context, CancellationToken cancellationToken)
    {
        var waiting = await desk.ListAsync(new DeliveryQuery { States = NeedsAPerson, Max = MaxWaiting }, cancellationToken);
        return Answer(context, DeskPages.Start(Root(context, ""), waiting, MaxWaiting), StatusCodes.Status200OK);
    }

    private static async Task<IResult> OrderAsync(
        string? shop,
        string? order,
        IDeliveryDesk desk,
        ISupportRunner runner,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var root = Root(context, "/orders");
        var key = new OrderKey((shop ?? "").Trim(), (order ?? "").Trim());
        // Opens the store, or says which call is missing.
        await runner.NextDueAsync(cancellationToken);
        var orders = context.RequestServices.GetRequiredService<IOrderStore>();
        if (await orders.FindAsync([key], cancellationToken) is not [var found])
        {
            return Answer(context, DeskPages.NoOrder(root, key), StatusCodes.Status404NotFound);
        }

        var history = await orders.HistoryAsync(key, cancellationToken);
        var deliveries = await desk.ListAsync(new DeliveryQuery { Order = key, Max = 1000 }, cancellationToken);
        return Answer(context, WhyPage.Render(root, found, history, deliveries), StatusCodes.Status200OK);
    }

    private static async Task<IResult> MessageAsync(
        string id,
        IDeliveryDesk desk,
        IAntiforgery antiforgery,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var root = Root(context, "/messages/" + id);
        return await desk.ListAsync(new DeliveryQuery { Id = id, Max = 1 }, cancellationToken) is [var delivery]
            ? Answer(context, DeskPages.Message(root, delivery, antiforgery.GetAndStoreTokens(context), refusal: null), StatusCodes.Status200OK)
            : Answer(context, DeskPages.NoMessage(root), StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ActAsync(
        string id,
        IDeliveryDesk desk,
        IAntiforgery antiforgery,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.BadRequest();
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var by = Operator(context.User);
        var reason = form["reason"].ToString().Trim();
        reason = reason.Length is 0 or > MaxReason ? "No reason was given." : reason;
        var result = form["act"].ToString() switch
        {
            "release" => await desk.ReleaseAsync(id, by, cancellationToken),
            "discard" => await desk.DiscardAsync(id, by, reason, cancellationToken),
            "resend" => await desk.ResendAsync(id, by, cancellationToken: cancellationToken),
            _ => DeskResult.Refused("There is no such act."),
        };
        var root = Root(context, "/messages/" + id);
        if (result.DeliveryId is { } changed)
        {
            // A reload of the answer must not do it again.
            return Results.Redirect($"{root}/messages/{Uri.EscapeDataString(changed)}");
        }

        return await desk.ListAsync(new DeliveryQuery { Id = id, Max = 1 }, cancellationToken) is [var delivery]
            ? Answer(context, DeskPages.Message(root, delivery, antiforgery.GetAndStoreTokens(context), result.Refusal), StatusCodes.Status409Conflict)
            : Answer(context, DeskPages.NoMessage(root), StatusCodes.Status404NotFound);
    }

    internal static string Operator(ClaimsPrincipal user) => user.Identity?.Name is { Length: > 0 } name ? name : user.FindFirstValue("sub") ?? "an operator";

    // Behind a proxy the application may live below a path of its own.
    internal static string Root(HttpContext context, string below)
    {
        var path = PagePath.Of(context);
        return path[..^Math.Min(path.Length, new PathString(below).ToUriComponent().Length)];
    }

    internal static IResult Answer(HttpContext context, Html page, int status)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "same-origin";
        return Results.Content(page.Markup, "text/html; charset=utf-8", statusCode: status);
    }
}
