using System.Globalization;
using System.Text;

namespace Support.Sdk.Relational;

/// <summary>Makes what a sender calls a file safe to show: one name without a path.</summary>
internal static class ContentNames
{
    private const int MaxLength = 150;
    private static readonly char[] Separators = ['/', '\\'];

    public static string Clean(string name)
    {
        var clean = Cut(Printable(name[(name.LastIndexOfAny(Separators) + 1)..]));
        return clean is "" or "." or ".." ? "file" : clean;
    }

    public static string CleanType(string contentType) => Cut(Printable(contentType)) is { Length: > 0 } clean ? clean : "application/octet-stream";

    // Marks of direction make a program look like a picture: "photo" + U+202E + "gnp.exe". Half a character is none.
    private static string Printable(string text) =>
        string.Concat(
                text.EnumerateRunes()
                    .Where(rune =>
                        Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control && rune.Value is not (>= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069)
                    )
            )
            .Trim();

    private static string Cut(string text)
    {
        var length = Math.Min(text.Length, MaxLength);
        return text[..(length < text.Length && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)].Trim();
    }
}
