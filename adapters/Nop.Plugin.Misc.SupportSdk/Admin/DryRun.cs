using Support.Sdk.Backtests;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>Plays past orders through the engine's own rules, as a backtest does, and keeps each message. Sends nothing and stores nothing.</summary>
internal sealed class DryRun(IDelayAssessor assessor, INotificationPolicy policy)
{
    private readonly Rehearsal _rehearsal = new(assessor, policy);

    /// <summary>The messages of a span of time, newest first.</summary>
    /// <param name="orders">The orders as they stand today.</param>
    /// <param name="shop">The shop, and what was learned of it.</param>
    /// <param name="since">The beginning.</param>
    /// <param name="now">The end.</param>
    public DryRunResult Play(IEnumerable<OrderSnapshot> orders, ShopView shop, DateTimeOffset since, DateTimeOffset now)
    {
        var told = shop with { Shop = shop.Shop with { Mode = ShopMode.Live, HoldFirst = 0 } };
        var notices = new List<DryRunNotice>();
        var (played, leftOut) = (0, 0);
        foreach (var order in orders)
        {
            if (TryPlay(order, told, now) is { } result)
            {
                played++;
                notices.AddRange(
                    result.Notices.Where(notice => notice.At >= since).Select(notice => new DryRunNotice(order, notice.Kind, notice.Lead, notice.At))
                );
            }
            else
            {
                leftOut++;
            }
        }

        return new DryRunResult(played, leftOut, [.. notices.OrderByDescending(notice => notice.At)]);
    }

    private PlayedOrder? TryPlay(OrderSnapshot order, ShopView shop, DateTimeOffset now)
    {
        var past = new PastOrder(order);
        try
        {
            return past.IsUntold ? null : _rehearsal.Play(past, shop, now);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // An order that makes no sense tells nothing; the others do.
            return null;
        }
    }
}

/// <summary>What came of it.</summary>
/// <param name="Played">How many orders were played.</param>
/// <param name="LeftOut">How many could not be.</param>
/// <param name="Notices">The messages, newest first.</param>
internal sealed record DryRunResult(int Played, int LeftOut, IReadOnlyList<DryRunNotice> Notices);

/// <summary>One message that would have been sent.</summary>
internal sealed record DryRunNotice(OrderSnapshot Order, string Kind, DelaySignalKind? Lead, DateTimeOffset At);
