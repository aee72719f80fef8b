using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Sdk.Tickets;

namespace Support.Sdk.Contacts;

/// <summary>Removes once a day what was kept long enough.</summary>
internal sealed partial class RetentionSweep(
    IPrivacyStore store,
    IContentStore contents,
    IOptions<SupportOptions> options,
    TimeProvider time,
    ILogger<RetentionSweep> logger
)
{
    // A shop that turns retention on late must not stall its sweep: the rest follows at the next one.
    private const int BatchesAtOnce = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    // Whoever saved a file and never sent its message is not coming back.
    private static readonly TimeSpan UnusedFiles = TimeSpan.FromDays(2);
    private DateTimeOffset _dueAt = DateTimeOffset.MinValue;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < _dueAt)
        {
            return;
        }

        var removed = 0;
        for (var batch = 0; batch < BatchesAtOnce; batch++)
        {
            var count = await store.RemoveAsync(Cut(now), cancellationToken) + await contents.RemoveUnusedAsync(now - UnusedFiles, cancellationToken);
            removed += count;
            if (count == 0)
            {
                _dueAt = now + Pause;
                break;
            }
        }

        if (removed > 0)
        {
            LogRemoved(removed);
        }
    }

    private RetentionCut Cut(DateTimeOffset now)
    {
        var kept = options.Value.Retention;
        return new RetentionCut
        {
            QuietSince = now - kept.FinishedOrders,
            TicketsClosedUntil = now - kept.ClosedTickets,
            ParkedUntil = now - kept.ParkedEvents,
            EventIdsUntil = now - kept.EventIds,
        };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Retention removed {Count} orders, tickets, events and files that were kept long enough.")]
    private partial void LogRemoved(int count);
}
