using Support.Sdk.Contacts;

namespace Support.Sdk.Orders;

/// <summary>What is known about the people that a batch of orders is about to write to.</summary>
/// <param name="Recent">What was recently sent to them.</param>
/// <param name="Contacts">What is known about their contact points.</param>
internal sealed record Correspondence(IReadOnlyList<RecentContact> Recent, IReadOnlyList<Contact> Contacts)
{
    /// <summary>The earlier orders of one of them, the latest first; empty when no template asks for them.</summary>
    public IReadOnlyList<WatchedOrder> PastOrders { get; init; } = [];

    public static Correspondence None { get; } = new([], []);

    /// <summary>True when nothing in it can change a decision about the order.</summary>
    public bool IsSilentAbout(WatchedOrder order)
    {
        var points = order.Snapshot?.Customer.ContactPoints ?? [];
        return PastOrders.Count == 0
            && !Recent.Any(recent => (recent.InLastDay > 0 || recent.Unreachable) && points.Contains(recent.ContactPoint))
            && !(Contacts.Count > 0 && points.Select(point => point.Canonical()).Any(point => Contacts.Any(contact => contact.Point == point)));
    }
}
