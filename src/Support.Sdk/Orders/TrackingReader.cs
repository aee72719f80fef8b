using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Polly;

namespace Support.Sdk.Orders;

/// <summary>Asks the feeds about the parcels of an order whose time has come. What they say comes in like any other event.</summary>
internal sealed partial class TrackingReader(TrackingPlan plan, IOrderStore orders, ISupportIntake intake, TimeProvider time, ILogger<TrackingReader> logger)
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromMinutes(5);
    private static readonly ResiliencePipeline Timeout = new ResiliencePipelineBuilder().AddTimeout(TimeSpan.FromSeconds(30)).Build();
    private readonly ConcurrentDictionary<(string Shop, string Feed), Rest> _rests = new();

    public async Task ReadAsync(WatchedOrder order, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var open = plan.Open(order, now).ToList();
        var again = open.Count > 0 ? plan.Next(order.Key, now) : (DateTimeOffset?)null;
        foreach (var (feed, shipment) in open)
        {
            again = Moments.Earlier(again, await ReadAsync(feed, order.Key, shipment, now, cancellationToken));
        }

        await orders.SaveAsync([new OrderChange { Order = RefreshClock.Resume(order with { TrackAt = again }, time.GetUtcNow()) }], cancellationToken);
    }

    /// <returns>Until when the feed is left in peace, or null when it answered.</returns>
    private async Task<DateTimeOffset?> ReadAsync(ITrackingFeed feed, OrderKey key, Shipment shipment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A feed that failed for one parcel is not asked about the shop's others meanwhile.
        if (_rests.TryGetValue((key.Shop, feed.Name), out var rest) && rest.Until > now)
        {
            return rest.Until;
        }

        try
        {
            var news = await Timeout.ExecuteAsync(async token => await feed.ReadAsync(key.Shop, shipment, token), cancellationToken);
            if (news is not null)
            {
                var tracked = new ShipmentTracked
                {
                    Key = key,
                    Shipment = news with { Id = shipment.Id },
                    Source = feed.Name,
                };
                await intake.AcceptAsync([tracked], cancellationToken);
            }

            _rests.TryRemove((key.Shop, feed.Name), out _);
            return null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnread(exception, feed.Name, key.Shop, key.Id);
            return _rests.AddOrUpdate((key.Shop, feed.Name), _ => new Rest(now + FirstRest, FirstRest), (_, last) => Longer(last, now)).Until;
        }
    }

    private Rest Longer(Rest last, DateTimeOffset now)
    {
        var length = last.Length * 2 < plan.Interval ? last.Length * 2 : plan.Interval;
        return new Rest(now + length, length);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The tracking feed {Feed} could not be read for order {Order} of shop {Shop}; it is left in peace for a while."
    )]
    private partial void LogUnread(Exception exception, string feed, string shop, string order);

    private sealed record Rest(DateTimeOffset Until, TimeSpan Length);
}
