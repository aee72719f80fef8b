using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>Makes lines of HTML that a person wrote in the shop's editor: paragraphs and rows become lines, and the addresses of links are kept.</summary>
internal static partial class HtmlLines
{
    private static readonly string[] Inline =
    [
        "a",
        "b",
        "i",
        "u",
        "em",
        "strong",
        "span",
        "font",
        "small",
        "big",
        "sup",
        "sub",
        "s",
        "bdi",
        "time",
        "img",
        "code",
    ];

    public static string Of(string html)
    {
        var lines = new StringBuilder(html.Length);
        var link = new Link("", 0);
        var begin = 0;
        foreach (var (start, end) in Tags(html))
        {
            AppendWords(lines, html[begin..start]);
            link = AppendTag(lines, html[start..end], link);
            begin = end;
        }

        AppendWords(lines, html[begin..]);
        return lines.ToString();
    }

    /// <summary>Where the tags, comments and hidden parts of HTML begin and end.</summary>
    public static IEnumerable<(int Start, int End)> Tags(string html)
    {
        for (var start = html.IndexOf('<', StringComparison.Ordinal); start >= 0; )
        {
            // Otherwise it is the sign for "less than".
            var isTag = start + 1 < html.Length && (char.IsAsciiLetter(html[start + 1]) || html[start + 1] is '/' or '!' or '?');
            var end = isTag ? EndOf(html, start) : start + 1;
            if (isTag)
            {
                yield return (start, end);
            }

            start = end < html.Length ? html.IndexOf('<', end) : -1;
        }
    }

    private static int EndOf(string html, int start)
    {
        var rest = html.AsSpan(start);
        var closing =
            rest.StartsWith("<!--", StringComparison.Ordinal) ? "-->"
            : rest.StartsWith("<style", StringComparison.OrdinalIgnoreCase) ? "</style>"
            : rest.StartsWith("<script", StringComparison.OrdinalIgnoreCase) ? "</script>"
            : rest.StartsWith("<title", StringComparison.OrdinalIgnoreCase) ? "</title>"
            : null;
        if (closing is not null)
        {
            var at = html.IndexOf(closing, start, StringComparison.OrdinalIgnoreCase);
            return at < 0 ? html.Length : at + closing.Length;
        }

        // A sign in quotation marks ends no tag.
        var quote = default(char);
        for (var index = start + 1; index < html.Length; index++)
        {
            var character = html[index];
            if (quote != default)
            {
                quote = character == quote ? default : quote;
            }
            else if (character is '"' or '\'')
            {
                quote = character;
            }
            else if (character == '>')
            {
                return index + 1;
            }
        }

        return html.Length;
    }

    private static Link AppendTag(StringBuilder lines, string tag, Link link)
    {
        var name = TagName().Match(tag).Groups["name"].Value.ToLowerInvariant();
        var isEnd = tag.StartsWith("</", StringComparison.Ordinal);
        switch (name)
        {
            case "a" when !isEnd:
                var match = Target().Match(tag);
                return new Link(match.Success ? Decode(match.Groups["link"].Value).Trim() : "", lines.Length);
            case "a":
                AppendTarget(lines, link);
                return new Link("", 0);
            case "br" or "tr" or "div":
                lines.Append('\n');
                break;
            case "li":
                lines.Append(isEnd ? "\n" : "\n- ");
                break;
            case "td" or "th":
                lines.Append(isEnd ? " " : "");
                break;
            case { Length: > 0 } when !Inline.Contains(name, StringComparer.Ordinal):
                lines.Append("\n\n");
                break;
        }

        return link;
    }

    private static void AppendTarget(StringBuilder lines, Link link)
    {
        if (link.Target.Length == 0)
        {
            return;
        }

        var words = lines.ToString(Math.Min(link.Begin, lines.Length), Math.Max(0, lines.Length - link.Begin)).Trim();
        var target = link.Target.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? link.Target[7..] : link.Target;
        if (!string.Equals(words, target, StringComparison.OrdinalIgnoreCase))
        {
            lines.Append(words.Length == 0 ? "" : ": ").Append(target);
        }
    }

    // A line break in the source is a space to its reader.
    private static void AppendWords(StringBuilder lines, string html)
    {
        if (html.Length > 0)
        {
            lines.Append(Spaces().Replace(Decode(html), " "));
        }
    }

    // An entity can name any character, and must not become a mark.
    private static string Decode(string html)
    {
        var text = new StringBuilder(html.Length);
        var begin = 0;
        for (var index = 0; index <= html.Length; index++)
        {
            if (index < html.Length && !TemplateTranslation.IsMark(html[index]))
            {
                continue;
            }

            foreach (var character in WebUtility.HtmlDecode(html[begin..index]).Where(character => !TemplateTranslation.IsMark(character)))
            {
                text.Append(character);
            }

            text.Append(index < html.Length ? html[index].ToString() : "");
            begin = index + 1;
        }

        return text.ToString();
    }

    [GeneratedRegex(@"^</?(?<name>[A-Za-z][A-Za-z0-9]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TagName();

    [GeneratedRegex(
        "\\shref\\s*=\\s*(?<quote>[\"'])(?<link>.*?)\\k<quote>",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Target();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();

    private readonly record struct Link(string Target, int Begin);
}
