using System.Text;
using Support.Sdk.Deliveries;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

/// <summary>Writes the message for a notice that was decided. A pure function: the same request and moment give the same bytes.</summary>
internal sealed class NoticeComposer(TemplateCatalog catalog, BrandLogos logos)
{
    private readonly ScribanRenderer _renderer = new();

    public ComposeResult Compose(ComposeRequest request, DateTimeOffset now)
    {
        var kind = request.Proposal.Occasion.Kind;
        if (request.Proposal.To is not { } to || request.Order.Snapshot is not { } snapshot)
        {
            return ComposeResult.Failed($"{kind}: there is nobody to tell, or nothing is known of the order yet.");
        }

        var isForCustomer = !string.Equals(kind, NoticeKinds.ShopAlert, StringComparison.Ordinal);
        if (catalog.Find(kind, request.Shop.Shop, isForCustomer ? request.Proposal.Culture ?? snapshot.Customer.Culture : null) is not { } template)
        {
            return ComposeResult.Failed($"{kind}: no template has this kind. The kinds are {string.Join(", ", BuiltInTemplates.Kinds)}.");
        }

        var model = NoticeModel.Of(request, BrandOf(request.Shop.Shop), template.Language, now);
        if (model.Facts.FirstOrDefault(fact => fact.IsNeeded && fact.Value.Length == 0) is { } unknown)
        {
            return ComposeResult.Failed($"{template.Name}: the fact '{unknown.Name}' is not known, and the message must carry it.");
        }

        var asked = new HashSet<string>(StringComparer.Ordinal);
        using var session = _renderer.Open(model.Values, template.Language.Culture, asked);
        var parts = Render(session, template, model);
        return parts.Failure is { } failure ? ComposeResult.Failed(failure)
            : Missing(template, model, parts, asked) is { } missing ? ComposeResult.Failed(missing)
            : new ComposeResult { Message = Address(request, isForCustomer ? snapshot.Customer.Name : null, to, template, parts, now) };
    }

    private BrandModel BrandOf(Shop shop)
    {
        var brand = BrandModel.Of(shop);
        return logos.Find(shop) is { } logo ? brand with { Logo = logo } : brand;
    }

    private static Parts Render(ScribanRenderer.Session session, NoticeTemplate template, NoticeModel model)
    {
        var subject = session.Render(template.Subject, escapesHtml: false);
        var text = session.Render(template.Text, escapesHtml: false);
        var html = session.Render(template.Html, escapesHtml: true);
        var fault = subject.Fault ?? text.Fault ?? html.Fault;
        if (fault is not null)
        {
            return new Parts { Failure = fault.ToString() };
        }

        var line = PlainLine.Clean(subject.Text);
        if (line.Length == 0)
        {
            return new Parts { Failure = $"{template.Name}: the subject is empty. Give the template a subject that always has words." };
        }

        var content = html.Text!.Trim();
        return new Parts
        {
            // The frame shows the contact, too.
            Visible = $"{HtmlText.Visible(content)} {model.Brand.Contact} {model.Brand.ContactLink}",
            Subject = line,
            Text = TidyLines(text.Text!) + BrandFrame.Below(template.Language, model.Links),
            Html = BrandFrame.Around(content, line, template.Language, model.Brand, model.Links),
        };
    }

    // Facts are looked for in what a reader sees, not in the template.
    private static string? Missing(NoticeTemplate template, NoticeModel model, Parts parts, HashSet<string> asked)
    {
        var (text, html) = (new Reading(parts.Text), new Reading(parts.Visible));
        var checksWording = template.Language.ChecksWording;
        foreach (var fact in model.Facts.Where(fact => fact.Value.Length > 0))
        {
            if (fact.IsWording && !checksWording && (asked.Contains(fact.Name) || fact.Or.Any(or => asked.Contains(or.Name))))
            {
                continue;
            }

            var part =
                !Tells(text, fact, asked) ? "text"
                : !Tells(html, fact, asked) ? "HTML"
                : null;
            if (part is not null)
            {
                return $"{template.Name}: the {part} part does not carry the fact '{fact.Name}'. Print it with {{{{ {fact.Name} }}}}.";
            }
        }

        return null;
    }

    private static bool Tells(Reading part, RequiredFact fact, HashSet<string> asked) =>
        part.Has(fact.Value) || fact.Or.Any(or => asked.Contains(or.Name) && part.Has(or.Value));

    private static OutboundMessage Address(ComposeRequest request, string? customer, ContactPoint to, NoticeTemplate template, Parts parts, DateTimeOffset now)
    {
        var shop = request.Shop.Shop;
        var name = PlainLine.Clean(customer);
        return new OutboundMessage
        {
            Id = request.DeliveryId,
            Shop = request.Order.Key.Shop,
            Order = request.Order.Key,
            Occasion = request.Proposal.Occasion.ToString(),
            To = to,
            ToName = name.Length == 0 ? null : name,
            From = string.Equals(to.Channel, "email", StringComparison.Ordinal) ? shop.Brand.EmailFrom : null,
            FromName = BrandModel.Of(shop).Name,
            Culture = template.Language.Name,
            Subject = parts.Subject,
            Text = parts.Text,
            Html = parts.Html,
            DecidedAt = now,
        };
    }

    // Branches and loops leave empty lines behind; a reader sees at most one at a time.
    private static string TidyLines(string text)
    {
        var tidy = new StringBuilder(text.Length);
        var emptyLines = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                emptyLines++;
                continue;
            }

            tidy.Append(emptyLines > 0 && tidy.Length > 0 ? "\n" : "");
            AppendTidy(tidy, line.TrimEnd());
            tidy.Append('\n');
            emptyLines = 0;
        }

        return tidy.ToString();
    }

    // A value that does not apply leaves the spaces on both of its sides behind; an indentation stays.
    private static void AppendTidy(StringBuilder tidy, ReadOnlySpan<char> line)
    {
        var isWord = false;
        for (var index = 0; index < line.Length; index++)
        {
            if (line[index] != ' ' || !isWord || line[index - 1] != ' ')
            {
                tidy.Append(line[index]);
            }

            isWord |= line[index] != ' ';
        }
    }

    private sealed record Parts
    {
        public string Subject { get; init; } = "";

        public string Text { get; init; } = "";

        public string Html { get; init; } = "";

        /// <summary>What a reader of the HTML sees.</summary>
        public string Visible { get; init; } = "";

        public string? Failure { get; init; }
    }
}

/// <summary>What a message is written from.</summary>
internal sealed record ComposeRequest
{
    public required WatchedOrder Order { get; init; }

    public required DelayAssessment Assessment { get; init; }

    public required ShopView Shop { get; init; }

    public required NoticeProposal Proposal { get; init; }

    public required string DeliveryId { get; init; }

    /// <summary>The customer's earlier orders, the latest first; empty when none was looked up.</summary>
    public IReadOnlyList<WatchedOrder> PastOrders { get; init; } = [];

    /// <summary>Makes the links to the customer's own pages, or null for none.</summary>
    public LinkSeal? Links { get; init; }

    /// <summary>Where the shop's people see the order, or null.</summary>
    public Uri? OperatorsPage { get; init; }
}

/// <summary>A message, or why it could not be written, without personal data.</summary>
internal sealed record ComposeResult
{
    public OutboundMessage? Message { get; init; }

    public string? Failure { get; init; }

    public static ComposeResult Failed(string failure) => new() { Failure = failure };
}
