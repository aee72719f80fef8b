using System.Globalization;
using Microsoft.AspNetCore.Http;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Shows what was said in a ticket, and adds to it.</summary>
internal static class MessageEndpoints
{
    private const string All = TicketEndpoints.One + "/messages";

    private static readonly ApiOperation Listing = new()
    {
        Id = "listMessages",
        Method = HttpMethods.Get,
        Pattern = All,
        Tag = TicketEndpoints.Tag,
        Summary = "Lists what was said in a ticket and what happened to it, the oldest first.",
        Description = "External agents read texts as they were written, without the customer's name and without what looks like an address or a phone number.",
        Policy = SupportPolicies.ExternalAgent,
        Parameters =
        [
            ApiParameter.Flag("public", "Only what the customer may read: the customer's own words and the replies."),
            ApiParameter.Limit,
            ApiParameter.Cursor,
        ],
        Answer = typeof(MessagePage),
        Problems = [404],
    };

    private static readonly ApiOperation Showing = new()
    {
        Id = "getMessage",
        Method = HttpMethods.Get,
        Pattern = All + "/{message:long:min(1)}",
        Tag = TicketEndpoints.Tag,
        Summary = "Shows one entry of a ticket's history.",
        Policy = SupportPolicies.ExternalAgent,
        Answer = typeof(MessageModel),
        Problems = [404],
    };

    private static readonly ApiOperation Writing = new()
    {
        Id = "addMessage",
        Method = HttpMethods.Post,
        Pattern = All,
        Tag = TicketEndpoints.Tag,
        Summary = "Replies to the customer, or notes something down for the other agents.",
        Policy = SupportPolicies.ExternalAgent,
        Body = typeof(MessageWriting),
        Status = StatusCodes.Status201Created,
        Answer = typeof(MessageAdded),
        HasTag = true,
        ReadsIfMatch = true,
        Problems = [404, 409, 412, 413, 415],
    };

    public static void Map(ApiGroup group)
    {
        group.Map(Listing, ListAsync);
        group.Map(Showing, ShowAsync);
        group.Map(Writing, WriteAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        var limit = call.Limit();
        var query = new TicketEntryQuery
        {
            Key = call.Ticket,
            OnlyPublic = call.Flag("public"),
            After = call.NumberPlace(),
            Max = limit + 1,
        };
        if (call.Faults.Any)
        {
            return call.Refuse();
        }

        if (await TicketActs.FindAsync(call, call.Ticket) is not { } ticket)
        {
            return ApiProblem.NoTicket(call.Ticket);
        }

        var entries = await call.Get<ITickets>().EntriesAsync(query, call.Aborted);
        var next = entries.Count > limit ? call.Cursor(entries[limit - 1].Number.ToString(CultureInfo.InvariantCulture)) : null;
        var mask = await TicketActs.MaskAsync(call, ticket);
        var page = new MessagePage { Items = [.. entries.Take(limit).Select(entry => TicketMapping.Of(entry, mask))], Next = next };
        return new ApiAnswer<MessagePage>(page, ApiText.Json.MessagePage) { NextPage = call.Page(next) };
    }

    private static async Task<IResult> ShowAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        if (await TicketActs.FindAsync(call, call.Ticket) is not { } ticket)
        {
            return ApiProblem.NoTicket(call.Ticket);
        }

        var number = long.Parse(call.Path("message") ?? "", NumberStyles.None, CultureInfo.InvariantCulture);
        var query = new TicketEntryQuery
        {
            Key = ticket.Key,
            After = number - 1,
            Max = 1,
        };
        return await call.Get<ITickets>().EntriesAsync(query, call.Aborted) is [var entry] && entry.Number == number
            ? new ApiAnswer<MessageModel>(TicketMapping.Of(entry, await TicketActs.MaskAsync(call, ticket)), ApiText.Json.MessageModel)
            : ApiProblem.Of(StatusCodes.Status404NotFound, $"There is no entry {number} in ticket {ticket.Key}.");
    }

    private static async Task<IResult> WriteAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        var (key, seen) = (call.Key(), call.IfMatch());
        var writing = await call.ReadAsync(ApiJson.Default.MessageWriting);
        Check(call, writing);
        var attachments = writing is null ? [] : await AttachedFiles.ReadAsync(call, writing.Attachments);
        if (writing is null || call.Faults.Any)
        {
            return call.Refuse();
        }

        if (call.By is not { } by)
        {
            return ApiProblem.Nobody();
        }

        var (ticket, failure) = await TicketActs.TryAsync(
            call,
            () =>
                writing.Kind == WrittenKind.Reply
                    ? call.Get<ITicketDesk>().ReplyAsync(call.Ticket, ReplyOf(writing, attachments, key, seen), by, call.Aborted)
                    : call.Get<ITicketDesk>().NoteAsync(call.Ticket, NoteOf(writing, attachments, key, seen), by, call.Aborted)
        );
        return failure ?? await AddedAsync(call, ticket!, writing, key);
    }

    private static async Task<IResult> AddedAsync(ApiCall call, Ticket ticket, MessageWriting writing, ActKey key)
    {
        var found = await call.Get<ITickets>().EntriesAsync(new TicketEntryQuery { Key = ticket.Key, RequestId = key.Id }, call.Aborted);
        if (found is not [var entry] || IsAnother(ticket, entry, writing))
        {
            return ApiProblem.Of(StatusCodes.Status409Conflict, "The idempotency key was used for another message of this ticket. Take a new one.");
        }

        var mask = await TicketActs.MaskAsync(call, ticket);
        var added = new MessageAdded { Message = TicketMapping.Of(entry, mask), Ticket = TicketMapping.Of(ticket, mask) };
        return new ApiAnswer<MessageAdded>(added, ApiText.Json.MessageAdded)
        {
            Status = StatusCodes.Status201Created,
            Version = ticket.Version,
            Location = $"{call.Address(ticket.Key)}/messages/{entry.Number.ToString(CultureInfo.InvariantCulture)}",
        };
    }

    private static void Check(ApiCall call, MessageWriting? writing)
    {
        if (writing is null)
        {
            return;
        }

        if (writing.Text.Length > InboundMessage.MaxText)
        {
            call.Faults.Add("text", $"Has {writing.Text.Length} characters. At most {InboundMessage.MaxText} are kept: hand the rest over as a file.");
        }

        if (string.IsNullOrWhiteSpace(writing.Text) && writing.Attachments is null or [])
        {
            call.Faults.Add("text", "A message needs a text or a file.");
        }

        if (writing is { Kind: WrittenKind.Note, Status: not null })
        {
            call.Faults.Add("status", "Goes with a reply. Change the ticket itself for a note.");
        }

        if (writing is { Kind: WrittenKind.Note, NextWordBy: not null })
        {
            call.Faults.Add("nextWordBy", "Goes with a reply: nobody reads a note's promise.");
        }

        if (writing.Status == TicketStatus.New)
        {
            call.Faults.Add("status", "A ticket that was answered is not new. Use pending, open, onHold or solved.");
        }
    }

    private static TicketReply ReplyOf(MessageWriting writing, IReadOnlyList<ContentReference> attachments, ActKey key, long? seen) =>
        new()
        {
            Text = writing.Text,
            Attachments = attachments,
            Status = writing.Status ?? TicketStatus.Pending,
            NextWordBy = writing.NextWordBy,
            RequestId = key.Id,
            Version = seen,
        };

    private static TicketNote NoteOf(MessageWriting writing, IReadOnlyList<ContentReference> attachments, ActKey key, long? seen) =>
        new()
        {
            Text = writing.Text,
            Attachments = attachments,
            RequestId = key.Id,
            Version = seen,
        };

    // An erased ticket does not say any more what was written.
    private static bool IsAnother(Ticket ticket, TicketEntry entry, MessageWriting writing) =>
        ticket.ErasedAt is null
        && (
            entry.Kind != (writing.Kind == WrittenKind.Reply ? TicketEntryKind.Reply : TicketEntryKind.Note)
            || !string.Equals(entry.Text, writing.Text, StringComparison.Ordinal)
            || !entry.Attachments.Select(file => file.Id).SequenceEqual((writing.Attachments ?? []).Select(file => file.Id), StringComparer.Ordinal)
        );
}
