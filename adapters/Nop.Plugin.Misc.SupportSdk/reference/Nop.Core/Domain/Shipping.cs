namespace Nop.Core.Domain.Shipping;

public enum ShippingStatus
{
    ShippingNotRequired = 10,
    NotYetShipped = 20,
    PartiallyShipped = 25,
    Shipped = 30,
    Delivered = 40,
}

public class Shipment : BaseEntity
{
    public int OrderId { get; set; }
    public string TrackingNumber { get; set; }
    public DateTime? ShippedDateUtc { get; set; }
    public DateTime? DeliveryDateUtc { get; set; }
    public DateTime? ReadyForPickupDateUtc { get; set; }
    public DateTime CreatedOnUtc { get; set; }
}

public class ShipmentItem : BaseEntity
{
    public int ShipmentId { get; set; }
    public int OrderItemId { get; set; }
    public int Quantity { get; set; }
}

public class ShippingOption
{
    public string ShippingRateComputationMethodSystemName { get; set; }
    public string Name { get; set; }
    public int? TransitDays { get; set; }
}

public class ShipmentCreatedEvent(Shipment shipment)
{
    public Shipment Shipment { get; } = shipment;
}

public class ShipmentSentEvent(Shipment shipment)
{
    public Shipment Shipment { get; } = shipment;
}

public class ShipmentDeliveredEvent(Shipment shipment)
{
    public Shipment Shipment { get; } = shipment;
}

public class ShipmentTrackingNumberSetEvent(Shipment shipment)
{
    public Shipment Shipment { get; } = shipment;
}
