using Support.Sdk.Orders;
using Support.Sdk.Tickets;

namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>The occasions that have a name in the words of the shop.</summary>
public static class OccasionNames
{
    // What the engine decides about an order besides messages.
    private static readonly string[] Acts = ["refresh", "write-back", "erasure"];

    /// <summary>The kinds that are named.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. NoticeKinds.All, NoticeKinds.ShopAlert, .. TicketNotices.All, .. Acts];

    /// <summary>The kind of an occasion such as <c>order-delayed/2</c>; null when it has no name.</summary>
    public static string? KindOf(string occasion)
    {
        ArgumentNullException.ThrowIfNull(occasion);
        var kind = occasion.Split('/')[0];
        return Kinds.Contains(kind, StringComparer.Ordinal) ? kind : null;
    }
}
