using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Support.Sdk.Contacts;
using Support.Sdk.Diagnostics;
using Support.Sdk.Orders;
using Support.Sdk.Sweep;

namespace Support.Sdk.Deliveries;

/// <summary>Delivers what is due on one channel: claiming, sending and recording go on side by side, over a small window.</summary>
/// <remarks>The window is what a crash repeats, or leaves in doubt: everything that is claimed and not yet recorded.</remarks>
internal sealed partial class DeliveryPump(
    IChannel channel,
    ChannelGate gate,
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
    private const int LargestWindow = 200;
    private const int SmallestWindow = 16;
    private const int LargestBatch = 100;

    private readonly Channel<MessageDelivery> _claimed = Channel.CreateUnbounded<MessageDelivery>();
    private readonly Channel<Attempt> _attempts = Channel.CreateUnbounded<Attempt>(new UnboundedChannelOptions { SingleReader = true });
    private readonly WakeUp _recorded = new(time);
    private readonly DeliveryRecords _records = new(store, channel.Name, times, time, logger);
    private int _inFlight;

    private bool IsIdempotent => channel.Traits.Idempotent;

    // Without keys every claimed message is in doubt after a crash, so no more is claimed than is sent at once.
    private int Window => IsIdempotent ? Math.Clamp(4 * channel.Traits.Parallelism, SmallestWindow, LargestWindow) : channel.Traits.Parallelism;

    // The last message of the window waits for its turn and for the rate, and then takes its time.
    private TimeSpan Lease => (gate.Longest * (((Window - 1) / channel.Traits.Parallelism) + 1)) + WaitForRate + times.SendingSlack;

    private TimeSpan WaitForRate => channel.Traits.MaxPerSecond is { } rate ? TimeSpan.FromSeconds(Math.Ceiling(Window / (double)rate)) : TimeSpan.Zero;

    /// <summary>Runs until nothing is due any more and everything is recorded.</summary>
    /// <returns>How many messages were attempted.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var recording = RecordAsync(cancellationToken);
        var sending = Task.WhenAll(Enumerable.Range(0, channel.Traits.Parallelism).Select(_ => SendAsync(cancellationToken)));
        try
        {
            return await ClaimAsync(recording, cancellationToken);
        }
        finally
        {
            _claimed.Writer.Complete();
            await sending;
            _attempts.Writer.Complete();
            await recording;
        }
    }

    private async Task<int> ClaimAsync(Task recording, CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            var (recorded, news) = (_recorded.Signal, wake.Signal);
            // What could not be recorded yet may have lost its lease: it must not be claimed and sent again.
            var room = _records.IsBehind ? 0 : Window - Volatile.Read(ref _inFlight);
            if (room >= (Window + 1) / 2)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // Not cancelled halfway: what the database had claimed by then would stay claimed.
                var deliveries = await store.ClaimAsync(Claim(room), CancellationToken.None);
                total += deliveries.Count;
                Interlocked.Add(ref _inFlight, deliveries.Count);
                foreach (var delivery in deliveries)
                {
                    _claimed.Writer.TryWrite(delivery);
                }

                if (deliveries.Count > 0)
                {
                    continue;
                }

                if (Volatile.Read(ref _inFlight) == 0)
                {
                    return total;
                }

                // A straggler must not keep what comes in meanwhile.
                recorded = Task.WhenAny(recorded, news);
            }

            await _recorded.SleepAsync(Task.WhenAny(recorded, recording), times.Poll, cancellationToken);
            if (recording.IsCompleted)
            {
                await recording;
            }
        }
    }

    private OutboxClaim Claim(int room) =>
        new()
        {
            Channel = channel.Name,
            Idempotent = IsIdempotent,
            Now = time.GetUtcNow(),
            Max = Math.Min(room, LargestBatch),
            Lease = Lease,
            MaxAttempts = RetrySchedule.MaxAttempts,
        };

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await foreach (var delivery in _claimed.Reader.ReadAllAsync(CancellationToken.None))
        {
            // Nobody has it yet: another process may go on at once.
            var update = cancellationToken.IsCancellationRequested ? GiveBack(delivery) : await SendAsync(delivery, cancellationToken);
            _attempts.Writer.TryWrite(new Attempt(delivery, update));
        }
    }

    private async Task<DeliveryUpdate> SendAsync(MessageDelivery delivery, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        using var activity = telemetry.Delivery(delivery, channel.Name);
        var result = await gate.SendAsync(delivery.Message, cancellationToken);
        var update = result is null ? GiveBack(delivery) : Update(delivery, result, time.GetUtcNow());
        SupportTelemetry.Ended(activity, update.To);
        telemetry.Attempted(channel.Name, update.To, time.GetElapsedTime(begun));
        return update;
    }

    // Whatever has gathered while the last ones were written is recorded together.
    private async Task RecordAsync(CancellationToken cancellationToken)
    {
        while (await _attempts.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var batch = new List<Attempt>(LargestBatch);
            while (batch.Count < LargestBatch && _attempts.Reader.TryRead(out var attempt))
            {
                batch.Add(attempt);
            }

            if (await _records.SaveAsync([.. batch.Select(attempt => attempt.Update)], cancellationToken) is not { } lost)
            {
                LogForgotten(Volatile.Read(ref _inFlight), channel.Name);
                return;
            }

            Interlocked.Add(ref _inFlight, -batch.Count);
            _recorded.Set();
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

            LogSent(update.Id, channel.Name, update.To);
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

    private DeliveryUpdate GiveBack(MessageDelivery delivery)
    {
        var now = time.GetUtcNow();
        return Update(delivery, DeliveryResult.Retry("The application stopped."), now) with { To = DeliveryState.Retry, DueAt = now };
    }

    private DeliveryUpdate Update(MessageDelivery delivery, DeliveryResult result, DateTimeOffset now)
    {
        var update = new DeliveryUpdate
        {
            Id = delivery.Message.Id,
            From = DeliveryState.Sending,
            LeaseToken = delivery.LeaseToken,
            To = DeliveryState.Accepted,
            At = now,
            Reason = result.Reason,
            ProviderId = result.ProviderId,
        };
        return result.Outcome switch
        {
            DeliveryOutcome.Accepted => update with { WakesOrder = delivery.Message.Order is { } order && writeBack.Of(order.Shop) is not null },
            DeliveryOutcome.Rejected => update with { To = DeliveryState.Rejected },
            DeliveryOutcome.InDoubt when !IsIdempotent => update with { To = DeliveryState.InDoubt },
            _ when delivery.Attempts >= RetrySchedule.MaxAttempts => update with { To = DeliveryState.Failed },
            _ => update with { To = DeliveryState.Retry, DueAt = now + RetrySchedule.Pause(update.Id, delivery.Attempts, result.RetryAfter) },
        };
    }

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
