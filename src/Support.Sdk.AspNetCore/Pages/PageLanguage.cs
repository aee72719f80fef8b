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
        var wanted = request
            .GetTypedHeaders()
            .AcceptLanguage.Where(one => one.Quality is not 0)
            .OrderByDescending(one => one.Quality ?? 1)
            .Take(MaxAccepted)
            .Select(one => one.Value.Value);
        return new[] { customer }.Concat(wanted).Append(shop).Select(Written).OfType<CultureInfo>().FirstOrDefault() ?? CultureInfo.GetCultureInfo("en");
    }

    /// <summary>The words of the page's language.</summary>
    public static string Of(CultureInfo culture, string english, string swedish) => IsSwedish(culture) ? swedish : english;

    public static bool IsSwedish(CultureInfo culture) => string.Equals(culture.TwoLetterISOLanguageName, "sv", StringComparison.Ordinal);

    private static CultureInfo? Written(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        try
        {
            var culture = CultureInfo.GetCultureInfo(name);
            return culture.TwoLetterISOLanguageName is "en" or "sv" ? culture : null;
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }
}
