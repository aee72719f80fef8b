using System.Globalization;

namespace Support.Sdk.Templates;

/// <summary>The document that stands around the HTML of every message: the brand's name on top, a way to a person below.</summary>
/// <remarks>One column, real text, no remote resources; without styles it still reads from top to bottom.</remarks>
internal static class BrandFrame
{
    private const string Fonts = "-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif";

    public static string Around(string content, string title, CultureInfo culture, TemplateModel brand)
    {
        var language = culture.Name.Length == 0 ? "en" : culture.Name;
        var direction = culture.TextInfo.IsRightToLeft ? "rtl" : "ltr";
        return $"""
            <!DOCTYPE html>
            <html lang="{language}" dir="{direction}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="color-scheme" content="light">
            <meta name="format-detection" content="telephone=no,date=no,address=no">
            <title>{HtmlText.Escape(title)}</title>
            </head>
            <body style="margin:0;padding:0;background:#f3f3f5;-webkit-text-size-adjust:100%">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;background:#f3f3f5"><tr><td align="center" style="padding:24px 12px 40px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;border-collapse:separate;border-spacing:0">
            <tr><td style="padding:8px 32px 16px;font:600 18px/1.4 {Fonts};color:{Value(brand, "ink")}">{Value(brand, "name")}</td></tr>
            <tr><td style="height:4px;background:{Value(brand, "color")};border-radius:12px 12px 0 0;font-size:0;line-height:4px">&nbsp;</td></tr>
            <tr><td style="padding:32px 32px 24px;background:#ffffff;border-radius:0 0 12px 12px">
            {content}
            </td></tr>
            <tr><td style="padding:20px 32px 0;font:400 13px/1.6 {Fonts};color:#58585d">{Footer(brand)}</td></tr>
            </table>
            </td></tr></table>
            </body>
            </html>

            """;
    }

    private static string Footer(TemplateModel brand)
    {
        var (contact, link) = (Value(brand, "contact"), Value(brand, "contact_link"));
        var shown = link.Length == 0 ? contact : $"""<a href="{link}" style="color:#58585d">{contact}</a>""";
        return contact.Length == 0 ? Value(brand, "name") : $"{Value(brand, "name")} · {shown}";
    }

    private static string Value(TemplateModel brand, string name) => HtmlText.Escape((string)brand[name]);
}
