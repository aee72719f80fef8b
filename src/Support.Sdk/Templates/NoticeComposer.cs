using System.Globalization;
using System.Text;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

/// <summary>Writes the message for a notice that was decided. A pure function: the same request and moment give the same bytes.</summary>
internal sealed class NoticeComposer(TemplateCatalog catalog)
{
    private readonly ScribanRenderer _renderer = new();

    public ComposeResult Compose(ComposeRequest request, DateTimeOffset now)
    {
        var kind = request.Proposal.Occasion.Kind;
        if (request.Proposal.To is not { } to || request.Order.Snapshot is not { } snapshot)
        {
            return ComposeResult.Failed($"{kind}: there is nobody to tell, or nothing is known of the order yet.");
        }

        if (catalog.Find(kind, request.Shop.Shop, request.Proposal.Culture ?? snapshot.Customer.Culture) is not { } template)
        {
            return ComposeResult.Failed($"{kind}: no template has this kind. The kinds are {string.Join(", ", NoticeKinds.All)}.");
        }

        var model = NoticeModel.Of(request, template.Culture, now);
        if (model.Facts.FirstOrDefault(fact => fact.IsNeeded && fact.Value.Length == 0) is { } unknown)
        {
            return ComposeResult.Failed($"{template.Name}: the fact '{unknown.Name}' is not known, and the message must carry it.");
        }

        var asked = new HashSet<string>(StringComparer.Ordinal);
        using var session = _renderer.Open(model.Values, template.Culture, asked);
        var parts = Render(session, template, model.Values);
        return parts.Failure is { } failure ? ComposeResult.Failed(failure)
            : Missing(template, model, parts, asked) is { } missing ? ComposeResult.Failed(missing)
            : new ComposeResult { Message = Address(request, snapshot, to, template, parts, now) };
    }

    private static Parts Render(ScribanRenderer.Session session, NoticeTemplate template, TemplateModel values)
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

        return new Parts
        {
            Subject = line,
            Text = TidyLines(text.Text!),
            Html = BrandFrame.Around(html.Text!.Trim(), line, template.Culture, (TemplateModel)values["brand"]),
        };
    }

    // Facts are looked for in what a reader sees, not in the template.
    private static string? Missing(NoticeTemplate template, NoticeModel model, Parts parts, HashSet<string> asked)
    {
        var (text, html) = (new Reading(parts.Text), new Reading(HtmlText.Visible(parts.Html)));
        var speaksOurWords = EnglishWords.AreSpokenIn(template.Culture);
        foreach (var fact in model.Facts.Where(fact => fact.Value.Length > 0))
        {
            if (fact.IsWording && !speaksOurWords)
            {
                if (!asked.Contains(fact.Name) && !fact.Or.Any(or => asked.Contains(or.Name)))
                {
                    return $"{template.Name}: the message does not carry the fact '{fact.Name}'. Print it, or choose words by it.";
                }

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

    private static OutboundMessage Address(
        ComposeRequest request,
        OrderSnapshot snapshot,
        ContactPoint to,
        NoticeTemplate template,
        Parts parts,
        DateTimeOffset now
    )
    {
        var shop = request.Shop.Shop;
        var name = PlainLine.Clean(snapshot.Customer.Name);
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
            Culture = template.CultureName,
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

            tidy.Append(emptyLines > 0 && tidy.Length > 0 ? "\n" : "").Append(line.TrimEnd()).Append('\n');
            emptyLines = 0;
        }

        return tidy.ToString();
    }

    private sealed record Parts
    {
        public string Subject { get; init; } = "";

        public string Text { get; init; } = "";

        public string Html { get; init; } = "";

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
}

/// <summary>A message, or why it could not be written, without personal data.</summary>
internal sealed record ComposeResult
{
    public OutboundMessage? Message { get; init; }

    public string? Failure { get; init; }

    public static ComposeResult Failed(string failure) => new() { Failure = failure };
}
