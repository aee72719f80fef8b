using System.Text;
using Support.Sdk.Deliveries;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

/// <summary>Renders the parts of a message, puts the brand around them, and refuses one that leaves out a fact it must carry.</summary>
internal sealed class MessageWriter
{
    private readonly ScribanRenderer _renderer = new();

    public MessageParts Write(NoticeTemplate template, TemplateModel values, IReadOnlyList<RequiredFact> facts, BrandModel brand, LinkModel links)
    {
        if (facts.FirstOrDefault(fact => fact.IsNeeded && fact.Value.Length == 0) is { } unknown)
        {
            return new MessageParts { Failure = $"{template.Name}: the fact '{unknown.Name}' is not known, and the message must carry it." };
        }

        var asked = new HashSet<string>(StringComparer.Ordinal);
        using var session = _renderer.Open(values, template.Language.Culture, asked);
        var parts = Render(session, template, brand, links);
        return parts.Failure is null && Missing(template, facts, brand, parts, asked) is { } missing ? new MessageParts { Failure = missing } : parts;
    }

    /// <summary>The message as the shop sends it to somebody.</summary>
    /// <param name="message">The message.</param>
    /// <param name="shop">The shop.</param>
    /// <param name="name">Who gets it, or null for the shop's own people.</param>
    public static OutboundMessage Sign(OutboundMessage message, Shop shop, string? name) =>
        message with
        {
            ToName = PlainLine.Clean(name) is { Length: > 0 } clean ? clean : null,
            From = string.Equals(message.To.Channel, "email", StringComparison.Ordinal) ? shop.Brand.EmailFrom : null,
            FromName = BrandModel.Of(shop).Name,
        };

    private static MessageParts Render(ScribanRenderer.Session session, NoticeTemplate template, BrandModel brand, LinkModel links)
    {
        var subject = session.Render(template.Subject, escapesHtml: false);
        var text = session.Render(template.Text, escapesHtml: false);
        var html = session.Render(template.Html, escapesHtml: true);
        var fault = subject.Fault ?? text.Fault ?? html.Fault;
        if (fault is not null)
        {
            return new MessageParts { Failure = fault.ToString() };
        }

        var line = PlainLine.Clean(subject.Text);
        if (line.Length == 0)
        {
            return new MessageParts { Failure = $"{template.Name}: the subject is empty. Give the template a subject that always has words." };
        }

        return new MessageParts
        {
            Visible = HtmlText.Visible(html.Text!),
            Subject = line,
            Text = TidyLines(text.Text!) + BrandFrame.Below(template.Language, links),
            Html = BrandFrame.Around(html.Text.AsSpan().Trim(), line, template.Language, brand, links),
        };
    }

    // Facts are looked for in what a reader sees, not in the template.
    private static string? Missing(NoticeTemplate template, IReadOnlyList<RequiredFact> facts, BrandModel brand, MessageParts parts, HashSet<string> asked)
    {
        var (text, html) = (new Reading(parts.Text), new Reading(parts.Visible, brand.Contact, brand.ContactLink));
        var checksWording = template.Language.ChecksWording;
        foreach (var fact in facts.Where(fact => fact.Value.Length > 0))
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
        if (line.IndexOf("  ", StringComparison.Ordinal) < 0)
        {
            tidy.Append(line);
            return;
        }

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
}

/// <summary>The parts of a message, or why there are none.</summary>
internal sealed record MessageParts
{
    public string Subject { get; init; } = "";

    public string Text { get; init; } = "";

    public string Html { get; init; } = "";

    /// <summary>What a reader of the HTML sees inside the frame, which shows the contact besides.</summary>
    public string Visible { get; init; } = "";

    public string? Failure { get; init; }
}
