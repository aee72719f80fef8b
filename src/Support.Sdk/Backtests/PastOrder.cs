using Support.Sdk.Orders;

namespace Support.Sdk.Backtests;

/// <summary>An order as it stands today, shown as it was known at a moment of its past.</summary>
internal sealed class PastOrder(OrderSnapshot today)
{
    // Where nobody could be reached nothing would be told, and a backtest asks what would have been said.
    private static readonly OrderCustomer Customer = new() { ContactPoints = [new ContactPoint(Channel, "customer@backtest.invalid")] };

    public const string Channel = "email";

    /// <summary>Cancelled, and nobody says when.</summary>
    public bool IsUntold => today is { Status: OrderStatus.Cancelled, UpdatedAt: null };

    /// <summary>When something became known, from the day that it was placed.</summary>
    public IReadOnlyList<DateTimeOffset> Moments =>
        [
            .. new[] { today.PaidAt, today.HeldSince, EndedAt }
                .OfType<DateTimeOffset>()
                .Concat(today.Shipments.SelectMany(Times))
                .Where(time => time > today.PlacedAt)
                .Append(today.PlacedAt)
                .Distinct()
                .Order(),
        ];

    private DateTimeOffset? EndedAt => today.Status is OrderStatus.Cancelled or OrderStatus.Completed ? today.UpdatedAt : null;

    public OrderSnapshot At(DateTimeOffset now) =>
        today with
        {
            ReadAt = now,
            UpdatedAt = null,
            Status =
                EndedAt <= now ? today.Status
                : today.Status == OrderStatus.OnHold && today.HeldSince <= now ? OrderStatus.OnHold
                : OrderStatus.Open,
            PaidAt = today.PaidAt <= now ? today.PaidAt : null,
            HeldSince = today.HeldSince <= now ? today.HeldSince : null,
            Customer = Customer with { Culture = today.Customer.Culture, TimeZone = today.Customer.TimeZone },
            Shipments = [.. today.Shipments.Where(shipment => Times(shipment).Any(time => time <= now)).Select(shipment => At(shipment, now))],
        };

    private static Shipment At(Shipment shipment, DateTimeOffset now) =>
        shipment with
        {
            ShippedAt = shipment.ShippedAt <= now ? shipment.ShippedAt : null,
            DeliveredAt = shipment.DeliveredAt <= now ? shipment.DeliveredAt : null,
            EstimatedArrival = null,
            Events = [.. shipment.Events.Where(scan => scan.At <= now)],
        };

    private static IEnumerable<DateTimeOffset> Times(Shipment shipment) =>
        shipment.Events.Select(scan => scan.At).Concat(new[] { shipment.ShippedAt, shipment.DeliveredAt }.OfType<DateTimeOffset>());
}
