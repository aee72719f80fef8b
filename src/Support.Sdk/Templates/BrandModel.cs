using System.Globalization;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

/// <summary>Who speaks, as values of a template, and how the brand's pages look.</summary>
internal sealed record BrandModel
{
    private const string White = "#ffffff";
    private const string Dark = "#1d1d1f";
    private const string Fonts = "-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif";

    // WCAG 2.2, success criterion 1.4.3.
    private const double ReadableContrast = 4.5;

    public required string Name { get; init; }

    public required string Contact { get; init; }

    public required string ContactLink { get; init; }

    public required string Signature { get; init; }

    public required string OrdersLink { get; init; }

    /// <summary>The brand's colour, for areas.</summary>
    public required string Color { get; init; }

    /// <summary>The colour of text on <see cref="Color"/>.</summary>
    public string OnColor => Contrast(Color, White) >= ReadableContrast ? White : Dark;

    /// <summary>The colour of links and headings on white: the brand's own where it can be read.</summary>
    public string Ink => Contrast(Color, White) >= ReadableContrast ? Color : Dark;

    public TemplateModel Values =>
        new()
        {
            ["name"] = Name,
            ["contact"] = Contact,
            ["contact_link"] = ContactLink,
            ["signature"] = Signature,
            ["orders_link"] = OrdersLink,
            ["color"] = Color,
            ["on_color"] = OnColor,
            ["ink"] = Ink,
        };

    public static BrandModel Of(Shop shop)
    {
        var brand = shop.Brand;
        var (contact, link) = BrandLinks.Contact(brand.Contact ?? brand.EmailFrom);
        var name = PlainLine.Clean(brand.Name ?? shop.Id);
        return new BrandModel
        {
            Name = name,
            Contact = contact,
            ContactLink = link,
            Signature = brand.Signature is { } signature ? PlainLine.Clean(signature) : name,
            OrdersLink = BrandLinks.Web(brand.OrdersLink),
            Color = IsColor(brand.Color) ? brand.Color : new Brand().Color,
        };
    }

    /// <summary>Inline styles for the HTML part, because many mail programs read no others.</summary>
    public static TemplateModel Styles(BrandModel brand) =>
        new()
        {
            ["heading"] = $"margin:0 0 20px;font:600 24px/1.3 {Fonts};color:{Dark};letter-spacing:-0.01em",
            ["subheading"] = $"margin:28px 0 8px;font:600 16px/1.4 {Fonts};color:{Dark}",
            ["text"] = $"margin:0 0 16px;font:400 16px/1.6 {Fonts};color:#333336;word-break:break-word",
            ["note"] = $"margin:0 0 12px;font:400 14px/1.5 {Fonts};color:#58585d",
            ["list"] = $"margin:0 0 16px;padding:0 0 0 20px;font:400 16px/1.6 {Fonts};color:#333336",
            ["facts"] = $"width:100%;margin:4px 0 24px;border-collapse:collapse;border-top:1px solid #e3e3e8;font:400 15px/1.5 {Fonts}",
            ["fact_name"] =
                "width:34%;padding:12px 16px 12px 0;border-bottom:1px solid #e3e3e8;text-align:start;vertical-align:top;font-weight:400;color:#58585d",
            ["fact_value"] = $"padding:12px 0;border-bottom:1px solid #e3e3e8;text-align:start;vertical-align:top;word-break:break-word;color:{Dark}",
            ["link"] = $"color:{brand.Ink};text-decoration:underline",
            ["button"] =
                $"display:inline-block;margin:4px 0 8px;padding:13px 24px;border-radius:8px;background:{brand.Color};color:{brand.OnColor};font:600 16px/1.2 {Fonts};text-decoration:none",
        };

    private static bool IsColor(string color) => color.Length == 7 && color[0] == '#' && color.Skip(1).All(char.IsAsciiHexDigit);

    // https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    private static double Contrast(string one, string other)
    {
        var (lighter, darker) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (lighter + 0.05) / (darker + 0.05);
    }

    // https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
    private static double Luminance(string color) => (0.2126 * Channel(color, 1)) + (0.7152 * Channel(color, 3)) + (0.0722 * Channel(color, 5));

    private static double Channel(string color, int index)
    {
        var value = int.Parse(color.AsSpan(index, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
