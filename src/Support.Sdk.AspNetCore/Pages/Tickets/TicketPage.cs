using System.Globalization;
using Microsoft.AspNetCore.Http;
using Support.Sdk.AspNetCore.Forms;
using Support.Sdk.Customers;
using Support.Sdk.Templates;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Pages.Tickets;

/// <summary>The customer's own page of a ticket: how it stands, what was said, and a place to answer.</summary>
internal sealed record TicketPage
{
    public required CustomerTicket Ticket { get; init; }

    public required TalkPage Talk { get; init; }

    /// <summary>The address of the page itself.</summary>
    public required string Path { get; init; }

    public required string Stamp { get; init; }

    public required ContentOptions Files { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The ticket that goes on from this one, with the link to its page; or null.</summary>
    public (long Number, string Link)? GoesOn { get; init; }

    /// <summary>An answer was just received.</summary>
    public bool IsSent { get; init; }

    /// <summary>How an answer was sent that is shown again, or null.</summary>
    public FormAnswer? Answer { get; init; }

    private TicketPageWords Words => new(Ticket.Culture);

    public BrandPage Page()
    {
        var subject = PlainLine.Clean(Ticket.Ticket.Subject);
        return new BrandPage
        {
            Shop = Ticket.Shop,
            Culture = Ticket.Culture,
            Title = subject,
            WindowTitle = Answer is null ? null : $"{Words.Of("Not sent", "Inte skickat")}: {subject}",
            Status = Answer is null ? StatusCodes.Status200OK : FormStatus.Of(Answer.Outcome),
            RetryAfter = Answer?.RetryAfter,
            Main = Main(),
        };
    }

    private Html Main()
    {
        var pieces = new FormPieces(Ticket.Culture, Answer);
        var status = Ticket.Ticket.Status;
        return Html.Of(
            $"""
            {pieces.Summary()}{Sent()}<div class="head"><p class="quiet">{Words.Number(Ticket.Ticket.Key.Number)}</p><span class="{TicketPageWords.Tone(
                status
            )}">{Words.State(status)}</span></div>
            {Standing()}<h2 class="part">{Words.Conversation}</h2>
            {Paging(isBelow: false)}<ol class="talk">
            {Html.Join(Talk.Entries.Select(Said))}</ol>
            {Paging(isBelow: true)}<form class="answer" method="post" action="{Path}" enctype="multipart/form-data" novalidate>
            {pieces.Traps(Stamp)}{pieces.LongText(FormFields.Message, Words.YourAnswer, Answer?.Fields.GetValueOrDefault(FormFields.Message), isOptional: Files.MaxFiles > 0)}{pieces.Files(
                Words.Files,
                Files
            )}<button type="submit">{Words.Send}</button>
            </form>
            {Keep()}
            """
        );
    }

    private Html Sent() =>
        IsSent ? Html.Of($"""<div class="note good" role="status"><p>{Words.Received} <a href="{Path}">{Words.LoadAgain}</a></p></div>{"\n"}""") : Html.Empty;

    private Html Standing()
    {
        if (GoesOn is var (number, link))
        {
            return Html.Of($"""<p>{Words.GoesOn} <a href="{link}">{Words.Number(number)}</a>.</p>{"\n"}""");
        }

        var text = Ticket.Ticket.Status switch
        {
            TicketStatus.Solved => Words.Solved,
            TicketStatus.Closed => Words.Closed,
            _ when Ticket.Promised is { } clock => clock.BrokenAt is not null || clock.DueAt < Now
                ? Words.Overdue(Ticket.Due(clock.DueAt!.Value))
                : Words.AnswerBy(Ticket.Due(clock.DueAt!.Value)),
            TicketStatus.OnHold => Words.OnHold,
            _ => "",
        };
        return text.Length == 0 ? Html.Empty : Html.Of($"<p>{text}</p>\n");
    }

    private Html Said(TicketEntry entry)
    {
        var at = entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var words = string.IsNullOrEmpty(entry.Text) ? Html.Empty : Html.Of($"""<div class="words">{entry.Text}</div>""");
        return Html.Of(
            $"""
            <li class="{(entry.Kind == TicketEntryKind.Reply ? "said ours" : "said")}" id="message-{At(entry.Number)}"><div class="head"><strong>{Ticket.Author(
                entry
            )}</strong><time class="quiet" datetime="{at}">{Ticket.Time(entry.At)}</time></div>
            {words}{FilesOf(entry)}</li>

            """
        );
    }

    private Html FilesOf(TicketEntry entry)
    {
        if (entry.Attachments.Count == 0)
        {
            return Html.Empty;
        }

        var words = new FormWords(Ticket.Culture);
        var files = entry.Attachments.Select(file =>
            Html.Of(
                $"""<li><a href="{Path}/files/{Uri.EscapeDataString(file.Id)}?entry={At(entry.Number)}" download>{FileNames.Clean(file.Name)}</a> <span class="quiet">{words.Size(
                    file.Length
                )}</span></li>"""
            )
        );
        return Html.Of($"""<ul class="files">{Html.Join(files)}</ul>""");
    }

    private Html Paging(bool isBelow)
    {
        if (isBelow ? !Talk.HasLater : !Talk.HasEarlier)
        {
            return Html.Empty;
        }

        return isBelow
            ? Html.Of(
                $"""<nav aria-label="{Words.Later}"><a href="{Path}?after={At(Talk.Entries[^1].Number)}" rel="next">{Words.Later}</a><a href="{Path}">{Words.Newest}</a></nav>{"\n"}"""
            )
            : Html.Of($"""<nav aria-label="{Words.Earlier}"><a href="{Path}?after=0" rel="prev">{Words.Earlier}</a></nav>{"\n"}""");
    }

    private Html Keep() =>
        string.Equals(Ticket.Link.Contact.Channel, Customer.Visitor, StringComparison.Ordinal)
            ? Html.Of($"""<p class="quiet keep">{Words.KeepLink}</p>""")
            : Html.Empty;

    private static string At(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A page of a conversation, in the order in which it was spoken.</summary>
internal sealed record TalkPage(IReadOnlyList<TicketEntry> Entries, bool HasEarlier, bool HasLater);
