using Support.Sdk.Links;
using Support.Sdk.Orders;

namespace Support.Sdk.Templates;

/// <summary>The links of ours that a message carries; empty where the installation has no public address.</summary>
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

        var link = new SignedLink
        {
            Purpose = LinkPurpose.OrderStatus,
            Shop = request.Order.Key.Shop,
            Contact = to,
            OrderId = request.Order.Key.Id,
            ExpiresAt = now + OrderStatusFor,
        };
        return new LinkModel(seal.Create(link), seal.Create(link with { Purpose = LinkPurpose.Preferences, ExpiresAt = now + PreferencesFor }));
    }
}
