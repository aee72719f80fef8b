namespace Support.Sdk.Orders;

/// <summary>Finds what could be told about parcels: only their latest status, and each status only when it comes up first.</summary>
internal static class ParcelCandidates
{
    /// <summary>The kinds that name trouble with a parcel.</summary>
    public static bool IsTrouble(string kind) =>
        kind is NoticeKinds.AttemptFailed or NoticeKinds.AvailableForPickup or NoticeKinds.OrderException or NoticeKinds.OrderReturning;

    /// <summary>What needs the customer, or somebody else.</summary>
    public static IEnumerable<Candidate> Trouble(DecisionInput input, OrderFacts facts, Lazy<string> fingerprint, DateTimeOffset now)
    {
        if (facts.IsFinished)
        {
            return [];
        }

        return facts
            .Parcels.Where(parcel => !parcel.IsDelivered)
            .SelectMany(parcel => NewsOf(parcel, input.Order, now) is { } news ? new[] { (Parcel: parcel, News: news) } : [])
            .GroupBy(found => found.News, found => found.Parcel)
            .Select(group => Trouble(group.Key, [.. group], input.Assessment.Signals, fingerprint));
    }

    /// <summary>Where parcels are.</summary>
    public static IEnumerable<Candidate?> Progress(DecisionInput input, OrderFacts facts, Lazy<string> fingerprint)
    {
        yield return Progress(
            Untold(input.Order, facts.Parcels.Where(parcel => parcel.IsDelivered), NoticeKinds.OrderDelivered),
            (NoticeKinds.OrderDelivered, "has arrived."),
            parcel => parcel.DeliveredAt!.Value,
            fingerprint
        );
        if (input.Order.Snapshot!.Status is OrderStatus.Cancelled or OrderStatus.Completed)
        {
            yield break;
        }

        var open = facts.Parcels.Where(parcel => !parcel.IsDelivered).ToList();
        yield return Progress(
            OutForDelivery(input, open),
            (NoticeKinds.OutForDelivery, "is out for delivery."),
            parcel => parcel.StatusSince!.Value,
            fingerprint
        );
        yield return Progress(
            Untold(input.Order, open.Where(parcel => parcel is { IsShipped: true, IsBeyondTransit: false }), NoticeKinds.OrderShipped),
            (NoticeKinds.OrderShipped, "is with the carrier."),
            parcel => parcel.ShippedAt!.Value,
            fingerprint
        );
    }

    // As with confirmations, a decision about every parcel of a shop that does not tell it would say nothing.
    private static List<ParcelFacts> OutForDelivery(DecisionInput input, List<ParcelFacts> open) =>
        (input.Shop.Shop.Tells ?? NoticeKinds.Default).Contains(NoticeKinds.OutForDelivery, StringComparer.Ordinal)
            ? Untold(input.Order, open.Where(parcel => parcel.Status == TrackingStatus.OutForDelivery), NoticeKinds.OutForDelivery)
            : [];

    private static ParcelNews? NewsOf(ParcelFacts parcel, WatchedOrder order, DateTimeOffset now)
    {
        if (Reminders.KindOf(parcel.Status) is { } kind)
        {
            var told = Reminders.Told(order, kind, parcel.Shipment.Id);
            return Reminders.Due(parcel, told) <= now ? new ParcelNews(kind, told.Count + 1) : null;
        }

        var (trouble, stages) =
            parcel.IsReturning ? (NoticeKinds.OrderReturning, 1)
            : parcel.IsInTrouble ? (NoticeKinds.OrderException, parcel.Troubles)
            : ("", 0);
        return Reminders.Told(order, trouble, parcel.Shipment.Id).Count < stages ? new ParcelNews(trouble, stages) : null;
    }

    private static Candidate Trouble(ParcelNews news, List<ParcelFacts> parcels, IReadOnlyList<DelaySignal> signals, Lazy<string> fingerprint)
    {
        var ids = parcels.ConvertAll(parcel => parcel.Shipment.Id);
        return new Candidate
        {
            Occasion = new Occasion(news.Kind, string.Join('+', ids), news.Number),
            Reason = news.Number == 1 ? $"{parcels[0].Status}; the customer has not been told." : $"{parcels[0].Status}, still.",
            HappenedAt = parcels.Max(parcel => parcel.StatusSince!.Value),
            Facts = fingerprint.Value,
            Parcels = ids,
            Gravity = SignalOf(news.Kind),
            Signals = [.. signals.Where(signal => signal.Kind is not (DelaySignalKind.NoNews or DelaySignalKind.HandlingTimeExceeded))],
        };
    }

    private static DelaySignalKind SignalOf(string kind) =>
        kind switch
        {
            NoticeKinds.AttemptFailed => DelaySignalKind.AttemptFailed,
            NoticeKinds.AvailableForPickup => DelaySignalKind.AvailableForPickup,
            NoticeKinds.OrderReturning => DelaySignalKind.Returning,
            _ => DelaySignalKind.Exception,
        };

    private static Candidate? Progress(
        List<ParcelFacts> parcels,
        (string Kind, string What) news,
        Func<ParcelFacts, DateTimeOffset> happened,
        Lazy<string> fingerprint
    )
    {
        if (parcels.Count == 0)
        {
            return null;
        }

        var ids = parcels.ConvertAll(parcel => parcel.Shipment.Id);
        var at = parcels.Max(happened);
        return new Candidate
        {
            Occasion = new Occasion(news.Kind, string.Join('+', ids)),
            Reason = ids.Count == 1 ? $"A parcel {news.What}" : $"Several parcels: each {news.What}",
            HappenedAt = at,
            Facts = fingerprint.Value,
            Parcels = ids,
            SettlesUntil = at + NotificationPolicy.Settling,
        };
    }

    private static List<ParcelFacts> Untold(WatchedOrder order, IEnumerable<ParcelFacts> parcels, string kind)
    {
        var told = order
            .Notices.Where(notice => notice.IsTaken && string.Equals(notice.Kind, kind, StringComparison.Ordinal))
            .SelectMany(notice => notice.Parcels)
            .ToHashSet(StringComparer.Ordinal);
        return [.. parcels.Where(parcel => !told.Contains(parcel.Shipment.Id))];
    }

    /// <summary>What is new about a parcel, and the how manieth word on it that is.</summary>
    private sealed record ParcelNews(string Kind, int Number);
}
