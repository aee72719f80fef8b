using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.Sweep;

/// <summary>Calls the sweep of the runner for as long as the application runs.</summary>
internal sealed class SweepService(ISupportRunner runner, SupportStart start, WakeUp wake, Loop loop) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // What is missing stops the application here, with its name.
        await start.EnsureAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        loop.RunAsync(
            async token =>
            {
                var done = await runner.SweepAsync(token);
                if (done > 0)
                {
                    wake.Set();
                }

                return done;
            },
            stoppingToken
        );
}

/// <summary>Delivers for as long as the application runs, with a loop for each channel.</summary>
internal sealed class OutboxService(IServiceProvider services, SupportStart start, Loop loop) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await start.EnsureAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Asked for after the start has found a store.
        var outbox = services.GetRequiredService<Outbox>();
        return Task.WhenAll(outbox.Lanes.Select(lane => ServeAsync(outbox, lane, stoppingToken)));
    }

    private async Task ServeAsync(Outbox outbox, ChannelLane lane, CancellationToken stoppingToken)
    {
        lane.Open();
        try
        {
            Task arrived = Task.CompletedTask;
            await loop.RunAsync(
                async token =>
                {
                    var isCalled = arrived.IsCompleted;
                    arrived = lane.Arrived;
                    await outbox.DeliverAsync(lane, looks: !isCalled, token);
                    // It ends when it has found nothing more.
                    return 0;
                },
                stoppingToken,
                () => lane.Arrived
            );
        }
        finally
        {
            await outbox.GiveBackAsync(lane, lane.Close());
        }
    }
}

/// <summary>Lists, minute by minute, the orders of the shops whose turn has come; an application without a source that lists has nothing to do.</summary>
internal sealed partial class BackfillService(
    IServiceProvider services,
    SupportStart start,
    IEnumerable<IOrderSource> sources,
    TimeProvider time,
    ILogger<BackfillService> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first reading of a large shop may take an hour, and the others do not wait for it.
        var readings = new Dictionary<string, Task>(StringComparer.Ordinal);
        while (!stoppingToken.IsCancellationRequested && sources.Any(source => source.ListedShops.Count > 0))
        {
            try
            {
                await start.EnsureAsync(stoppingToken);
                Begin(services.GetRequiredService<Backfill>(), readings, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception, Pause);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(readings.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static void Begin(Backfill backfill, Dictionary<string, Task> readings, CancellationToken stoppingToken)
    {
        foreach (var (shop, source) in backfill.Shops)
        {
            if (!readings.TryGetValue(shop, out var reading) || reading.IsCompleted)
            {
                readings[shop] = backfill.RunAsync(shop, source, stoppingToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The order sources could not be listed; they are tried again in {Pause}.")]
    private partial void LogFailed(Exception exception, TimeSpan pause);
}

/// <summary>Wakes the loops of this process when another process has added work.</summary>
internal sealed partial class NewsService(
    IServiceProvider services,
    SupportStart start,
    WakeUp wake,
    EngineTimes times,
    TimeProvider time,
    ILogger<NewsService> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isDeaf = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await start.EnsureAsync(stoppingToken);
                await services.GetRequiredService<ISupportStore>().WaitForNewsAsync(stoppingToken);
                wake.Set();
                isDeaf = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (!isDeaf)
                {
                    LogDeaf(exception, times.Poll);
                }

                isDeaf = true;
                await Task.Delay(times.Poll, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Other processes cannot be heard at the moment; their work is looked for every {Poll}.")]
    private partial void LogDeaf(Exception exception, TimeSpan poll);
}

/// <summary>Runs something again and again, and sleeps while nothing is due.</summary>
internal sealed partial class Loop(ISupportRunner runner, WakeUp wake, EngineTimes times, TimeProvider time, ILogger<Loop> logger)
{
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(10);

    /// <param name="runOnce">Does what is due, and tells how much that was.</param>
    /// <param name="stoppingToken">Ends the loop.</param>
    /// <param name="news">What ends a sleep besides the wake-up of all loops; null for nothing.</param>
    public async Task RunAsync(Func<CancellationToken, Task<int>> runOnce, CancellationToken stoppingToken, Func<Task>? news = null)
    {
        var hasFailed = false;
        long? asked = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            Task[] signals = news is null ? [wake.Signal] : [wake.Signal, news()];
            var sleep = times.Poll;
            try
            {
                var done = await runOnce(stoppingToken);
                if (done > 0)
                {
                    sleep = TimeSpan.Zero;
                }
                else if (asked is not { } last || time.GetElapsedTime(last) >= times.Poll)
                {
                    // No more often: where work comes in all the time, the question would cost more than the work.
                    asked = time.GetTimestamp();
                    sleep = await SleepAsync(stoppingToken);
                }

                if (hasFailed)
                {
                    LogWorks();
                }

                hasFailed = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // A database that is away for a while must not end the loop, nor fill the log.
                if (!hasFailed)
                {
                    LogFailed(exception, sleep);
                }

                hasFailed = true;
            }

            if (sleep > TimeSpan.Zero)
            {
                await wake.SleepAsync(signals, sleep, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<TimeSpan> SleepAsync(CancellationToken cancellationToken)
    {
        if (await runner.NextDueAsync(cancellationToken) is not { } next)
        {
            return times.Poll;
        }

        // What is due already and was not done just now is not this loop's.
        var wait = next - time.GetUtcNow();
        return wait <= TimeSpan.Zero || wait > times.Poll ? times.Poll
            : wait < ShortestSleep ? ShortestSleep
            : wait;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A support loop failed, and tries again every {Pause} until it works.")]
    private partial void LogFailed(Exception exception, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Information, Message = "The support loop that failed works again.")]
    private partial void LogWorks();
}
