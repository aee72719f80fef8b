using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>Which orders are shown.</summary>
public enum OrderShow
{
    /// <summary>All, the newest first.</summary>
    All,

    /// <summary>Open ones that are late, the oldest first.</summary>
    Late,

    /// <summary>Open ones that may be late, the oldest first.</summary>
    AtRisk,

    /// <summary>Those whose message waits for an approval.</summary>
    Held,
}

/// <summary>How an order stands.</summary>
public enum OrderStanding
{
    /// <summary>It is not watched, or not yet.</summary>
    Unwatched,

    /// <summary>Nothing is promised until it is paid.</summary>
    AwaitsPayment,

    /// <summary>It cannot be judged: nothing was promised, or nothing could show a delay.</summary>
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

/// <summary>A page of the list of orders.</summary>
public sealed record OrderListModel
{
    /// <summary>The store.</summary>
    public required StoreChoice Store { get; init; }

    /// <summary>Which are shown.</summary>
    public required OrderShow Show { get; init; }

    /// <summary>The number that was looked for, or null.</summary>
    public string? Number { get; init; }

    /// <summary>Where the page begins, or null at the beginning.</summary>
    public string? After { get; init; }

    /// <summary>The orders.</summary>
    public IReadOnlyList<OrderRowModel> Rows { get; init; } = [];

    /// <summary>Where the next page begins, or null when there is none.</summary>
    public string? Next { get; init; }
}

/// <summary>An order in a list, on the shop's own order page, or above its own.</summary>
public record OrderRowModel
{
    /// <summary>The shop's id.</summary>
    public required string Id { get; init; }

    /// <summary>The store.</summary>
    public required int StoreId { get; init; }

    /// <summary>The number that the customer knows.</summary>
    public required string Number { get; init; }

    /// <summary>How it stands.</summary>
    public required OrderStanding Standing { get; init; }

    /// <summary>What speaks against it, the gravest first.</summary>
    public IReadOnlyList<OrderSignalModel> Signals { get; init; } = [];

    /// <summary>When it was placed, or null when that is not known.</summary>
    public string? PlacedAt { get; init; }

    /// <summary>Until when it is to be sent, or null.</summary>
    public string? ShipBy { get; init; }

    /// <summary>Until when it is to arrive, or null.</summary>
    public string? DeliverBy { get; init; }

    /// <summary>When it is looked at again, or null.</summary>
    public string? NextCheck { get; init; }

    /// <summary>Why nothing is told about it, or null.</summary>
    public string? Muted { get; init; }

    /// <summary>What is not told at present, and why.</summary>
    public IReadOnlyList<OrderRulingModel> Rulings { get; init; } = [];

    /// <summary>What was told, the last one first.</summary>
    public IReadOnlyList<OrderNoticeModel> Notices { get; init; } = [];
}

/// <summary>What speaks against an order.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Since">Since when.</param>
/// <param name="Parcel">The parcel, or null.</param>
/// <param name="Cause">The carrier's or the shop's own words, or null.</param>
public sealed record OrderSignalModel(DelaySignalKind Kind, string Since, string? Parcel, string? Cause);

/// <summary>What is not told at present.</summary>
/// <param name="Occasion">What it is about.</param>
/// <param name="Verdict">What was decided.</param>
/// <param name="Reason">Why.</param>
public sealed record OrderRulingModel(string Occasion, DecisionVerdict Verdict, string Reason);

/// <summary>A message about an order.</summary>
public sealed record OrderNoticeModel
{
    /// <summary>The message.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>What it is about.</summary>
    public required string Occasion { get; init; }

    /// <summary>Its subject, or null when it is gone.</summary>
    public string? Subject { get; init; }

    /// <summary>When it was decided.</summary>
    public required string DecidedAt { get; init; }

    /// <summary>What became of it.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>Why it is in that state, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The new date that it tells, or null.</summary>
    public string? NewDate { get; init; }

    /// <summary>By when it promises the next word, or null.</summary>
    public string? NextWordBy { get; init; }
}

/// <summary>An order with everything that is known of it.</summary>
public sealed record OrderModel : OrderRowModel
{
    /// <summary>The store.</summary>
    public required StoreChoice Store { get; init; }

    /// <summary>The shop's own words for its state.</summary>
    public string? Status { get; init; }

    /// <summary>How it is sent.</summary>
    public string? ShippingMethod { get; init; }

    /// <summary>Where it goes.</summary>
    public string? Country { get; init; }

    /// <summary>When it was paid.</summary>
    public string? PaidAt { get; init; }

    /// <summary>When it was seen first.</summary>
    public required string FirstSeenAt { get; init; }

    /// <summary>When it was read from the shop.</summary>
    public string? ReadAt { get; init; }

    /// <summary>When it is read again, or null.</summary>
    public string? NextReading { get; init; }

    /// <summary>When its customer was erased, or null.</summary>
    public string? ErasedAt { get; init; }

    /// <summary>The new date that could be told, or null.</summary>
    public string? NewDate { get; init; }

    /// <summary>What was ordered.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>Every promise, the first one first.</summary>
    public IReadOnlyList<OrderPromiseModel> Promises { get; init; } = [];

    /// <summary>The parcels.</summary>
    public IReadOnlyList<OrderParcelModel> Parcels { get; init; } = [];

    /// <summary>Every decision, the last one first.</summary>
    public IReadOnlyList<OrderDecisionModel> Decisions { get; init; } = [];
}

/// <summary>A promise.</summary>
/// <param name="ShipBy">Until when it is sent.</param>
/// <param name="DeliverFrom">From when on it may arrive.</param>
/// <param name="DeliverBy">Until when it arrives.</param>
/// <param name="Source">Who promised.</param>
public sealed record OrderPromiseModel(string? ShipBy, string? DeliverFrom, string? DeliverBy, PromiseSource? Source);

/// <summary>A parcel.</summary>
public sealed record OrderParcelModel
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Who carries it.</summary>
    public string? Carrier { get; init; }

    /// <summary>The number to follow it by.</summary>
    public string? TrackingNumber { get; init; }

    /// <summary>When it was sent.</summary>
    public string? ShippedAt { get; init; }

    /// <summary>When it arrived.</summary>
    public string? DeliveredAt { get; init; }

    /// <summary>When its carrier expects it to arrive.</summary>
    public string? EstimatedArrival { get; init; }

    /// <summary>Its last scan.</summary>
    public string? LastScan { get; init; }
}

/// <summary>A decision.</summary>
public sealed record OrderDecisionModel
{
    /// <summary>When.</summary>
    public required string At { get; init; }

    /// <summary>What.</summary>
    public required DecisionVerdict Verdict { get; init; }

    /// <summary>About what.</summary>
    public required string Occasion { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Until when it waits, or null.</summary>
    public string? Until { get; init; }

    /// <summary>The message, or null.</summary>
    public string? DeliveryId { get; init; }

    /// <summary>Who decided, or null for the engine.</summary>
    public string? By { get; init; }
}
