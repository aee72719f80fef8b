using System.Globalization;

namespace Support.Sdk.Webhooks;

/// <summary>The formats that the published schemas name.</summary>
internal static class JsonFormats
{
    public static bool IsMet(string format, string text) =>
        format switch
        {
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "date-time" => HasOffset(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
            _ => TimeZoneInfo.TryFindSystemTimeZoneById(text, out _),
        };

    public static string Named(string format) =>
        format switch
        {
            "date" => "a date such as 2026-11-13",
            "date-time" => "a moment with its offset such as 2026-11-13T09:00:00+01:00",
            "uri" => "an absolute address",
            _ => "a time zone such as Europe/Stockholm",
        };

    // Without an offset it would be read in the zone of this server, which means nothing to the sender (RFC 3339, section 5.6).
    private static bool HasOffset(string text) => text.Length >= 20 && text[10] == 'T' && (text[^1] == 'Z' || (text[^3] == ':' && text[^6] is '+' or '-'));
}
