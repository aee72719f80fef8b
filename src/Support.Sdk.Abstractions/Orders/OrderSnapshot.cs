using System.Text.Json.Serialization;

namespace Support.Sdk.Orders;

/// <summary>An order as the shop described it at one moment. Hand one over at every change.</summary>
/// <remarks>
/// Snapshots of one order compare by <see cref="UpdatedAt"/>, then by <see cref="ReadAt"/>: an older one changes nothing, one
/// with an equal stamp and other content is applied. Parcels and their scans only ever accumulate, in whatever order they
/// arrive. A fact dated in the future counts from that moment on.
/// </remarks>
public sealed record OrderSnapshot : SupportEvent
{
    /// <summary>Which order.</summary>
    public required OrderKey Key { get; init; }

    /// <summary>The number that the customer knows, or null when it is the id.</summary>
    public string? Number { get; init; }

    /// <summary>When the customer placed the order.</summary>
    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>When it was paid, or null when it was not, or is not known.</summary>
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>True while the shop waits for the customer's payment and ships nothing before: promise policies promise nothing yet. Default: false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AwaitsPayment { get; init; }

    /// <summary>The source's own stamp of the last change, or null when it has none.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When this was read from the source, or null for the moment at which it is accepted.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>What the shop intends with the order.</summary>
    public OrderStatus Status { get; init; } = OrderStatus.Open;

    /// <summary>The status in the source's own words, kept as it came.</summary>
    public string? RawStatus { get; init; }

    /// <summary>
    /// Since when the shop holds the order back or waits for stock, while the status is <see cref="OrderStatus.OnHold"/>. Null
    /// when it is not known: then the stamp of the first snapshot with that status counts.
    /// </summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>Why it is held back, in words for the customer (<c>The mug is out of stock.</c>), or null.</summary>
    public string? HoldReason { get; init; }

    /// <summary>Who ordered.</summary>
    public OrderCustomer Customer { get; init; } = new();

    /// <summary>What was promised, or null when the source promises nothing; then the shop's promise policies do.</summary>
    public PromiseWindow? Promise { get; init; }

    /// <summary>The shipping method as the shop names it; promise policies choose by it.</summary>
    public string? ShippingMethod { get; init; }

    /// <summary>How many days the way to the customer takes, as the storefront said when the shipping method was chosen, or null; 0 to 365.</summary>
    public int? TransitDays { get; init; }

    /// <summary>The country that the order goes to, as ISO 3166-1 alpha-2 (<c>SE</c>).</summary>
    public string? DestinationCountry { get; init; }

    /// <summary>What the whole order comes to, or null when the source does not say.</summary>
    public OrderTotal? Total { get; init; }

    /// <summary>What was ordered; empty when it is not known.</summary>
    public IReadOnlyList<OrderItem> Items { get; init; } = [];

    /// <summary>The parcels known so far.</summary>
    public IReadOnlyList<Shipment> Shipments { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Shop => Key.Shop;

    /// <inheritdoc/>
    [JsonIgnore]
    public override OrderKey? Order => Key;
}

/// <summary>What the shop intends with an order.</summary>
public enum OrderStatus
{
    /// <summary>The source said something that is not known here; <see cref="OrderSnapshot.RawStatus"/> keeps it. Judged as open.</summary>
    Unknown,

    /// <summary>To be fulfilled, or on its way.</summary>
    Open,

    /// <summary>Held back by the shop, or waiting for stock. Judged as open: the customer still waits.</summary>
    OnHold,

    /// <summary>Will not be delivered. Nothing more is told.</summary>
    Cancelled,

    /// <summary>The source calls it done. Nothing more is judged.</summary>
    Completed,
}

/// <summary>One line of an order or of a parcel.</summary>
public sealed record OrderItem
{
    /// <summary>What the customer knows it as.</summary>
    public required string Name { get; init; }

    /// <summary>How many; at least 1.</summary>
    public int Quantity { get; init; } = 1;

    /// <summary>The shop's article number, or null.</summary>
    public string? Sku { get; init; }
}

/// <summary>An amount of money.</summary>
/// <param name="Amount">How much, not negative.</param>
/// <param name="Currency">The currency, as ISO 4217 (<c>SEK</c>). Amounts in different currencies are never compared.</param>
public sealed record OrderTotal(decimal Amount, string Currency);
