using Microsoft.Extensions.Logging;
using Support.Sdk.Sweep;

namespace Support.Sdk.Deliveries;

/// <summary>Records the results of one channel, and does not give up: what the provider has must not be forgotten.</summary>
internal sealed partial class DeliveryRecords(IOutboxStore store, string channel, EngineTimes times, TimeProvider time, ILogger logger)
{
    private volatile bool _isBehind;

    /// <summary>True while there are results that could not be recorded yet.</summary>
    public bool IsBehind => _isBehind;

    /// <returns>The deliveries whose result came too late, or null when the application stopped before all could be recorded.</returns>
    public async Task<IReadOnlyList<string>?> SaveAsync(IReadOnlyList<DeliveryUpdate> updates, CancellationToken cancellationToken)
    {
        var lost = new List<string>();
        var left = new Queue<DeliveryUpdate>(updates);
        long? stopping = null;
        while (left.Count > 0)
        {
            if (await TryAsync([.. left]) is { } all)
            {
                lost.AddRange(all);
                break;
            }

            // Either the database is away, or it refuses one of them: that one must not keep the others.
            if (await TryAloneAsync(left.Peek()) is { } alone)
            {
                lost.AddRange(alone);
                left.Dequeue();
                continue;
            }

            if (cancellationToken.IsCancellationRequested && time.GetElapsedTime(stopping ??= time.GetTimestamp()) >= times.Farewell)
            {
                return null;
            }

            await Task.Delay(times.Poll, time, CancellationToken.None);
        }

        _isBehind = false;
        return lost;
    }

    // The state matters more than the words, which are the only thing in it that a database could refuse.
    private async Task<IReadOnlyList<string>?> TryAloneAsync(DeliveryUpdate update) =>
        await TryAsync([update]) ?? await TryAsync([update with { Reason = null, ProviderId = null }]);

    private async Task<IReadOnlyList<string>?> TryAsync(IReadOnlyList<DeliveryUpdate> updates)
    {
        try
        {
            return await store.SaveAsync(updates, CancellationToken.None);
        }
        catch (Exception exception)
        {
            if (!_isBehind)
            {
                LogNotRecorded(exception, updates.Count, channel);
            }

            _isBehind = true;
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} results of the channel {Channel} could not be recorded; it is tried again until it works.")]
    private partial void LogNotRecorded(Exception exception, int count, string channel);
}
