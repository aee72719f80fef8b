using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Moments as RFC 3339 in UTC, and durations as ISO 8601 in hours, minutes and seconds.</summary>
internal static class ApiTimes
{
    public const string MomentFault = "Is no moment. Write it as RFC 3339 with an offset, for example 2026-11-02T09:00:00Z.";
    public const string SpanFault = "Is no duration. Write it as ISO 8601 without years and months, for example PT24H or P1DT30M.";
    private const string ReadFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    public static string Write(DateTimeOffset moment) => TicketFields.Moment(moment);

    public static bool TryRead(string? text, out DateTimeOffset moment)
    {
        moment = default;
        // RFC 3339, section 5.6: the offset is never left out, and T and Z may be small.
        var upper = text?.ToUpperInvariant() ?? "";
        return HasOffset(upper) && DateTimeOffset.TryParseExact(upper, ReadFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);
    }

    public static string Write(TimeSpan span)
    {
        var text = new StringBuilder(span < TimeSpan.Zero ? "-PT" : "PT");
        var start = text.Length;
        // Hours are not gathered into days: 24 open hours are no day.
        var hours = Math.Abs(span.Ticks) / TimeSpan.TicksPerHour;
        var seconds = Math.Abs(span.Ticks) % TimeSpan.TicksPerMinute / (decimal)TimeSpan.TicksPerSecond;
        Append(hours, 'H');
        Append(Math.Abs(span.Minutes), 'M');
        Append(seconds, 'S');
        return text.Length > start ? text.ToString() : "PT0S";

        void Append(decimal value, char unit)
        {
            if (value != 0)
            {
                text.Append(value.ToString("0.#######", CultureInfo.InvariantCulture)).Append(unit);
            }
        }
    }

    public static bool TryRead(string? text, out TimeSpan span)
    {
        span = default;
        // A year or a month has no length of its own.
        if (string.IsNullOrEmpty(text) || text.Split('T')[0].AsSpan().ContainsAny('Y', 'M'))
        {
            return false;
        }

        try
        {
            span = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return false;
        }
    }

    private static bool HasOffset(string text) => text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
}

internal sealed class ApiMomentConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && ApiTimes.TryRead(reader.GetString(), out DateTimeOffset moment) ? moment : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(ApiTimes.Write(value));
}

internal sealed class ApiSpanConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && ApiTimes.TryRead(reader.GetString(), out TimeSpan span) ? span : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(ApiTimes.Write(value));
}
