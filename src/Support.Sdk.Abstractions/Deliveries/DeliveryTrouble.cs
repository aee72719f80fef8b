using System.Text.Json.Serialization;
using Support.Sdk.Orders;

namespace Support.Sdk.Deliveries;

/// <summary>A message of ours needs a person: it bounced, failed, was refused, is held or in doubt. The outbox reports it by itself.</summary>
public sealed record DeliveryTrouble : SupportEvent
{
    /// <summary>The source that the outbox gives as its own.</summary>
    public const string Reporter = "outbox";

    /// <summary>The shop in whose name the message was written.</summary>
    public required string ShopId { get; init; }

    /// <summary>The message.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>How it stands: <see cref="DeliveryState.Bounced"/>, <see cref="DeliveryState.Failed"/>, <see cref="DeliveryState.Rejected"/>, <see cref="DeliveryState.Held"/> or <see cref="DeliveryState.InDoubt"/>.</summary>
    public required DeliveryState State { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why, or null.</summary>
    public string? Reason { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Shop => ShopId;

    /// <inheritdoc/>
    [JsonIgnore]
    public override OrderKey? Order => null;
}
