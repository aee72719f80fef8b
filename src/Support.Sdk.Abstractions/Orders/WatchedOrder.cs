using Support.Sdk.Deliveries;

namespace Support.Sdk.Orders;

/// <summary>An order under watch: what is known of it, what was promised, what the customer was told, and when to look again.</summary>
public sealed record WatchedOrder
{
    /// <summary>Which order.</summary>
    public required OrderKey Key { get; init; }

    /// <summary>How often it was saved; 0 before the first time. A save states the version that it read, and loses the race when it is no longer the stored one.</summary>
    public long Version { get; init; }

    /// <summary>The newest description, with every parcel and scan ever seen; null while only a hint or a scan was seen.</summary>
    public OrderSnapshot? Snapshot { get; init; }

    /// <summary>Parcels that were reported before the first snapshot came.</summary>
    public IReadOnlyList<Shipment> EarlyShipments { get; init; } = [];

    /// <summary>Every promise that the source or a policy ever made, the first one first.</summary>
    public IReadOnlyList<PromiseWindow> Promises { get; init; } = [];

    /// <summary>Every message that was decided for the customer, and every alert for the shop's own people, oldest first.</summary>
    public IReadOnlyList<Notice> Notices { get; init; } = [];

    /// <summary>The decisions not to send that stand at present, one an occasion.</summary>
    public IReadOnlyList<Ruling> Rulings { get; init; } = [];

    /// <summary>When the order was first seen.</summary>
    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>Why nothing is ever told about this order (it was already late or finished when first seen), or null.</summary>
    public string? Muted { get; init; }

    /// <summary>When the customer's data was erased, or null. Whatever is reported later changes nothing.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>Since when the order has not changed and nothing about it is planned, or null while something is. Retention counts from here.</summary>
    public DateTimeOffset? QuietSince { get; init; }

    /// <summary>The earliest moment at which any answer about the order may change, or null when none can.</summary>
    public DateTimeOffset? CheckAt { get; init; }

    /// <summary>When to read the order from its source, or to ask its tracking feed, or null when there is no need.</summary>
    public DateTimeOffset? RefreshAt { get; init; }

    /// <summary>Since when a new reading is wanted, or null. A reading that began earlier does not satisfy it.</summary>
    public DateTimeOffset? RefreshWantedSince { get; init; }

    /// <summary>When to ask the <see cref="ITrackingFeed"/> of its open parcels, or null when there is none to ask.</summary>
    public DateTimeOffset? TrackAt { get; init; }

    /// <summary>When to write to the storefront what it does not have yet (<see cref="IOrderWriteBack"/>), or null when it has everything.</summary>
    public DateTimeOffset? WriteBackAt { get; init; }

    /// <summary>Since when there is something to write, or null.</summary>
    public DateTimeOffset? WriteBackWantedSince { get; init; }

    /// <summary>A fingerprint of what the storefront has, or null when nothing was ever written.</summary>
    public string? WrittenBack { get; init; }
}

/// <summary>A message that was decided for a customer, and what it promised; or an alert for the shop's own people.</summary>
public sealed record Notice
{
    /// <summary>The delivery that carries it.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>What it is about.</summary>
    public required string Occasion { get; init; }

    /// <summary>The kind, for example <c>order-delayed</c>; see <see cref="NoticeKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>The parcels that it names.</summary>
    public IReadOnlyList<string> Parcels { get; init; } = [];

    /// <summary>The new date that it tells, or null when it tells none.</summary>
    public PromiseDate? NewDate { get; init; }

    /// <summary>How it relates to the delay notices before it.</summary>
    public NoticeNews News { get; init; }

    /// <summary>By when it promises the next word, or null when it promises none.</summary>
    public DateTimeOffset? NextWordBy { get; init; }

    /// <summary>A fingerprint of the facts that it was decided on.</summary>
    public string? Facts { get; init; }

    /// <summary>What became of it. Stores fill it in from the delivery whenever the order is read.</summary>
    public DeliveryState State { get; init; } = DeliveryState.Pending;

    /// <summary>True while the occasion is taken: the message is under way, told, held for a person or suppressed by one.</summary>
    /// <remarks>A message that never reached the customer (rejected, failed, bounced, superseded, expired) leaves its occasion free.</remarks>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsTaken =>
        State is not (DeliveryState.Rejected or DeliveryState.Failed or DeliveryState.Bounced or DeliveryState.Superseded or DeliveryState.Expired);
}

/// <summary>A decision not to send, as it stands.</summary>
/// <param name="Occasion">What it is about.</param>
/// <param name="Verdict">Wait, look first, or suppress.</param>
/// <param name="Reason">Why.</param>
public sealed record Ruling(string Occasion, DecisionVerdict Verdict, string Reason);
