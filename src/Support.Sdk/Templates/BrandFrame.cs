namespace Support.Sdk.Templates;

/// <summary>The document that stands around the HTML of every message: the brand on top, a way to a person below.</summary>
/// <remarks>One column, real text, nothing remote but the logo; without styles it still reads from top to bottom.</remarks>
internal static class BrandFrame
{
    private const string Fonts = BrandModel.Fonts;

    public static string Around(ReadOnlySpan<char> content, string title, Language language, BrandModel brand, LinkModel links)
    {
        var direction = language.Culture.TextInfo.IsRightToLeft ? "rtl" : "ltr";
        return $$"""
            <!DOCTYPE html>
            <html lang="{{language.Name.Replace('_', '-')}}" dir="{{direction}}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <meta name="format-detection" content="telephone=no,date=no,address=no">
            <title>{{HtmlText.Escape(title)}}</title>
            <style>
            :root{color-scheme:light dark}
            @media (max-width:480px){
            .brand-pad{padding-left:20px!important;padding-right:20px!important}
            }
            @media (prefers-color-scheme:dark){
            .brand-page{background:#161618!important}
            .brand-card{background:{{Colors.DarkCard}}!important}
            .brand-card h1,.brand-card h2,.brand-card p,.brand-card ul,.brand-card ol,.brand-card td{color:#f2f2f5!important;border-color:#48484c!important}
            .brand-card th{color:#b9b9c0!important;border-color:#48484c!important}
            .brand-card table{border-color:#48484c!important}
            .brand-card a[style*="underline"]{color:{{brand.InkOnDark}}!important}
            .brand-name{color:#f2f2f5!important}
            .brand-foot,.brand-foot a{color:#b9b9c0!important}
            }
            </style>
            </head>
            <body class="brand-page" style="margin:0;padding:0;background:{{Colors.Page}};-webkit-text-size-adjust:100%">
            <table role="presentation" class="brand-page" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;background:{{Colors.Page}}"><tr><td align="center" style="padding:24px 12px 40px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;border-collapse:separate;border-spacing:0">
            <tr><td class="brand-pad brand-name" style="padding:8px 32px 16px;font:600 18px/1.4 {{Fonts}};color:{{brand.Ink}};text-align:start">{{Top(
                brand
            )}}</td></tr>
            <tr><td style="height:4px;background:{{brand.Color}};border-radius:12px 12px 0 0;font-size:0;line-height:4px">&nbsp;</td></tr>
            <tr><td class="brand-pad brand-card" style="padding:32px 32px 24px;background:#ffffff;border-radius:0 0 12px 12px;text-align:start">
            {{content}}
            </td></tr>
            <tr><td class="brand-pad brand-foot" style="padding:20px 32px 0;font:400 13px/1.6 {{Fonts}};color:#58585d;text-align:start">{{Footer(
                brand,
                language,
                links
            )}}</td></tr>
            </table>
            </td></tr></table>
            </body>
            </html>

            """;
    }

    /// <summary>What stands below the text part.</summary>
    public static string Below(Language language, LinkModel links) =>
        links.Preferences is null ? "" : $"\n{language.Words.Preferences}: {links.PreferencesText}\n";

    private static string Top(BrandModel brand)
    {
        var name = HtmlText.Escape(brand.Name);
        if (brand.Logo is not { } logo)
        {
            return name;
        }

        var width = logo.Width is { } known ? $""" width="{known}" """ : " ";
        return $"""<img src="{HtmlText.Escape(logo.Link)}" alt="{name}"{width}height="{logo.Height}" style="display:block;border:0;max-width:100%">""";
    }

    private static string Footer(BrandModel brand, Language language, LinkModel links)
    {
        var (name, contact, link) = (HtmlText.Escape(brand.Name), HtmlText.Escape(brand.Contact), HtmlText.Escape(brand.ContactLink));
        var shown = link.Length == 0 ? contact : Link(link, contact);
        var first = contact.Length == 0 ? name : $"{name} · {shown}";
        return links.Preferences is null ? first : $"{first}<br>{Link(HtmlText.Escape(links.PreferencesText), HtmlText.Escape(language.Words.Preferences))}";
    }

    private static string Link(string target, string text) => $"""<a href="{target}" style="color:#58585d;text-decoration:underline">{text}</a>""";
}
