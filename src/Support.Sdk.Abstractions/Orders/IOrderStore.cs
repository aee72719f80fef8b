using Support.Sdk.Deliveries;

namespace Support.Sdk.Orders;

/// <summary>Keeps the watched orders, and saves them together with everything a decision caused.</summary>
public interface IOrderStore
{
    /// <summary>Reads orders with the state of their notices. Orders that are not stored are left out.</summary>
    Task<IReadOnlyList<WatchedOrder>> FindAsync(IReadOnlyList<OrderKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Claims orders whose time has come, taking the shops in turn, for the length of the lease.</summary>
    /// <remarks>A refresh claim counts as a try: it moves <see cref="WatchedOrder.RefreshAt"/> to the end of the lease.</remarks>
    Task<IReadOnlyList<WatchedOrder>> ClaimAsync(OrderClaim claim, CancellationToken cancellationToken = default);

    /// <summary>Saves every change whole or not at all: order, inbox, decisions, deliveries and superseded messages.</summary>
    /// <returns>The orders that lost the race because somebody else saved them first. Nothing of their change was applied; decide again.</returns>
    async Task<IReadOnlyList<OrderKey>> SaveAsync(IReadOnlyList<OrderChange> changes, CancellationToken cancellationToken = default) =>
        (await SaveAndClaimAsync(changes, [], cancellationToken)).Lost;

    /// <summary>Saves every change whole or not at all, and claims of the new messages what the caller delivers itself, so that nobody has to look for it.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="claims">What to claim, at most one for a channel: new messages that <see cref="IOutboxStore.ClaimAsync"/> could claim right afterwards.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <returns>What was not applied, and what is claimed. A store may claim less than it could: the rest waits for <see cref="IOutboxStore.ClaimAsync"/>.</returns>
    /// <exception cref="ArgumentException">Two <paramref name="claims"/> are of one channel.</exception>
    Task<OrdersSaved> SaveAndClaimAsync(IReadOnlyList<OrderChange> changes, IReadOnlyList<OutboxClaim> claims, CancellationToken cancellationToken = default);

    /// <summary>Reads the orders of a shop that name a contact point in their newest snapshot, the newest order first.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="contact">The contact point, compared in its <see cref="ContactPoint.Canonical"/> form.</param>
    /// <param name="max">How many at most; 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <remarks>New means placed late; among orders placed at the same moment the greater id comes first.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="max"/> is not in its range.</exception>
    Task<IReadOnlyList<WatchedOrder>> OfContactAsync(string shop, ContactPoint contact, int max, CancellationToken cancellationToken = default);

    /// <summary>Reads every decision about an order, oldest first.</summary>
    Task<IReadOnlyList<Decision>> HistoryAsync(OrderKey key, CancellationToken cancellationToken = default);
}

/// <summary>Which orders to claim.</summary>
public sealed record OrderClaim
{
    /// <summary>By which clock.</summary>
    public required OrderClock Clock { get; init; }

    /// <summary>The moment; what is due at it is included.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>How many at most.</summary>
    public required int Max { get; init; }

    /// <summary>How long they are hidden from other claims, by the database's clock for checks and by <see cref="Now"/> for refreshes.</summary>
    public required TimeSpan Lease { get; init; }
}

/// <summary>The two clocks of a watched order.</summary>
public enum OrderClock
{
    /// <summary><see cref="WatchedOrder.CheckAt"/>.</summary>
    Check,

    /// <summary><see cref="WatchedOrder.RefreshAt"/>.</summary>
    Refresh,
}

/// <summary>An order and everything that one decision about it caused, saved in one piece.</summary>
public sealed record OrderChange
{
    /// <summary>The order as it shall be; its <see cref="WatchedOrder.Version"/> is the one that was read, 0 for a new order.</summary>
    public required WatchedOrder Order { get; init; }

    /// <summary>The inbox entries that are done with it.</summary>
    public IReadOnlyList<long> InboxIds { get; init; } = [];

    /// <summary>The decisions to record.</summary>
    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>The messages to add. One whose id is stored already is left as it is.</summary>
    public IReadOnlyList<MessageDelivery> Deliveries { get; init; } = [];

    /// <summary>The messages that facts have overtaken: those not yet sent become superseded, with the reason.</summary>
    public IReadOnlyList<Superseded> Superseded { get; init; } = [];

    /// <summary>What to add to the shop's figures.</summary>
    public ShopFigures Figures { get; init; } = new();
}

/// <summary>What became of changes that were saved.</summary>
public sealed record OrdersSaved
{
    /// <summary>The orders that lost the race because somebody else saved them first. Nothing of their change was applied; decide again.</summary>
    public required IReadOnlyList<OrderKey> Lost { get; init; }

    /// <summary>The new messages that are claimed for the caller, as they were given and with the claim's state, attempt and lease token.</summary>
    public IReadOnlyList<MessageDelivery> Claimed { get; init; } = [];
}

/// <summary>A message that facts have overtaken.</summary>
/// <param name="DeliveryId">Which message.</param>
/// <param name="Reason">Which fact.</param>
public sealed record Superseded(string DeliveryId, string Reason);

/// <summary>What one change adds to the figures of its shop.</summary>
public sealed record ShopFigures
{
    /// <summary>Delay notices decided.</summary>
    public int DelayNotices { get; init; }

    /// <summary>Messages of any kind decided.</summary>
    public int Notices { get; init; }

    /// <summary>Parcels seen shipped for the first time.</summary>
    public int Shipped { get; init; }

    /// <summary>Parcels seen delivered for the first time.</summary>
    public int Delivered { get; init; }
}
