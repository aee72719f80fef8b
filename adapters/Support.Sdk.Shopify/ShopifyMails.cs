using Support.Sdk.Orders;

namespace Support.Sdk.Shopify;

/// <summary>The mails that Shopify sends to customers by itself, and the kinds of messages that say the same.</summary>
/// <remarks>
/// Where a shop tells one of these kinds (<see cref="Shops.Shop.Tells"/>), its customers hear twice until the mail is switched off in Shopify under
/// Settings, Notifications, Customer notifications; at the start a warning names it. The kinds that a shop tells by default are not among
/// them, but for <c>order-available-for-pickup</c>: it is meant for pickup points of carriers, and matters only to shops where customers fetch
/// their orders.
/// </remarks>
public static class ShopifyMails
{
    /// <summary>The mails, in the order of an order's life.</summary>
    public static IReadOnlyList<ShopifyMail> All { get; } =
    [
        new("Order confirmation", NoticeKinds.OrderConfirmed),
        new("Shipping confirmation", NoticeKinds.OrderShipped),
        new("Shipping update", NoticeKinds.OrderShipped),
        new("Out for delivery", NoticeKinds.OutForDelivery),
        new("Ready for local pickup", NoticeKinds.AvailableForPickup),
        new("Delivered", NoticeKinds.OrderDelivered),
    ];
}

/// <summary>A mail that Shopify sends to customers by itself.</summary>
/// <param name="Name">Its name in Shopify's settings.</param>
/// <param name="Kind">The kind of message that says the same; see <see cref="NoticeKinds"/>.</param>
public sealed record ShopifyMail(string Name, string Kind);
