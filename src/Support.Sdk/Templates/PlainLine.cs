using System.Buffers;
using System.Globalization;
using System.Text;

namespace Support.Sdk.Templates;

/// <summary>Makes a value from outside fit for one line of a message.</summary>
internal static class PlainLine
{
    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~ÅÄÖåäöÆØæøÉéÜüß"
    );

    /// <summary>Line breaks and control characters become spaces, runs of spaces one; commands that turn the direction of the following text are left out.</summary>
    public static string Clean(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "";
        }

        if (IsPlain(value))
        {
            return value;
        }

        var line = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            if (IsSpace(rune))
            {
                AppendSpace(line);
            }
            else if (!TurnsDirection(rune))
            {
                line.Append(rune);
            }
        }

        return line.ToString().TrimEnd();
    }

    // Nearly every value is.
    private static bool IsPlain(string value) =>
        !value.AsSpan().ContainsAnyExcept(PlainCharacters) && value[0] != ' ' && value[^1] != ' ' && !value.Contains("  ", StringComparison.Ordinal);

    private static bool IsSpace(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.SpaceSeparator;

    private static void AppendSpace(StringBuilder line)
    {
        if (line.Length > 0 && line[^1] != ' ')
        {
            line.Append(' ');
        }
    }

    // Embeddings, overrides and isolates (Unicode Annex 9): opened in a name and never closed, they reorder what follows it.
    private static bool TurnsDirection(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
