using Microsoft.Extensions.Logging;
using Support.Sdk.Contacts;
using Support.Sdk.Diagnostics;

namespace Support.Sdk.Deliveries;

/// <summary>Claims messages, sends each once, and records what became of it. Channels go side by side.</summary>
internal sealed partial class Outbox : IDisposable
{
    // A small window: what is in flight when the process dies is repeated, or in doubt.
    private const int Window = 100;
    private readonly IOutboxStore _store;
    private readonly ContactHealthWatch _contacts;
    private readonly TimeProvider _time;
    private readonly SupportTelemetry _telemetry;
    private readonly ILogger<Outbox> _logger;
    private readonly List<(IChannel Channel, ChannelGate Gate)> _channels;

    public Outbox(
        IOutboxStore store,
        ContactHealthWatch contacts,
        IEnumerable<IChannel> channels,
        TimeProvider time,
        SupportTelemetry telemetry,
        ILogger<Outbox> logger
    )
    {
        _store = store;
        _contacts = contacts;
        _time = time;
        _telemetry = telemetry;
        _logger = logger;
        _channels = [.. channels.Select(channel => (channel, new ChannelGate(channel)))];
    }

    public async Task<int> DeliverAsync(CancellationToken cancellationToken)
    {
        var sent = await Task.WhenAll(_channels.Select(channel => DeliverAsync(channel.Channel, channel.Gate, cancellationToken)));
        return sent.Sum();
    }

    public void Dispose()
    {
        foreach (var (_, gate) in _channels)
        {
            gate.Dispose();
        }
    }

    private async Task<int> DeliverAsync(IChannel channel, ChannelGate gate, CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            var claim = new OutboxClaim
            {
                Channel = channel.Name,
                Idempotent = channel.Traits.Idempotent,
                Now = _time.GetUtcNow(),
                // Without keys every claimed message is in doubt after a crash, so no more is claimed than is sent at once.
                Max = channel.Traits.Idempotent ? Window : channel.Traits.Parallelism,
                Lease = (channel.Traits.Timeout * 2) + TimeSpan.FromMinutes(1),
            };
            var deliveries = await _store.ClaimAsync(claim, cancellationToken);
            if (deliveries.Count == 0)
            {
                return total;
            }

            await SendAsync(deliveries, channel, gate, cancellationToken);
            total += deliveries.Count;
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task SendAsync(IReadOnlyList<MessageDelivery> deliveries, IChannel channel, ChannelGate gate, CancellationToken cancellationToken)
    {
        var updates = new DeliveryUpdate[deliveries.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = channel.Traits.Parallelism, CancellationToken = CancellationToken.None };
        await Parallel.ForAsync(
            0,
            deliveries.Count,
            options,
            async (index, _) =>
            {
                // What the provider has must be recorded even when the application stops meanwhile.
                var begun = _time.GetTimestamp();
                using var activity = _telemetry.Delivery(deliveries[index], channel.Name);
                var result = await gate.SendAsync(deliveries[index].Message, cancellationToken);
                updates[index] = Update(deliveries[index], result, channel.Traits.Idempotent, _time.GetUtcNow());
                SupportTelemetry.Ended(activity, updates[index].To);
                _telemetry.Attempted(channel.Name, updates[index].To, _time.GetElapsedTime(begun));
            }
        );
        var lost = await _store.SaveAsync(updates, CancellationToken.None);
        foreach (var id in lost)
        {
            LogLost(id);
        }

        foreach (var (index, _) in updates.Index().Where(row => row.Item.To == DeliveryState.Rejected && !lost.Contains(row.Item.Id, StringComparer.Ordinal)))
        {
            await _contacts.RefusedAsync(deliveries[index].Message, CancellationToken.None);
        }

        foreach (var update in updates)
        {
            LogSent(update.Id, channel.Name, update.To);
        }
    }

    private static DeliveryUpdate Update(MessageDelivery delivery, DeliveryResult result, bool idempotent, DateTimeOffset now)
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
            DeliveryOutcome.Accepted => update,
            DeliveryOutcome.Rejected => update with { To = DeliveryState.Rejected },
            DeliveryOutcome.InDoubt when !idempotent => update with { To = DeliveryState.InDoubt },
            _ when delivery.Attempts >= RetrySchedule.MaxAttempts => update with { To = DeliveryState.Failed },
            _ => update with { To = DeliveryState.Retry, DueAt = now + RetrySchedule.Pause(update.Id, delivery.Attempts, result.RetryAfter) },
        };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery {Delivery} on {Channel}: {State}.")]
    private partial void LogSent(string delivery, string channel, DeliveryState state);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The result of delivery {Delivery} came after its lease had ended; whoever claimed it next records what becomes of it."
    )]
    private partial void LogLost(string delivery);
}
