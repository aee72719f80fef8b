using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Support.Sdk.AspNetCore.Pages;

/// <summary>Which language a customer reads a page in.</summary>
internal static class PageLanguage
{
    private const int MaxAccepted = 10;

    /// <summary>The first language that the pages are written in: the customer's own, else what the browser asks for, else the shop's, else English.</summary>
    /// <param name="request">The request, for its Accept-Language.</param>
    /// <param name="customer">The culture that is known of the customer, or null.</param>
    /// <param name="shop">The shop's culture, or null.</param>
    public static CultureInfo Choose(HttpRequest request, string? customer, string? shop)
    {
        return new[] { customer }.Concat(Wanted(request)).Append(shop).Select(Written).OfType<CultureInfo>().FirstOrDefault()
            ?? CultureInfo.GetCultureInfo("en");
    }

    /// <summary>The culture that the browser asks for first, whether or not the pages are written in it; null when it asks for none.</summary>
    public static string? Asked(HttpRequest request) => Wanted(request).Select(Known).FirstOrDefault(culture => culture is { Name.Length: > 0 })?.Name;

    /// <summary>The words of the page's language.</summary>
    public static string Of(CultureInfo culture, string english, string swedish) => IsSwedish(culture) ? swedish : english;

    public static bool IsSwedish(CultureInfo culture) => string.Equals(culture.TwoLetterISOLanguageName, "sv", StringComparison.Ordinal);

    private static IEnumerable<string?> Wanted(HttpRequest request) =>
        request
            .GetTypedHeaders()
            .AcceptLanguage.Where(one => one.Quality is not 0)
            .OrderByDescending(one => one.Quality ?? 1)
            .Take(MaxAccepted)
            .Select(one => one.Value.Value);

    private static CultureInfo? Written(string? name) => Known(name) is { TwoLetterISOLanguageName: "en" or "sv" } culture ? culture : null;

    private static CultureInfo? Known(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }
}
