using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Xunit;

namespace Support.Sdk.Tests.Orders;

/// <summary>Asks the policy about an order as the engine would.</summary>
internal static class PolicyCase
{
    public static IReadOnlyList<NoticeProposal> Decide(
        WatchedOrder order,
        DateTimeOffset now,
        ShopView? shop = null,
        Func<DecisionInput, DecisionInput>? with = null
    )
    {
        var view = shop ?? Given.View;
        var input = new DecisionInput
        {
            Order = order,
            Assessment = new DelayAssessor().Assess(order, view, now),
            Shop = view,
            Channels = ["email"],
        };
        return new NotificationPolicy().Decide(with?.Invoke(input) ?? input, now);
    }

    /// <summary>What is proposed for the customer.</summary>
    public static IReadOnlyList<NoticeProposal> Customer(WatchedOrder order, DateTimeOffset now, ShopView? shop = null) =>
        [.. Decide(order, now, shop).Where(proposal => !StaffAlerts.Is(proposal.Occasion.Kind))];

    /// <summary>What is proposed for the shop's own people.</summary>
    public static IReadOnlyList<NoticeProposal> Alerts(WatchedOrder order, DateTimeOffset now, ShopView? shop = null) =>
        [.. Decide(order, now, shop).Where(proposal => StaffAlerts.Is(proposal.Occasion.Kind))];

    public static NoticeProposal One(WatchedOrder order, DateTimeOffset now, ShopView? shop = null, Func<DecisionInput, DecisionInput>? with = null) =>
        Assert.Single(Decide(order, now, shop, with));

    /// <summary>What the customer would be sent, as <c>occasion</c>.</summary>
    public static IEnumerable<string> Sent(WatchedOrder order, DateTimeOffset now, ShopView? shop = null) =>
        Customer(order, now, shop).Where(proposal => proposal.Verdict == DecisionVerdict.Send).Select(proposal => proposal.Occasion.ToString());

    public static WatchedOrder Told(WatchedOrder order, NoticeProposal proposal, DateTimeOffset at, DeliveryState state = DeliveryState.Accepted) =>
        order with
        {
            Notices =
            [
                .. order.Notices,
                new Notice
                {
                    DeliveryId = $"d{order.Notices.Count}",
                    Occasion = proposal.Occasion.ToString(),
                    Kind = proposal.Occasion.Kind,
                    DecidedAt = at,
                    Parcels = proposal.Parcels,
                    NewDate = proposal.NewDate,
                    News = proposal.News,
                    NextWordBy = proposal.NextWordBy,
                    Facts = proposal.Facts,
                    State = state,
                },
            ],
        };

    /// <summary>The order after everything that the policy would send was sent.</summary>
    public static WatchedOrder Told(WatchedOrder order, DateTimeOffset at, ShopView? shop = null) =>
        Decide(order, at, shop).Where(proposal => proposal.Verdict == DecisionVerdict.Send).Aggregate(order, (told, proposal) => Told(told, proposal, at));
}
