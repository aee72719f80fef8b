using Support.Sdk.Orders;

namespace Support.Sdk.Links;

/// <summary>What a link is for, and to whom it was given.</summary>
public sealed record SignedLink
{
    /// <summary>What the holder may do.</summary>
    public required LinkPurpose Purpose { get; init; }

    /// <summary>The shop.</summary>
    public required string Shop { get; init; }

    /// <summary>Whose link it is.</summary>
    public required ContactPoint Contact { get; init; }

    /// <summary>The order that the link came with, or null.</summary>
    public string? OrderId { get; init; }

    /// <summary>The number of the ticket, for <see cref="LinkPurpose.Ticket"/>; else null.</summary>
    public long? Ticket { get; init; }

    /// <summary>Until when it works, excluded. Kept in whole seconds.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The order that the link came with, or null.</summary>
    public OrderKey? Order => OrderId is null ? null : new OrderKey(Shop, OrderId);
}

/// <summary>What the holder of a link may do.</summary>
public enum LinkPurpose
{
    /// <summary>See the orders of the contact point: <c>ADDRESS/orders/TOKEN</c>.</summary>
    OrderStatus,

    /// <summary>See and change what the contact point is told, and end it: <c>ADDRESS/preferences/TOKEN</c>.</summary>
    Preferences,

    /// <summary>Read a ticket and write in it: <c>ADDRESS/tickets/TOKEN</c>.</summary>
    Ticket,
}
