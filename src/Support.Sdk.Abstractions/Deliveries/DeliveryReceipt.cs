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

    /// <summary>True when it arrived, false when it bounced or never left.</summary>
    public required bool Arrived { get; init; }

    /// <summary>Why it did not arrive. Counts only when it did not. Default: hard.</summary>
    public BounceKind Bounce { get; init; } = BounceKind.Hard;

    /// <summary>True when it arrived and its reader reported it as spam (a feedback loop, RFC 5965). Nothing more is sent to that address.</summary>
    public bool Complained { get; init; }

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

/// <summary>Why a message did not arrive.</summary>
public enum BounceKind
{
    /// <summary>For a passing reason: a full mailbox, a server out of order (RFC 3463, class 4). Three in a row count as a hard one.</summary>
    Soft,

    /// <summary>For good: there is no such mailbox (RFC 3463, class 5).</summary>
    Hard,

    /// <summary>
    /// It never left: the provider had taken it and then gave it up, for example a queue behind a mail server that was out of order. It has
    /// failed (<see cref="DeliveryState.Failed"/>); nothing is said about the address.
    /// </summary>
    NotSent,
}
