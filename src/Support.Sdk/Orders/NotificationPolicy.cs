using System.Globalization;

namespace Support.Sdk.Orders;

/// <summary>
/// The built-in decision. First it lists what could be told, then each candidate passes the rules in turn; the first rule
/// that has something to say decides.
/// </summary>
internal sealed class NotificationPolicy : INotificationPolicy
{
    /// <summary>The age at which news is no news, as AfterShip has it.</summary>
    internal static readonly TimeSpan StaleNews = TimeSpan.FromDays(7);

    /// <summary>How old a snapshot may be when a delay is told from it.</summary>
    internal static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    /// <summary>One moment: within it a customer gets one message about an order, and several parcels become one message.</summary>
    internal static readonly TimeSpan Settling = TimeSpan.FromMinutes(2);

    /// <summary>How long a worse date waits after the last word.</summary>
    internal static readonly TimeSpan BetweenDates = TimeSpan.FromHours(24);

    /// <summary>How long a message rests that no channel could deliver.</summary>
    internal static readonly TimeSpan AfterFailure = TimeSpan.FromHours(24);

    public IReadOnlyList<NoticeProposal> Decide(DecisionInput input, DateTimeOffset now)
    {
        var facts = OrderFacts.At(input.Order, now);
        var recipient = Recipient.Choose(input);
        var proposals = new List<NoticeProposal>();
        var led = false;
        foreach (var candidate in Candidates.Find(input, facts, now))
        {
            var answer = Judge(candidate, input, facts, recipient, led, now);
            led |= answer.Verdict is DecisionVerdict.Send or DecisionVerdict.Hold;
            proposals.Add(Propose(candidate, answer, recipient) with { NextWordBy = NextWord(candidate, input, now) });
        }

        return [.. proposals, .. StaffAlerts.Decide(input, now)];
    }

    internal static NoticeProposal Propose(Candidate candidate, Answer answer, Recipient recipient) =>
        new()
        {
            Occasion = candidate.Occasion,
            Verdict = answer.Verdict,
            Reason = answer.Reason,
            Until = answer.Until,
            To = recipient.ContactPoint,
            TimeZone = recipient.TimeZone,
            Culture = recipient.Culture,
            Signals = candidate.Signals,
            Parcels = candidate.Parcels,
            NewDate = candidate.NewDate,
            News = candidate.News,
            Facts = candidate.Facts,
        };

    private static Answer Judge(Candidate candidate, DecisionInput input, OrderFacts facts, Recipient recipient, bool led, DateTimeOffset now) =>
        Suppression(candidate, input, recipient, now)
        ?? Wait(candidate, input, facts, recipient, led, now)
        ?? Hold(candidate, input)
        ?? new Answer(DecisionVerdict.Send, candidate.Reason);

    private static Answer? Suppression(Candidate candidate, DecisionInput input, Recipient recipient, DateTimeOffset now)
    {
        if (!(input.Shop.Shop.Tells ?? NoticeKinds.Default).Contains(candidate.Occasion.Kind, StringComparer.Ordinal))
        {
            return Suppress($"The shop does not tell {candidate.Occasion.Kind}.");
        }

        if (input.Order.Muted is { } muted)
        {
            return Suppress(muted);
        }

        if (candidate.IsKnown is { } known)
        {
            return Suppress(known);
        }

        if (now - candidate.HappenedAt > StaleNews)
        {
            return Suppress("It happened more than 7 days ago.");
        }

        if (candidate.WasRefusedOnTheSameFacts)
        {
            return Suppress("The customer's address refused the last message about this, and nothing has changed since.");
        }

        return recipient.ObstacleTo(candidate.Occasion.Kind) is { } obstacle ? Suppress(obstacle) : null;
    }

    private static Answer? Wait(Candidate candidate, DecisionInput input, OrderFacts facts, Recipient recipient, bool led, DateTimeOffset now)
    {
        if (candidate.WaitsUntil > now)
        {
            return WaitUntil(candidate.WaitsUntil.Value, "A worse date within 24 hours of the last word waits.");
        }

        if (candidate.RestsUntil > now)
        {
            return WaitUntil(candidate.RestsUntil.Value, "The last message about this could not be delivered; it is tried again after a day.");
        }

        var read = input.Order.Snapshot!.ReadAt ?? input.Order.FirstSeenAt;
        if (candidate.IsDelay && input.CanAskSource && now - read > Fresh)
        {
            return input.Order.RefreshWantedSince is null
                ? new Answer(DecisionVerdict.Look, "The order was last read more than 15 minutes ago; it is read again first.", now + Fresh)
                : WaitUntil(now + Fresh, "The order's source has not answered; nothing is told from an old reading.");
        }

        if (recipient.FullUntil is { } slot && slot > now)
        {
            return WaitUntil(slot, "The customer has had as many messages in 24 hours as the shop allows.");
        }

        if (recipient.QuietUntil(input.Shop.Shop.QuietHours, now) is { } morning)
        {
            return WaitUntil(morning, "It is night where the customer is.");
        }

        return Settle(candidate, input, facts, led, now);
    }

    private static Answer? Settle(Candidate candidate, DecisionInput input, OrderFacts facts, bool led, DateTimeOffset now)
    {
        if (led)
        {
            return WaitUntil(now + Settling, "Another message about the order leads at this moment.");
        }

        var lastWord = input.Order.Notices.LastOrDefault(notice => notice.IsTaken && !StaffAlerts.Is(notice.Kind));
        if (lastWord?.DecidedAt + Settling is { } quiet && quiet > now)
        {
            return WaitUntil(quiet, "A message about the order has just been decided.");
        }

        var severalParcels = facts.MoreParcelsMayFollow || facts.Parcels.Count > 1;
        return candidate.SettlesUntil is { } settled && severalParcels && settled > now ? WaitUntil(settled, "More parcels may follow at once.") : null;
    }

    private static Answer? Hold(Candidate candidate, DecisionInput input)
    {
        if (candidate.IsLastWord)
        {
            return new Answer(DecisionVerdict.Hold, "The customer has had all delay notices that the shop sends by itself; a person should write.");
        }

        if (candidate.ContradictsLastWord)
        {
            return new Answer(DecisionVerdict.Hold, "It contradicts the last word to the customer, and no fact is new.");
        }

        return input.Shop.State.Notices < input.Shop.Shop.HoldFirst
            ? new Answer(
                DecisionVerdict.Hold,
                string.Create(CultureInfo.InvariantCulture, $"The shop's first {input.Shop.Shop.HoldFirst} messages are held for approval.")
            )
            : null;
    }

    // The promised next word never comes before the promise itself has ended.
    private static DateTimeOffset? NextWord(Candidate candidate, DecisionInput input, DateTimeOffset now)
    {
        if (!candidate.IsDelay || candidate.IsLastWord)
        {
            return null;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(input.Shop.Shop.TimeZone);
        var end = (candidate.NewDate ?? input.Assessment.DeliverBy)?.EndsAt(zone);
        return Moments.After(end > now ? end.Value : now, input.Shop.Shop.NextWordAfter);
    }

    private static Answer Suppress(string reason) => new(DecisionVerdict.Suppress, reason);

    private static Answer WaitUntil(DateTimeOffset until, string reason) => new(DecisionVerdict.Wait, reason, until);
}

/// <summary>What a rule says, why, and when to ask again.</summary>
internal sealed record Answer(DecisionVerdict Verdict, string Reason, DateTimeOffset? Until = null);
