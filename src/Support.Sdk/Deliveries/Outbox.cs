using Microsoft.Extensions.Logging;
using Support.Sdk.Contacts;
using Support.Sdk.Diagnostics;
using Support.Sdk.Orders;
using Support.Sdk.Sweep;

namespace Support.Sdk.Deliveries;

/// <summary>Delivers what is waiting, each channel by itself: none waits for another.</summary>
internal sealed class Outbox(
    IOutboxStore store,
    ContactHealthWatch contacts,
    IEnumerable<IChannel> channels,
    WriteBackPlan writeBack,
    EngineTimes times,
    WakeUp wake,
    TimeProvider time,
    SupportTelemetry telemetry,
    ILogger<Outbox> logger
) : IDisposable
{
    private readonly List<(IChannel Channel, ChannelGate Gate)> _channels = [.. channels.Select(channel => (channel, new ChannelGate(channel)))];

    /// <summary>The number of channels.</summary>
    public int Count => _channels.Count;

    /// <summary>Delivers until nothing is due on any channel.</summary>
    public async Task<int> DeliverAsync(CancellationToken cancellationToken)
    {
        var sent = await Task.WhenAll(Enumerable.Range(0, Count).Select(channel => DeliverAsync(channel, cancellationToken)));
        return sent.Sum();
    }

    /// <summary>Delivers until nothing is due on one channel.</summary>
    public Task<int> DeliverAsync(int channel, CancellationToken cancellationToken)
    {
        var (which, gate) = _channels[channel];
        return new DeliveryPump(which, gate, store, contacts, writeBack, times, wake, time, telemetry, logger).RunAsync(cancellationToken);
    }

    public void Dispose()
    {
        foreach (var (_, gate) in _channels)
        {
            gate.Dispose();
        }
    }
}
