namespace Support.Sdk.Orders;

/// <summary>Finds whether a delay could be told: the first word, a further one, or good news.</summary>
internal static class DelayCandidates
{
    public static Candidate? Find(DecisionInput input, OrderFacts facts, Lazy<string> fingerprint, DateTimeOffset now)
    {
        var signals = input.Assessment.Signals.Where(signal => !IsForShopAlone(signal.Kind)).ToList();
        var lead = signals.Find(signal => IsDelay(signal.Kind, input.Assessment));
        // What is at the door, or waits for the customer, is late only once its promise has ended.
        var isThere = facts.IsOutForDelivery || facts.IsAwaitingPickup;
        lead = isThere && lead?.Kind != DelaySignalKind.PromiseMissed ? null : lead;
        var told = input.Order.Notices.Where(notice => notice.IsTaken && Promises.IsDelay(notice.Kind)).ToList();
        var draft = new Candidate
        {
            Occasion = new Occasion(NoticeKinds.OrderDelayed, Number: told.Count + 1),
            Reason = "",
            HappenedAt = now,
            Facts = fingerprint.Value,
            Parcels = [.. facts.Parcels.Where(parcel => !parcel.IsDelivered).Select(parcel => parcel.Shipment.Id)],
            Gravity = lead?.Kind,
            Signals = signals,
            IsDelay = true,
            NewDate = input.Assessment.NewDate,
            IsKnown = facts.IsReturning ? "The order is on its way back to the shop, which the customer is told by itself." : null,
        };
        return (told.Count, lead) switch
        {
            (0, null) => null,
            (0, _) => First(input, lead, draft),
            _ => (isThere ? null : Better(input, told, draft)) ?? (lead is null ? null : Further(input, told, draft, now)),
        };
    }

    private static Candidate First(DecisionInput input, DelaySignal lead, Candidate draft) =>
        draft with
        {
            Occasion = new Occasion(lead.Kind == DelaySignalKind.AtRisk ? NoticeKinds.OrderAtRisk : NoticeKinds.OrderDelayed),
            Reason = $"{string.Join(", ", draft.Signals.Select(signal => signal.Kind).Distinct())}; the customer has not been told.",
            HappenedAt = lead.Since,
            IsKnown = draft.IsKnown ?? NamedAlready(input, draft),
        };

    // Passing the original promise after a first notice is nothing new; a worse date, or passing a date that was told, is.
    private static Candidate? Further(DecisionInput input, List<Notice> told, Candidate draft, DateTimeOffset now)
    {
        var last = told[^1];
        var zone = TimeZoneInfo.FindSystemTimeZoneById(input.Shop.Shop.TimeZone);
        var isWorse = draft.NewDate is not null && draft.NewDate != last.NewDate;
        var passed = Moments.Earlier(last.NewDate?.EndsAt(zone), last.NextWordBy) is { } word && word <= now;
        if (!isWorse && !passed)
        {
            return null;
        }

        return draft with
        {
            Reason = isWorse ? "There is a later date than the customer was told." : "The date of the last word has come, and the order has not arrived.",
            News = NoticeNews.Further,
            IsLastWord = told.Count > input.Shop.Shop.FurtherNotices,
            ContradictsLastWord = isWorse && !passed && Contradicts(last, draft),
            WaitsUntil = isWorse && !passed ? last.DecidedAt + NotificationPolicy.BetweenDates : null,
        };
    }

    // Good news needs no rest after the last word, and no signal: the delay that was told is what it is about.
    private static Candidate? Better(DecisionInput input, List<Notice> told, Candidate draft)
    {
        if (input.Assessment.BetterDate is not { } date)
        {
            return null;
        }

        return draft with
        {
            Reason = "There is an earlier date than the customer was told.",
            News = NoticeNews.Better,
            NewDate = date,
            IsLastWord = told.Count > input.Shop.Shop.FurtherNotices,
            ContradictsLastWord = Contradicts(told[^1], draft),
        };
    }

    private static bool Contradicts(Notice last, Candidate draft) => string.Equals(last.Facts, draft.Facts, StringComparison.Ordinal);

    // A message about a parcel names every cause that holds; without a date there is nothing to add to it.
    private static string? NamedAlready(DecisionInput input, Candidate draft)
    {
        var named = input.Order.Notices.LastOrDefault(notice => notice.IsTaken && ParcelCandidates.IsTrouble(notice.Kind))?.DecidedAt;
        return draft.NewDate is null && named is not null && draft.Signals.All(signal => signal.Since <= named)
            ? "The last message about the parcel named it already, and no new date can be given."
            : null;
    }

    // Being held back delays an order only when its date moves; what concerns a parcel alone has kinds of its own.
    private static bool IsDelay(DelaySignalKind kind, DelayAssessment assessment) =>
        kind is DelaySignalKind.AtRisk or DelaySignalKind.ShipByMissed or DelaySignalKind.CarrierDelay or DelaySignalKind.PromiseMissed
        || (kind == DelaySignalKind.OnHold && assessment.NewDate is not null);

    // A label without a scan, or a parcel that stalled, is a cause as soon as the order is at risk.
    private static bool IsForShopAlone(DelaySignalKind kind) => kind is DelaySignalKind.NoNews or DelaySignalKind.HandlingTimeExceeded;
}
