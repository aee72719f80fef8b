using Support.Sdk.Orders;

namespace Support.Sdk.AspNetCore.Pages.Orders;

/// <summary>An order in one word for its customer.</summary>
internal enum OrderState
{
    Preparing,
    OnHold,
    PartlyShipped,
    Shipped,
    OutForDelivery,
    AtRisk,
    Late,
    Delivered,
    Completed,
    Cancelled,
}

internal static class OrderStates
{
    public static OrderState Of(OrderSnapshot order, OrderFacts facts, DelayVerdict verdict)
    {
        var isDelivered = facts.Parcels.Count > 0 && !facts.MoreParcelsMayFollow && facts.Parcels.All(parcel => parcel.IsDelivered);
        return order.Status == OrderStatus.Cancelled ? OrderState.Cancelled
            : isDelivered ? OrderState.Delivered
            : order.Status == OrderStatus.Completed ? OrderState.Completed
            : verdict == DelayVerdict.Late ? OrderState.Late
            : facts.IsOutForDelivery ? OrderState.OutForDelivery
            : verdict == DelayVerdict.AtRisk ? OrderState.AtRisk
            : order.Status == OrderStatus.OnHold ? OrderState.OnHold
            : facts.IsWhollyShipped ? OrderState.Shipped
            : facts.Parcels.Any(parcel => parcel.IsShipped) ? OrderState.PartlyShipped
            : OrderState.Preparing;
    }

    public static bool IsDelay(DelayVerdict verdict) => verdict is DelayVerdict.Late or DelayVerdict.AtRisk;

    public static string Tone(OrderState state) =>
        state switch
        {
            OrderState.Delivered or OrderState.Completed => "state good",
            OrderState.Late or OrderState.AtRisk or OrderState.OnHold => "state wait",
            _ => "state",
        };
}
