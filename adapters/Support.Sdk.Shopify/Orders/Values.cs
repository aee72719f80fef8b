using System.Globalization;

namespace Support.Sdk.Shopify.Orders;

/// <summary>Reads single values, none of which may spoil the order that it belongs to.</summary>
internal static class Values
{
    /// <summary>A moment in UTC, or null when it is none. One without an offset is UTC, as Shopify stores it.</summary>
    public static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : null;

    /// <summary>A text without blanks around it, cut where it is too long to be what it claims; null when nothing is left.</summary>
    public static string? Text(string? text, int max = 200)
    {
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed))
        {
            return null;
        }

        if (trimmed.Length <= max)
        {
            return trimmed;
        }

        return trimmed[..(char.IsHighSurrogate(trimmed[max - 1]) ? max - 1 : max)];
    }

    /// <summary>A link that a customer can follow, or null: of what a shop or its apps enter, only the web is passed on.</summary>
    public static Uri? Link(string? text) =>
        text is { Length: <= 2_000 } && Uri.TryCreate(text.Trim(), UriKind.Absolute, out var link) && link.Scheme is "https" or "http" ? link : null;
}
