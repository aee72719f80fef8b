using System.Diagnostics.CodeAnalysis;
using System.Text;
using MimeKit;

namespace Support.Sdk.Email;

internal static class MailAddress
{
    // The limits of a mailbox in SMTP (RFC 5321, section 4.5.3.1; 254 follows from the path in angle brackets).
    private const int MaxBytes = 254;
    private const int MaxLocalBytes = 64;

    private static readonly ParserOptions Strict = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowAddressesWithoutDomain = false,
        AllowUnquotedCommasInAddresses = false,
    };

    /// <summary>Reads one plain address; one with a name, a comment or a line break is none.</summary>
    public static bool TryParse(string value, string? name, [NotNullWhen(true)] out MailboxAddress? mailbox)
    {
        mailbox = null;
        var address = value.Trim(' ');
        var local = address.AsSpan(0, Math.Max(address.LastIndexOf('@'), 0));
        if (local.IsEmpty || Encoding.UTF8.GetByteCount(local) > MaxLocalBytes || Encoding.UTF8.GetByteCount(address) > MaxBytes)
        {
            return false;
        }

        if (address.Any(char.IsControl) || !IsWellFormed(address))
        {
            return false;
        }

        if (!MailboxAddress.TryParse(Strict, address, out var parsed) || parsed.Name is { Length: > 0 } || parsed.Route.Count > 0)
        {
            return false;
        }

        if (!string.Equals(parsed.GetAddress(idnEncode: true), MailboxAddress.EncodeAddrspec(address), StringComparison.Ordinal))
        {
            return false;
        }

        mailbox = new MailboxAddress(Encoding.UTF8, MailText.OneLine(name ?? ""), parsed.Address);
        return true;
    }

    /// <summary>A domain can be written in ASCII (punycode), what stands before the @ cannot (RFC 6531).</summary>
    public static bool NeedsUtf8(MailboxAddress mailbox) => !Ascii.IsValid(mailbox.LocalPart);

    public static string AsciiDomain(MailboxAddress mailbox)
    {
        var address = mailbox.GetAddress(idnEncode: true);
        return address[(address.LastIndexOf('@') + 1)..];
    }

    // A text cut in the middle of a character cannot be written as UTF-8.
    private static bool IsWellFormed(string text) => !text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar);
}
