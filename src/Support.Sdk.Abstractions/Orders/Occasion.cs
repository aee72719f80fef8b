using System.Globalization;
using System.Text.Json;

namespace Support.Sdk.Orders;

/// <summary>What a message is about: its kind, the parcel if it is about one, and which of its kind it is.</summary>
/// <param name="Kind">The kind; see <see cref="NoticeKinds"/>.</param>
/// <param name="Parcel">The parcel, or null when it is about the whole order.</param>
/// <param name="Number">1 for the first word on the matter, 2 for the next.</param>
/// <remarks>Made of facts only, never of time or wording: the same facts are the same occasion, and nobody is told twice.</remarks>
public readonly record struct Occasion(string Kind, string? Parcel = null, int Number = 1)
{
    /// <summary>The signal that the shop's own people are told of, or null in what customers are told.</summary>
    public DelaySignalKind? Signal { get; init; }

    /// <summary>Writes <c>kind[/signal][/parcel][/n]</c>, for example <c>order-delayed/2</c> or <c>shop-alert/stalled/P1</c>; the parcel is percent-encoded.</summary>
    public override string ToString()
    {
        var signal = Signal is { } kind ? "/" + JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()) : "";
        var parcel = Parcel is null ? "" : "/" + Uri.EscapeDataString(Parcel);
        var number = Number > 1 ? string.Create(CultureInfo.InvariantCulture, $"/{Number}") : "";
        return Kind + signal + parcel + number;
    }
}

/// <summary>The kinds of messages that the engine writes.</summary>
public static class NoticeKinds
{
    /// <summary>The order was received.</summary>
    public const string OrderConfirmed = "order-confirmed";

    /// <summary>The order may be late. A delay kind.</summary>
    public const string OrderAtRisk = "order-at-risk";

    /// <summary>The order is, or will be, late; or there is a better date than the customer was told. A delay kind.</summary>
    public const string OrderDelayed = "order-delayed";

    /// <summary>A parcel is with the carrier.</summary>
    public const string OrderShipped = "order-shipped";

    /// <summary>A parcel is on the vehicle that brings it.</summary>
    public const string OutForDelivery = "order-out-for-delivery";

    /// <summary>The carrier could not hand a parcel over.</summary>
    public const string AttemptFailed = "order-attempt-failed";

    /// <summary>A parcel waits at a pickup point.</summary>
    public const string AvailableForPickup = "order-available-for-pickup";

    /// <summary>A parcel has arrived.</summary>
    public const string OrderDelivered = "order-delivered";

    /// <summary>A parcel is on its way back to the shop.</summary>
    public const string OrderReturning = "order-returning";

    /// <summary>A parcel needs somebody's attention: customs, address, damage, loss.</summary>
    public const string OrderException = "order-exception";

    /// <summary>Told to the shop's own people, not to the customer: an order needs them.</summary>
    public const string ShopAlert = "shop-alert";

    /// <summary>The kinds that promise a date or a next word, and follow each other.</summary>
    public static IReadOnlyList<string> Delays { get; } = [OrderAtRisk, OrderDelayed];

    /// <summary>The kinds that a shop tells by default: those of trouble, which no storefront tells by itself.</summary>
    public static IReadOnlyList<string> Default { get; } = [OrderAtRisk, OrderDelayed, AttemptFailed, AvailableForPickup, OrderReturning, OrderException];

    /// <summary>Every kind that a customer can be told.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        OrderConfirmed,
        OrderAtRisk,
        OrderDelayed,
        OrderShipped,
        OutForDelivery,
        AttemptFailed,
        AvailableForPickup,
        OrderDelivered,
        OrderReturning,
        OrderException,
    ];
}
