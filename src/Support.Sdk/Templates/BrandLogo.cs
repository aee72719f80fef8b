using System.Security.Cryptography;

namespace Support.Sdk.Templates;

/// <summary>A logo that was read from a file and found to be a picture.</summary>
internal sealed record BrandLogo
{
    /// <summary>What a mail program loads with every message.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int ShownHeight = 48;

    public required ImageHeader Header { get; init; }

    public required byte[] Content { get; init; }

    /// <summary>Of the content, so that a changed logo has another address and an unchanged one can be kept for ever.</summary>
    public required string Hash { get; init; }

    public string ContentType => Header.ContentType;

    /// <summary>The last segment of its address: <c>SHOP-HASH.ext</c>.</summary>
    public string FileName(string shop) => $"{Uri.EscapeDataString(shop)}-{Hash}.{Header.Extension}";

    /// <summary>How it is shown: as tall as a line of a heading, or smaller where it is smaller.</summary>
    public LogoModel Shown(Uri publicAddress, string shop)
    {
        const int MaxWidth = 280;
        var scale = Math.Min(1, Math.Min((double)ShownHeight / Header.Height, (double)MaxWidth / Header.Width));
        var link = $"{publicAddress.AbsoluteUri.TrimEnd('/')}/logo/{FileName(shop)}";
        return new LogoModel(link, Pixels(Header.Width * scale), Pixels(Header.Height * scale));
    }

    /// <summary>Reads a file.</summary>
    /// <returns>The logo, or what is wrong with the file and what to do.</returns>
    public static (BrandLogo? Logo, string? Fault) Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return (null, $"there is no file '{path}'. Correct the path, or give an https link.");
        }

        if (file.Length > MaxBytes)
        {
            return (null, $"'{path}' has {file.Length} bytes. Make it {MaxBytes} at most, because every reader loads it.");
        }

        var content = File.ReadAllBytes(path);
        return ImageHeader.Read(content) is { } header
            ? (
                new BrandLogo
                {
                    Header = header,
                    Content = content,
                    Hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8)),
                },
                null
            )
            : (null, $"'{path}' is {ImageHeader.Describe(content)}. Give a PNG, JPEG, GIF or WebP.");
    }

    private static int Pixels(double length) => Math.Max(1, (int)Math.Round(length));
}
