using System.Runtime.CompilerServices;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

/// <summary>Who speaks, as values of a template, and how the brand's pages look.</summary>
internal sealed record BrandModel
{
    internal const string Fonts = "-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif";

    // Shops are records that live as long as the application; what is made of one is made once.
    private static readonly ConditionalWeakTable<Shop, BrandModel> Known = [];

    public required string Name { get; init; }

    public required string Contact { get; init; }

    public required string ContactLink { get; init; }

    public required string Signature { get; init; }

    public required string OrdersLink { get; init; }

    /// <summary>The brand's colour, for areas.</summary>
    public required string Color { get; init; }

    /// <summary>The colour of text on <see cref="Color"/>.</summary>
    public string OnColor => field ??= Colors.On(Color);

    /// <summary>The colour of links and headings on white: the brand's own, or as dark as can be read.</summary>
    public string Ink => field ??= Colors.Readable(Color, Colors.White);

    /// <summary>The colour of links on a dark card.</summary>
    public string InkOnDark => field ??= Colors.Readable(Color, Colors.DarkCard);

    public required BrandVoice Voice { get; init; }

    /// <summary>The logo, or null when the name stands alone.</summary>
    public LogoModel? Logo { get; init; }

    /// <summary>Who speaks, for templates.</summary>
    public TemplateModel Values =>
        field ??= new()
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

    /// <summary>Inline styles for the HTML part, because many mail programs read no others.</summary>
    public TemplateModel Styles => field ??= StylesOf(this);

    public static BrandModel Of(Shop shop) => Known.GetValue(shop, Make);

    private static BrandModel Make(Shop shop)
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
            Color = Colors.IsColor(brand.Color) ? brand.Color : new Brand().Color,
            Voice = brand.Voice,
        };
    }

    private static TemplateModel StylesOf(BrandModel brand) =>
        new()
        {
            ["heading"] = $"margin:0 0 20px;font:600 24px/1.3 {Fonts};color:{Colors.Dark};letter-spacing:-0.01em",
            ["subheading"] = $"margin:28px 0 8px;font:600 16px/1.4 {Fonts};color:{Colors.Dark}",
            ["text"] = $"margin:0 0 16px;font:400 16px/1.6 {Fonts};color:#333336;word-break:break-word",
            ["note"] = $"margin:0 0 12px;font:400 14px/1.5 {Fonts};color:#58585d",
            ["list"] = $"margin:0 0 16px;padding:0 0 0 20px;font:400 16px/1.6 {Fonts};color:#333336",
            ["facts"] = $"width:100%;margin:4px 0 24px;border-collapse:collapse;border-top:1px solid #e3e3e8;font:400 15px/1.5 {Fonts}",
            ["fact_name"] =
                "width:34%;padding:12px 16px 12px 0;border-bottom:1px solid #e3e3e8;text-align:start;vertical-align:top;font-weight:400;color:#58585d",
            ["fact_value"] = $"padding:12px 0;border-bottom:1px solid #e3e3e8;text-align:start;vertical-align:top;word-break:break-word;color:{Colors.Dark}",
            ["link"] = $"color:{brand.Ink};text-decoration:underline",
            ["button"] =
                $"display:inline-block;margin:4px 0 8px;padding:13px 24px;border-radius:8px;background:{brand.Color};color:{brand.OnColor};font:600 16px/1.2 {Fonts};text-decoration:none",
        };
}
