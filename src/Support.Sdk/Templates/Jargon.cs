using System.Text;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Tickets;

namespace Support.Sdk.Templates;

/// <summary>Finds words in templates that customers should not have to read.</summary>
internal static class Jargon
{
    private static readonly Dictionary<string, string> English = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SLA"] = "what we promised",
        ["ticket"] = "your message",
        ["escalate"] = "pass on to a colleague",
        ["escalated"] = "passed on to a colleague",
        ["escalation"] = "",
        ["backorder"] = "not in stock at the moment",
        ["backordered"] = "not in stock at the moment",
        ["exception"] = "problem",
        ["fulfillment"] = "packing and shipping",
        ["fulfilment"] = "packing and shipping",
        ["SKU"] = "article number",
        ["ETA"] = "expected",
        ["RMA"] = "return",
        ["ASAP"] = "as soon as we can",
        ["in-transit"] = "on its way",
    };

    private static readonly Dictionary<string, string> Swedish = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SLA"] = "det vi har lovat",
        ["ticket"] = "ditt meddelande",
        ["eskalera"] = "låta en kollega titta på",
        ["eskalerar"] = "låter en kollega titta på",
        ["eskalerat"] = "",
        ["backorder"] = "slut i lager just nu",
        ["restorder"] = "slut i lager just nu",
        ["restnoterad"] = "slut i lager just nu",
        ["avvikelse"] = "problem",
        ["fulfillment"] = "packning och frakt",
        ["SKU"] = "artikelnummer",
        ["ETA"] = "beräknas komma",
        ["RMA"] = "retur",
        ["ASAP"] = "så snart vi kan",
        ["kolli"] = "paket",
    };

    /// <summary>Names every word of a template that no customer of its shops should read.</summary>
    public static void Lint(MessageTemplate template, IReadOnlyCollection<Shop> shops, ICollection<TemplateFault> faults)
    {
        // The shop's own people know their trade.
        if (template.Kind is NoticeKinds.ShopAlert or TicketNotices.Alert)
        {
            return;
        }

        var readers = shops.Where(shop => template.Shop is null || string.Equals(template.Shop, shop.Id, StringComparison.Ordinal));
        var lists = readers.Select(shop => shop.Brand.Glossary).DefaultIfEmpty(new Dictionary<string, string>(StringComparer.Ordinal));
        var words = lists.Aggregate(
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase),
            (all, glossary) => Add(all, Forbidden(template, glossary))
        );
        var (subject, text, html) = TemplateParts.Origins(template);
        Lint(Literal(template.Subject, isHtml: false), subject, words, faults);
        Lint(Literal(template.Text, isHtml: false), text, words, faults);
        Lint(Literal(template.Html, isHtml: true), html, words, faults);
    }

    /// <summary>The words of a text that are in a list, with where they stand.</summary>
    public static IEnumerable<(string Word, int At)> Find(string text, IReadOnlyDictionary<string, string> words)
    {
        foreach (var (word, _) in words)
        {
            for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                var end = at + word.Length;
                if (!(at > 0 && char.IsLetterOrDigit(text[at - 1])) && !(end < text.Length && char.IsLetterOrDigit(text[end])))
                {
                    yield return (text[at..end], at);
                }
            }
        }
    }

    /// <summary>The words that nobody should read in a language, whatever the shop.</summary>
    public static IReadOnlyDictionary<string, string> In(string culture) =>
        culture.Split('-', '_')[0].ToLowerInvariant() switch
        {
            "en" => English,
            "sv" => Swedish,
            _ => new Dictionary<string, string>(StringComparer.Ordinal),
        };

    // A shop that sells tickets allows the word by naming it as its own replacement.
    private static IEnumerable<KeyValuePair<string, string>> Forbidden(MessageTemplate template, IReadOnlyDictionary<string, string> glossary) =>
        In(template.Culture)
            .Where(pair => !glossary.Keys.Contains(pair.Key, StringComparer.OrdinalIgnoreCase))
            .Concat(glossary.Where(pair => pair.Key.Length > 0 && !string.Equals(pair.Key, pair.Value, StringComparison.OrdinalIgnoreCase)));

    private static Dictionary<string, string> Add(Dictionary<string, string> all, IEnumerable<KeyValuePair<string, string>> words)
    {
        foreach (var (word, instead) in words)
        {
            all[word] = instead;
        }

        return all;
    }

    private static void Lint(string literal, PartOrigin origin, Dictionary<string, string> words, ICollection<TemplateFault> faults)
    {
        foreach (var (word, at) in Find(literal, words).OrderBy(found => found.At))
        {
            var before = literal.AsSpan(0, at);
            var instead = words[word];
            faults.Add(
                origin.Fault(
                    before.Count('\n'),
                    at - (before.LastIndexOf('\n') + 1),
                    instead.Length == 0
                        ? $"customers should not read '{word}'. Say it in other words."
                        : $"customers should not read '{word}'. Write '{instead}'."
                )
            );
        }
    }

    // What is code, and in HTML what is markup, becomes spaces, so that every word stays in its place.
    private static string Literal(string source, bool isHtml)
    {
        var text = source.ReplaceLineEndings("\n");
        var literal = new StringBuilder(text);
        Blank(text, literal, "{{", "}}");
        if (isHtml)
        {
            Blank(literal.ToString(), literal, "<", ">");
        }

        return literal.ToString();
    }

    private static void Blank(string text, StringBuilder literal, string from, string to)
    {
        for (var start = text.IndexOf(from, StringComparison.Ordinal); start >= 0; start = text.IndexOf(from, start + 1, StringComparison.Ordinal))
        {
            var close = text.IndexOf(to, start, StringComparison.Ordinal);
            var end = close < 0 ? text.Length : close + to.Length;
            for (var at = start; at < end; at++)
            {
                literal[at] = text[at] == '\n' ? '\n' : ' ';
            }

            start = end - 1;
        }
    }
}
