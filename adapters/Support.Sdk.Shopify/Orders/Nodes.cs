namespace Support.Sdk.Shopify.Orders;

// What the documents ask for. Any value may be missing or null, whatever the schema says: versions differ, and permissions hold values back.

internal sealed record OrderNode
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? CreatedAt { get; init; }
    public string? ProcessedAt { get; init; }
    public string? UpdatedAt { get; init; }
    public string? CancelledAt { get; init; }
    public bool? Closed { get; init; }
    public bool? RequiresShipping { get; init; }
    public string? DisplayFulfillmentStatus { get; init; }
    public string? CustomerLocale { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public AddressNode? DisplayAddress { get; init; }
    public AddressNode? ShippingAddress { get; init; }
    public ShippingLineNode? ShippingLine { get; init; }
    public MoneyBagNode? CurrentTotalPriceSet { get; init; }

    /// <summary>The shop's own promise, when its metafield was asked for.</summary>
    public MetafieldNode? Promise { get; init; }

    public Page<LineItemNode>? LineItems { get; init; }
    public Page<FulfillmentOrderNode>? FulfillmentOrders { get; init; }
    public IReadOnlyList<FulfillmentNode?>? Fulfillments { get; init; }
}

internal sealed record AddressNode
{
    public string? FirstName { get; init; }
    public string? Name { get; init; }
    public string? CountryCodeV2 { get; init; }
    public string? TimeZone { get; init; }
}

internal sealed record ShippingLineNode
{
    public string? Title { get; init; }
}

internal sealed record MoneyBagNode
{
    public MoneyNode? ShopMoney { get; init; }
}

internal sealed record MoneyNode
{
    public string? Amount { get; init; }
    public string? CurrencyCode { get; init; }
}

internal sealed record MetafieldNode
{
    public string? Value { get; init; }
}

internal sealed record LineItemNode
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? Sku { get; init; }
    public int? Quantity { get; init; }
    public int? CurrentQuantity { get; init; }
    public int? UnfulfilledQuantity { get; init; }
    public bool? RequiresShipping { get; init; }
}

internal sealed record FulfillmentOrderNode
{
    public string? Id { get; init; }
    public string? OrderId { get; init; }
    public string? Status { get; init; }
    public string? UpdatedAt { get; init; }
    public string? FulfillBy { get; init; }
    public DeliveryMethodNode? DeliveryMethod { get; init; }
    public IReadOnlyList<HoldNode?>? FulfillmentHolds { get; init; }
}

internal sealed record DeliveryMethodNode
{
    public string? MethodType { get; init; }
    public string? PresentedName { get; init; }
    public string? MinDeliveryDateTime { get; init; }
    public string? MaxDeliveryDateTime { get; init; }
}

internal sealed record HoldNode
{
    public string? Reason { get; init; }
}

internal sealed record FulfillmentNode
{
    public string? Id { get; init; }
    public string? Status { get; init; }
    public string? DisplayStatus { get; init; }
    public string? CreatedAt { get; init; }
    public string? UpdatedAt { get; init; }
    public string? InTransitAt { get; init; }
    public string? DeliveredAt { get; init; }
    public string? EstimatedDeliveryAt { get; init; }
    public bool? RequiresShipping { get; init; }
    public IReadOnlyList<TrackingNode?>? TrackingInfo { get; init; }
    public Page<EventNode>? Events { get; init; }
    public Page<FulfillmentLineItemNode>? FulfillmentLineItems { get; init; }
}

internal sealed record TrackingNode
{
    public string? Company { get; init; }
    public string? Number { get; init; }
    public string? Url { get; init; }
}

internal sealed record EventNode
{
    public string? Status { get; init; }
    public string? HappenedAt { get; init; }
    public string? Message { get; init; }
    public string? EstimatedDeliveryAt { get; init; }
}

internal sealed record FulfillmentLineItemNode
{
    public int? Quantity { get; init; }
    public LineItemNode? LineItem { get; init; }
}
