using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Backtests;

/// <summary>Tells, from a shop's past orders, which signals its data can carry and what each would have sent.</summary>
/// <remarks>
/// <para>
/// Each order is played from the day it was placed, with a clock that moves from fact to fact and from check to check, through
/// the registered <see cref="IDelayAssessor"/> and <see cref="INotificationPolicy"/>. Nothing is stored and nothing is sent: no
/// store and no channel has to be registered. Memory does not grow with the number of orders.
/// </para>
/// <para>
/// An order is handed over as it stands today, and a fact becomes known when it happened. What has no time of its own is left
/// out: an expected arrival that no scan announced, a parcel without any time, and a cancelled order without
/// <see cref="OrderSnapshot.UpdatedAt"/> altogether. The last promise counts as the only one, because an order as it stands
/// today does not tell how its promise moved.
/// </para>
/// <para>
/// Every customer counts as reachable by e-mail, having refused nothing; the shop's people as reachable. Limits across orders
/// (messages a customer and day, the storm brake, the first messages held for approval) are not played.
/// </para>
/// </remarks>
public interface ISupportBacktest
{
    /// <summary>Plays past orders.</summary>
    /// <param name="shop">The shop as it is, or as it might be set up: what it tells, its promises and its thresholds.</param>
    /// <param name="orders">
    /// The orders, in any order; where <see cref="Shop.RecordsDeliveries"/> is null, in that in which they were placed, because
    /// it is learned from those before.
    /// </param>
    /// <param name="until">When the data was read, or null. Nothing is judged later; without it an order that never arrived is played until nothing more happens.</param>
    /// <param name="progress">Hears how many orders were played, every hundred and at the end.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="InvalidOperationException">The shop's settings make no sense, or an order cannot be played; the message says which and why.</exception>
    Task<BacktestReport> RunAsync(
        Shop shop,
        IAsyncEnumerable<OrderSnapshot> orders,
        DateTimeOffset? until = null,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default
    );
}
