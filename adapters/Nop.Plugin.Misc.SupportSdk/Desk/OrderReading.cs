using Nop.Plugin.Misc.SupportSdk.Setup;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>Judges orders of a store as they stand now, and writes them for people.</summary>
/// <param name="store">The store.</param>
/// <param name="view">What is known about it.</param>
/// <param name="now">The moment.</param>
internal sealed class OrderReading(DeskStore store, ShopView view, DateTimeOffset now)
{
    private const string EngineName = "engine";
    private const int MaxDeliveries = 1000;
    private readonly IDelayAssessor _assessor = store.Get<IDelayAssessor>();

    public static async Task<OrderReading> OfAsync(DeskStore store, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(store, new ShopView(store.Shop, await store.Get<IShopDesk>().FindAsync(store.Shop.Id, cancellationToken)), now);

    public DelayAssessment? Assess(WatchedOrder order) => order.Snapshot is null ? null : _assessor.Assess(order, view, now);

    /// <summary>An order as a list shows it.</summary>
    public OrderRowModel Row(WatchedOrder order) => Fill(order, Assess(order));

    /// <summary>An order that the engine has not seen.</summary>
    public OrderRowModel Unwatched(string id, string number, DateTimeOffset placedAt) =>
        new()
        {
            Id = id,
            StoreId = store.Id,
            Number = number,
            Standing = OrderStanding.Unwatched,
            PlacedAt = store.Times.Write(placedAt),
        };

    /// <summary>An order with everything that is known of it.</summary>
    public async Task<OrderModel> WholeAsync(WatchedOrder order, CancellationToken cancellationToken)
    {
        var history = await store.Get<IOrderStore>().HistoryAsync(order.Key, cancellationToken);
        var sent = await store.Get<IDeliveryDesk>().ListAsync(new DeliveryQuery { Order = order.Key, Max = MaxDeliveries }, cancellationToken);
        var assessment = Assess(order);
        var row = Fill(order, assessment);
        var snapshot = order.Snapshot;
        var times = store.Times;
        var deliveries = sent.ToDictionary(delivery => delivery.Message.Id, StringComparer.Ordinal);
        return new OrderModel
        {
            Id = row.Id,
            StoreId = row.StoreId,
            Number = row.Number,
            Standing = row.Standing,
            Signals = row.Signals,
            PlacedAt = row.PlacedAt,
            ShipBy = row.ShipBy,
            DeliverBy = row.DeliverBy,
            NextCheck = row.NextCheck,
            Muted = row.Muted,
            Rulings = row.Rulings,
            Notices = [.. row.Notices.Select(notice => WithDelivery(notice, deliveries.GetValueOrDefault(notice.DeliveryId)))],
            Store = store.Choice,
            Status = snapshot?.RawStatus ?? snapshot?.Status.ToString(),
            ShippingMethod = snapshot?.ShippingMethod,
            Country = snapshot?.DestinationCountry,
            PaidAt = times.Write(snapshot?.PaidAt),
            FirstSeenAt = times.Write(order.FirstSeenAt),
            ReadAt = times.Write(snapshot?.ReadAt),
            NextReading = times.Write(order.RefreshAt),
            ErasedAt = times.Write(order.ErasedAt),
            NewDate = times.Write(assessment?.NewDate),
            Items = [.. (snapshot?.Items ?? []).Select(item => $"{item.Quantity} × {item.Name}")],
            Promises = [.. order.Promises.Select(Promise)],
            Parcels = [.. (snapshot?.Shipments ?? order.EarlyShipments).Select(Parcel)],
            Decisions = [.. history.Reverse().Select(Decision)],
        };
    }

    private OrderRowModel Fill(WatchedOrder order, DelayAssessment? assessment)
    {
        var promise = order.Promises is [.., var last] ? last : null;
        return new OrderRowModel
        {
            Id = order.Key.Id,
            StoreId = StoreShops.StoreIdOf(order.Key.Shop) ?? store.Id,
            Number = order.Snapshot?.Number ?? order.Key.Id,
            Standing = Standing(order, assessment),
            Signals =
            [
                .. (assessment?.Signals ?? []).Select(signal => new OrderSignalModel(
                    signal.Kind,
                    store.Times.Write(signal.Since),
                    signal.ShipmentId,
                    signal.Cause
                )),
            ],
            PlacedAt = store.Times.Write(order.Snapshot?.PlacedAt),
            ShipBy = store.Times.Write(promise?.ShipBy),
            DeliverBy = store.Times.Write(assessment?.DeliverBy ?? promise?.DeliverBy),
            NextCheck = store.Times.Write(order.CheckAt),
            Muted = order.Muted,
            Rulings = [.. order.Rulings.Select(ruling => new OrderRulingModel(ruling.Occasion, ruling.Verdict, ruling.Reason))],
            Notices = [.. order.Notices.Reverse().Select(Notice)],
        };
    }

    private OrderNoticeModel Notice(Notice notice) =>
        new()
        {
            DeliveryId = notice.DeliveryId,
            Occasion = notice.Occasion,
            DecidedAt = store.Times.Write(notice.DecidedAt),
            State = notice.State,
            NewDate = store.Times.Write(notice.NewDate),
            NextWordBy = store.Times.Write(notice.NextWordBy),
        };

    private OrderPromiseModel Promise(PromiseWindow promise) =>
        new(
            store.Times.Write(promise.ShipBy),
            store.Times.Write(promise.DeliverFrom),
            store.Times.Write(promise.DeliverBy),
            (promise.DeliverBy ?? promise.ShipBy ?? promise.DeliverFrom)?.Source
        );

    private OrderParcelModel Parcel(Shipment parcel) =>
        new()
        {
            Id = parcel.Id,
            Carrier = parcel.Carrier,
            TrackingNumber = parcel.TrackingNumber,
            ShippedAt = store.Times.Write(parcel.ShippedAt),
            DeliveredAt = store.Times.Write(parcel.DeliveredAt),
            EstimatedArrival = store.Times.Write(parcel.EstimatedArrival),
            LastScan = parcel.Events.MaxBy(scan => scan.At) is { } scan
                ? $"{store.Times.Write(scan.At)} {scan.Description ?? scan.RawStatus ?? scan.Status.ToString()}"
                : null,
        };

    private OrderDecisionModel Decision(Decision decision) =>
        new()
        {
            At = store.Times.Write(decision.At),
            Verdict = decision.Verdict,
            Occasion = decision.Occasion,
            Reason = decision.Reason,
            Until = store.Times.Write(decision.Until),
            DeliveryId = decision.DeliveryId,
            By = string.Equals(decision.By, EngineName, StringComparison.Ordinal) ? null : decision.By,
        };

    private static OrderNoticeModel WithDelivery(OrderNoticeModel notice, MessageDelivery? delivery) =>
        delivery is null ? notice : notice with { Subject = delivery.Message.Subject, State = delivery.State, Reason = delivery.Reason };

    private static OrderStanding Standing(WatchedOrder order, DelayAssessment? assessment) =>
        assessment?.Verdict switch
        {
            null => OrderStanding.Unwatched,
            DelayVerdict.OnTrack => OrderStanding.OnTrack,
            DelayVerdict.AtRisk => OrderStanding.AtRisk,
            DelayVerdict.Late => OrderStanding.Late,
            DelayVerdict.Finished => OrderStanding.Finished,
            DelayVerdict.Unknown when order.Snapshot is { AwaitsPayment: true } => OrderStanding.AwaitsPayment,
            _ => OrderStanding.Unknown,
        };
}
