using System.Text;
using Support.Sdk.Templates;

namespace Support.Sdk.AspNetCore.Forms;

/// <summary>What was typed, fit to be kept.</summary>
internal sealed class TypedFields(IReadOnlyDictionary<string, string> fields)
{
    /// <summary>One line, without blanks around it; empty when nothing was typed.</summary>
    public string Line(string field) => PlainLine.Clean(fields.GetValueOrDefault(field)?.Trim());

    public string? LineOrNull(string field) => Line(field) is { Length: > 0 } line ? line : null;

    /// <summary>Several lines as they were typed, with one kind of line break and no other control characters.</summary>
    public string Text(string field)
    {
        var typed = fields.GetValueOrDefault(field, "").ReplaceLineEndings("\n").Trim();
        if (!typed.Any(IsUnprintable))
        {
            return typed;
        }

        var kept = new StringBuilder(typed.Length);
        foreach (var character in typed.Where(character => !IsUnprintable(character)))
        {
            kept.Append(character);
        }

        return kept.ToString();
    }

    private static bool IsUnprintable(char character) => char.IsControl(character) && character is not ('\n' or '\t');
}
