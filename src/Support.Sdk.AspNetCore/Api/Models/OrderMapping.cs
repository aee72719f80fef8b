using Support.Sdk.Orders;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Orders as the API shows them. Who ordered is told by the ticket or the customer, not here.</summary>
internal static class OrderMapping
{
    public static IEnumerable<string?> Names(IReadOnlyList<WatchedOrder>? orders) => orders?.Select(order => order.Snapshot?.Customer.Name) ?? [];

    public static IEnumerable<ContactPoint> Points(IReadOnlyList<WatchedOrder>? orders) =>
        orders?.SelectMany(order => order.Snapshot?.Customer.ContactPoints ?? []) ?? [];

    public static IEnumerable<string?> Numbers(IReadOnlyList<WatchedOrder>? orders) =>
        orders?.SelectMany(order => (string?[])[order.Key.Id, order.Snapshot?.Number]) ?? [];

    public static OrderModel Of(WatchedOrder order, Mask mask, IReadOnlyList<Decision>? decisions = null)
    {
        var snapshot = order.Snapshot;
        return new OrderModel
        {
            Id = order.Key.Id,
            Number = snapshot?.Number,
            PlacedAt = snapshot?.PlacedAt,
            Status = snapshot?.Status ?? OrderStatus.Unknown,
            RawStatus = snapshot?.RawStatus,
            HoldReason = mask.Text(snapshot?.HoldReason),
            ShippingMethod = snapshot?.ShippingMethod,
            DestinationCountry = snapshot?.DestinationCountry,
            Total = Of(snapshot?.Total),
            Items = [.. (snapshot?.Items ?? []).Select(item => Of(item, mask))],
            Promises = [.. order.Promises.Select(Of)],
            Shipments = [.. (snapshot?.Shipments ?? order.EarlyShipments).Select(shipment => Of(shipment, mask))],
            Notices = [.. order.Notices.Select(Of)],
            Decisions = decisions is null ? null : [.. decisions.Select(decision => Of(decision, mask))],
            Rulings = [.. order.Rulings.Select(ruling => Of(ruling, mask))],
            Muted = order.Muted,
            CheckAt = order.CheckAt,
            ErasedAt = order.ErasedAt,
        };
    }

    public static MoneyModel? Of(OrderTotal? total) => total is null ? null : new MoneyModel { Amount = total.Amount, Currency = total.Currency };

    // What is printed on the goods may be the customer's own words.
    private static ItemModel Of(OrderItem item, Mask mask) =>
        new()
        {
            Name = mask.Text(item.Name)!,
            Quantity = item.Quantity,
            Sku = mask.Word(item.Sku),
        };

    private static PromiseModel Of(PromiseWindow promise) =>
        new()
        {
            ShipBy = Of(promise.ShipBy),
            DeliverFrom = Of(promise.DeliverFrom),
            DeliverBy = Of(promise.DeliverBy),
        };

    private static PromiseDateModel? Of(PromiseDate? date) =>
        date is null
            ? null
            : new PromiseDateModel
            {
                Date = date.Date,
                TimeZone = date.TimeZone,
                Moment = date.Moment,
                Source = date.Source,
            };

    private static ShipmentModel Of(Shipment shipment, Mask mask) =>
        new()
        {
            Id = shipment.Id,
            Carrier = shipment.Carrier,
            // Carriers show the address behind it.
            TrackingNumber = mask.Number(shipment.TrackingNumber),
            TrackingUrl = mask.Whole(shipment.TrackingUrl is { IsAbsoluteUri: true, Scheme: "http" or "https" } url ? url : null),
            ShippedAt = shipment.ShippedAt,
            DeliveredAt = shipment.DeliveredAt,
            EstimatedArrival = shipment.EstimatedArrival,
            Scans =
            [
                .. shipment.Events.Select(scan => new ScanModel
                {
                    Status = scan.Status,
                    At = scan.At,
                    Description = mask.Text(scan.Description),
                    EstimatedArrival = scan.EstimatedArrival,
                }),
            ],
        };

    private static NoticeModel Of(Notice notice) =>
        new()
        {
            Kind = notice.Kind,
            Occasion = notice.Occasion,
            DecidedAt = notice.DecidedAt,
            DeliveryId = notice.DeliveryId,
            State = notice.State,
            Parcels = notice.Parcels,
            NewDate = Of(notice.NewDate),
            NextWordBy = notice.NextWordBy,
        };

    private static DecisionModel Of(Decision decision, Mask mask) =>
        new()
        {
            At = decision.At,
            Verdict = decision.Verdict,
            Occasion = decision.Occasion,
            Reason = mask.Text(decision.Reason)!,
            Until = decision.Until,
            DeliveryId = decision.DeliveryId,
            By = decision.By,
        };

    private static RulingModel Of(Ruling ruling, Mask mask) =>
        new()
        {
            Occasion = ruling.Occasion,
            Verdict = ruling.Verdict,
            Reason = mask.Text(ruling.Reason)!,
        };
}
