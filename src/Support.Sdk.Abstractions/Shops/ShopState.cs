namespace Support.Sdk.Shops;

/// <summary>What is known about a shop from its past, and its switches.</summary>
public sealed record ShopState
{
    /// <summary>Which shop.</summary>
    public required string Shop { get; init; }

    /// <summary>Since when nothing is sent for the shop, or null while messages flow.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Why it is paused, or null.</summary>
    public string? PausedReason { get; init; }

    /// <summary>How many messages were ever decided.</summary>
    public long Notices { get; init; }

    /// <summary>How many parcels were ever seen shipped.</summary>
    public long Shipped { get; init; }

    /// <summary>How many parcels were ever seen delivered.</summary>
    public long Delivered { get; init; }

    /// <summary>Delay notices a day (UTC) over the last 29 days, today included; days without any are left out.</summary>
    public IReadOnlyDictionary<DateOnly, int> DelayNoticesByDay { get; init; } = new Dictionary<DateOnly, int>();
}

/// <summary>A shop as it is set up, together with what is known about it.</summary>
/// <param name="Shop">How it is set up.</param>
/// <param name="State">What is known about it.</param>
public sealed record ShopView(Shop Shop, ShopState State);
