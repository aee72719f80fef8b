using System.Globalization;
using System.Text;

namespace Support.Sdk.Email;

internal static class AttachmentName
{
    // Most file systems take 255 bytes; a mail program may put a number or a folder in front.
    private const int MaxBytes = 180;
    private const int MaxExtensionBytes = 20;
    private const string Forbidden = "\"*:<>?|";

    /// <summary>Makes a name that is one file in one folder on every system, and reads as what it is.</summary>
    public static string Clean(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            if (rune.IsAscii && Forbidden.Contains((char)rune.Value, StringComparison.Ordinal))
            {
                clean.Append('_');
            }
            else if (!IsInvisible(rune))
            {
                clean.Append(rune);
            }
        }

        // An encoded word would be read as whatever is hidden in it; Windows drops dots and spaces at the end, Unix hides those at the beginning.
        var trimmed = MailText.OneLine(clean.ToString()).Trim('.', ' ');
        return trimmed.Length == 0 ? "attachment" : Shorten(trimmed);
    }

    // Format characters turn the direction of reading, so that "exe.fdp" shows as "pdf.exe" or the other way round.
    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate;

    private static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MaxBytes)
        {
            return name;
        }

        var extension = Path.GetExtension(name);
        if (Encoding.UTF8.GetByteCount(extension) > MaxExtensionBytes)
        {
            extension = "";
        }

        var left = MaxBytes - Encoding.UTF8.GetByteCount(extension);
        var stem = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            left -= rune.Utf8SequenceLength;
            if (left < 0)
            {
                break;
            }

            stem.Append(rune);
        }

        return $"{stem.ToString().TrimEnd('.', ' ')}{extension}";
    }
}
