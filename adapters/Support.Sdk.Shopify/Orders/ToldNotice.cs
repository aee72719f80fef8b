using System.Globalization;
using System.Text.Json.Nodes;
using Support.Sdk.Orders;

namespace Support.Sdk.Shopify.Orders;

/// <summary>One message, as the order keeps it.</summary>
internal sealed record ToldNotice
{
    public required string Kind { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The same as a day of the shop.</summary>
    public required string On { get; init; }

    /// <summary>The date that it told, or null.</summary>
    public string? NewDate { get; init; }

    /// <summary>How the note says it.</summary>
    public string Line => $"{On}: told \"{Kind}\"" + (NewDate is null ? "" : $": new date {NewDate}");

    public static ToldNotice Of(Notice notice, TimeZoneInfo zone) =>
        new()
        {
            Kind = notice.Kind,
            At = notice.DecidedAt,
            On = Day(notice.DecidedAt, zone),
            NewDate = Day(notice.NewDate, zone),
        };

    /// <summary>Whether a member of the metafield is this one.</summary>
    public bool Is(JsonNode written) => JsonNode.DeepEquals(written, ToJson());

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["kind"] = Kind, ["at"] = At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) };
        if (NewDate is not null)
        {
            json["newDate"] = NewDate;
        }

        return json;
    }

    /// <summary>The day of a promise: its own, or that of its moment in the shop's zone; null for none.</summary>
    public static string? Day(PromiseDate? promise, TimeZoneInfo zone) =>
        promise?.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? (promise?.Moment is { } moment ? Day(moment, zone) : null);

    private static string Day(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
