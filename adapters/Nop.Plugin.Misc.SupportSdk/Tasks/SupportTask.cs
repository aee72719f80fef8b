using Microsoft.Extensions.Logging;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Services.ScheduleTasks;
using ILogger = Nop.Services.Logging.ILogger;

namespace Nop.Plugin.Misc.SupportSdk.Tasks;

/// <summary>What the shop's scheduler calls every minute: one turn of everything that is due. Two turns at once do each other no harm: rows are leased.</summary>
internal sealed class SupportTask(SupportHost host, IEnumerable<ITurn> turns, EngineJournal journal, ILogger log, TimeProvider time) : IScheduleTask
{
    /// <summary>How the scheduler names it.</summary>
    public const string TypeName = "Nop.Plugin.Misc.SupportSdk.Tasks.SupportTask, Nop.Plugin.Misc.SupportSdk";

    // The scheduler waits 100 seconds for a turn (HttpClient's own limit). Together these are less, and none takes its time from another.
    private static readonly TimeSpan ForTurn = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ForListing = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ForSweep = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan ForDelivery = TimeSpan.FromSeconds(20);

    public async Task ExecuteAsync()
    {
        if (await host.RefreshAsync(force: false) is { } engine)
        {
            foreach (var turn in turns)
            {
                await TryAsync(end => turn.RunAsync(engine, end), ForTurn);
            }

            await TryAsync(engine.ListAsync, ForListing);
            await TryAsync(engine.Runner.SweepAsync, ForSweep);
            await TryAsync(engine.Runner.DeliverAsync, ForDelivery);
        }

        await WriteJournalAsync();
    }

    // What fails keeps nothing else from its turn. What is cut short ends between two batches, and the rest is due in the next turn.
    private async Task TryAsync(Func<CancellationToken, Task> work, TimeSpan longest)
    {
        using var end = new CancellationTokenSource(longest, time);
        try
        {
            await work(end.Token);
        }
        catch (Exception exception)
        {
            // Databases differ in what they throw when they are cut short.
            if (!end.IsCancellationRequested)
            {
                journal.Add(LogLevel.Error, $"A part of a turn failed: {exception.Message}", exception);
            }
        }
    }

    private async Task WriteJournalAsync()
    {
        while (journal.TryTake(out var entry))
        {
            await (
                entry.Level >= LogLevel.Error
                    ? log.ErrorAsync($"Support: {entry.Message}", entry.Exception)
                    : log.WarningAsync($"Support: {entry.Message}", entry.Exception)
            );
        }
    }
}

/// <summary>Something else that has a turn with every call of the scheduler, before the engine.</summary>
internal interface ITurn
{
    Task RunAsync(SupportEngine engine, CancellationToken cancellationToken);
}
