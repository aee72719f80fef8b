namespace Support.Sdk.Orders;

/// <summary>What an order's facts mean at one moment.</summary>
public sealed record DelayAssessment
{
    /// <summary>The answer in one word.</summary>
    public required DelayVerdict Verdict { get; init; }

    /// <summary>Every signal that holds, the gravest first.</summary>
    public IReadOnlyList<DelaySignal> Signals { get; init; } = [];

    /// <summary>The promise in force, or null when there is none: the last date told, else the first promise.</summary>
    public PromiseDate? DeliverBy { get; init; }

    /// <summary>How long the promise in force is overdue, or null when it is not.</summary>
    public TimeSpan? Lateness { get; init; }

    /// <summary>The new date that can be given, or null when none can.</summary>
    public PromiseDate? NewDate { get; init; }

    /// <summary>A date that is at least a day earlier than the one that the customer was last told, or null when there is none.</summary>
    public PromiseDate? BetterDate { get; init; }

    /// <summary>The earliest moment at which this assessment, or what is told by it, may change by time alone, or null when it cannot.</summary>
    public DateTimeOffset? NextCheckAt { get; init; }
}

/// <summary>How an order stands.</summary>
public enum DelayVerdict
{
    /// <summary>It cannot be judged: no promise, or nothing that could show a delay.</summary>
    Unknown,

    /// <summary>Nothing speaks against the promise.</summary>
    OnTrack,

    /// <summary>The promise may be missed.</summary>
    AtRisk,

    /// <summary>The promise is missed, or will be.</summary>
    Late,

    /// <summary>Delivered, cancelled or completed.</summary>
    Finished,
}

/// <summary>One reason to believe that an order is, or will be, late.</summary>
public sealed record DelaySignal
{
    /// <summary>What it is.</summary>
    public required DelaySignalKind Kind { get; init; }

    /// <summary>Since when it holds.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The parcel that it concerns, or null when it concerns the order.</summary>
    public string? ShipmentId { get; init; }

    /// <summary>The reason that the carrier or the shop gave, in its own words, or null when none is known.</summary>
    public string? Cause { get; init; }
}

/// <summary>The kinds of signals, by rising gravity.</summary>
public enum DelaySignalKind
{
    /// <summary>Nobody has heard of the order for 30 days.</summary>
    NoNews,

    /// <summary>A label was made, and no scan has followed.</summary>
    LabelWithoutScan,

    /// <summary>A parcel is under way, and no scan has followed the last one.</summary>
    Stalled,

    /// <summary>A parcel waits at a pickup point.</summary>
    AvailableForPickup,

    /// <summary>The shop holds the order back, or waits for stock.</summary>
    OnHold,

    /// <summary>The promise ends soon, and the order is neither delivered nor out for delivery.</summary>
    AtRisk,

    /// <summary>The shop's own handling time has passed, nothing was shipped, and no date to ship by was promised.</summary>
    HandlingTimeExceeded,

    /// <summary>The date to ship by has passed, and nothing was shipped.</summary>
    ShipByMissed,

    /// <summary>The carrier could not hand a parcel over.</summary>
    AttemptFailed,

    /// <summary>The carrier says so, or expects arrival after the promise.</summary>
    CarrierDelay,

    /// <summary>A parcel needs somebody's attention, or is lost.</summary>
    Exception,

    /// <summary>A parcel is on its way back to the shop, or is back.</summary>
    Returning,

    /// <summary>The date to arrive by has passed, and the order has not arrived.</summary>
    PromiseMissed,
}
