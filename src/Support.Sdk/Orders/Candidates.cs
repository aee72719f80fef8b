using System.Security.Cryptography;
using System.Text;
using Support.Sdk.Deliveries;

namespace Support.Sdk.Orders;

/// <summary>Something that could be told, before any rule has been asked.</summary>
internal sealed record Candidate
{
    public required Occasion Occasion { get; init; }

    /// <summary>Why it could be told.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset HappenedAt { get; init; }

    public required string Facts { get; init; }

    public IReadOnlyList<string> Parcels { get; init; } = [];

    public bool IsDelay { get; init; }

    /// <summary>The shop sends no further notice by itself after this one.</summary>
    public bool IsLastWord { get; init; }

    public bool ContradictsLastWord { get; init; }

    /// <summary>The customer's address refused the last message about it, and nothing has changed since.</summary>
    public bool WasRefusedOnTheSameFacts { get; init; }

    /// <summary>When the last message about it, which failed on the same facts, is old enough for another try, or null.</summary>
    public DateTimeOffset? RestsUntil { get; init; }

    public DateTimeOffset? WaitsUntil { get; init; }

    public DateTimeOffset? SettlesUntil { get; init; }
}

/// <summary>Finds what could be told about an order: the delay first, then arrivals, then shipments.</summary>
internal static class Candidates
{
    public static IEnumerable<Candidate> Find(DecisionInput input, OrderFacts facts, DateTimeOffset now)
    {
        var fingerprint = new Lazy<string>(() => Fingerprint(input.Order));
        var found = new[] { Delay(input, facts, fingerprint, now), Delivered(input.Order, facts, fingerprint), Shipped(input.Order, facts, fingerprint) };
        return found.OfType<Candidate>().Select(candidate => AfterFailure(input.Order, candidate));
    }

    private static Candidate? Delay(DecisionInput input, OrderFacts facts, Lazy<string> fingerprint, DateTimeOffset now)
    {
        var signals = input.Assessment.Signals;
        if (signals.Count == 0)
        {
            return null;
        }

        var told = input.Order.Notices.Where(notice => notice.IsTaken && Promises.IsDelay(notice.Kind)).ToList();
        var parcels = facts.Parcels.Where(parcel => !parcel.IsDelivered).Select(parcel => parcel.Shipment.Id).ToList();
        if (told.Count == 0)
        {
            return new Candidate
            {
                Occasion = new Occasion(signals[0].Kind == DelaySignalKind.AtRisk ? NoticeKinds.OrderAtRisk : NoticeKinds.OrderDelayed),
                Reason = $"{Names(signals)}; the customer has not been told.",
                HappenedAt = signals[0].Since,
                Facts = fingerprint.Value,
                Parcels = parcels,
                IsDelay = true,
            };
        }

        return Further(input, told, parcels, fingerprint, now);
    }

    // Passing the original promise after a first notice is nothing new; a worse date, or passing a date that was told, is.
    private static Candidate? Further(DecisionInput input, List<Notice> told, List<string> parcels, Lazy<string> fingerprint, DateTimeOffset now)
    {
        var last = told[^1];
        var zone = TimeZoneInfo.FindSystemTimeZoneById(input.Shop.Shop.TimeZone);
        var newDate = input.Assessment.NewDate;
        var isWorse = newDate is not null && newDate != last.NewDate;
        var passed = Moments.Earlier(last.NewDate?.EndsAt(zone), last.NextWordBy) is { } word && word <= now;
        if (!isWorse && !passed)
        {
            return null;
        }

        return new Candidate
        {
            Occasion = new Occasion(NoticeKinds.OrderDelayed, Number: told.Count + 1),
            Reason = isWorse ? "There is a later date than the customer was told." : "The date of the last word has come, and the order has not arrived.",
            HappenedAt = now,
            Facts = fingerprint.Value,
            Parcels = parcels,
            IsDelay = true,
            IsLastWord = told.Count > input.Shop.Shop.FurtherNotices,
            ContradictsLastWord = isWorse && !passed && string.Equals(last.Facts, fingerprint.Value, StringComparison.Ordinal),
            WaitsUntil = isWorse && !passed ? last.DecidedAt + NotificationPolicy.BetweenDates : null,
        };
    }

    private static Candidate? Delivered(WatchedOrder order, OrderFacts facts, Lazy<string> fingerprint)
    {
        var arrived = Untold(order, facts.Parcels.Where(parcel => parcel.IsDelivered), NoticeKinds.OrderDelivered);
        return arrived.Count == 0
            ? null
            : Parcels(NoticeKinds.OrderDelivered, arrived, arrived.Max(parcel => parcel.DeliveredAt!.Value), "has arrived.", fingerprint);
    }

    // A parcel that has arrived is no longer told as shipped.
    private static Candidate? Shipped(WatchedOrder order, OrderFacts facts, Lazy<string> fingerprint)
    {
        var shipped = Untold(order, facts.Parcels.Where(parcel => parcel is { IsShipped: true, IsDelivered: false }), NoticeKinds.OrderShipped);
        if (shipped.Count == 0 || order.Snapshot!.Status is OrderStatus.Cancelled or OrderStatus.Completed)
        {
            return null;
        }

        return Parcels(NoticeKinds.OrderShipped, shipped, shipped.Max(parcel => parcel.ShippedAt!.Value), "is with the carrier.", fingerprint);
    }

    private static Candidate Parcels(string kind, List<ParcelFacts> parcels, DateTimeOffset at, string what, Lazy<string> fingerprint)
    {
        var ids = parcels.ConvertAll(parcel => parcel.Shipment.Id);
        return new Candidate
        {
            Occasion = new Occasion(kind, string.Join('+', ids)),
            Reason = ids.Count == 1 ? $"A parcel {what}" : $"Several parcels: each {what}",
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

    private static string Names(IReadOnlyList<DelaySignal> signals) => string.Join(", ", signals.Select(signal => signal.Kind).Distinct());

    // The same facts, however often they were read.
    private static string Fingerprint(WatchedOrder order)
    {
        var facts = order.Snapshot! with { ReadAt = null, UpdatedAt = null, EventId = null, Source = "" };
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SupportJson.Write((SupportEvent)facts))).AsSpan(0, 8));
    }
}
