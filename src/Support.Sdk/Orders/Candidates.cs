using System.Security.Cryptography;
using System.Text;
using Support.Sdk.Deliveries;

namespace Support.Sdk.Orders;

/// <summary>Finds what could be told about an order: trouble first, the gravest leading, then arrivals, then the parcel's way.</summary>
internal static class Candidates
{
    /// <summary>What could be told to the customer.</summary>
    public static IEnumerable<Candidate> Find(DecisionInput input, OrderFacts facts, DateTimeOffset now)
    {
        var fingerprint = new Lazy<string>(() => Fingerprint(input.Order));
        var found = ParcelCandidates
            .Trouble(input, facts, fingerprint, now)
            .Prepend(DelayCandidates.Find(input, facts, fingerprint, now))
            .OrderByDescending(candidate => candidate?.Gravity)
            .Concat(ParcelCandidates.Progress(input, facts, fingerprint))
            .Append(Confirmed(input, facts, fingerprint, now));
        return found.OfType<Candidate>().Select(candidate => AfterFailure(input.Order, candidate));
    }

    /// <summary>What the shop's own people could be told, the gravest first: each parcel's signals once.</summary>
    public static IEnumerable<Candidate> Alerts(DecisionInput input)
    {
        var told = input.Order.Notices.Where(notice => notice.IsTaken).Select(notice => notice.Occasion).ToHashSet(StringComparer.Ordinal);
        return input
            .Assessment.Signals.Where(signal => TellsShop(signal.Kind))
            .Select(signal => new Candidate
            {
                Occasion = new Occasion(NoticeKinds.ShopAlert, signal.ShipmentId) { Signal = signal.Kind },
                Reason = $"{signal.Kind}; the shop's people have not been told.",
                HappenedAt = signal.Since,
                Facts = Fingerprint(input.Order),
                Parcels = signal.ShipmentId is { } parcel ? [parcel] : [],
                Signals = [signal],
            })
            .Where(candidate => !told.Contains(candidate.Occasion.ToString()))
            .Select(candidate => AfterFailure(input.Order, candidate));
    }

    /// <summary>Signals about the shop's own work, which its people can mend before the customer is told.</summary>
    public static bool TellsShop(DelaySignalKind kind) =>
        kind is DelaySignalKind.NoNews or DelaySignalKind.LabelWithoutScan or DelaySignalKind.Stalled or DelaySignalKind.HandlingTimeExceeded;

    // Nearly no shop tells it, and a decision for each of its orders would say nothing: it comes up only where it is told.
    private static Candidate? Confirmed(DecisionInput input, OrderFacts facts, Lazy<string> fingerprint, DateTimeOffset now)
    {
        var order = input.Order;
        var snapshot = order.Snapshot!;
        var isNew = now - snapshot.PlacedAt <= NotificationPolicy.StaleNews && !facts.IsFinished && !facts.Parcels.Any(parcel => parcel.IsShipped);
        var tells = (input.Shop.Shop.Tells ?? NoticeKinds.Default).Contains(NoticeKinds.OrderConfirmed, StringComparer.Ordinal);
        if (!isNew || !tells || order.Muted is not null || order.Notices.Any(notice => notice.IsTaken && IsConfirmation(notice)))
        {
            return null;
        }

        return new Candidate
        {
            Occasion = new Occasion(NoticeKinds.OrderConfirmed),
            Reason = "The order has come in.",
            HappenedAt = snapshot.PlacedAt,
            Facts = fingerprint.Value,
        };
    }

    private static bool IsConfirmation(Notice notice) => string.Equals(notice.Kind, NoticeKinds.OrderConfirmed, StringComparison.Ordinal);

    private static Candidate AfterFailure(WatchedOrder order, Candidate candidate)
    {
        var occasion = candidate.Occasion.ToString();
        var last = order.Notices.LastOrDefault(notice =>
            string.Equals(notice.Occasion, occasion, StringComparison.Ordinal) && string.Equals(notice.Facts, candidate.Facts, StringComparison.Ordinal)
        );
        return candidate with
        {
            WasRefusedOnTheSameFacts = last?.State is DeliveryState.Rejected or DeliveryState.Bounced,
            RestsUntil = last?.State == DeliveryState.Failed ? last.DecidedAt + NotificationPolicy.AfterFailure : null,
        };
    }

    // The same facts, however often they were read.
    private static string Fingerprint(WatchedOrder order)
    {
        var facts = order.Snapshot! with { ReadAt = null, UpdatedAt = null, EventId = null, Source = "" };
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SupportJson.Write((SupportEvent)facts))).AsSpan(0, 8));
    }
}
