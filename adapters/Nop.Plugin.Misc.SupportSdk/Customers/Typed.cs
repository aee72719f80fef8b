using System.Buffers;
using System.Text;
using Support.Sdk.Templates;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>What was typed, fit to be kept.</summary>
internal static class Typed
{
    private static readonly SearchValues<char> NeverInAddresses = SearchValues.Create(" \t\r\n,;:<>()[]\\\"");

    // RFC 5321, section 4.5.3.1.3: a path of 256 octets has two angle brackets.
    private const int MaxEmail = 254;

    /// <summary>One line, or null when nothing was typed.</summary>
    public static string? Line(string? typed) => PlainLine.Clean(typed?.Trim()) is { Length: > 0 } line ? line : null;

    /// <summary>Several lines with one kind of line break and no other control characters.</summary>
    public static string Text(string? typed)
    {
        var text = (typed ?? "").ReplaceLineEndings("\n").Trim();
        var kept = new StringBuilder(text.Length);
        foreach (var character in text.Where(character => !char.IsControl(character) || character is '\n' or '\t'))
        {
            kept.Append(character);
        }

        return kept.ToString();
    }

    /// <summary>Whether it looks like somebody's address. Whether it exists only a mail can tell.</summary>
    public static bool IsEmail(string address)
    {
        var at = address.LastIndexOf('@');
        var domain = address[(at + 1)..];
        return at > 0
            && address.IndexOf('@', StringComparison.Ordinal) == at
            && address.Length <= MaxEmail
            && domain.Contains('.', StringComparison.Ordinal)
            && domain.Split('.').All(label => label.Length > 0)
            && !address.AsSpan().ContainsAny(NeverInAddresses)
            && !address.Any(char.IsControl);
    }
}
