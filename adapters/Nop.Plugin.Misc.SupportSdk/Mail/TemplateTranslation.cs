using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>Translates a text of the shop, with its tokens and conditions, into a template of the engine. Everything else in it is printed as it is, and never run.</summary>
/// <remarks>
/// Each token or condition becomes one mark, a character of Unicode's private use, before tags are looked at. So the text part can be made of the
/// same source, and what stands between the marks is literal whatever it contains.
/// </remarks>
internal sealed partial class TemplateTranslation
{
    private const char FirstMark = '\uE000';
    private const int MaxMarks = 2000;

    private const string WhatConditionsAre = "a condition is not understood: write %if (%Support.NextWord% != \"\") ... endif%, with a token that can be empty";

    private readonly FrozenDictionary<string, TemplateToken> _tokens;
    private readonly List<Mark> _marks = [];
    private readonly List<string> _faults = [];
    private readonly string _marked;
    private bool _isFull;

    private TemplateTranslation(string source, FrozenDictionary<string, TemplateToken> tokens)
    {
        _tokens = tokens;
        var open = 0;
        _marked = Syntax().Replace(PrivateUse().Replace(source, ""), match => Replace(match, ref open));
        if (open > 0)
        {
            _faults.Add("a condition is not ended: write endif% after its text");
        }

        if (_marked.Contains("%if", StringComparison.OrdinalIgnoreCase))
        {
            _faults.Add(WhatConditionsAre);
        }
    }

    /// <summary>What is wrong, in words that end with what to write; empty when all is well.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public static TemplateTranslation OfSubject(string source, FrozenDictionary<string, TemplateToken> tokens)
    {
        var translation = new TemplateTranslation(source, tokens);
        translation.CheckSubject();
        return translation;
    }

    public static TemplateTranslation OfBody(string source, FrozenDictionary<string, TemplateToken> tokens)
    {
        var translation = new TemplateTranslation(source, tokens);
        translation.CheckTags();
        return translation;
    }

    public string ToText() => Fill(_marked, mark => mark.Text);

    public string ToHtml() => Fill(_marked, mark => mark.Html);

    public string HtmlToText() => Fill(HtmlLines.Of(_marked), mark => mark.Text);

    /// <summary>Prints a text as it is: without a brace, nothing of it can begin something that runs.</summary>
    public static string Literal(string text) => text.Replace("{", "{{ \"{\" }}", StringComparison.Ordinal);

    internal static bool IsMark(char character) => character is >= FirstMark and < (char)(FirstMark + MaxMarks);

    private string Fill(string marked, Func<Mark, string> print)
    {
        var filled = new StringBuilder(marked.Length * 2);
        var begin = 0;
        for (var index = 0; index <= marked.Length; index++)
        {
            if (index < marked.Length && !IsMark(marked[index]))
            {
                continue;
            }

            filled.Append(Literal(marked[begin..index]));
            if (index < marked.Length)
            {
                filled.Append(print(_marks[marked[index] - FirstMark]));
            }

            begin = index + 1;
        }

        return filled.ToString();
    }

    private string Replace(Match match, ref int open)
    {
        if (_marks.Count >= MaxMarks)
        {
            if (!_isFull)
            {
                _faults.Add("it has too many tokens: make it shorter");
            }

            _isFull = true;
            return "";
        }

        Mark? mark;
        if (match.Groups["if"].Success)
        {
            open++;
            mark = Condition(match.Groups["condition"].Value);
        }
        else if (match.Groups["end"].Success)
        {
            open--;
            mark = open < 0 ? Fault("endif% stands where no condition is open: remove it") : new Mark("{{ end }}", "{{ end }}") { IsBlock = true };
            open = Math.Max(0, open);
        }
        else
        {
            mark = Token(match.Groups["token"].Value);
        }

        if (mark is null)
        {
            return "";
        }

        _marks.Add(mark);
        return ((char)(FirstMark + _marks.Count - 1)).ToString();
    }

    private Mark? Token(string name) =>
        _tokens.TryGetValue(name, out var token)
            ? new Mark(token.IsBlock ? $"\n{token.Text}\n" : token.Text, token.Html)
            {
                Name = token.Name,
                IsBlock = token.IsBlock,
                IsLink = token.IsLink,
                // Markup of ours ends where a tag's value does.
                InTag = token.IsLink ? token.Html : token.Text,
            }
            : Fault(
                $"the token %{name}% is not known here: write one of {string.Join(", ", _tokens.Keys.Order(StringComparer.Ordinal).Select(known => $"%{known}%"))}"
            );

    // An editor writes quotation marks as entities.
    private Mark? Condition(string source)
    {
        var match = Simple().Match(WebUtility.HtmlDecode(source));
        if (!match.Success || !_tokens.TryGetValue(match.Groups["token"].Value, out var token) || token.Condition is not { } condition)
        {
            return Fault(WhatConditionsAre);
        }

        var negated = match.Groups["not"].Success ^ match.Groups["is"].Value is "==" or "=";
        var statement = negated ? $"{{{{ if !({condition}) }}}}" : $"{{{{ if {condition} }}}}";
        return new Mark(statement, statement) { IsBlock = true };
    }

    private Mark? Fault(string fault)
    {
        _faults.Add(fault);
        return null;
    }

    private void CheckSubject()
    {
        foreach (var block in _marks.Where(mark => mark is { IsBlock: true, Name: not null }))
        {
            _faults.Add($"the token %{block.Name}% is more than one line: it cannot stand in the subject");
        }
    }

    // A value is escaped for a place between tags or in quotes; anywhere else it could become more than a value.
    private void CheckTags()
    {
        foreach (var place in HtmlLines.Tags(_marked))
        {
            for (var index = place.Start; index < place.End; index++)
            {
                if (IsMark(_marked[index]))
                {
                    CheckInTag(index, _marks[_marked[index] - FirstMark], _marked[place.Start..index]);
                }
            }
        }
    }

    private void CheckInTag(int index, Mark mark, string before)
    {
        var what = mark.Name is { } name ? $"the token %{name}%" : "a condition";
        if (mark.IsBlock || !IsQuoted(before) || StartsCode(before))
        {
            _faults.Add($"{what} stands inside a tag: write it between tags, or a single value in the quotation marks of an attribute");
            return;
        }

        if (Address().IsMatch(before) && !mark.IsLink)
        {
            _faults.Add($"{what} is not the address of a page: write %Order.OrderURLForCustomer%, %Support.StatusURL%, %Ticket.URL% or %Store.URL% there");
            return;
        }

        _marks[_marked[index] - FirstMark] = mark with { Html = mark.InTag };
    }

    private static bool IsQuoted(string before)
    {
        var quote = default(char);
        foreach (var character in before)
        {
            quote =
                quote == default && character is ('"' or '\'') ? character
                : quote == character ? default
                : quote;
        }

        return quote != default;
    }

    private static bool StartsCode(string tag) =>
        tag.StartsWith("<script", StringComparison.OrdinalIgnoreCase)
        || tag.StartsWith("<style", StringComparison.OrdinalIgnoreCase)
        || tag.StartsWith("<!--", StringComparison.Ordinal)
        || Handler().IsMatch(tag);

    [GeneratedRegex(
        @"(?<if>%if\s*\((?<condition>[^()]{0,200})\))|(?<end>endif%)|%(?<token>[A-Za-z][A-Za-z0-9_]*\.[A-Za-z0-9_.()]+)%",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Syntax();

    [GeneratedRegex(
        "^\\s*(?<not>!)?\\s*\"?%(?<token>[A-Za-z][A-Za-z0-9_.]*)%\"?\\s*(?<is>!=|==|=|<>)?\\s*(\"\")?\\s*$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Simple();

    [GeneratedRegex(
        "\\b(href|src|action|background)\\s*=\\s*[\"']\\s*$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Address();

    [GeneratedRegex(@"\son[a-z]+\s*=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Handler();

    [GeneratedRegex(@"[\uE000-\uF8FF]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PrivateUse();

    private sealed record Mark(string Text, string Html)
    {
        public string? Name { get; init; }

        public bool IsBlock { get; init; }

        public bool IsLink { get; init; }

        public string InTag { get; init; } = "";
    }
}
