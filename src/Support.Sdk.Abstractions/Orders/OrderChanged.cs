using System.Text.Json.Serialization;

namespace Support.Sdk.Orders;

/// <summary>A hint that an order changed, for sources whose events do not carry the whole order.</summary>
/// <remarks>The order is read again from its <see cref="IOrderSource"/>.</remarks>
public sealed record OrderChanged : SupportEvent
{
    /// <summary>Which order.</summary>
    public required OrderKey Key { get; init; }

    /// <summary>When it changed, by the source's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Shop => Key.Shop;

    /// <inheritdoc/>
    [JsonIgnore]
    public override OrderKey? Order => Key;
}

/// <summary>News of one parcel from a carrier or tracking feed.</summary>
public sealed record ShipmentTracked : SupportEvent
{
    /// <summary>Which order.</summary>
    public required OrderKey Key { get; init; }

    /// <summary>The parcel with what is new about it; it is merged into what is known under its id.</summary>
    public required Shipment Shipment { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Shop => Key.Shop;

    /// <inheritdoc/>
    [JsonIgnore]
    public override OrderKey? Order => Key;
}
