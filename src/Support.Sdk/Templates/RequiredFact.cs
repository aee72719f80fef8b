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
    private readonly Words _all;
    private readonly Words _words;

    public Reading(params ReadOnlySpan<string> texts)
    {
        var length = texts.Length;
        foreach (var text in texts)
        {
            length += text.Length;
        }

        (_all, _words) = (new Words(length), new Words(length));
        foreach (var text in texts)
        {
            Add(text);
        }
    }

    /// <summary>True when the value stands there. What stands in the address of a link only, nobody reads.</summary>
    public bool Has(string value) => value.Length > 0 && FactCheck.Contains((HasLink(value) ? _all : _words).Text, value);

    private void Add(string text)
    {
        for (var rest = FactCheck.Next(text); rest.Word.Length > 0; rest = FactCheck.Next(rest.Rest))
        {
            _all.Add(rest.Word);
            if (!IsLink(rest.Word))
            {
                _words.Add(rest.Word);
            }
        }
    }

    private static bool HasLink(string value)
    {
        if (!value.Contains(':', StringComparison.Ordinal))
        {
            return false;
        }

        for (var rest = FactCheck.Next(value); rest.Word.Length > 0; rest = FactCheck.Next(rest.Rest))
        {
            if (IsLink(rest.Word))
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

    private sealed class Words(int capacity)
    {
        private readonly char[] _text = new char[capacity + 1];
        private int _length;

        public ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

        public void Add(ReadOnlySpan<char> word)
        {
            if (_length > 0)
            {
                _text[_length++] = ' ';
            }

            word.CopyTo(_text.AsSpan(_length));
            _length += word.Length;
        }
    }
}

/// <summary>Checks that facts stand in a rendered message.</summary>
internal static class FactCheck
{
    // Below this are the scripts that put spaces between words (Latin, Greek, Cyrillic); only there does a neighbour make another word.
    private const char EndOfSpacedScripts = '\u0530';

    /// <summary>The first word of a text, and what follows it; the word is empty when there is none.</summary>
    public static WordAndRest Next(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return new WordAndRest(text[start..end], text[end..]);
    }

    /// <summary>True when the value stands in the text as a word of its own: 12 does not stand in 123.</summary>
    /// <param name="collapsed">The text, with every run of white space as one space.</param>
    /// <param name="value">What is looked for.</param>
    public static bool Contains(ReadOnlySpan<char> collapsed, string value)
    {
        var sought = IsCollapsed(value) ? value : string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var begin = 0;
        for (var found = collapsed.IndexOf(sought, StringComparison.Ordinal); found >= 0; found = collapsed[begin..].IndexOf(sought, StringComparison.Ordinal))
        {
            var at = begin + found;
            var end = at + sought.Length;
            if (!(at > 0 && AreOneWord(collapsed[at - 1], sought[0])) && !(end < collapsed.Length && AreOneWord(sought[^1], collapsed[end])))
            {
                return true;
            }

            begin = at + 1;
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

/// <summary>A word, and the text behind it.</summary>
internal readonly ref struct WordAndRest(ReadOnlySpan<char> word, ReadOnlySpan<char> rest)
{
    public ReadOnlySpan<char> Word { get; } = word;

    public ReadOnlySpan<char> Rest { get; } = rest;
}
