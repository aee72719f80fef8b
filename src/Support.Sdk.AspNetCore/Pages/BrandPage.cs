using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Shops;
using Support.Sdk.Templates;

namespace Support.Sdk.AspNetCore.Pages;

/// <summary>The frame of every page that customers see: the brand on top, a way to a person below, and nothing from elsewhere.</summary>
internal sealed record BrandPage
{
    private static readonly BrandModel NoBrand = BrandModel.Of(new Shop { Id = "-" }) with { Name = "" };

    /// <summary>Whose page it is, or null where a link does not tell.</summary>
    public required Shop? Shop { get; init; }

    /// <summary>The language; see <see cref="PageLanguage"/>.</summary>
    public required CultureInfo Culture { get; init; }

    /// <summary>The heading, and the title of the window.</summary>
    public required string Title { get; init; }

    /// <summary>The title of the window where it says more than the heading, or null.</summary>
    public string? WindowTitle { get; init; }

    /// <summary>What stands below the heading.</summary>
    public required Html Main { get; init; }

    /// <summary>How the page is answered.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>After how long to try again, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The hosts whose script a widget of the shop's own runs on the page; empty for none.</summary>
    public IReadOnlyList<string> WidgetHosts { get; init; } = [];

    /// <summary>Answers a request with the page. It is kept nowhere, found by no search engine, and runs no script but a widget's.</summary>
    public IResult Answer(HttpContext context)
    {
        var brand = Shop is null ? NoBrand : BrandModel.Of(Shop) with { Logo = context.RequestServices.GetRequiredService<BrandLogos>().Find(Shop) };
        var sheet = BrandStyle.Sheet(brand);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy(brand, sheet) + Widget();
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        headers.ContentLanguage = Culture.Name;
        context.Response.AskAgainAfter(RetryAfter);
        return Results.Content(Render(brand, sheet).Markup, "text/html; charset=utf-8", statusCode: Status);
    }

    private Html Render(BrandModel brand, string sheet) =>
        Html.Of(
            $"""
            <!DOCTYPE html>
            <html lang="{Culture.Name}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex, nofollow">
            <meta name="color-scheme" content="light">
            <title>{(brand.Name.Length == 0 ? WindowTitle ?? Title : $"{WindowTitle ?? Title} – {brand.Name}")}</title>
            <link rel="icon" href="data:,">
            <style>{new Html(sheet)}</style>
            </head>
            <body>
            {Header(brand)}<main>
            <h1>{Title}</h1>
            {Main}
            </main>
            {Footer(brand)}</body>
            </html>

            """
        );

    private static Html Header(BrandModel brand)
    {
        if (brand.Name.Length == 0)
        {
            return Html.Empty;
        }

        var shown = brand.Logo is { } logo ? Html.Of($"""<img src="{logo.Link}" alt="{brand.Name}" height="{logo.Height}">""") : Html.Of($"{brand.Name}");
        return Html.Of($"""<header><p class="brand">{shown}</p></header>{"\n"}""");
    }

    private Html Footer(BrandModel brand)
    {
        if (brand.Contact.Length == 0)
        {
            return Html.Empty;
        }

        var contact = brand.ContactLink.Length == 0 ? Html.Of($"{brand.Contact}") : Html.Of($"""<a href="{brand.ContactLink}">{brand.Contact}</a>""");
        return Html.Of(
            $"""<footer><p>{PageLanguage.Of(Culture, "Questions? You reach a person at", "Frågor? Du når en människa på")} {contact}</p></footer>{"\n"}"""
        );
    }

    private string Widget()
    {
        var hosts = string.Join(' ', WidgetHosts);
        return hosts.Length == 0 ? "" : $"; script-src {hosts}; frame-src {hosts}; connect-src {hosts}";
    }

    // The sheet depends on the brand's colours, so it is allowed by its hash; nothing else may style or run.
    private static string Policy(BrandModel brand, string sheet)
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sheet)));
        var images = brand.Logo is { } logo && Uri.TryCreate(logo.Link, UriKind.Absolute, out var link) ? $" {link.GetLeftPart(UriPartial.Authority)}" : "";
        return $"default-src 'none'; style-src 'sha256-{hash}'; img-src 'self' data:{images}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }
}
