using Microsoft.Extensions.Logging;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Services.ScheduleTasks;
using ILogger = Nop.Services.Logging.ILogger;

namespace Nop.Plugin.Misc.SupportSdk.Tasks;

/// <summary>What the shop's scheduler calls every minute: one turn of everything that is due. Two turns at once do each other no harm: rows are leased.</summary>
internal sealed class SupportTask(SupportHost host, IEnumerable<ITurn> turns, EngineJournal journal, ILogger log) : IScheduleTask
{
    /// <summary>How the scheduler names it.</summary>
    public const string TypeName = "Nop.Plugin.Misc.SupportSdk.Tasks.SupportTask, Nop.Plugin.Misc.SupportSdk";

    // The scheduler's request has an end; what is left is due the next minute.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    public async Task ExecuteAsync()
    {
        using var end = new CancellationTokenSource(Longest);
        try
        {
            if (await host.RefreshAsync(force: false, end.Token) is { } engine)
            {
                foreach (var turn in turns)
                {
                    await TryAsync(() => turn.RunAsync(engine, end.Token), end.Token);
                }

                await TryAsync(() => engine.Runner.BackfillAsync(end.Token), end.Token);
                await TryAsync(() => engine.Runner.SweepAsync(end.Token), end.Token);
                await TryAsync(() => engine.Runner.DeliverAsync(end.Token), end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            journal.Add(LogLevel.Warning, "One turn took more than four minutes and was cut short; what is left is due in the next.");
        }

        await WriteJournalAsync();
    }

    // What fails keeps nothing else from its turn.
    private async Task TryAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            journal.Add(LogLevel.Error, $"A part of a turn failed: {exception.Message}", exception);
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
