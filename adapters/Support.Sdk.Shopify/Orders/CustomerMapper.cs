using System.Globalization;
using Support.Sdk.Orders;

namespace Support.Sdk.Shopify.Orders;

/// <summary>Who ordered, as far as the app may know. Every value can be missing.</summary>
/// <remarks>
/// The phone is the order's own, never the delivery address's: that may be the number of somebody who is to be surprised. Consent to
/// marketing is not read: word of an order is not marketing.
/// </remarks>
internal static class CustomerMapper
{
    public static OrderCustomer Map(OrderNode order, bool isWithheld) =>
        new()
        {
            IsWithheld = isWithheld,
            Name = Values.Text(order.DisplayAddress?.FirstName) ?? Values.Text(order.DisplayAddress?.Name),
            Culture = Culture(order.CustomerLocale),
            TimeZone = Zone(order.ShippingAddress?.TimeZone),
            ContactPoints = [.. Points(order)],
        };

    /// <summary>Whether one of the paths that were held back is the customer's.</summary>
    /// <param name="withheld">The paths, as the answer names them.</param>
    /// <param name="order">The path of the order (<c>nodes.0</c>).</param>
    public static bool IsWithheld(IReadOnlyList<string> withheld, string order) =>
        withheld.Any(path =>
            path.StartsWith(order + ".", StringComparison.Ordinal)
            && path[(order.Length + 1)..].Split('.')[0] is "email" or "phone" or "displayAddress" or "shippingAddress" or "customerLocale"
        );

    private static IEnumerable<ContactPoint> Points(OrderNode order)
    {
        if (Values.Text(order.Email, 320) is { } email && email.IndexOf('@', StringComparison.Ordinal) > 0)
        {
            yield return new ContactPoint("email", email);
        }

        if (E164(order.Phone) is { } phone)
        {
            yield return new ContactPoint("sms", phone);
        }
    }

    // Without its country a number is anybody's; E.164 has at most 15 digits.
    private static string? E164(string? phone)
    {
        var digits = new string([.. (phone ?? "").Where(sign => sign is not (' ' or '-' or '(' or ')' or '.'))]);
        return digits is ['+', not '0', ..] && digits.Length is >= 8 and <= 16 && digits.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0 ? digits : null;
    }

    private static string? Culture(string? locale)
    {
        try
        {
            return string.IsNullOrWhiteSpace(locale) ? null : CultureInfo.GetCultureInfo(locale.Trim(), predefinedOnly: true).Name;
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    private static string? Zone(string? zone) =>
        zone is { Length: > 0 and <= 100 } && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found.Id : null;
}
