namespace DelayReplay.Orders;

/// <summary>What happens to an order, in the order in which it is told when it happens at the same moment.</summary>
internal enum Step
{
    Placed,
    Paid,
    Shipped,
    Delivered,
}

/// <summary>One row of the file: everything that ever happens to an order. Only <see cref="OrderView"/> may show it to the engine.</summary>
internal sealed record OrderRow
{
    public required string Id { get; init; }

    /// <summary>How it ended. It has no time, so the engine never sees it; the figures do.</summary>
    public required string Status { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    public DateTimeOffset? PaidAt { get; init; }

    public DateTimeOffset? ShippedAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    public DateOnly? PromisedBy { get; init; }

    public string? CustomerEmail { get; init; }

    public string? CustomerName { get; init; }

    public string? Culture { get; init; }

    public string? Carrier { get; init; }

    public string? TrackingNumber { get; init; }

    public string? ShippingMethod { get; init; }

    public IEnumerable<(DateTimeOffset At, Step Step)> Events
    {
        get
        {
            yield return (PlacedAt, Step.Placed);
            foreach (var (at, step) in new[] { (PaidAt, Step.Paid), (ShippedAt, Step.Shipped), (DeliveredAt, Step.Delivered) })
            {
                if (at is { } time)
                {
                    yield return (time, step);
                }
            }
        }
    }
}
