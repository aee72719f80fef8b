using System.Globalization;
using Support.Sdk.Links;
using Support.Sdk.Shops;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;

namespace Support.Sdk.Templates;

/// <summary>Turns a ticket and what is to be said about it into the values of a template, and lists the facts that must be told.</summary>
/// <remarks>All names exist for every kind of message; what does not apply is an empty text or an empty list.</remarks>
internal sealed class TicketModel
{
    /// <summary>How long a link to a ticket's page works: a customer may come back to a question after months.</summary>
    public static readonly TimeSpan LinkFor = TimeSpan.FromDays(180);

    private readonly TicketComposeRequest _request;
    private readonly string _number;
    private readonly string _subject;
    private readonly string _by;
    private readonly string _hours;
    private readonly string _link;
    private readonly IReadOnlyList<string> _alerts;

    private TicketModel(TicketComposeRequest request, BrandModel brand, Language language, DateTimeOffset now)
    {
        var shop = request.Shop;
        var words = TicketWords.Of(language);
        var dates = new LocalDates(language, TicketTimes.Zone(request.IsForStaff ? null : request.Ticket.Requester.TimeZone, shop));
        (_request, Brand) = (request, brand);
        _number = request.Ticket.Key.Number.ToString(CultureInfo.InvariantCulture);
        _subject = PlainLine.Clean(request.Ticket.Subject);
        _by = request.AnswerBy?.DueAt is { } due ? dates.Due(due) : "";
        _hours = request.AnswerBy is { } clock ? words.Hours(shop, clock) : "";
        _link = request.IsForStaff ? BrandLinks.Web(request.OperatorsPage) : TicketLink(request, now)?.AbsoluteUri ?? "";
        _alerts = [.. request.Alerts.Select(alert => words.Alert(alert, alert.DueAt is { } at ? dates.Moment(at) : ""))];
        Links = request.IsForStaff ? new LinkModel(null, null) : new LinkModel(null, Preferences(request, now));
        Values = Groups(language, words);
    }

    public static Shape Shape { get; } = Shape.Of(Of(Sample(), BrandModel.Of(new Shop { Id = "sample" }), Language.English, SampleRequest.Now).Values);

    public TemplateModel Values { get; }

    public BrandModel Brand { get; }

    public LinkModel Links { get; }

    /// <summary>What has to appear in the message.</summary>
    public IReadOnlyList<RequiredFact> Facts =>
        _request.Kind switch
        {
            TicketNotices.Acknowledged =>
            [
                new("ticket.number", _number, IsNeeded: true),
                new("ticket.subject", _subject),
                new("answer.by", _by),
                new("answer.hours", _hours, IsWording: true),
                new("brand.contact", Brand.Contact, IsNeeded: true),
            ],
            TicketNotices.Reply => [new("ticket.number", _number, IsNeeded: true), new("reply.text", _request.Text, IsNeeded: true)],
            _ => [new("ticket.number", _number, IsNeeded: true), .. _alerts.Select(alert => new RequiredFact("alert.lines", alert))],
        };

    public static TicketModel Of(TicketComposeRequest request, BrandModel brand, Language language, DateTimeOffset now) => new(request, brand, language, now);

    /// <summary>The link to the customer's own page of a ticket, or null when there is no public address.</summary>
    private static Uri? TicketLink(TicketComposeRequest request, DateTimeOffset now) =>
        request.Links?.Create(
            new SignedLink
            {
                Purpose = LinkPurpose.Ticket,
                Shop = request.Ticket.Key.Shop,
                Contact = request.To,
                Ticket = request.Ticket.Key.Number,
                ExpiresAt = now + LinkFor,
            },
            request.Shop.PublicAddress
        );

    private TemplateModel Groups(Language language, TicketWords words)
    {
        var name = _request.IsForStaff ? "" : PlainLine.Clean(_request.Ticket.Requester.Name);
        return new TemplateModel
        {
            ["ticket"] = new TemplateModel
            {
                ["number"] = _number,
                ["subject"] = _subject,
                ["link"] = _link,
            },
            ["customer"] = new TemplateModel { ["name"] = name },
            ["letter"] = new TemplateModel
            {
                ["greeting"] = language.Words.Greeting(Brand.Voice, name),
                ["apology"] = language.Words.Apology(Brand.Voice),
                ["closing"] = language.Words.Closing(Brand.Voice),
            },
            ["brand"] = Brand.Values,
            ["style"] = Brand.Styles,
            ["links"] = Links.Values,
            ["answer"] = new TemplateModel
            {
                ["by"] = _by,
                ["text"] = words.Answer(_by),
                ["hours"] = _hours,
            },
            ["reply"] = new TemplateModel
            {
                ["text"] = _request.Text,
                ["paragraphs"] = Paragraphs(_request.Text),
                ["agent"] = PlainLine.Clean(_request.AgentName),
            },
            ["alert"] = new TemplateModel { ["lines"] = _alerts.ToList<object>() },
        };
    }

    // Empty lines part paragraphs; a line break inside one stays one.
    private static List<object> Paragraphs(string text) =>
        [
            .. text.ReplaceLineEndings("\n")
                .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(paragraph => new TemplateModel { ["lines"] = paragraph.Split('\n').ToList<object>() }),
        ];

    private static Uri? Preferences(TicketComposeRequest request, DateTimeOffset now) =>
        request.Links is { } seal ? LinkModel.PreferencesOf(seal, request.Shop, request.To, order: null, now) : null;

    private static TicketComposeRequest Sample()
    {
        var clock = new SlaClock
        {
            Metric = SlaMetric.FirstResponse,
            State = SlaClockState.Running,
            Policy = "sample",
            StartedAt = SampleRequest.Now,
            DueAt = SampleRequest.Now,
        };
        return new TicketComposeRequest
        {
            Kind = TicketNotices.Reply,
            Ticket = new Ticket
            {
                Key = new TicketKey("sample", 1),
                Subject = "Subject",
                Channel = "email",
                OpenedAt = SampleRequest.Now,
                ChangedAt = SampleRequest.Now,
                OpenedBy = "sample",
            },
            Shop = new Shop { Id = "sample" },
            To = new ContactPoint("email", "ada@example.com"),
            Occasion = TicketNotices.Reply,
            DeliveryId = "1",
            Text = "Text",
            AnswerBy = clock,
            Alerts = [clock],
        };
    }
}

/// <summary>What a message about a ticket is written from.</summary>
internal sealed record TicketComposeRequest
{
    public required string Kind { get; init; }

    public required Ticket Ticket { get; init; }

    public required Shop Shop { get; init; }

    public required ContactPoint To { get; init; }

    public required string Occasion { get; init; }

    public required string DeliveryId { get; init; }

    /// <summary>What an agent wrote; empty otherwise.</summary>
    public string Text { get; init; } = "";

    /// <summary>The name that the agent signs with, or null.</summary>
    public string? AgentName { get; init; }

    /// <summary>The promise that an acknowledgement tells, or null when nothing is promised.</summary>
    public SlaClock? AnswerBy { get; init; }

    /// <summary>The promises that an alert is about.</summary>
    public IReadOnlyList<SlaClock> Alerts { get; init; } = [];

    /// <summary>Makes the links to the customer's own pages, or null for none.</summary>
    public LinkSeal? Links { get; init; }

    /// <summary>Where the shop's people see the ticket, or null.</summary>
    public Uri? OperatorsPage { get; init; }

    public bool IsForStaff => string.Equals(Kind, TicketNotices.Alert, StringComparison.Ordinal);
}
