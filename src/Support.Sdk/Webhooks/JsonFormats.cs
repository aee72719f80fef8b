using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Support.Sdk.Webhooks;

/// <summary>The formats that the published schemas name.</summary>
internal static class JsonFormats
{
    /// <summary>Whether the text that the reader stands on has the format.</summary>
    public static bool IsMet(string format, ref Utf8JsonReader reader) =>
        format switch
        {
            "date" => DateOnly.TryParseExact(reader.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "date-time" => HasOffset(ref reader) && reader.TryGetDateTimeOffset(out _),
            "uri" => Uri.TryCreate(reader.GetString(), UriKind.Absolute, out _),
            _ => TimeZoneInfo.TryFindSystemTimeZoneById(reader.GetString()!, out _),
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
    private static bool HasOffset(ref Utf8JsonReader reader)
    {
        var text = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
        return text.Length >= 20 && text[10] == 'T' && (text[^1] == 'Z' || (text[^3] == ':' && text[^6] is (byte)'+' or (byte)'-'));
    }
}
