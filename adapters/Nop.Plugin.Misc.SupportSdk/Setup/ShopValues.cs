namespace Nop.Plugin.Misc.SupportSdk.Setup;

/// <summary>Reads values as the shop keeps them.</summary>
internal static class ShopValues
{
    /// <summary>A text without the spaces around it, or null when nothing is left.</summary>
    public static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    /// <summary>The shop keeps UTC, and its database does not say so.</summary>
    public static DateTimeOffset Utc(DateTime moment) => new(DateTime.SpecifyKind(moment, DateTimeKind.Utc));

    /// <inheritdoc cref="Utc(DateTime)"/>
    public static DateTimeOffset? Utc(DateTime? moment) => moment is { } known ? Utc(known) : null;

    /// <summary>Whether a culture (<c>sv-SE</c>) is Swedish, for which there are texts; every other gets English ones.</summary>
    public static bool IsSwedish(string? culture) => culture?.StartsWith("sv", StringComparison.OrdinalIgnoreCase) == true;
}
