using System.Globalization;
using Support.Sdk.Orders;

namespace Support.Sdk.Shopify.Orders;

/// <summary>What Shopify, or the shop's own metafield, promised.</summary>
/// <remarks>
/// Ship by: the earliest deadline of what is still to be sent, and the latest one once all of it was. Deliver by: the latest date over all parts of
/// the order, since it has arrived when all of it has; where Shopify names none, the metafield's. Where nothing is named at all there is
/// no promise, and the shop's policies make one.
/// </remarks>
internal static class PromiseMapper
{
    public static PromiseWindow? Map(OrderNode order)
    {
        var parts = (order.FulfillmentOrders?.Items ?? []).Where(part => part.Status is not "CANCELLED").ToList();
        var open = parts.Where(part => part.Status is not ("CLOSED" or "INCOMPLETE"));
        var shipBy = open.Min(part => Values.Moment(part.FulfillBy)) ?? parts.Max(part => Values.Moment(part.FulfillBy));
        var from = parts.Min(part => Values.Moment(part.DeliveryMethod?.MinDeliveryDateTime));
        var by = At(parts.Max(part => Values.Moment(part.DeliveryMethod?.MaxDeliveryDateTime))) ?? Told(order.Promise?.Value);
        if (shipBy is null && from is null && by is null)
        {
            return null;
        }

        return new PromiseWindow
        {
            ShipBy = At(shipBy),
            DeliverFrom = At(from),
            DeliverBy = by,
        };
    }

    private static PromiseDate? At(DateTimeOffset? moment) => moment is { } at ? PromiseDate.At(at) : null;

    // A metafield of the type date is a day in the shop's zone; one of the type date_time is a moment.
    private static PromiseDate? Told(string? value)
    {
        var text = Values.Text(value);
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? PromiseDate.On(date)
            : At(Values.Moment(text));
    }
}
