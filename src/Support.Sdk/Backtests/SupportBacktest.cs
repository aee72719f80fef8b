using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Backtests;

internal sealed class SupportBacktest(IDelayAssessor assessor, INotificationPolicy policy) : ISupportBacktest
{
    private const int ProgressEvery = 100;
    private static readonly ContactPoint Staff = new(PastOrder.Channel, "staff@backtest.invalid");
    private readonly Rehearsal _rehearsal = new(assessor, policy);

    public async Task<BacktestReport> RunAsync(
        Shop shop,
        IAsyncEnumerable<OrderSnapshot> orders,
        DateTimeOffset? until = null,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(shop);
        ArgumentNullException.ThrowIfNull(orders);
        ShopRules.Check([shop], sendsEmail: false);
        var played = shop with { Staff = shop.Staff ?? Staff, HoldFirst = 0 };
        var tally = new BacktestTally(played);
        await foreach (var order in orders.WithCancellation(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Play(order, played, tally, until);
            if (tally.Orders % ProgressEvery == 0)
            {
                progress?.Report(tally.Orders);
            }
        }

        progress?.Report(tally.Orders);
        return tally.Report();
    }

    private void Play(OrderSnapshot order, Shop shop, BacktestTally tally, DateTimeOffset? until)
    {
        var past = new PastOrder(order);
        if (past.IsUntold)
        {
            tally.LeftOut++;
            return;
        }

        try
        {
            tally.Add(order, _rehearsal.Play(past, new ShopView(shop, tally.State), until));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or TimeZoneNotFoundException)
        {
            throw new InvalidOperationException($"Order {order.Key} cannot be played: {exception.Message}", exception);
        }
    }
}
