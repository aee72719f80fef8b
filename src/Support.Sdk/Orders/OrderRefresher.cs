using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace Support.Sdk.Orders;

/// <summary>Reads orders again from their source, and their parcels from tracking feeds; writes to storefronts. Shops go side by side, so that a slow one delays nobody else.</summary>
internal sealed partial class OrderRefresher(
    IOrderStore orders,
    ISupportIntake intake,
    IEnumerable<IOrderSource> sources,
    TrackingReader tracking,
    WriteBackWriter writeBack,
    TimeProvider time,
    ILogger<OrderRefresher> logger
)
{
    private const int BatchSize = 100;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, ResiliencePipeline> _guards = new(StringComparer.Ordinal);

    public async Task<int> RefreshAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var claim = new OrderClaim
        {
            Clock = OrderClock.Refresh,
            Now = time.GetUtcNow(),
            Max = BatchSize,
            Lease = Lease,
        };
        // Not cancelled halfway: what the database had claimed by then would stay claimed.
        var due = await orders.ClaimAsync(claim, CancellationToken.None);
        var shops = due.GroupBy(order => order.Key.Shop, StringComparer.Ordinal).Select(shop => RefreshAsync([.. shop], cancellationToken));
        await Task.WhenAll(shops);
        return due.Count;
    }

    private async Task RefreshAsync(List<WatchedOrder> shopOrders, CancellationToken cancellationToken)
    {
        var done = 0;
        try
        {
            for (; done < shopOrders.Count; done++)
            {
                await RefreshAsync(shopOrders[done], cancellationToken);
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            await GiveBackAsync(shopOrders[done..]);
            throw;
        }
    }

    // The application stops. Whoever goes on need not wait for the lease; an order that was saved by others meanwhile has its own time.
    private async Task GiveBackAsync(List<WatchedOrder> left)
    {
        var now = time.GetUtcNow();
        await orders.SaveAsync([.. left.Select(order => new OrderChange { Order = order with { RefreshAt = now } })], CancellationToken.None);
    }

    private async Task RefreshAsync(WatchedOrder order, CancellationToken cancellationToken)
    {
        if (order.TrackAt <= time.GetUtcNow())
        {
            await tracking.ReadAsync(order, cancellationToken);
            return;
        }

        if (order.WriteBackAt <= time.GetUtcNow())
        {
            await writeBack.WriteAsync(order, cancellationToken);
            return;
        }

        var source = sources.FirstOrDefault(source => source.Serves(order.Key.Shop));
        if (source is null)
        {
            await StopAsync(order, "No order source serves the shop; the order is judged by what it hands over itself.", cancellationToken);
            return;
        }

        // The reading is as old as its beginning.
        var begun = time.GetUtcNow();
        try
        {
            var guard = _guards.GetOrAdd(order.Key.Shop, Guard);
            var snapshot = await guard.ExecuteAsync(async token => await source.FindAsync(order.Key, token), cancellationToken);
            if (snapshot is null)
            {
                await StopAsync(order with { Muted = "Its source no longer knows the order." }, "The source does not know the order.", cancellationToken);
                return;
            }

            if (snapshot.Key != order.Key)
            {
                throw new InvalidOperationException("The source answered with another order.");
            }

            await intake.AcceptAsync([snapshot with { ReadAt = begun, EventId = null, Source = "refresh" }], cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnreachable(exception, order.Key.Shop, order.Key.Id);
            await TryLaterAsync(order, begun, cancellationToken);
        }
    }

    // After a day the shop has to help itself.
    private async Task TryLaterAsync(WatchedOrder order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (RefreshClock.Pause(now - (order.RefreshWantedSince ?? now)) is not { } pause)
        {
            await StopAsync(order, "The source has not answered for a day.", cancellationToken);
            return;
        }

        await orders.SaveAsync([new OrderChange { Order = RefreshClock.Set(order, now + pause) }], cancellationToken);
    }

    private async Task StopAsync(WatchedOrder order, string reason, CancellationToken cancellationToken)
    {
        LogStopped(order.Key.Shop, order.Key.Id, reason);
        var decision = new Decision
        {
            Key = order.Key,
            At = time.GetUtcNow(),
            Verdict = DecisionVerdict.Suppress,
            Occasion = "refresh",
            Reason = reason,
        };
        var change = new OrderChange { Order = RefreshClock.Set(order with { RefreshWantedSince = null }), Decisions = [decision] };
        await orders.SaveAsync([change], cancellationToken);
    }

    private static ResiliencePipeline Guard(string shop) =>
        new ResiliencePipelineBuilder().AddCircuitBreaker(new CircuitBreakerStrategyOptions { Name = shop }).AddTimeout(TimeSpan.FromSeconds(30)).Build();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The source of order {Order} of shop {Shop} could not be read; nothing is told from an old reading.")]
    private partial void LogUnreachable(Exception exception, string shop, string order);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Order {Order} of shop {Shop} is no longer read again: {Reason}")]
    private partial void LogStopped(string shop, string order, string reason);
}
