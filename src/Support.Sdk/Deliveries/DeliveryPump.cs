using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Support.Sdk.Contacts;
using Support.Sdk.Diagnostics;
using Support.Sdk.Orders;
using Support.Sdk.Sweep;

namespace Support.Sdk.Deliveries;

/// <summary>Delivers what is due on one channel: claiming, sending and recording go on side by side, over a small window.</summary>
internal sealed partial class DeliveryPump(
    ChannelLane lane,
    IOutboxStore store,
    ContactHealthWatch contacts,
    WriteBackPlan writeBack,
    EngineTimes times,
    WakeUp wake,
    TimeProvider time,
    SupportTelemetry telemetry,
    ILogger logger
)
{
    private readonly IChannel _channel = lane.Channel;
    private readonly Channel<MessageDelivery> _claimed = Channel.CreateUnbounded<MessageDelivery>();
    private readonly Channel<Attempt> _attempts = Channel.CreateUnbounded<Attempt>(new UnboundedChannelOptions { SingleReader = true });
    private readonly DeliveryRecords _records = new(store, lane.Channel.Name, times, time, logger);
    private readonly List<Task> _senders = [];
    private int _inFlight;

    /// <summary>Runs until nothing is due any more and everything is recorded.</summary>
    /// <param name="looks">False for who comes for what was handed over: the store is not searched when there was nothing to find a moment ago.</param>
    /// <param name="cancellationToken">Stops it: what is not begun is given back.</param>
    /// <returns>How many messages were attempted.</returns>
    public async Task<int> RunAsync(bool looks, CancellationToken cancellationToken)
    {
        var recording = RecordAsync(cancellationToken);
        try
        {
            return await ClaimAsync(looks, recording, cancellationToken);
        }
        finally
        {
            _claimed.Writer.Complete();
            await Task.WhenAll(_senders);
            _attempts.Writer.Complete();
            await recording;
            lane.Release(_inFlight);
        }
    }

    private async Task<int> ClaimAsync(bool looks, Task recording, CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            var (recorded, arrived, news) = (lane.Recorded, lane.Arrived, wake.Signal);
            total += Begin(lane.Take(), cancellationToken);
            var isQuiet = !looks && lane.IsQuiet(news);
            // What could not be recorded yet may have lost its lease: it must not be claimed and sent again.
            if (!isQuiet && !_records.IsBehind && lane.Room is var room && room >= (lane.Window + 1) / 2)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // Not cancelled halfway: what the database had claimed by then would stay claimed.
                var deliveries = await store.ClaimAsync(lane.Claim(room), CancellationToken.None);
                lane.Claimed(deliveries.Count, news);
                total += Begin(deliveries, cancellationToken);
                if (deliveries.Count > 0)
                {
                    continue;
                }

                (looks, isQuiet) = (false, true);
            }

            if (isQuiet && Volatile.Read(ref _inFlight) == 0 && !lane.HasHanded)
            {
                return total;
            }

            // A straggler must not keep what comes in meanwhile.
            await wake.SleepAsync(isQuiet ? [recorded, arrived, recording, news] : [recorded, arrived, recording], times.Poll, cancellationToken);
            if (recording.IsCompleted)
            {
                await recording;
            }
        }
    }

    private int Begin(IReadOnlyList<MessageDelivery> deliveries, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _inFlight, deliveries.Count);
        foreach (var delivery in deliveries)
        {
            _claimed.Writer.TryWrite(delivery);
            // Mostly there are few messages, and few senders do.
            if (_senders.Count < _channel.Traits.Parallelism)
            {
                _senders.Add(Task.Run(() => SendAsync(cancellationToken), CancellationToken.None));
            }
        }

        return deliveries.Count;
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await foreach (var delivery in _claimed.Reader.ReadAllAsync(CancellationToken.None))
        {
            // Nobody has it yet: another process may go on at once.
            var update = cancellationToken.IsCancellationRequested ? GiveBack(delivery, time.GetUtcNow()) : await SendAsync(delivery, cancellationToken);
            _attempts.Writer.TryWrite(new Attempt(delivery, update));
        }
    }

    private async Task<DeliveryUpdate> SendAsync(MessageDelivery delivery, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        using var activity = telemetry.Delivery(delivery, _channel.Name);
        var result = await lane.Gate.SendAsync(delivery.Message, cancellationToken);
        var update = result is null ? GiveBack(delivery, time.GetUtcNow()) : Update(delivery, result, time.GetUtcNow());
        SupportTelemetry.Ended(activity, update.To);
        telemetry.Attempted(_channel.Name, update.To, time.GetElapsedTime(begun));
        return update;
    }

    // Whatever has gathered while the last ones were written is recorded together.
    private async Task RecordAsync(CancellationToken cancellationToken)
    {
        while (await _attempts.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var batch = new List<Attempt>(ChannelLane.LargestBatch);
            while (batch.Count < ChannelLane.LargestBatch && _attempts.Reader.TryRead(out var attempt))
            {
                batch.Add(attempt);
            }

            if (await _records.SaveAsync([.. batch.Select(attempt => attempt.Update)], cancellationToken) is not { } lost)
            {
                LogForgotten(Volatile.Read(ref _inFlight), _channel.Name);
                return;
            }

            Interlocked.Add(ref _inFlight, -batch.Count);
            lane.Release(batch.Count);
            await FollowUpAsync(batch, lost);
        }
    }

    private async Task FollowUpAsync(List<Attempt> batch, IReadOnlyList<string> lost)
    {
        foreach (var id in lost)
        {
            LogLost(id);
        }

        foreach (var (delivery, update) in batch)
        {
            if (update.To == DeliveryState.Rejected && !lost.Contains(update.Id, StringComparer.Ordinal))
            {
                await RefuseAsync(delivery.Message);
            }

            LogSent(update.Id, _channel.Name, update.To);
        }
    }

    private async Task RefuseAsync(OutboundMessage message)
    {
        try
        {
            await contacts.RefusedAsync(message, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // The results that wait behind it matter more.
            LogNotKept(exception, message.Id);
        }
    }

    /// <summary>What is recorded of a message that was claimed and not begun.</summary>
    public static DeliveryUpdate GiveBack(MessageDelivery delivery, DateTimeOffset now) =>
        Recorded(delivery, now) with
        {
            To = DeliveryState.Retry,
            DueAt = now,
            Reason = "The application stopped.",
        };

    private DeliveryUpdate Update(MessageDelivery delivery, DeliveryResult result, DateTimeOffset now)
    {
        var update = Recorded(delivery, now) with { Reason = result.Reason, ProviderId = result.ProviderId };
        return result.Outcome switch
        {
            DeliveryOutcome.Accepted => update with { WakesOrder = delivery.Message.Order is { } order && writeBack.Of(order.Shop) is not null },
            DeliveryOutcome.Rejected => update with { To = DeliveryState.Rejected },
            DeliveryOutcome.InDoubt when !lane.IsIdempotent => update with { To = DeliveryState.InDoubt },
            _ when delivery.Attempts >= RetrySchedule.MaxAttempts => update with { To = DeliveryState.Failed },
            _ => update with { To = DeliveryState.Retry, DueAt = now + RetrySchedule.Pause(update.Id, delivery.Attempts, result.RetryAfter) },
        };
    }

    private static DeliveryUpdate Recorded(MessageDelivery delivery, DateTimeOffset now) =>
        new()
        {
            Id = delivery.Message.Id,
            From = DeliveryState.Sending,
            LeaseToken = delivery.LeaseToken,
            To = DeliveryState.Accepted,
            At = now,
        };

    private sealed record Attempt(MessageDelivery Delivery, DeliveryUpdate Update);

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery {Delivery} on {Channel}: {State}.")]
    private partial void LogSent(string delivery, string channel, DeliveryState state);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The application stopped before {Count} results of the channel {Channel} could be recorded. Their messages are sent again, or are in doubt, when their lease has ended."
    )]
    private partial void LogForgotten(int count, string channel);

    [LoggerMessage(Level = LogLevel.Error, Message = "That delivery {Delivery} was refused could not be noted with its contact.")]
    private partial void LogNotKept(Exception exception, string delivery);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The result of delivery {Delivery} came after its lease had ended; whoever claimed it next records what becomes of it."
    )]
    private partial void LogLost(string delivery);
}
