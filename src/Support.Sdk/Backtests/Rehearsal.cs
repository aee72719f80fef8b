using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Backtests;

/// <summary>Plays one past order through the assessor and the policy, from fact to fact and from check to check.</summary>
internal sealed class Rehearsal(IDelayAssessor assessor, INotificationPolicy policy)
{
    public PlayedOrder Play(PastOrder past, ShopView shop, DateTimeOffset? until)
    {
        var facts = new Queue<DateTimeOffset>(past.Moments);
        var play = new Play();
        DateTimeOffset? now = facts.Peek();
        while (now is { } moment && (until is null || moment <= until))
        {
            if (facts.TryPeek(out var fact) && fact <= moment)
            {
                facts.Dequeue();
                play.Order = OrderObserver.Observe(play.Order, past.At(moment), shop, moment);
            }

            var check = Decide(play, shop, moment);
            now = facts.TryPeek(out var next) ? Moments.Earlier(next, check) : check;
        }

        return play.Finish(shop.Shop, until);
    }

    // The same steps as in the engine, only that every message reaches its reader at once.
    private DateTimeOffset? Decide(Play play, ShopView shop, DateTimeOffset now)
    {
        if (play.Order is not { } order)
        {
            return null;
        }

        var assessment = assessor.Assess(order, shop, now);
        play.Raise(assessment.Signals, now);
        var input = new DecisionInput
        {
            Order = order,
            Assessment = assessment,
            Shop = shop,
            Channels = shop.Shop.Staff is { } staff ? [PastOrder.Channel, staff.Channel] : [PastOrder.Channel],
        };
        DateTimeOffset? wait = null;
        foreach (var proposal in policy.Decide(input, now))
        {
            wait = Moments.Earlier(wait, proposal.Until);
            play.Tell(proposal, now);
        }

        var check = Moments.Earlier(assessor.Assess(play.Order, shop, now).NextCheckAt, wait);
        return check <= now ? now + TimeSpan.FromMinutes(1) : check;
    }
}

/// <summary>An order while it is played.</summary>
internal sealed class Play
{
    private readonly Dictionary<DelaySignalKind, DateTimeOffset> _raised = [];
    private readonly List<PlayedNotice> _notices = [];

    public WatchedOrder? Order { get; set; }

    public void Raise(IReadOnlyList<DelaySignal> signals, DateTimeOffset now)
    {
        foreach (var signal in signals)
        {
            _raised.TryAdd(signal.Kind, now);
        }
    }

    public void Tell(NoticeProposal proposal, DateTimeOffset now)
    {
        if (Order is not { } order || proposal.Verdict is not (DecisionVerdict.Send or DecisionVerdict.Hold))
        {
            return;
        }

        _notices.Add(new PlayedNotice(proposal.Occasion.Kind, proposal.Signals is [var lead, ..] ? lead.Kind : null, now));
        var notice = new Notice
        {
            DeliveryId = "",
            Occasion = proposal.Occasion.ToString(),
            Kind = proposal.Occasion.Kind,
            DecidedAt = now,
            Parcels = proposal.Parcels,
            NewDate = proposal.NewDate,
            News = proposal.News,
            NextWordBy = proposal.NextWordBy,
            Facts = proposal.Facts,
            State = proposal.Verdict == DecisionVerdict.Hold ? DeliveryState.Held : DeliveryState.Accepted,
        };
        Order = order with { Notices = [.. order.Notices, notice] };
    }

    public PlayedOrder Finish(Shop shop, DateTimeOffset? until)
    {
        var facts = Order is null ? null : OrderFacts.At(Order, until ?? DateTimeOffset.MaxValue);
        var promise = Order?.Promises.FirstOrDefault(promise => promise.DeliverBy is not null)?.DeliverBy;
        var hasArrived = facts is { IsFinished: true, Parcels.Count: > 0 } && facts.Parcels.All(parcel => parcel.IsDelivered);
        return new PlayedOrder
        {
            PromiseEnd = promise?.EndsAt(TimeZoneInfo.FindSystemTimeZoneById(shop.TimeZone)),
            ArrivedAt = hasArrived ? facts!.Parcels.Max(parcel => parcel.DeliveredAt) : null,
            Shipped = facts?.Parcels.Count(parcel => parcel.IsShipped) ?? 0,
            Delivered = facts?.Parcels.Count(parcel => parcel.IsDelivered) ?? 0,
            HasShipBy = Order?.Promises.Any(made => made.ShipBy is not null) ?? false,
            Raised = _raised,
            Notices = _notices,
        };
    }
}

/// <summary>What came of one order.</summary>
internal sealed record PlayedOrder
{
    public required DateTimeOffset? PromiseEnd { get; init; }

    public required DateTimeOffset? ArrivedAt { get; init; }

    public required int Shipped { get; init; }

    public required int Delivered { get; init; }

    public required bool HasShipBy { get; init; }

    public required IReadOnlyDictionary<DelaySignalKind, DateTimeOffset> Raised { get; init; }

    public required IReadOnlyList<PlayedNotice> Notices { get; init; }

    public bool IsLate => ArrivedAt >= PromiseEnd;

    public bool IsInTime => ArrivedAt < PromiseEnd;
}

/// <summary>One message that was decided: its kind, its gravest signal, and when.</summary>
internal sealed record PlayedNotice(string Kind, DelaySignalKind? Lead, DateTimeOffset At);
