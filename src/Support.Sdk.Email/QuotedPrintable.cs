using System.Buffers;
using System.Text;

namespace Support.Sdk.Email;

/// <summary>Writes text as quoted-printable (RFC 2045, section 6.7): short ASCII lines that every server passes on unharmed.</summary>
internal static class QuotedPrintable
{
    // 76 with the "=" of a soft break.
    private const int MaxLine = 75;
    private const string Hex = "0123456789ABCDEF";

    /// <remarks>Line breaks become CR LF; a last line without one ends in a soft break, so that the text comes back as it was.</remarks>
    public static void Write(string text, Stream output)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        // Every byte as three, and a soft break of three after each 75 of them, at most.
        var size = (length * 4) + 8;
        var buffer = ArrayPool<byte>.Shared.Rent(size + length);
        try
        {
            var bytes = buffer.AsSpan(size, length);
            Encoding.UTF8.GetBytes(text, bytes);
            output.Write(buffer, 0, Encode(bytes, buffer.AsSpan(0, size)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Encode(ReadOnlySpan<byte> text, Span<byte> output)
    {
        var (written, column) = (0, 0);
        for (var index = 0; index < text.Length; index++)
        {
            var value = text[index];
            var breaks = LineBreak(text, index);
            if (breaks > 0)
            {
                written += Copy("\r\n"u8, output[written..]);
                (column, index) = (0, index + breaks - 1);
                continue;
            }

            var plain = value is > (byte)' ' and < 127 and not (byte)'=' || (value is (byte)' ' or (byte)'\t' && !EndsLine(text, index));
            var width = plain ? 1 : 3;
            if (column + width > MaxLine)
            {
                written += Copy("=\r\n"u8, output[written..]);
                column = 0;
            }

            written += plain ? Copy([value], output[written..]) : Copy([(byte)'=', (byte)Hex[value >> 4], (byte)Hex[value & 15]], output[written..]);
            column += width;
        }

        return column > 0 ? written + Copy("=\r\n"u8, output[written..]) : written;
    }

    private static int LineBreak(ReadOnlySpan<byte> text, int index) =>
        text[index] switch
        {
            (byte)'\n' => 1,
            (byte)'\r' when index + 1 < text.Length && text[index + 1] == (byte)'\n' => 2,
            _ => 0,
        };

    // Servers on the way may cut blanks at the end of a line.
    private static bool EndsLine(ReadOnlySpan<byte> text, int index) => index + 1 == text.Length || LineBreak(text, index + 1) > 0;

    private static int Copy(ReadOnlySpan<byte> bytes, Span<byte> output)
    {
        bytes.CopyTo(output);
        return bytes.Length;
    }
}
