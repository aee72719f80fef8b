using System.Text;

namespace Support.Sdk.Templates;

/// <summary>A fact that a message has to carry.</summary>
/// <param name="Name">The value that prints it, as templates know it.</param>
/// <param name="Value">The value; an empty one has nothing to carry.</param>
/// <param name="IsWording">The value is a sentence of ours, which a template in another language words by itself.</param>
/// <param name="IsNeeded">Without a value the message cannot be written.</param>
internal sealed record RequiredFact(string Name, string Value, bool IsWording = false, bool IsNeeded = false)
{
    /// <summary>Other values that tell the same. An empty one tells nothing by itself, but a template can choose its own words by it.</summary>
    public IReadOnlyList<(string Name, string Value)> Or { get; init; } = [];
}

/// <summary>A part of a message as its reader has it before them.</summary>
internal sealed class Reading
{
    private readonly string _all;
    private readonly string _words;

    public Reading(string text)
    {
        var (all, words) = (new StringBuilder(text.Length), new StringBuilder(text.Length));
        foreach (var range in FactCheck.Words(text))
        {
            var word = text.AsSpan(range);
            Append(all, word);
            if (!IsLink(word))
            {
                Append(words, word);
            }
        }

        (_all, _words) = (all.ToString(), words.ToString());
    }

    /// <summary>True when the value stands there. What stands in the address of a link only, nobody reads.</summary>
    public bool Has(string value) => value.Length > 0 && FactCheck.Contains(HasLink(value) ? _all : _words, value);

    private static void Append(StringBuilder words, ReadOnlySpan<char> word)
    {
        if (words.Length > 0)
        {
            words.Append(' ');
        }

        words.Append(word);
    }

    private static bool HasLink(string value)
    {
        if (!value.Contains(':', StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var range in FactCheck.Words(value))
        {
            if (IsLink(value.AsSpan(range)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLink(ReadOnlySpan<char> word) =>
        word.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || word.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || word.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
        || word.StartsWith("tel:", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Checks that facts stand in a rendered message.</summary>
internal static class FactCheck
{
    // Below this are the scripts that put spaces between words (Latin, Greek, Cyrillic); only there does a neighbour make another word.
    private const char EndOfSpacedScripts = '\u0530';

    /// <summary>Where the words of a text stand: what white space parts.</summary>
    public static IEnumerable<Range> Words(string text)
    {
        var start = -1;
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsWhiteSpace(text[at]))
            {
                start = start < 0 ? at : start;
            }
            else if (start >= 0)
            {
                yield return start..at;
                start = -1;
            }
        }

        if (start >= 0)
        {
            yield return start..text.Length;
        }
    }

    /// <summary>True when the value stands in the text as a word of its own: 12 does not stand in 123.</summary>
    /// <param name="collapsed">The text, with every run of white space as one space.</param>
    /// <param name="value">What is looked for.</param>
    public static bool Contains(string collapsed, string value)
    {
        var sought = IsCollapsed(value) ? value : string.Join(' ', Words(value).Select(range => value[range]));
        for (var at = collapsed.IndexOf(sought, StringComparison.Ordinal); at >= 0; at = collapsed.IndexOf(sought, at + 1, StringComparison.Ordinal))
        {
            var end = at + sought.Length;
            if (!(at > 0 && AreOneWord(collapsed[at - 1], sought[0])) && !(end < collapsed.Length && AreOneWord(sought[^1], collapsed[end])))
            {
                return true;
            }

            if (at + 1 >= collapsed.Length)
            {
                break;
            }
        }

        return false;
    }

    private static bool IsCollapsed(string value)
    {
        var before = ' ';
        foreach (var character in value)
        {
            if (char.IsWhiteSpace(character) && (character != ' ' || before == ' '))
            {
                return false;
            }

            before = character;
        }

        return before != ' ';
    }

    private static bool AreOneWord(char one, char other) => (IsWordCharacter(one) && IsWordCharacter(other)) || (char.IsDigit(one) && char.IsDigit(other));

    private static bool IsWordCharacter(char character) => character < EndOfSpacedScripts && char.IsLetterOrDigit(character);
}
