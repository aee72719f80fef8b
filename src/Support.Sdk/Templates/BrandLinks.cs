namespace Support.Sdk.Templates;

/// <summary>Decides what may become a link: web pages, mail addresses and phone numbers, nothing else.</summary>
internal static class BrandLinks
{
    /// <summary>The address of a web page, or empty when it is none.</summary>
    public static string Web(Uri? link) => link is { IsAbsoluteUri: true, Scheme: "https" or "http" } ? link.AbsoluteUri : "";

    /// <summary>What to show for a contact, and where it leads; the link is empty when it can only be read.</summary>
    public static (string Shown, string Link) Contact(string? contact)
    {
        var shown = PlainLine.Clean(contact);
        foreach (var scheme in (ReadOnlySpan<string>)["mailto:", "tel:"])
        {
            shown = shown.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? shown[scheme.Length..] : shown;
        }

        return (
            shown,
            Web(Uri.TryCreate(shown, UriKind.Absolute, out var page) ? page : null) is { Length: > 0 } web ? web : Mail(shown) ?? Phone(shown) ?? ""
        );
    }

    private static string? Mail(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        var isAddress =
            at > 0
            && at == address.LastIndexOf('@')
            && at < address.Length - 1
            && address.All(character => char.IsLetterOrDigit(character) || IsOf(character, "@.!#$*+/=^_`{|}~-"));
        return isAddress ? $"mailto:{Uri.EscapeDataString(address[..at])}@{address[(at + 1)..]}" : null;
    }

    private static string? Phone(string number)
    {
        const int ShortestNumber = 3;
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        var isNumber = digits.Length >= ShortestNumber && number.All(character => char.IsAsciiDigit(character) || IsOf(character, "+-()./ "));
        return isNumber ? $"tel:{(number.StartsWith('+') ? "+" : "")}{digits}" : null;
    }

    private static bool IsOf(char character, string characters) => characters.Contains(character, StringComparison.Ordinal);
}
