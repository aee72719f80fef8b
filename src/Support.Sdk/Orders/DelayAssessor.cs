using Support.Sdk.Shops;

namespace Support.Sdk.Orders;

/// <summary>The built-in judgement: ship-by missed, at risk, promise missed, and what the carrier says.</summary>
internal sealed class DelayAssessor : IDelayAssessor
{
    private const int LearnedFrom = 20;

    public DelayAssessment Assess(WatchedOrder order, ShopView shop, DateTimeOffset now)
    {
        var facts = OrderFacts.At(order, now);
        if (facts.IsFinished)
        {
            return new DelayAssessment { Verdict = DelayVerdict.Finished, NextCheckAt = facts.NextFactAt };
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(shop.Shop.TimeZone);
        var promise = Promises.InForce(order);
        var clock = new Clock(
            ShipBy: facts.IsWhollyShipped ? null : promise.ShipBy?.EndsAt(zone),
            DeliverBy: promise.DeliverBy?.EndsAt(zone),
            AtRiskFrom: AtRiskFrom(order, promise.DeliverBy?.EndsAt(zone), shop.Shop)
        );
        var observed = ObservesArrival(shop);
        var signals = Signals(facts, clock, observed, now).Concat(CarrierSignals(facts, order, clock)).OrderByDescending(signal => signal.Kind).ToList();
        return new DelayAssessment
        {
            Verdict = Verdict(signals, clock, observed),
            Signals = signals,
            DeliverBy = promise.DeliverBy,
            Lateness = signals.Exists(signal => signal.Kind == DelaySignalKind.PromiseMissed) ? now - clock.DeliverBy : null,
            NewDate = Promises.NewDate(order, facts, zone, now),
            NextCheckAt = Next(order, facts, clock, zone, now),
        };
    }

    /// <summary>What cannot be observed is not judged.</summary>
    internal static bool ObservesArrival(ShopView shop) =>
        shop.Shop.RecordsDeliveries ?? (shop.State.Delivered >= LearnedFrom && shop.State.Delivered * 2 >= shop.State.Shipped);

    private static IEnumerable<DelaySignal> Signals(OrderFacts facts, Clock clock, bool observed, DateTimeOffset now)
    {
        if (clock.ShipBy <= now)
        {
            yield return new DelaySignal { Kind = DelaySignalKind.ShipByMissed, Since = clock.ShipBy.Value };
        }

        if (!observed)
        {
            yield break;
        }

        if (clock.DeliverBy <= now)
        {
            yield return new DelaySignal { Kind = DelaySignalKind.PromiseMissed, Since = clock.DeliverBy.Value };
        }
        else if (clock.AtRiskFrom <= now && !facts.IsOutForDelivery)
        {
            yield return new DelaySignal { Kind = DelaySignalKind.AtRisk, Since = clock.AtRiskFrom.Value };
        }
    }

    private static IEnumerable<DelaySignal> CarrierSignals(OrderFacts facts, WatchedOrder order, Clock clock)
    {
        foreach (var parcel in facts.Parcels.Where(parcel => !parcel.IsDelivered))
        {
            if (parcel.LatestScan is { Status: TrackingStatus.Delayed } scan)
            {
                yield return Carrier(parcel, scan.At, scan.Description);
            }
            else if (parcel.EstimatedArrival >= clock.DeliverBy)
            {
                yield return Carrier(parcel, parcel.LatestScan?.At ?? order.Snapshot!.ReadAt ?? order.FirstSeenAt, cause: null);
            }
        }
    }

    private static DelaySignal Carrier(ParcelFacts parcel, DateTimeOffset since, string? cause) =>
        new()
        {
            Kind = DelaySignalKind.CarrierDelay,
            Since = since,
            ShipmentId = parcel.Shipment.Id,
            Cause = cause,
        };

    private static DateTimeOffset? AtRiskFrom(WatchedOrder order, DateTimeOffset? deliverBy, Shop shop)
    {
        if (deliverBy is not { } end)
        {
            return null;
        }

        // An order that is promised for tomorrow is not at risk the moment it is placed.
        var half = (end - order.Snapshot!.PlacedAt) / 2;
        return end - (half < shop.AtRiskBefore ? half : shop.AtRiskBefore);
    }

    private static DelayVerdict Verdict(List<DelaySignal> signals, Clock clock, bool observed)
    {
        if (signals.Count > 0)
        {
            return signals[0].Kind == DelaySignalKind.AtRisk ? DelayVerdict.AtRisk : DelayVerdict.Late;
        }

        return clock.ShipBy is not null || (clock.DeliverBy is not null && observed) ? DelayVerdict.OnTrack : DelayVerdict.Unknown;
    }

    private static DateTimeOffset? Next(WatchedOrder order, OrderFacts facts, Clock clock, TimeZoneInfo zone, DateTimeOffset now)
    {
        var told = Promises.LastTold(order);
        return new[] { clock.ShipBy, clock.AtRiskFrom, clock.DeliverBy, facts.NextFactAt, told?.NextWordBy, told?.NewDate?.EndsAt(zone) }
            .Where(moment => moment > now)
            .Min();
    }

    private sealed record Clock(DateTimeOffset? ShipBy, DateTimeOffset? DeliverBy, DateTimeOffset? AtRiskFrom);
}
