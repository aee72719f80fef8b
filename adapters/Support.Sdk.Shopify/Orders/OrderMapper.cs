using System.Globalization;
using Support.Sdk.Orders;
using Support.Sdk.Shopify.Admin;

namespace Support.Sdk.Shopify.Orders;

/// <summary>Reads an order of the Admin API as a snapshot.</summary>
/// <remarks>
/// <para>Orders placed in test mode are orders like any other: a shop tries out with them what it would be told.</para>
/// <para>Lines that need no shipping are left out of the items, unless there are no others: nobody waits for them.</para>
/// </remarks>
internal static class OrderMapper
{
    /// <param name="shop">The shop.</param>
    /// <param name="order">The order, read to the end.</param>
    /// <param name="isWithheld">Whether the customer's values were held back.</param>
    /// <exception cref="ShopifyException">The order has no id.</exception>
    public static OrderSnapshot Map(string shop, OrderNode order, bool isWithheld)
    {
        var id = ShopifyId.Number(order.Id) ?? throw new ShopifyException("The Admin API answered with an order that has no id.");
        var isCounter = OrderStanding.IsCounter(order);
        IReadOnlyList<Shipment> parcels =
        [
            .. (order.Fulfillments ?? []).OfType<FulfillmentNode>().Select(node => ParcelMapper.Map(node, isCounter)).OfType<Shipment>(),
        ];
        var status = OrderStanding.Of(order, parcels);
        return new OrderSnapshot
        {
            Source = "shopify",
            Key = new OrderKey(shop, id),
            Number = Values.Text(order.Name, 100),
            PlacedAt = PlacedAt(order),
            UpdatedAt = Values.Moment(order.UpdatedAt),
            Status = status,
            RawStatus = Values.Text(order.DisplayFulfillmentStatus),
            // Shopify does not say since when; the engine remembers when it first saw it.
            HeldSince = null,
            HoldReason = status == OrderStatus.OnHold ? HoldReasons.Words([.. OrderStanding.Holds(order)], order.CustomerLocale) : null,
            Customer = CustomerMapper.Map(order, isWithheld),
            Promise = PromiseMapper.Map(order),
            ShippingMethod = Values.Text(order.ShippingLine?.Title) ?? Values.Text(Presented(order)),
            DestinationCountry = Country(order.ShippingAddress?.CountryCodeV2),
            Total = Total(order.CurrentTotalPriceSet?.ShopMoney),
            Items = [.. OrderItems.Of(order)],
            Shipments = parcels,
        };
    }

    // An import is processed when its customer placed it, and created when it was imported. Without any date it counts as old: nothing is told.
    private static DateTimeOffset PlacedAt(OrderNode order) =>
        Values.Moment(order.ProcessedAt) ?? Values.Moment(order.CreatedAt) ?? Values.Moment(order.UpdatedAt) ?? DateTimeOffset.UnixEpoch;

    private static string? Presented(OrderNode order) =>
        order.FulfillmentOrders?.Items.Select(part => part.DeliveryMethod?.PresentedName).FirstOrDefault(name => name is not null);

    private static string? Country(string? code) => code is { Length: 2 } && code.All(char.IsAsciiLetterUpper) && code is not "ZZ" ? code : null;

    private static OrderTotal? Total(MoneyNode? money) =>
        decimal.TryParse(money?.Amount, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
        && amount >= 0
        && money?.CurrencyCode is { Length: 3 } currency
            ? new OrderTotal(amount, currency)
            : null;
}
