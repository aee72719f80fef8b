using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Support.Sdk.Deliveries;

namespace Support.Sdk.Sweep;

/// <summary>Calls the sweep of the runner for as long as the application runs.</summary>
internal sealed class SweepService(ISupportRunner runner, SupportStart start, WakeUp wake, TimeProvider time, ILogger<SweepService> logger) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // What is missing stops the application here, with its name.
        await start.EnsureAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loop.RunAsync(
            async token =>
            {
                if (await runner.SweepAsync(token) > 0)
                {
                    wake.Set();
                }
            },
            runner,
            wake,
            time,
            logger,
            stoppingToken
        );
}

/// <summary>Calls the outbox of the runner for as long as the application runs.</summary>
internal sealed class OutboxService(ISupportRunner runner, SupportStart start, WakeUp wake, TimeProvider time, ILogger<OutboxService> logger)
    : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await start.EnsureAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loop.RunAsync(token => runner.DeliverAsync(token), runner, wake, time, logger, stoppingToken);
}

internal static partial class Loop
{
    // Another process may add work without waking this one.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(
        Func<CancellationToken, Task> runOnce,
        ISupportRunner runner,
        WakeUp wake,
        TimeProvider time,
        ILogger logger,
        CancellationToken stoppingToken
    )
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var signal = wake.Signal;
            var sleep = LongestSleep;
            try
            {
                await runOnce(stoppingToken);
                sleep = await SleepAsync(runner, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // A database that is away for a while must not end the loop.
                LogFailed(logger, exception, sleep);
            }

            await wake.SleepAsync(signal, sleep, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<TimeSpan> SleepAsync(ISupportRunner runner, TimeProvider time, CancellationToken cancellationToken)
    {
        var next = await runner.NextDueAsync(cancellationToken);
        var wait = next is null ? LongestSleep : next.Value - time.GetUtcNow();
        // Something may be due that this loop does not do, so it never spins.
        return wait < ShortestSleep ? ShortestSleep
            : wait > LongestSleep ? LongestSleep
            : wait;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A support loop failed and goes on in {Pause}.")]
    private static partial void LogFailed(ILogger logger, Exception exception, TimeSpan pause);
}
