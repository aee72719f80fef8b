using Support.Sdk.Deliveries;
using Support.Sdk.Shops;
using Support.Sdk.Sweep;
using Support.Sdk.Templates;

namespace Support.Sdk.Orders;

/// <summary>Turns an order and its facts into the one change that is saved: what is told, what waits, what is overtaken.</summary>
internal sealed class OrderDecider(
    IDelayAssessor assessor,
    INotificationPolicy policy,
    NoticeComposer composer,
    TrackingPlan tracking,
    WriteBackPlan writeBack,
    IEnumerable<IChannel> channels,
    IEnumerable<IOrderSource> sources
)
{
    private static readonly TimeSpan RetryBrokenTemplate = TimeSpan.FromHours(1);

    private readonly IReadOnlyList<string> _channels = [.. channels.Select(channel => channel.Name)];

    public OrderChange Decide(WatchedOrder order, ShopView shop, Installation installation, Correspondence known, DateTimeOffset now)
    {
        if (order.Snapshot is null || order.ErasedAt is not null || shop.Shop.Mode == ShopMode.Off)
        {
            return new OrderChange { Order = TrackingPlan.At(order with { WriteBackAt = null }, trackAt: null) with { CheckAt = null } };
        }

        var assessment = assessor.Assess(order, shop, now);
        var superseded = Overtaken.Find(order, OrderFacts.At(order, now), assessment);
        var draft = new Draft(Overtaken.Apply(order, superseded), now);
        draft.Supersede(superseded);
        if (superseded.Count > 0)
        {
            assessment = assessor.Assess(draft.Order, shop, now);
        }

        var proposals = policy.Decide(Input(draft.Order, assessment, shop, known), now);
        foreach (var proposal in proposals)
        {
            Apply(draft, proposal, assessment, shop, installation, known.PastOrders);
        }

        var final = assessor.Assess(draft.Order, shop, now);
        var change = draft.Finish(final.NextCheckAt);
        return change with { Order = tracking.Plan(writeBack.Plan(change.Order, final, now), now) };
    }

    private DecisionInput Input(WatchedOrder order, DelayAssessment assessment, ShopView shop, Correspondence known) =>
        new()
        {
            Order = order,
            Assessment = assessment,
            Shop = shop,
            Channels = _channels,
            Recent = known.Recent,
            Contacts = known.Contacts,
            CanAskSource = sources.Any(source => source.Serves(order.Key.Shop)),
        };

    private void Apply(
        Draft draft,
        NoticeProposal proposal,
        DelayAssessment assessment,
        ShopView shop,
        Installation installation,
        IReadOnlyList<WatchedOrder> pastOrders
    )
    {
        if (proposal.Verdict is not (DecisionVerdict.Send or DecisionVerdict.Hold))
        {
            draft.Rule(proposal);
            return;
        }

        var occasion = proposal.Occasion.ToString();
        var attempt = draft.Order.Notices.Count(notice => string.Equals(notice.Occasion, occasion, StringComparison.Ordinal));
        var role = StaffAlerts.Is(proposal.Occasion.Kind) ? "shop" : "customer";
        var id = installation.Ids.Create(draft.Order.Key, occasion, role, attempt);
        var request = new ComposeRequest
        {
            Order = draft.Order,
            Assessment = assessment,
            Shop = shop,
            Proposal = proposal,
            DeliveryId = id,
            PastOrders = pastOrders,
            Links = installation.Links,
        };
        var composed = composer.Compose(request, draft.Now);
        if (composed.Message is not { } message)
        {
            draft.Fail(proposal, composed.Failure ?? "The message could not be written.", draft.Now + RetryBrokenTemplate);
            return;
        }

        if (Promises.IsDelay(proposal.Occasion.Kind))
        {
            draft.Supersede(Overtaken.Replaced(draft.Order));
        }

        draft.Tell(proposal, Delivery(message, proposal, shop.Shop, draft.Now));
    }

    private static MessageDelivery Delivery(OutboundMessage message, NoticeProposal proposal, Shop shop, DateTimeOffset now)
    {
        var isShadow = shop.Mode == ShopMode.Shadow;
        var isHeld = proposal.Verdict == DecisionVerdict.Hold;
        return new MessageDelivery
        {
            Message = message,
            State =
                isShadow ? DeliveryState.Suppressed
                : isHeld ? DeliveryState.Held
                : DeliveryState.Pending,
            Reason =
                isShadow ? "The shop is in shadow mode."
                : isHeld ? proposal.Reason
                : null,
            DueAt = now,
            SendBefore = isHeld ? null : now + RetrySchedule.SendWithin,
            ChangedAt = now,
        };
    }

    /// <summary>Collects what one decision causes.</summary>
    private sealed class Draft(WatchedOrder order, DateTimeOffset now)
    {
        private readonly List<Decision> _decisions = [];
        private readonly List<MessageDelivery> _deliveries = [];
        private readonly List<Superseded> _superseded = [];
        private readonly List<Ruling> _rulings = [];
        private readonly IReadOnlyList<Ruling> _standing = order.Rulings;
        private DateTimeOffset? _checkAt;
        private int _delayNotices;
        private int _notices;

        public WatchedOrder Order { get; private set; } = order;

        public DateTimeOffset Now => now;

        public void Supersede(IReadOnlyList<Superseded> superseded)
        {
            foreach (var one in superseded)
            {
                var notice = Order.Notices.First(notice => string.Equals(notice.DeliveryId, one.DeliveryId, StringComparison.Ordinal));
                Record(DecisionVerdict.Supersede, notice.Occasion, one.Reason, deliveryId: one.DeliveryId);
            }

            _superseded.AddRange(superseded);
            Order = Overtaken.Apply(Order, superseded);
        }

        public void Rule(NoticeProposal proposal)
        {
            Stand(new Ruling(proposal.Occasion.ToString(), proposal.Verdict, proposal.Reason), proposal.Until);
            if (proposal.Verdict == DecisionVerdict.Look)
            {
                Order = Order with { RefreshAt = now, RefreshWantedSince = now };
            }
        }

        public void Fail(NoticeProposal proposal, string reason, DateTimeOffset retryAt) =>
            Stand(new Ruling(proposal.Occasion.ToString(), DecisionVerdict.Fail, reason), retryAt);

        public void Tell(NoticeProposal proposal, MessageDelivery delivery)
        {
            var occasion = proposal.Occasion.ToString();
            Record(proposal.Verdict, occasion, proposal.Reason, deliveryId: delivery.Message.Id);
            _deliveries.Add(delivery);
            _delayNotices += Promises.IsDelay(proposal.Occasion.Kind) ? 1 : 0;
            _notices += StaffAlerts.Is(proposal.Occasion.Kind) ? 0 : 1;
            var notice = new Notice
            {
                DeliveryId = delivery.Message.Id,
                Occasion = occasion,
                Kind = proposal.Occasion.Kind,
                DecidedAt = now,
                Parcels = proposal.Parcels,
                NewDate = proposal.NewDate,
                News = proposal.News,
                NextWordBy = proposal.NextWordBy,
                Facts = proposal.Facts,
                State = delivery.State,
            };
            Order = Order with { Notices = [.. Order.Notices, notice] };
        }

        public OrderChange Finish(DateTimeOffset? nextCheckAt)
        {
            // A moment that has passed already would be claimed again at once, for ever.
            var checkAt = Moments.Earlier(nextCheckAt, _checkAt);
            return new OrderChange
            {
                Order = Order with { Rulings = _rulings, CheckAt = checkAt <= now ? now + TimeSpan.FromMinutes(1) : checkAt },
                Decisions = _decisions,
                Deliveries = _deliveries,
                Superseded = _superseded,
                Figures = new ShopFigures { DelayNotices = _delayNotices, Notices = _notices },
            };
        }

        // What stands already was recorded when it was decided first.
        private void Stand(Ruling ruling, DateTimeOffset? until)
        {
            _rulings.Add(ruling);
            _checkAt = Moments.Earlier(_checkAt, until);
            if (!_standing.Contains(ruling))
            {
                Record(ruling.Verdict, ruling.Occasion, ruling.Reason, until);
            }
        }

        private void Record(DecisionVerdict verdict, string occasion, string reason, DateTimeOffset? until = null, string? deliveryId = null) =>
            _decisions.Add(
                new Decision
                {
                    Key = Order.Key,
                    At = now,
                    Verdict = verdict,
                    Occasion = occasion,
                    Reason = reason,
                    Until = until,
                    DeliveryId = deliveryId,
                }
            );
    }
}
