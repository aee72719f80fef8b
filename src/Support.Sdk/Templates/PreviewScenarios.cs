using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

/// <summary>The situations that templates are shown in.</summary>
internal static class PreviewScenarios
{
    private static readonly PromiseDate Later = PromiseDate.On(new DateOnly(2026, 12, 4));
    private static readonly PromiseDate MuchLater = PromiseDate.On(new DateOnly(2026, 12, 9));

    private static readonly (PreviewScenario Scenario, Func<PreviewOrders, ComposeRequest> Make)[] Known =
    [
        (new(NoticeKinds.OrderConfirmed, "promised"), orders => orders.About(NoticeKinds.OrderConfirmed)),
        (new(NoticeKinds.OrderConfirmed, "without-promise"), WithoutPromise),
        (new(NoticeKinds.OrderAtRisk, "not-shipped"), orders => AtRisk(orders.About(NoticeKinds.OrderAtRisk))),
        (new(NoticeKinds.OrderAtRisk, "on-its-way"), orders => AtRisk(orders.About(NoticeKinds.OrderAtRisk, PreviewOrders.Parcel))),
        (new(NoticeKinds.OrderDelayed, "first"), First),
        (new(NoticeKinds.OrderDelayed, "further"), orders => PreviewOrders.After(First(orders), Later).Telling(MuchLater)),
        (new(NoticeKinds.OrderDelayed, "indefinite"), Indefinite),
        (new(NoticeKinds.OrderDelayed, "still-indefinite"), orders => PreviewOrders.After(Indefinite(orders), told: null)),
        (new(NoticeKinds.OrderDelayed, "good-news"), orders => PreviewOrders.After(Silent(First(orders)), MuchLater).Telling(Later)),
        (new(NoticeKinds.OrderDelayed, "not-shipped"), NotShipped),
        (new(NoticeKinds.OrderDelayed, "several-parcels"), SeveralLate),
        (new(NoticeKinds.OrderShipped, "one-parcel"), orders => orders.About(NoticeKinds.OrderShipped, PreviewOrders.Parcel)),
        (new(NoticeKinds.OrderShipped, "several-parcels"), orders => orders.About(NoticeKinds.OrderShipped, PreviewOrders.Parcel, PreviewOrders.SecondParcel)),
        (new(NoticeKinds.OrderShipped, "without-tracking"), orders => orders.About(NoticeKinds.OrderShipped, Untracked(orders))),
        (new(NoticeKinds.OrderShipped, "part"), orders => orders.About(NoticeKinds.OrderShipped, PreviewOrders.Parcel with { Items = [orders.Throw] })),
        (new(NoticeKinds.OutForDelivery, "one-parcel"), orders => Scanned(NoticeKinds.OutForDelivery, TrackingStatus.OutForDelivery, orders)),
        (new(NoticeKinds.AttemptFailed, "first"), Attempted),
        (new(NoticeKinds.AttemptFailed, "reminder"), orders => Again(Scanned(NoticeKinds.AttemptFailed, TrackingStatus.AttemptFailed, orders))),
        (new(NoticeKinds.AvailableForPickup, "place-known"), Pickup),
        (new(NoticeKinds.AvailableForPickup, "place-unknown"), orders => Scanned(NoticeKinds.AvailableForPickup, TrackingStatus.AvailableForPickup, orders)),
        (new(NoticeKinds.AvailableForPickup, "reminder"), orders => Again(Pickup(orders))),
        (new(NoticeKinds.OrderDelivered, "whole"), orders => orders.About(NoticeKinds.OrderDelivered, Arrived(orders))),
        (new(NoticeKinds.OrderDelivered, "part"), orders => orders.About(NoticeKinds.OrderDelivered, Arrived(orders) with { Items = [orders.Throw] })),
        (new(NoticeKinds.OrderReturning, "reason-known"), Returning),
        (new(NoticeKinds.OrderReturning, "back"), orders => Scanned(NoticeKinds.OrderReturning, TrackingStatus.Returned, orders)),
        (new(NoticeKinds.OrderException, "reason-known"), Damaged),
        (new(NoticeKinds.OrderException, "reason-unknown"), orders => Scanned(NoticeKinds.OrderException, TrackingStatus.Exception, orders)),
        (new(NoticeKinds.ShopAlert, "stalled"), Alert),
    ];

    public static IReadOnlyList<PreviewScenario> All { get; } = [.. Known.Select(known => known.Scenario)];

    /// <summary>The request of a scenario, or null when there is no such one.</summary>
    public static ComposeRequest? Request(PreviewScenario scenario, Shop shop, string culture) =>
        Array.Find(Known, known => known.Scenario == scenario).Make?.Invoke(new PreviewOrders(shop, culture));

    private static ComposeRequest WithoutPromise(PreviewOrders orders)
    {
        var request = orders.About(NoticeKinds.OrderConfirmed);
        return request with { Order = request.Order with { Promises = [] } };
    }

    private static ComposeRequest AtRisk(ComposeRequest request) =>
        Because(request, PreviewOrders.Signal(DelaySignalKind.AtRisk)) with
        {
            Assessment = new DelayAssessment { Verdict = DelayVerdict.AtRisk, DeliverBy = PreviewOrders.Promise },
        };

    private static ComposeRequest First(PreviewOrders orders) =>
        Because(
                orders.About(NoticeKinds.OrderDelayed, PreviewOrders.Parcel),
                PreviewOrders.Signal(DelaySignalKind.CarrierDelay, orders.Say("Snow in the north", "Snöoväder i norr"), "1")
            )
            .Telling(Later);

    private static ComposeRequest Indefinite(PreviewOrders orders) =>
        Because(orders.About(NoticeKinds.OrderDelayed, PreviewOrders.Parcel), PreviewOrders.Signal(DelaySignalKind.PromiseMissed)) with
        {
            Assessment = new DelayAssessment
            {
                Verdict = DelayVerdict.Late,
                DeliverBy = PromiseDate.On(new DateOnly(2026, 11, 27)),
                Lateness = TimeSpan.FromDays(2),
            },
        };

    private static ComposeRequest NotShipped(PreviewOrders orders)
    {
        var late = PreviewOrders.Signal(DelaySignalKind.ShipByMissed, orders.Say("Waiting for the wool", "Vi väntar på ullen"));
        var request = Because(orders.About(NoticeKinds.OrderDelayed), late, PreviewOrders.Signal(DelaySignalKind.AtRisk));
        var promise = new PromiseWindow { ShipBy = PromiseDate.On(new DateOnly(2026, 11, 28)), DeliverBy = PreviewOrders.Promise };
        return request with { Order = request.Order with { Promises = [promise] } };
    }

    private static ComposeRequest SeveralLate(PreviewOrders orders) =>
        Because(
                orders.About(NoticeKinds.OrderDelayed, PreviewOrders.Parcel, PreviewOrders.SecondParcel),
                PreviewOrders.Signal(DelaySignalKind.CarrierDelay, orders.Say("Snow in the north", "Snöoväder i norr"), "1"),
                PreviewOrders.Signal(DelaySignalKind.AttemptFailed, parcel: "2")
            )
            .Telling(Later);

    private static ComposeRequest Attempted(PreviewOrders orders) =>
        Scanned(NoticeKinds.AttemptFailed, TrackingStatus.AttemptFailed, orders, orders.Say("Nobody was at home", "Ingen var hemma"));

    private static ComposeRequest Pickup(PreviewOrders orders) =>
        Scanned(
            NoticeKinds.AvailableForPickup,
            TrackingStatus.AvailableForPickup,
            orders,
            orders.Say("Ready at Corner Store, 12 Harbour Street", "Finns att hämta på ICA Hamnen, Hamngatan 12")
        );

    private static ComposeRequest Returning(PreviewOrders orders) =>
        Scanned(NoticeKinds.OrderReturning, TrackingStatus.Returning, orders, orders.Say("The address was not found", "Adressen hittades inte"));

    private static ComposeRequest Damaged(PreviewOrders orders)
    {
        var request = Scanned(NoticeKinds.OrderException, TrackingStatus.Exception, orders, orders.Say("The wrapping is damaged", "Emballaget är skadat"));
        return request with { Proposal = request.Proposal with { NextWordBy = PreviewOrders.Now.AddDays(2) } };
    }

    private static ComposeRequest Alert(PreviewOrders orders)
    {
        var request = orders.About(NoticeKinds.ShopAlert, PreviewOrders.Parcel);
        return Silent(request) with
        {
            Proposal = request.Proposal with
            {
                Signals = [PreviewOrders.Signal(DelaySignalKind.Stalled, parcel: "1"), PreviewOrders.Signal(DelaySignalKind.AtRisk)],
            },
        };
    }

    private static ComposeRequest Scanned(string kind, TrackingStatus status, PreviewOrders orders, string? description = null) =>
        orders.About(kind, PreviewOrders.Parcel with { Events = [PreviewOrders.Scan(status, description)] });

    private static Shipment Untracked(PreviewOrders orders) => PreviewOrders.Parcel with { TrackingNumber = null, TrackingUrl = null };

    private static Shipment Arrived(PreviewOrders orders) => PreviewOrders.Parcel with { DeliveredAt = PreviewOrders.Now.AddHours(-2) };

    private static ComposeRequest Again(ComposeRequest request) =>
        request with
        {
            Proposal = request.Proposal with { Occasion = request.Proposal.Occasion with { Number = 2 } },
        };

    private static ComposeRequest Because(ComposeRequest request, params DelaySignal[] signals) =>
        request with
        {
            Proposal = request.Proposal with { Signals = signals, NextWordBy = PreviewOrders.Now.AddDays(4) },
        };

    private static ComposeRequest Silent(ComposeRequest request) => request with { Proposal = request.Proposal with { Signals = [], NextWordBy = null } };

    private static ComposeRequest Telling(this ComposeRequest request, PromiseDate date) =>
        request with
        {
            Proposal = request.Proposal with { NewDate = date },
        };
}
