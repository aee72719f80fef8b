using Support.Sdk.Orders;
using Support.Sdk.Tickets;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>Which message templates of the shop are ours, and which of its own tell the same.</summary>
internal static class ShopTemplates
{
    /// <summary>The kinds that have a template in the shop: whatever a customer is told.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. NoticeKinds.All, TicketNotices.Acknowledged, TicketNotices.Reply];

    /// <summary>The shop's own templates that customers would hear the same from.</summary>
    public static IReadOnlyList<(string Kind, string Template)> Own { get; } =
    [
        (NoticeKinds.OrderConfirmed, "OrderPlaced.CustomerNotification"),
        (NoticeKinds.OrderShipped, "ShipmentSent.CustomerNotification"),
        (NoticeKinds.OrderDelivered, "ShipmentDelivered.CustomerNotification"),
    ];

    /// <summary>The name of a kind's template, for example <c>Support.OrderDelayed</c>.</summary>
    public static string NameOf(string kind) => "Support." + string.Concat(kind.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The kind that a template is for; null when it is none of ours.</summary>
    public static string? KindOf(string name) => Kinds.FirstOrDefault(kind => string.Equals(NameOf(kind), name, StringComparison.OrdinalIgnoreCase));

    public static bool IsTicket(string kind) => TicketNotices.All.Contains(kind, StringComparer.Ordinal);
}
