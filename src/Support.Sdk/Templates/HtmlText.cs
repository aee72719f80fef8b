using System.Buffers;
using System.Net;
using System.Text;

namespace Support.Sdk.Templates;

/// <summary>Writes text into HTML, and reads from HTML what a person sees.</summary>
internal static class HtmlText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"'");

    /// <summary>Escapes what means something in HTML, between tags and in quoted attributes. Letters of any script stay as they are.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(Special))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 32);
        foreach (var character in text)
        {
            _ = character switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }

    /// <summary>The text that a reader sees, and the targets of links.</summary>
    public static string Visible(string html)
    {
        var visible = new StringBuilder(html.Length);
        var rest = html.AsSpan();
        while (rest.Length > 0)
        {
            var tag = rest.IndexOf('<');
            visible.Append(tag < 0 ? rest : rest[..tag]);
            if (tag < 0)
            {
                break;
            }

            rest = rest[tag..];
            var end = End(rest);
            AppendTag(visible, rest[..end]);
            rest = rest[end..];
        }

        return WebUtility.HtmlDecode(visible.ToString());
    }

    private static int End(ReadOnlySpan<char> tag)
    {
        if (tag.Length < 2 || tag[1] is not ('!' or 's' or 'S' or 't' or 'T'))
        {
            return tag.IndexOf('>') is >= 0 and var at ? at + 1 : tag.Length;
        }

        var closing =
            tag.StartsWith("<!--", StringComparison.Ordinal) ? "-->"
            : tag.StartsWith("<style", StringComparison.OrdinalIgnoreCase) ? "</style>"
            : tag.StartsWith("<title", StringComparison.OrdinalIgnoreCase) ? "</title>"
            : ">";
        var end = tag.IndexOf(closing, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? tag.Length : end + closing.Length;
    }

    // A tag inside a line joins, any other one parts what stands on its sides.
    private static void AppendTag(StringBuilder visible, ReadOnlySpan<char> tag)
    {
        var name = tag.TrimStart("</");
        name = name[..Math.Max(0, name.IndexOfAny(" >/"))];
        if (name is "a" or "A")
        {
            AppendTarget(visible, tag);
        }
        else if (name is not ("b" or "i" or "em" or "strong" or "span" or "bdi" or "time"))
        {
            visible.Append(' ');
        }
    }

    private static void AppendTarget(StringBuilder visible, ReadOnlySpan<char> tag)
    {
        const string Link = " href=";
        var link = tag.IndexOf(Link, StringComparison.OrdinalIgnoreCase) + Link.Length;
        if (link > Link.Length && link < tag.Length && tag[link] is ('"' or '\''))
        {
            var target = tag[(link + 1)..];
            var end = target.IndexOf(tag[link]);
            visible.Append(' ').Append(end < 0 ? target : target[..end]).Append(' ');
        }
    }
}
