using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;
using Support.Sdk.Diagnostics;
using Support.Sdk.Orders;
using Support.Sdk.Tickets;

namespace Support.Sdk.Sweep;

// The parts need a store, so they are asked for only after the start has found one, or has said which call is missing.
internal sealed class SupportRunner(SupportStart start, IServiceProvider services, SupportTelemetry telemetry) : ISupportRunner
{
    public async Task<int> SweepAsync(CancellationToken cancellationToken = default)
    {
        await start.EnsureAsync(cancellationToken);
        var watch = services.GetRequiredService<OrderWatch>();
        var refresher = services.GetRequiredService<OrderRefresher>();
        var tickets = services.GetRequiredService<TicketWatch>();
        var total = 0;
        int done;
        do
        {
            done = await watch.ProcessInboxAsync(cancellationToken);
            done += await watch.ProcessDueAsync(cancellationToken);
            done += await tickets.ProcessDueAsync(cancellationToken);
            done += await refresher.RefreshAsync(cancellationToken);
            total += done;
        } while (done > 0);

        await services.GetRequiredService<RetentionSweep>().RunAsync(cancellationToken);
        return total;
    }

    public async Task<int> BackfillAsync(CancellationToken cancellationToken = default)
    {
        await start.EnsureAsync(cancellationToken);
        return await services.GetRequiredService<Backfill>().RunAsync(cancellationToken);
    }

    public async Task<int> DeliverAsync(CancellationToken cancellationToken = default)
    {
        await start.EnsureAsync(cancellationToken);
        return await services.GetRequiredService<Outbox>().DeliverAsync(cancellationToken);
    }

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default)
    {
        await start.EnsureAsync(cancellationToken);
        var next = await services.GetRequiredService<ISupportStore>().NextDueAsync(cancellationToken);
        telemetry.NextDue(next);
        return next;
    }
}
