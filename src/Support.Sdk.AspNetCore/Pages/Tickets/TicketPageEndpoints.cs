using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Support.Sdk.AspNetCore.ContactForms;
using Support.Sdk.AspNetCore.Forms;
using Support.Sdk.Links;
using Support.Sdk.Shops;
using Support.Sdk.Sweep;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Pages.Tickets;

/// <summary>A customer's own ticket behind its signed link: read, answered, and its files.</summary>
/// <remarks>The link in the address is what allows it: no cookie and no login takes part, so a token against forged requests would protect nothing.</remarks>
internal sealed class TicketPageEndpoints(
    ISupportLinks links,
    IShopDirectory shops,
    ITicketStore tickets,
    IContentStore contents,
    IOptions<ContentOptions> files,
    SupportStart start,
    TimeProvider time,
    ContactSetup setup
)
{
    private const int PageSize = 50;

    private readonly TicketAccess _access = new(links, shops, tickets, time);

    public static void Map(RouteGroupBuilder group, ContactSetup setup)
    {
        group.MapGet(
            "/tickets/{token}",
            (string token, long? after, bool? sent, HttpContext context) => New(context, setup).ShowAsync(token, after, sent is true, context)
        );
        group.MapPost("/tickets/{token}", (string token, HttpContext context) => New(context, setup).AnswerAsync(token, context)).DisableAntiforgery();
        group.MapGet(
            "/tickets/{token}/files/{id}",
            (string token, string id, long? entry, HttpContext context) => New(context, setup).FileAsync(token, id, entry ?? 0, context)
        );
    }

    // The store is asked for only when a request comes, after the start has found one or has said which call is missing.
    private static TicketPageEndpoints New(HttpContext context, ContactSetup setup) =>
        ActivatorUtilities.CreateInstance<TicketPageEndpoints>(context.RequestServices, setup);

    private async Task<IResult> ShowAsync(string token, long? after, bool isSent, HttpContext context)
    {
        var (ticket, waiting) = await _access.FindAsync(token, context);
        return ticket is not null ? await PageAsync(ticket, after, isSent, answer: null, context)
            : waiting is not null ? WaitingPage.Of(waiting, context).Answer(context)
            : Broken(context);
    }

    private async Task<IResult> AnswerAsync(string token, HttpContext context)
    {
        if ((await _access.FindAsync(token, context)).Ticket is not { } ticket)
        {
            return Broken(context);
        }

        var answer = await setup.Gate(context).FormAsync(context, new AnswerTarget(ticket));
        return answer.EventId is null
            ? await PageAsync(ticket, after: null, isSent: false, answer, context)
            : PagePath.SeeOther(context, $"{PagePath.Of(context)}?sent=true");
    }

    private async Task<IResult> FileAsync(string token, string id, long entry, HttpContext context)
    {
        var file = (await _access.FindAsync(token, context)).Ticket is { } ticket ? await FileAsync(ticket.Ticket.Key, id, entry, context) : null;
        return file is not null && await contents.OpenAsync(file.Value.Shop, id, context.RequestAborted) is { } stream
            ? TicketFile.Answer(context, file.Value.Reference, stream)
            : Broken(context);
    }

    // Only what stands in this ticket where its customer may read it.
    private async Task<(string Shop, ContentReference Reference)?> FileAsync(TicketKey key, string id, long number, HttpContext context)
    {
        var query = new TicketEntryQuery
        {
            Key = key,
            After = Math.Max(0, number - 1),
            OnlyPublic = true,
            Max = 1,
        };
        return
            await tickets.EntriesAsync(query, context.RequestAborted) is [{ IsPublic: true } entry]
            && entry.Number == number
            && entry.Attachments.FirstOrDefault(file => string.Equals(file.Id, id, StringComparison.Ordinal)) is { } reference
            ? (key.Shop, reference)
            : null;
    }

    private async Task<IResult> PageAsync(CustomerTicket ticket, long? after, bool isSent, FormAnswer? answer, HttpContext context)
    {
        var page = new TicketPage
        {
            Ticket = ticket,
            Talk = await TalkAsync(ticket.Ticket.Key, after, context.RequestAborted),
            Path = PagePath.Of(context),
            Stamp = await setup.Gate(context).StampAsync(new AnswerTarget(ticket), answer, context.RequestAborted),
            Files = files.Value,
            Now = time.GetUtcNow(),
            GoesOn = await GoesOnAsync(ticket, context),
            IsSent = isSent,
            Answer = answer,
        };
        return page.Page().Answer(context);
    }

    private async Task<(long Number, string Link)?> GoesOnAsync(CustomerTicket ticket, HttpContext context)
    {
        if (await _access.GoesOnAsync(ticket, context.RequestAborted) is not { Ticket: { } number } link)
        {
            return null;
        }

        var seal = (await start.EnsureAsync(context.RequestAborted)).Links;
        return (number, $"{PagePath.Above(context, 1)}/{seal.Seal(link)}");
    }

    private async Task<TalkPage> TalkAsync(TicketKey key, long? after, CancellationToken cancellationToken)
    {
        // One more than is shown tells that there are others.
        var query = new TicketEntryQuery
        {
            Key = key,
            After = Math.Max(0, after ?? 0),
            Latest = after is null,
            OnlyPublic = true,
            Max = PageSize + 1,
        };
        var found = (await tickets.EntriesAsync(query, cancellationToken)).Where(entry => entry.IsPublic).ToList();
        var hasMore = found.Count > PageSize;
        return after is null
            ? new TalkPage([.. found.TakeLast(PageSize)], HasEarlier: hasMore, HasLater: false)
            : new TalkPage([.. found.Take(PageSize)], HasEarlier: after > 0, HasLater: hasMore);
    }

    private IResult Broken(HttpContext context) => BrokenLink.Page(shops, context.Request).Answer(context);
}
