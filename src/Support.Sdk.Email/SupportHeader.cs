using System.Globalization;
using System.Text;
using MimeKit;

namespace Support.Sdk.Email;

/// <summary>Writes ids into headers. ASCII stands as it is; percent-decoding gives back every other character.</summary>
internal static class SupportHeader
{
    // RFC 5322, section 2.1.1: 998 characters a line, of which the name takes some.
    private const int MaxLine = 900;

    public static Header Create(string name, string value)
    {
        var header = new Header(name, "");
        // MimeKit would fold a long value wherever it finds a space, and encode the rest in its own way.
        header.SetRawValue(Encoding.ASCII.GetBytes($" {Fold(Encode(value))}\r\n"));
        return header;
    }

    /// <summary>Percent-encodes what is not printable ASCII, and the few characters that a reader would not give back.</summary>
    public static string Encode(string value)
    {
        var encoded = new StringBuilder(value.Length);
        var bytes = Encoding.UTF8.GetBytes(value);
        for (var index = 0; index < bytes.Length; index++)
        {
            if (IsPlain(bytes, index))
            {
                encoded.Append((char)bytes[index]);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{bytes[index]:X2}");
            }
        }

        return encoded.ToString();
    }

    private static bool IsPlain(byte[] bytes, int index) =>
        (char)bytes[index] switch
        {
            // Readers trim the ends, and may take several spaces for one.
            ' ' => index > 0 && index < bytes.Length - 1 && bytes[index - 1] != ' ',
            // "100%" stays; "%41" would come back as "A".
            '%' => !(index + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[index + 1]) && char.IsAsciiHexDigit((char)bytes[index + 2])),
            > ' ' and < '\u007f' => true,
            _ => false,
        };

    // Only some eighty characters outside ASCII make a value that long. Then no space is left in it but those of the folds.
    private static string Fold(string encoded) =>
        encoded.Length <= MaxLine
            ? encoded
            : string.Join("\r\n ", encoded.Replace(" ", "%20", StringComparison.Ordinal).Chunk(MaxLine).Select(part => new string(part)));
}
