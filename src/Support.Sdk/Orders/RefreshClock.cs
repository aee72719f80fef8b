namespace Support.Sdk.Orders;

/// <summary>The one moment at which somebody outside is next asked about an order, or told: its source, its tracking feed, its storefront.</summary>
internal static class RefreshClock
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(1);

    /// <summary>How long whoever did not answer is left alone, or null to give up: the pause grows with the time that was waited already.</summary>
    public static TimeSpan? Pause(TimeSpan waited) =>
        waited > GiveUpAfter ? null : TimeSpan.FromTicks(Math.Clamp(waited.Ticks, TimeSpan.TicksPerMinute, LongestPause.Ticks));

    /// <summary>The order with that moment set. While its source is to be read, the moment of that stays among them.</summary>
    public static WatchedOrder Set(WatchedOrder order) => Set(order, order.RefreshWantedSince is null ? null : order.RefreshAt);

    /// <summary>The same after a claim that was spent on something else: it put off a reading that is wanted, so that one is due now.</summary>
    public static WatchedOrder Resume(WatchedOrder order, DateTimeOffset now) => Set(order, order.RefreshWantedSince is null ? null : now);

    /// <summary>The same, with the source to be read at a moment.</summary>
    public static WatchedOrder Set(WatchedOrder order, DateTimeOffset? readAt) =>
        order with
        {
            RefreshAt = Moments.Earlier(readAt, Moments.Earlier(order.TrackAt, order.WriteBackAt)),
        };
}
