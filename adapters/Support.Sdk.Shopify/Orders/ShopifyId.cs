namespace Support.Sdk.Shopify.Orders;

/// <summary>The ids of the Admin API (<c>gid://shopify/Order/123</c>) and the numbers in them, which stay strings: they exceed 2^53.</summary>
internal static class ShopifyId
{
    public static string Order(string number) => "gid://shopify/Order/" + number;

    public static string Fulfillment(string number) => "gid://shopify/Fulfillment/" + number;

    /// <summary>The number at the end of an id, or null when there is none.</summary>
    public static string? Number(string? id)
    {
        var tail = id?[(id.LastIndexOf('/') + 1)..];
        var end = tail?.IndexOf('?', StringComparison.Ordinal) ?? -1;
        tail = end < 0 ? tail : tail![..end];
        return IsNumber(tail) ? tail : null;
    }

    /// <summary>Whether it can be the number of something; 1 to 20 digits.</summary>
    public static bool IsNumber(string? number) => number is { Length: > 0 and <= 20 } && number.All(char.IsAsciiDigit);

    /// <summary>Whether an id names something of a type.</summary>
    public static bool Names(string? id, string type) => id?.StartsWith($"gid://shopify/{type}/", StringComparison.Ordinal) == true;
}
