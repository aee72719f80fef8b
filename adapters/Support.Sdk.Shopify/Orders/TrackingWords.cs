using Support.Sdk.Orders;

namespace Support.Sdk.Shopify.Orders;

/// <summary>Shopify's words for where a parcel is, of <c>FulfillmentEventStatus</c> and <c>FulfillmentDisplayStatus</c>, in neutral terms.</summary>
internal static class TrackingWords
{
    private static readonly Dictionary<string, TrackingStatus> Known = new(StringComparer.Ordinal)
    {
        ["SUBMITTED"] = TrackingStatus.PreTransit,
        ["CONFIRMED"] = TrackingStatus.PreTransit,
        ["FULFILLED"] = TrackingStatus.PreTransit,
        ["MARKED_AS_FULFILLED"] = TrackingStatus.PreTransit,
        ["LABEL_PURCHASED"] = TrackingStatus.PreTransit,
        ["LABEL_PRINTED"] = TrackingStatus.PreTransit,
        ["LABEL_VOIDED"] = TrackingStatus.Cancelled,
        ["CANCELED"] = TrackingStatus.Cancelled,
        ["CARRIER_PICKED_UP"] = TrackingStatus.PickedUp,
        ["IN_TRANSIT"] = TrackingStatus.InTransit,
        ["DELAYED"] = TrackingStatus.Delayed,
        ["OUT_FOR_DELIVERY"] = TrackingStatus.OutForDelivery,
        ["READY_FOR_PICKUP"] = TrackingStatus.AvailableForPickup,
        ["ATTEMPTED_DELIVERY"] = TrackingStatus.AttemptFailed,
        ["PICKED_UP"] = TrackingStatus.Delivered,
        ["DELIVERED"] = TrackingStatus.Delivered,
        ["NOT_DELIVERED"] = TrackingStatus.Failed,
        ["FAILURE"] = TrackingStatus.Failed,
        // Announced: these stand in the unstable version so far.
        ["READY_FOR_RECIPIENT_PICKUP"] = TrackingStatus.AvailableForPickup,
        ["BUYER_ACTION_REQUIRED"] = TrackingStatus.Exception,
        ["RETURNING_TO_SENDER"] = TrackingStatus.Returning,
    };

    public static TrackingStatus Of(string? word) => word is not null && Known.TryGetValue(word, out var status) ? status : TrackingStatus.Unknown;

    /// <summary>Whether the word stands for the shop's own clicks alone: nobody has scanned anything.</summary>
    public static bool SaysNothing(string? word) => word is null or "SUBMITTED" or "CONFIRMED" or "FULFILLED" or "MARKED_AS_FULFILLED";

    /// <summary>Whether it says that the carrier does not have the parcel yet.</summary>
    public static bool IsBeforeHandover(string? word) => word is "SUBMITTED" or "LABEL_PURCHASED" or "LABEL_PRINTED" or "LABEL_VOIDED";
}
