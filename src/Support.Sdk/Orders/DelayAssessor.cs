using Support.Sdk.Shops;

namespace Support.Sdk.Orders;

/// <summary>The built-in judgement: every signal that the facts can carry, and the moment at which the next one may come.</summary>
internal sealed class DelayAssessor : IDelayAssessor
{
    public DelayAssessment Assess(WatchedOrder order, ShopView shop, DateTimeOffset now)
    {
        var facts = OrderFacts.At(order, now);
        if (facts.IsFinished)
        {
            return new DelayAssessment { Verdict = DelayVerdict.Finished, NextCheckAt = facts.NextFactAt };
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(shop.Shop.TimeZone);
        var promise = Promises.InForce(order);
        var thresholds = Thresholds.Of(order.Snapshot!, shop.Shop);
        var clocks = OrderClocks.Of(order, facts, promise, thresholds, shop);
        var parcels = facts
            .Parcels.Where(parcel => !parcel.IsDelivered)
            .Select(parcel => ParcelSignals.Of(parcel, order, thresholds, clocks.DeliverBy, shop.Shop))
            .ToList();
        var observed = OrderClocks.ObservesArrival(shop);
        var signals = Gravest(OrderSignals(order.Snapshot!, facts, clocks, observed, now).Concat(parcels.SelectMany(parcel => parcel.At(now))));
        var (newDate, betterDate) = (Promises.NewDate(order, facts, zone, now), Promises.BetterDate(order, facts, zone, now));
        return new DelayAssessment
        {
            Verdict = Verdict(signals, clocks, observed),
            Signals = signals,
            DeliverBy = promise.DeliverBy,
            Lateness = signals.Exists(signal => signal.Kind == DelaySignalKind.PromiseMissed) ? now - clocks.DeliverBy : null,
            NewDate = newDate,
            BetterDate = betterDate,
            NextCheckAt = clocks
                .All.Concat(parcels.SelectMany(parcel => new[] { parcel.LabelDue, parcel.StalledDue }))
                .Concat(Told(order, facts, zone))
                .Concat([facts.NextFactAt, newDate?.EndsAt(zone), betterDate?.EndsAt(zone)])
                .Where(moment => moment > now)
                .Min(),
        };
    }

    private static IEnumerable<DelaySignal> OrderSignals(OrderSnapshot order, OrderFacts facts, OrderClocks clocks, bool observed, DateTimeOffset now)
    {
        if (facts.HeldSince is { } held)
        {
            yield return Signal(DelaySignalKind.OnHold, held) with
            {
                Cause = order.HoldReason,
            };
        }

        if (clocks.ShipBy <= now)
        {
            yield return Signal(DelaySignalKind.ShipByMissed, clocks.ShipBy.Value);
        }

        if (clocks.HandledBy <= now)
        {
            yield return Signal(DelaySignalKind.HandlingTimeExceeded, clocks.HandledBy.Value);
        }

        if (clocks.SilentFrom <= now)
        {
            yield return Signal(DelaySignalKind.NoNews, clocks.SilentFrom.Value);
        }

        // What waits for the customer has come as far as the shop can bring it.
        if (observed && !facts.IsAwaitingPickup && Arrival(facts, clocks, now) is { } signal)
        {
            yield return signal;
        }
    }

    private static DelaySignal? Arrival(OrderFacts facts, OrderClocks clocks, DateTimeOffset now)
    {
        if (clocks.DeliverBy <= now)
        {
            return Signal(DelaySignalKind.PromiseMissed, clocks.DeliverBy.Value);
        }

        return clocks.AtRiskFrom <= now && !facts.IsOutForDelivery ? Signal(DelaySignalKind.AtRisk, clocks.AtRiskFrom.Value) : null;
    }

    private static List<DelaySignal> Gravest(IEnumerable<DelaySignal> signals) =>
        [
            .. signals
                .OrderByDescending(signal => signal.Kind)
                .ThenBy(signal => signal.Since)
                .ThenBy(signal => signal.ShipmentId, StringComparer.Ordinal)
                .DistinctBy(signal => (signal.Kind, signal.ShipmentId)),
        ];

    private static DelayVerdict Verdict(List<DelaySignal> signals, OrderClocks clocks, bool observed)
    {
        if (signals.Exists(signal => IsLate(signal.Kind)))
        {
            return DelayVerdict.Late;
        }

        if (signals.Exists(signal => signal.Kind is not (DelaySignalKind.NoNews or DelaySignalKind.AvailableForPickup)))
        {
            return DelayVerdict.AtRisk;
        }

        return clocks.ShipBy is not null || (clocks.DeliverBy is not null && observed) ? DelayVerdict.OnTrack : DelayVerdict.Unknown;
    }

    private static bool IsLate(DelaySignalKind kind) =>
        kind is DelaySignalKind.ShipByMissed or DelaySignalKind.CarrierDelay or DelaySignalKind.Returning or DelaySignalKind.PromiseMissed;

    // What was told binds: the date, the next word, and the reminders of a parcel that waits for the customer.
    private static IEnumerable<DateTimeOffset?> Told(WatchedOrder order, OrderFacts facts, TimeZoneInfo zone)
    {
        var told = Promises.LastTold(order);
        return Reminders.Next(order, facts).Append(told?.NextWordBy).Append(told?.NewDate?.EndsAt(zone));
    }

    private static DelaySignal Signal(DelaySignalKind kind, DateTimeOffset since) => new() { Kind = kind, Since = since };
}
