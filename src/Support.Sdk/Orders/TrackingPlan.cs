using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Support.Sdk.Orders;

/// <summary>Which parcels are asked about, of which feed, and when the next time.</summary>
internal sealed class TrackingPlan(IEnumerable<ITrackingFeed> feeds, IOptions<SupportOptions> options)
{
    // TrackingMore gives up a postal parcel after so many days without news; asking about it for ever would cost for ever.
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(60);

    private readonly IReadOnlyList<ITrackingFeed> _feeds = [.. feeds];

    public TimeSpan Interval => options.Value.TrackingInterval;

    /// <summary>The open parcels of an order that a feed can be asked about.</summary>
    public IEnumerable<(ITrackingFeed Feed, Shipment Shipment)> Open(WatchedOrder order, DateTimeOffset now)
    {
        if (_feeds.Count == 0 || order.Snapshot is null)
        {
            yield break;
        }

        var facts = OrderFacts.At(order, now);
        foreach (var parcel in facts.IsFinished ? [] : facts.Parcels.Where(parcel => IsOpen(parcel, order, now)))
        {
            if (_feeds.FirstOrDefault(feed => feed.Serves(order.Key.Shop, parcel.Shipment)) is { } feed)
            {
                yield return (feed, parcel.Shipment);
            }
        }
    }

    /// <summary>The order with the time of its next question, and with none when there is nothing to ask.</summary>
    public WatchedOrder Plan(WatchedOrder order, DateTimeOffset now)
    {
        if (_feeds.Count == 0 && order.TrackAt is null)
        {
            return order;
        }

        var trackAt = Open(order, now).Any() ? order.TrackAt ?? Next(order.Key, now) : (DateTimeOffset?)null;
        return At(order, trackAt);
    }

    /// <summary>The order asked at another time. One whose source is to be read keeps the time of that.</summary>
    public static WatchedOrder At(WatchedOrder order, DateTimeOffset? trackAt) => RefreshClock.Set(order with { TrackAt = trackAt });

    /// <summary>An interval later, give or take a tenth: the same for the same order, and spread over all of them. A whole second.</summary>
    public DateTimeOffset Next(OrderKey key, DateTimeOffset now)
    {
        var hash = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key.ToString())));
        var seconds = Math.Floor((Interval * (0.9 + (0.2 * hash / uint.MaxValue))).TotalSeconds);
        return now + TimeSpan.FromSeconds(seconds);
    }

    private static bool IsOpen(ParcelFacts parcel, WatchedOrder order, DateTimeOffset now)
    {
        var news = Moments.Later(parcel.LastScanAt ?? parcel.LabelAt, parcel.ShippedAt) ?? order.Snapshot!.PlacedAt;
        return !parcel.IsDelivered
            && parcel.Shipment.TrackingNumber is not null
            && parcel.Status is not (TrackingStatus.Returned or TrackingStatus.Expired)
            && now - news < GiveUpAfter;
    }
}
