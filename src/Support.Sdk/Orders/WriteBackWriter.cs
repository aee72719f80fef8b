using Microsoft.Extensions.Logging;
using Polly;
using Support.Sdk.Shops;

namespace Support.Sdk.Orders;

/// <summary>Writes to the storefront of an order what it does not have yet. One that cannot be reached is tried again, ever less often, for a day.</summary>
internal sealed partial class WriteBackWriter(
    WriteBackPlan plan,
    IOrderStore orders,
    IDelayAssessor assessor,
    ShopViews shops,
    TimeProvider time,
    ILogger<WriteBackWriter> logger
)
{
    private static readonly ResiliencePipeline Timeout = new ResiliencePipelineBuilder().AddTimeout(TimeSpan.FromSeconds(30)).Build();

    public async Task WriteAsync(WatchedOrder order, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var views = await shops.FindAsync([order.Key.Shop], now, cancellationToken);
        if (order.Snapshot is null || plan.Of(order.Key.Shop) is not { } storefront || !views.TryGetValue(order.Key.Shop, out var shop))
        {
            await SaveAsync(WriteBackPlan.Nothing(order, order.WrittenBack), [], cancellationToken);
            return;
        }

        var assessment = assessor.Assess(order, shop, now);
        var written = WriteBackPlan.Mark(order, assessment);
        try
        {
            await Timeout.ExecuteAsync(async token => await storefront.WriteAsync(order, assessment, token), cancellationToken);
            await SaveAsync(WriteBackPlan.Nothing(order, written), [], cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnwritten(exception, order.Key.Shop, order.Key.Id);
            await TryLaterAsync(order, written, now, cancellationToken);
        }
    }

    private async Task TryLaterAsync(WatchedOrder order, string? written, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (RefreshClock.Pause(now - (order.WriteBackWantedSince ?? now)) is { } pause)
        {
            await SaveAsync(order with { WriteBackAt = now + pause }, [], cancellationToken);
            return;
        }

        var decision = new Decision
        {
            Key = order.Key,
            At = now,
            Verdict = DecisionVerdict.Suppress,
            Occasion = "write-back",
            Reason = "The storefront did not take for a day what the customer was told.",
        };
        await SaveAsync(WriteBackPlan.Nothing(order, written), [decision], cancellationToken);
    }

    // Whoever saved it meanwhile still wants it written, so it comes again.
    private async Task SaveAsync(WatchedOrder order, IReadOnlyList<Decision> decisions, CancellationToken cancellationToken)
    {
        await orders.SaveAsync([new OrderChange { Order = RefreshClock.Resume(order, time.GetUtcNow()), Decisions = decisions }], cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was told about order {Order} could not be written to the storefront of shop {Shop}.")]
    private partial void LogUnwritten(Exception exception, string shop, string order);
}
