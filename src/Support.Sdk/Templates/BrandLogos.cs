using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

/// <summary>The logos of all shops: links as they are, files read once.</summary>
internal sealed partial class BrandLogos(IOptions<SupportOptions> options, ILogger<BrandLogos> logger)
{
    // Only a file is served by us; its size is known. A link is shown as tall as a file at most.
    private const int HeightOfLink = 48;

    private readonly ConcurrentDictionary<string, BrandLogo?> _files = new(StringComparer.Ordinal);

    /// <summary>What is wrong with a shop's logo, or null.</summary>
    public static string? Fault(Brand brand, Uri? publicAddress) =>
        brand.Logo is not { } logo ? null
        : LinkOf(logo) is { } link
            ? string.Equals(link.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) ? null
                : $"'{logo}' is no https link. Mail programs show no other."
        : BrandLogo.Read(logo) is { Fault: { } fault } ? fault
        : publicAddress is null ? $"'{logo}' is a file, and Support:PublicAddress is not set, under which readers could load it. Set it, or give an https link."
        : null;

    /// <summary>The picture that is served for a shop, or null when it has none.</summary>
    public BrandLogo? FileOf(Shop shop) => shop.Brand.Logo is { } logo && LinkOf(logo) is null ? _files.GetOrAdd(logo, Read) : null;

    /// <summary>The brand with its logo.</summary>
    public BrandModel BrandOf(Shop shop)
    {
        var brand = BrandModel.Of(shop);
        return Find(shop) is { } logo ? brand with { Logo = logo } : brand;
    }

    /// <summary>The logo as messages show it, or null when they show the name.</summary>
    public LogoModel? Find(Shop shop)
    {
        if (shop.Brand.Logo is not { } logo)
        {
            return null;
        }

        return LinkOf(logo) is { } link
            ? string.Equals(link.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
                ? new LogoModel(link.AbsoluteUri, Width: null, HeightOfLink)
                : null
            : options.Value.PublicAddress is { } address
                ? FileOf(shop)?.Shown(address, shop.Id)
                : null;
    }

    private static Uri? LinkOf(string logo) =>
        logo.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(logo, UriKind.Absolute, out var link) ? link : null;

    // Shops of a directory of one's own are not checked at the start; a message without a logo is better than none.
    private BrandLogo? Read(string path)
    {
        var (logo, fault) = BrandLogo.Read(path);
        if (fault is not null)
        {
            LogNoLogo(fault);
        }

        return logo;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A logo is left out of messages: {Fault}")]
    private partial void LogNoLogo(string fault);
}
