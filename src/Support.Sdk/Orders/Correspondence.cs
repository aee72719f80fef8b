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
}
