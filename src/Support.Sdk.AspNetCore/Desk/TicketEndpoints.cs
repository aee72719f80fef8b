using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Support.Sdk.Shops;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Desk;

/// <summary>The tickets of a shop, and one ticket with its clocks, its conversation and what can be done about it.</summary>
internal static class TicketEndpoints
{
    private const int PageSize = 50;
    private const int Latest = 100;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/tickets", ListAsync);
        group.MapGet("/tickets/{shop}/{number:long}", ShowAsync);
        group.MapPost("/tickets/{shop}/{number:long}", ActAsync);
    }

    private static async Task<IResult> ListAsync(
        string? shop,
        string? sort,
        string? show,
        long? after,
        long? due,
        ITickets tickets,
        IShopDirectory directory,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var shops = directory is OptionsShopDirectory known ? known.Shops.Select(one => one.Id).Order(StringComparer.Ordinal).ToList() : [];
        var chosen = shop ?? shops.FirstOrDefault() ?? "";
        var byDue = string.Equals(sort, "due", StringComparison.Ordinal);
        var query = new TicketQuery
        {
            Shop = chosen,
            OnlyOpen = !string.Equals(show, "all", StringComparison.Ordinal),
            Order = byDue ? TicketOrder.Due : TicketOrder.Newest,
            After = after is { } number
                ? new TicketPlace(number, due is { } ticks ? new DateTimeOffset(Math.Clamp(ticks, 0, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero) : null)
                : null,
            Max = PageSize,
        };
        var found = await tickets.ListAsync(query, cancellationToken);
        var root = DeskEndpoints.Root(context, "/tickets");
        return DeskEndpoints.Answer(context, TicketPages.List(root, query, shops, found, PageSize), StatusCodes.Status200OK);
    }

    private static async Task<IResult> ShowAsync(
        string shop,
        long number,
        ITickets tickets,
        IShopDirectory directory,
        IAntiforgery antiforgery,
        TimeProvider time,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var page = await PageAsync(new TicketKey(shop, number), tickets, directory, antiforgery, time, refusal: null, context, cancellationToken);
        return page is { } found
            ? DeskEndpoints.Answer(context, found, StatusCodes.Status200OK)
            : DeskEndpoints.Answer(context, TicketPages.NoTicket(Root(context, shop, number)), StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ActAsync(
        string shop,
        long number,
        ITickets tickets,
        ITicketDesk desk,
        IShopDirectory directory,
        IAntiforgery antiforgery,
        TimeProvider time,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.BadRequest();
        }

        var key = new TicketKey(shop, number);
        var form = await context.Request.ReadFormAsync(cancellationToken);
        string? refusal;
        try
        {
            refusal = (await DoAsync(key, form, desk, DeskEndpoints.Operator(context.User), time, cancellationToken)).Refusal;
        }
        catch (ArgumentException exception)
        {
            refusal = exception.Message;
        }

        if (refusal is null)
        {
            // A reload of the answer must not do it again.
            return Results.Redirect(TicketPages.Link(Root(context, shop, number), key));
        }

        var page = await PageAsync(key, tickets, directory, antiforgery, time, refusal, context, cancellationToken);
        return page is { } found
            ? DeskEndpoints.Answer(context, found, StatusCodes.Status409Conflict)
            : DeskEndpoints.Answer(context, TicketPages.NoTicket(Root(context, shop, number)), StatusCodes.Status404NotFound);
    }

    private static Task<TicketResult> DoAsync(
        TicketKey key,
        IFormCollection form,
        ITicketDesk desk,
        string by,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var text = form["text"].ToString();
        // Sealed into the form: a double click is one act.
        var requestId = form["request"].ToString() is { Length: > 0 } id ? id : null;
        return form["act"].ToString() switch
        {
            "reply" => desk.ReplyAsync(
                key,
                new TicketReply
                {
                    Text = text,
                    Status = Value(form["status"], TicketStatus.Pending),
                    NextWordBy = Hours(form["next"]) is { } hours ? time.GetUtcNow().AddHours(hours) : null,
                    RequestId = requestId,
                },
                by,
                cancellationToken
            ),
            "note" => desk.NoteAsync(key, new TicketNote { Text = text, RequestId = requestId }, by, cancellationToken),
            "change" => desk.ChangeAsync(
                key,
                new TicketEdit
                {
                    Status = Maybe<TicketStatus>(form["status"]),
                    Priority = Maybe<TicketPriority>(form["priority"]),
                    Assignee = form["assignee"].ToString().Trim(),
                    RequestId = requestId,
                },
                by,
                cancellationToken
            ),
            _ => Task.FromResult(TicketResult.Refused("There is no such act.")),
        };
    }

    private static async Task<Html?> PageAsync(
        TicketKey key,
        ITickets tickets,
        IShopDirectory directory,
        IAntiforgery antiforgery,
        TimeProvider time,
        string? refusal,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (await tickets.FindAsync(key, cancellationToken) is not { } view)
        {
            return null;
        }

        var entries = await tickets.EntriesAsync(
            new TicketEntryQuery
            {
                Key = key,
                Latest = true,
                Max = Latest,
            },
            cancellationToken
        );
        var page = new TicketPage
        {
            Root = Root(context, key.Shop, key.Number),
            View = view,
            Entries = entries,
            Agents = (await directory.FindAsync(key.Shop, cancellationToken))?.Tickets.Agents ?? [],
            Tokens = antiforgery.GetAndStoreTokens(context),
            Refusal = refusal,
            Now = time.GetUtcNow(),
        };
        return page.Render();
    }

    private static double? Hours(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var hours) && hours is > 0 and <= 8760 ? hours : null;

    private static T? Maybe<T>(string? name)
        where T : struct, Enum => Enum.TryParse<T>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    private static T Value<T>(string? name, T otherwise)
        where T : struct, Enum => Maybe<T>(name) ?? otherwise;

    private static string Root(HttpContext context, string shop, long number) =>
        DeskEndpoints.Root(context, string.Create(CultureInfo.InvariantCulture, $"/tickets/{shop}/{number}"));
}
