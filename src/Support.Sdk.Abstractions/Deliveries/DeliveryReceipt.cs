using System.Text.Json.Serialization;
using Support.Sdk.Orders;

namespace Support.Sdk.Deliveries;

/// <summary>A provider's later word on a message that it had accepted.</summary>
public sealed record DeliveryReceipt : SupportEvent
{
    /// <summary>The shop in whose name the message was sent.</summary>
    public required string ShopId { get; init; }

    /// <summary>The message.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>True when it arrived, false when it bounced.</summary>
    public required bool Arrived { get; init; }

    /// <summary>When, by the provider's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The provider's reason, or null.</summary>
    public string? Reason { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Shop => ShopId;

    /// <inheritdoc/>
    [JsonIgnore]
    public override OrderKey? Order => null;
}
