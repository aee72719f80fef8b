using System.Buffers.Binary;
using System.Text;

namespace Support.Sdk.Templates;

/// <summary>What the first bytes of a picture say: its type and its size.</summary>
/// <param name="ContentType">The type, as HTTP names it.</param>
/// <param name="Extension">How the name of such a file ends, without the dot.</param>
/// <param name="Width">In pixels; at least 1.</param>
/// <param name="Height">In pixels; at least 1.</param>
internal sealed record ImageHeader(string ContentType, string Extension, int Width, int Height)
{
    private const byte JpegMarker = 0xFF;

    /// <summary>Reads PNG (ISO/IEC 15948), JPEG (ITU-T T.81), GIF89a and WebP (RFC 9649).</summary>
    /// <returns>The header, or null when it is none of these or has no size.</returns>
    public static ImageHeader? Read(ReadOnlySpan<byte> bytes)
    {
        var found = Png(bytes) ?? Gif(bytes) ?? Webp(bytes) ?? Jpeg(bytes);
        return found is { Width: > 0, Height: > 0 } ? found : null;
    }

    /// <summary>What a file is that is no picture of these kinds, in words.</summary>
    public static string Describe(ReadOnlySpan<byte> bytes)
    {
        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 1024)]).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\r', '\n', '\t');
        return bytes.Length == 0 ? "an empty file"
            : start.Contains("<svg", StringComparison.OrdinalIgnoreCase) ? "an SVG, which can carry scripts and which most mail programs do not show"
            : start.StartsWith('<') ? "a page of HTML or XML"
            : start.StartsWith("%PDF", StringComparison.Ordinal) ? "a PDF"
            : start.StartsWith("BM", StringComparison.Ordinal) ? "a BMP"
            : start.StartsWith("PK", StringComparison.Ordinal) ? "an archive"
            : start.All(character => !char.IsControl(character) || char.IsWhiteSpace(character)) ? "a text"
            : "no picture, or a damaged one";
    }

    private static ImageHeader? Png(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 24 && bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
            ? new ImageHeader("image/png", "png", BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]))
            : null;

    private static ImageHeader? Gif(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 10 && (bytes.StartsWith("GIF89a"u8) || bytes.StartsWith("GIF87a"u8))
            ? new ImageHeader("image/gif", "gif", BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]))
            : null;

    private static ImageHeader? Webp(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30 || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WEBP"u8))
        {
            return null;
        }

        var chunk = bytes[12..];
        var (width, height) =
            chunk.StartsWith("VP8 "u8)
                ? (BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]) & 0x3FFF)
            : chunk.StartsWith("VP8L"u8) ? Lossless(BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]))
            : chunk.StartsWith("VP8X"u8) ? (Three(bytes[24..]) + 1, Three(bytes[27..]) + 1)
            : (0, 0);
        return new ImageHeader("image/webp", "webp", width, height);
    }

    private static (int Width, int Height) Lossless(uint bits) => ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);

    private static int Three(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static ImageHeader? Jpeg(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith((ReadOnlySpan<byte>)[JpegMarker, 0xD8, JpegMarker]))
        {
            return null;
        }

        // Segments follow each other, each with its length, until the one that begins a frame.
        for (var at = 2; at + 9 <= bytes.Length && bytes[at] == JpegMarker; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]))
        {
            var isFrame = bytes[at + 1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
            if (isFrame)
            {
                var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]));
                return new ImageHeader("image/jpeg", "jpg", width, height);
            }
        }

        return null;
    }
}
