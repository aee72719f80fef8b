using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Support.Sdk;
using Support.Sdk.Orders;

namespace DelayReplay.Orders;

/// <summary>How far the replay has come: the moment, and the last step that has happened at it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Position(DateTimeOffset At, Step Step)
{
    public bool Includes(DateTimeOffset at, Step step) => at < At || (at == At && step <= Step);
}

/// <summary>Shows an order as its shop knew it at a position, and nothing of what came later.</summary>
internal static class OrderView
{
    public const string Shop = "replay";
    private const int MaxEventId = 200;

    /// <summary>The order as it stood, or null when nothing of it had happened yet.</summary>
    public static OrderSnapshot? At(OrderRow row, Position position, string zone)
    {
        var past = row.Events.Where(known => position.Includes(known.At, known.Step)).ToList();
        return past.Count == 0
            ? null
            : new OrderSnapshot
            {
                Key = new OrderKey(Shop, row.Id),
                Source = Shop,
                // Some files have a parcel before the order; whoever ships it knows of an order by then.
                PlacedAt = Known(past, Step.Placed) ?? past.Min(known => known.At),
                PaidAt = Known(past, Step.Paid),
                UpdatedAt = past.Max(known => known.At),
                ReadAt = position.At,
                ShippingMethod = row.ShippingMethod,
                Promise = row.PromisedBy is { } date ? new PromiseWindow { DeliverBy = PromiseDate.On(date, zone) } : null,
                Customer = Customer(row),
                Shipments = Shipments(row, past),
            };
    }

    /// <summary>The order as the event of a step tells it.</summary>
    public static OrderSnapshot Event(OrderRow row, Position position, string zone)
    {
        var snapshot = At(row, position, zone) ?? throw new ArgumentException("The event has not happened yet.", nameof(position));
        var id = $"{row.Id}/{Name(position.Step)}";
        return snapshot with { EventId = id.Length <= MaxEventId ? id : $"{Hash(row.Id)}/{Name(position.Step)}" };
    }

    public static string Name(Step step) =>
        step switch
        {
            Step.Placed => "placed",
            Step.Paid => "paid",
            Step.Shipped => "shipped",
            _ => "delivered",
        };

    private static DateTimeOffset? Known(List<(DateTimeOffset At, Step Step)> past, Step step)
    {
        foreach (var known in past)
        {
            if (known.Step == step)
            {
                return known.At;
            }
        }

        return null;
    }

    private static OrderCustomer Customer(OrderRow row) =>
        new()
        {
            Name = row.CustomerName,
            Culture = row.Culture,
            // Without an address there would be nothing to see; X-Support-Order still tells which order it was.
            ContactPoints = [new ContactPoint("email", row.CustomerEmail ?? $"{Hash(row.Id)}@customers.example")],
        };

    private static IReadOnlyList<Shipment> Shipments(OrderRow row, List<(DateTimeOffset At, Step Step)> past)
    {
        var (shipped, delivered) = (Known(past, Step.Shipped), Known(past, Step.Delivered));
        return shipped is null && delivered is null
            ? []
            :
            [
                new Shipment
                {
                    Id = "1",
                    Carrier = row.Carrier,
                    TrackingNumber = row.TrackingNumber,
                    ShippedAt = shipped,
                    DeliveredAt = delivered,
                },
            ];
    }

    private static string Hash(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 10));
}
