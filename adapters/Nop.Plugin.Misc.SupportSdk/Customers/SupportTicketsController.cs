using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Support.Sdk.Links;
using Support.Sdk.Shops;
using Support.Sdk.Tickets;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>A customer's tickets: under the account, or one behind a signed link.</summary>
public sealed class SupportTicketsController : SupportPageController
{
    /// <summary>The tickets of the account.</summary>
    /// <param name="page">The number of the page.</param>
    [HttpGet]
    public Task<IActionResult> Account(int page = 1) =>
        AnswerAccountAsync(
            async (engine, visitor) =>
            {
                var (tickets, number, hasOlder) = await Get<CustomerTickets>().ListAsync(engine, visitor, page, Gone);
                var models = new List<TicketModel>();
                foreach (var ticket in tickets)
                {
                    models.Add(
                        await Get<TicketTeller>().TellAsync(ticket, ShopOf(engine, ticket), visitor.Culture) with
                        {
                            Path = Pages.Ticket(ticket.Key.Number),
                        }
                    );
                }

                return Page("AccountTickets", new TicketListModel(models, number, hasOlder));
            }
        );

    /// <summary>A ticket of the account.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="after">The number of the message after which to begin.</param>
    /// <param name="sent">Whether an answer was just received.</param>
    [HttpGet]
    public Task<IActionResult> Ticket(long number, long? after = null, bool sent = false) =>
        AnswerTicketAsync(number, (engine, visitor, ticket) => ShowAsync(Place.OfAccount(ticket), engine, visitor, after, sent));

    /// <summary>Takes an answer in a ticket of the account.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="input">The form.</param>
    [HttpPost]
    [ValidateAntiForgeryToken]
    [RequestSizeLimit(PostedFiles.MostInForm)]
    public Task<IActionResult> Ticket(long number, FormInput input) =>
        AnswerTicketAsync(number, (engine, visitor, ticket) => TakeAsync(Place.OfAccount(ticket), engine, visitor, input));

    /// <summary>A file in a ticket of the account.</summary>
    /// <param name="number">The number of the ticket.</param>
    /// <param name="id">The file.</param>
    /// <param name="entry">The number of the message.</param>
    [HttpGet]
    public Task<IActionResult> File(long number, string id, long entry) =>
        AnswerTicketAsync(number, (engine, _, ticket) => FileAsync(engine, ticket, id, entry));

    /// <summary>The ticket behind a link.</summary>
    /// <param name="token">The link.</param>
    /// <param name="after">The number of the message after which to begin.</param>
    /// <param name="sent">Whether an answer was just received.</param>
    [HttpGet]
    public Task<IActionResult> Linked(string token, long? after = null, bool sent = false) =>
        AnswerTicketAsync(token, (engine, visitor, ticket) => ShowAsync(Place.OfLink(ticket, token), engine, visitor, after, sent));

    /// <summary>Takes an answer in the ticket behind a link.</summary>
    /// <param name="token">The link.</param>
    /// <param name="input">The form.</param>
    [HttpPost]
    [ValidateAntiForgeryToken]
    [RequestSizeLimit(PostedFiles.MostInForm)]
    public Task<IActionResult> Linked(string token, FormInput input) =>
        AnswerTicketAsync(token, (engine, visitor, ticket) => TakeAsync(Place.OfLink(ticket, token), engine, visitor, input));

    /// <summary>A file in the ticket behind a link.</summary>
    /// <param name="token">The link.</param>
    /// <param name="id">The file.</param>
    /// <param name="entry">The number of the message.</param>
    [HttpGet]
    public Task<IActionResult> LinkedFile(string token, string id, long entry) =>
        AnswerTicketAsync(token, (engine, _, ticket) => FileAsync(engine, ticket, id, entry));

    /// <summary>The address label of the return that the ticket behind a link is about.</summary>
    /// <param name="token">The link.</param>
    [HttpGet]
    public Task<IActionResult> LinkedLabel(string token) =>
        AnswerTicketAsync(
            token,
            async (_, _, ticket) =>
                await Get<Returns>().OfTicketAsync(ticket.Ticket) is { } request && await Get<ReturnLabels>().LabelAsync(request) is { } label
                    ? Page("Label", label)
                    : NotFound()
        );

    private Task<IActionResult> AnswerTicketAsync(long number, Func<SupportEngine, Visitor, HeldTicket, Task<IActionResult>> answer) =>
        AnswerAccountAsync(
            async (engine, visitor) =>
                await Get<CustomerTickets>().FindAsync(engine, visitor, number, Gone) is { } ticket ? await answer(engine, visitor, ticket) : NotFound()
        );

    private Task<IActionResult> AnswerTicketAsync(string token, Func<SupportEngine, Visitor, HeldTicket, Task<IActionResult>> answer) =>
        AnswerLinkAsync(
            token,
            LinkPurpose.Ticket,
            async (engine, visitor, link) =>
                await CustomerTickets.FindAsync(engine, link, Gone) is { } ticket ? await answer(engine, visitor, ticket) : Broken()
        );

    private async Task<IActionResult> ShowAsync(Place place, SupportEngine engine, Visitor visitor, long? after, bool isSent)
    {
        var stamp = await Get<FormDoor>().StampAsync(engine, place.Scope, isAgain: false, Gone);
        var files = await Get<ContactDesk>().FilesAsync(new FormInput());
        return Page(place.View, await ModelAsync(place, engine, visitor, after) with { Stamp = stamp, IsSent = isSent, Files = files });
    }

    private async Task<IActionResult> TakeAsync(Place place, SupportEngine engine, Visitor visitor, FormInput input)
    {
        var (desk, door) = (Get<ContactDesk>(), Get<FormDoor>());
        var fault = await desk.TextFaultAsync(input.Message) ?? await desk.FileFaultAsync(input);
        var outcome = await door.TakeAsync(engine, input, place.Scope, fault is null ? [] : [fault], () => Message(place.Ticket, input), Gone);
        if (outcome == FormOutcome.Accepted)
        {
            return SeeOther($"{place.Path}?sent=true");
        }

        Response.StatusCode = FormStatus.Of(outcome);
        return Page(
            place.View,
            await ModelAsync(place, engine, visitor, after: null) with
            {
                Stamp = await door.StampAsync(engine, place.Scope, isAgain: true, Gone),
                Text = input.Message ?? "",
                Files = await desk.FilesAsync(input),
                Refusal = outcome == FormOutcome.Faulty ? fault!.Text : await desk.RefusalAsync(outcome),
            }
        );
    }

    private InboundMessage Message(HeldTicket ticket, FormInput input) =>
        new()
        {
            ShopId = ticket.Ticket.Key.Shop,
            Source = ContactDesk.Source,
            Channel = "form",
            From = ticket.Writer,
            Text = Typed.Text(input.Message),
            SentAt = Get<TimeProvider>().GetUtcNow(),
            Ticket = ticket.Ticket.Key.Number,
        };

    private async Task<TicketModel> ModelAsync(Place place, SupportEngine engine, Visitor visitor, long? after)
    {
        var ticket = place.Ticket.Ticket;
        var model = await Get<TicketTeller>().TellAsync(engine, ticket, ShopOf(engine, ticket), visitor.Culture, after, Gone);
        return model with
        {
            Path = place.Path,
            IsAccount = place.IsAccount,
            Return = await Get<Returns>().OfTicketAsync(ticket) is { } request
                ? await Get<ReturnLabels>().TellAsync(request, place.LabelPath(request.Id))
                : null,
        };
    }

    // Only what stands in this ticket where its customer may read it; and a browser saves it, and runs nothing that may be in it.
    private async Task<IActionResult> FileAsync(SupportEngine engine, HeldTicket held, string id, long number)
    {
        var query = new TicketEntryQuery
        {
            Key = held.Ticket.Key,
            After = Math.Max(0, number - 1),
            OnlyPublic = true,
            Max = 1,
        };
        if (
            await engine.Get<ITickets>().EntriesAsync(query, Gone) is not [{ IsPublic: true } entry]
            || entry.Number != number
            || entry.Attachments.FirstOrDefault(file => string.Equals(file.Id, id, StringComparison.Ordinal)) is not { } file
            || await engine.Get<IContentStore>().OpenAsync(held.Ticket.Key.Shop, file.Id, Gone) is not { } content
        )
        {
            return NotFound();
        }

        Response.Headers.XContentTypeOptions = "nosniff";
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return File(content, "application/octet-stream", Support.Sdk.Templates.PlainLine.Clean(file.Name));
    }

    private static Shop ShopOf(SupportEngine engine, Ticket ticket) =>
        engine.Shops.First(shop => string.Equals(shop.Id, ticket.Key.Shop, StringComparison.Ordinal));

    /// <summary>Where a ticket is shown.</summary>
    private sealed record Place(HeldTicket Ticket, string Path, string Scope, bool IsAccount)
    {
        public string View => IsAccount ? "AccountTicket" : "LinkedTicket";

        public static Place OfAccount(HeldTicket ticket) =>
            new(ticket, Pages.Ticket(ticket.Ticket.Key.Number), $"ticket\n{ticket.Ticket.Key.Shop}\n{At(ticket)}\naccount", IsAccount: true);

        public static Place OfLink(HeldTicket ticket, string token) =>
            new(
                ticket,
                Pages.TicketByLink(token),
                $"ticket\n{ticket.Ticket.Key.Shop}\n{At(ticket)}\n{ticket.Writer.Channel}\n{ticket.Writer.Value}",
                IsAccount: false
            );

        public string LabelPath(int returnId) => IsAccount ? Pages.Label(returnId) : $"{Path}/label";

        private static string At(HeldTicket ticket) => ticket.Ticket.Key.Number.ToString(CultureInfo.InvariantCulture);
    }
}
