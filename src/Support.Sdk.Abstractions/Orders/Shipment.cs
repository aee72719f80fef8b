namespace Support.Sdk.Orders;

/// <summary>One parcel of an order.</summary>
public sealed record Shipment
{
    /// <summary>The id that the shop gave the parcel; unique in its order, at most 100 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Who carries it, as the customer knows it, or null.</summary>
    public string? Carrier { get; init; }

    /// <summary>The number to follow it by, or null when it cannot be tracked.</summary>
    public string? TrackingNumber { get; init; }

    /// <summary>Where it can be followed (http or https), or null.</summary>
    public Uri? TrackingUrl { get; init; }

    /// <summary>When it was handed to the carrier, or null when it was not, or is not known.</summary>
    public DateTimeOffset? ShippedAt { get; init; }

    /// <summary>When it arrived, or null.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When the carrier expects it to arrive, or null.</summary>
    public DateTimeOffset? EstimatedArrival { get; init; }

    /// <summary>What is in it; empty when it is not known.</summary>
    public IReadOnlyList<OrderItem> Items { get; init; } = [];

    /// <summary>The carrier's scans, in any order.</summary>
    public IReadOnlyList<TrackingEvent> Events { get; init; } = [];
}

/// <summary>A carrier's scan of a parcel.</summary>
public sealed record TrackingEvent
{
    /// <summary>What the scan says, in neutral terms.</summary>
    public required TrackingStatus Status { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The carrier's own word for the status, kept as it came.</summary>
    public string? RawStatus { get; init; }

    /// <summary>The carrier's explanation, or null.</summary>
    public string? Description { get; init; }

    /// <summary>The arrival that the scan announces, or null.</summary>
    public DateTimeOffset? EstimatedArrival { get; init; }
}

/// <summary>The state of a parcel in terms that every carrier's vocabulary maps on.</summary>
public enum TrackingStatus
{
    /// <summary>The carrier said something that is not known here; <see cref="TrackingEvent.RawStatus"/> keeps it.</summary>
    Unknown,

    /// <summary>A label exists; the carrier does not have the parcel yet.</summary>
    PreTransit,

    /// <summary>The carrier has it.</summary>
    PickedUp,

    /// <summary>On its way.</summary>
    InTransit,

    /// <summary>On its way, and the carrier says it will be late.</summary>
    Delayed,

    /// <summary>On the vehicle that brings it to the customer.</summary>
    OutForDelivery,

    /// <summary>Waits for the customer at a pickup point.</summary>
    AvailableForPickup,

    /// <summary>Could not be handed over; the carrier keeps trying.</summary>
    AttemptFailed,

    /// <summary>Something needs somebody's attention: customs, address, damage.</summary>
    Exception,

    /// <summary>On its way back to the shop.</summary>
    Returning,

    /// <summary>Back at the shop.</summary>
    Returned,

    /// <summary>Handed over.</summary>
    Delivered,

    /// <summary>Lost, or not deliverable.</summary>
    Failed,

    /// <summary>The label was voided.</summary>
    Cancelled,

    /// <summary>The carrier stopped following it.</summary>
    Expired,
}
