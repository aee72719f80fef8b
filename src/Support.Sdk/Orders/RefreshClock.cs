namespace Support.Sdk.Orders;

/// <summary>The one moment at which somebody outside is next asked about an order, or told: its source, its tracking feed, its storefront.</summary>
internal static class RefreshClock
{
    /// <summary>The order with that moment set. While its source is to be read, the moment of that stays among them.</summary>
    public static WatchedOrder Set(WatchedOrder order) => Set(order, order.RefreshWantedSince is null ? null : order.RefreshAt);

    /// <summary>The same, with the source to be read at a moment.</summary>
    public static WatchedOrder Set(WatchedOrder order, DateTimeOffset? readAt) =>
        order with
        {
            RefreshAt = Moments.Earlier(readAt, Moments.Earlier(order.TrackAt, order.WriteBackAt)),
        };
}
