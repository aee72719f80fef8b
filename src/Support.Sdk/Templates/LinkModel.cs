using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

/// <summary>The links of ours that a message carries; empty where there is no public address.</summary>
/// <remarks>They are counted from the moment of the decision, so that the same decision gives the same text.</remarks>
internal sealed record LinkModel(Uri? OrderStatus, Uri? Preferences)
{
    private static readonly TimeSpan OrderStatusFor = TimeSpan.FromDays(90);
    private static readonly TimeSpan PreferencesFor = TimeSpan.FromDays(365);
    private static readonly LinkModel None = new(null, null);

    public TemplateModel Values => new() { ["order_status"] = OrderStatus?.AbsoluteUri ?? "", ["preferences"] = PreferencesText };

    public string PreferencesText => Preferences?.AbsoluteUri ?? "";

    public static LinkModel Of(ComposeRequest request, DateTimeOffset now)
    {
        // They open what is the customer's, and nobody else's.
        if (
            request is not { Links: { } seal, Proposal: { To: { } to, Occasion: var occasion } }
            || string.Equals(occasion.Kind, NoticeKinds.ShopAlert, StringComparison.Ordinal)
        )
        {
            return None;
        }

        var key = request.Order.Key;
        var link = new SignedLink
        {
            Purpose = LinkPurpose.OrderStatus,
            Shop = key.Shop,
            Contact = to,
            OrderId = key.Id,
            ExpiresAt = now + OrderStatusFor,
        };
        var shop = request.Shop.Shop;
        return new LinkModel(seal.Create(link, shop.PublicAddress), PreferencesOf(seal, shop, to, key.Id, now));
    }

    /// <summary>The link to what a contact point is told, or null when there is no public address.</summary>
    public static Uri? PreferencesOf(LinkSeal seal, Shop shop, ContactPoint contact, string? order, DateTimeOffset now) =>
        seal.Create(
            new SignedLink
            {
                Purpose = LinkPurpose.Preferences,
                Shop = shop.Id,
                Contact = contact,
                OrderId = order,
                ExpiresAt = now + PreferencesFor,
            },
            shop.PublicAddress
        );
}
