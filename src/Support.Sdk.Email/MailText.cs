namespace Support.Sdk.Email;

internal static class MailText
{
    /// <summary>Makes one line of a text that goes into a header.</summary>
    public static string OneLine(string text) =>
        string.Concat(text.Select(character => BreaksLines(character) ? ' ' : character))
            // Readers would decode what looks like an encoded word (RFC 2047), and find there whatever was hidden in it.
            .Replace("=?", "= ?", StringComparison.Ordinal);

    // U+2028 and U+2029 are the line and paragraph separators.
    private static bool BreaksLines(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';
}
