using Microsoft.Extensions.Logging;
using Support.Sdk.Contacts;
using Support.Sdk.Diagnostics;
using Support.Sdk.Orders;
using Support.Sdk.Sweep;

namespace Support.Sdk.Deliveries;

/// <summary>Delivers what is decided and what is waiting, each channel by itself: none waits for another.</summary>
internal sealed class Outbox(
    IOutboxStore store,
    IOrderStore orders,
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
    /// <summary>The channels.</summary>
    public IReadOnlyList<ChannelLane> Lanes { get; } = [.. channels.Select(channel => new ChannelLane(channel, times, time))];

    /// <summary>Saves what was decided. What is due at once is claimed in the same transaction, as far as this process delivers, and is on its way then.</summary>
    /// <returns>The orders that lost the race because somebody else saved them first.</returns>
    public async Task<IReadOnlyList<OrderKey>> SaveAsync(IReadOnlyList<OrderChange> changes, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var now = time.GetUtcNow();
        var due = changes
            .SelectMany(change => change.Deliveries)
            .Where(delivery => delivery.State == DeliveryState.Pending && delivery.DueAt <= now)
            .CountBy(delivery => delivery.Message.To.Channel, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        var reserved = new List<(ChannelLane Lane, int Room)>();
        IReadOnlyList<MessageDelivery> claimed = [];
        try
        {
            foreach (var lane in Lanes)
            {
                if (due.TryGetValue(lane.Channel.Name, out var wanted) && await lane.ReserveAsync(wanted, cancellationToken) is > 0 and var room)
                {
                    reserved.Add((lane, room));
                }
            }

            var saved = await orders.SaveAndClaimAsync(changes, reserved.ConvertAll(one => one.Lane.Claim(one.Room)), cancellationToken);
            claimed = saved.Claimed;
            return saved.Lost;
        }
        finally
        {
            foreach (var (lane, room) in reserved)
            {
                var own = claimed.Where(delivery => string.Equals(delivery.Message.To.Channel, lane.Channel.Name, StringComparison.Ordinal)).ToList();
                if (!lane.HandOver(own, room, begun))
                {
                    await GiveBackAsync(lane, own);
                }
            }

            if (due.Values.Sum() > claimed.Count)
            {
                wake.Set();
            }
        }
    }

    /// <summary>Delivers until nothing is due on any channel.</summary>
    public async Task<int> DeliverAsync(CancellationToken cancellationToken)
    {
        var sent = await Task.WhenAll(Lanes.Select(lane => DeliverAsync(lane, looks: true, cancellationToken)));
        return sent.Sum();
    }

    /// <summary>Delivers until nothing is due on one channel.</summary>
    /// <param name="lane">The channel.</param>
    /// <param name="looks">False for who comes for what was handed over.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<int> DeliverAsync(ChannelLane lane, bool looks, CancellationToken cancellationToken) =>
        new DeliveryPump(lane, store, contacts, writeBack, times, wake, time, telemetry, logger).RunAsync(looks, cancellationToken);

    /// <summary>Leaves what was claimed and not begun to whoever claims it next, at once.</summary>
    public async Task GiveBackAsync(ChannelLane lane, IReadOnlyList<MessageDelivery> deliveries)
    {
        if (deliveries.Count > 0)
        {
            var now = time.GetUtcNow();
            var records = new DeliveryRecords(store, lane.Channel.Name, times, time, logger);
            // Nobody waits for it for longer than for the other results of an application that stops.
            await records.SaveAsync([.. deliveries.Select(delivery => DeliveryPump.GiveBack(delivery, now))], new CancellationToken(canceled: true));
        }
    }

    public void Dispose()
    {
        foreach (var lane in Lanes)
        {
            lane.Dispose();
        }
    }
}
