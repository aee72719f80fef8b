using Nop.Core.Domain.Common;

namespace Nop.Core.Domain.Orders;

public enum OrderStatus
{
    Pending = 10,
    Processing = 20,
    Complete = 30,
    Cancelled = 40,
}

public class Order : BaseEntity, ISoftDeletedEntity
{
    public Guid OrderGuid { get; set; }
    public int StoreId { get; set; }
    public int CustomerId { get; set; }
    public int BillingAddressId { get; set; }
    public int? ShippingAddressId { get; set; }
    public int? PickupAddressId { get; set; }
    public bool PickupInStore { get; set; }
    public int OrderStatusId { get; set; }
    public int ShippingStatusId { get; set; }
    public int PaymentStatusId { get; set; }
    public string CustomerCurrencyCode { get; set; }
    public decimal CurrencyRate { get; set; }
    public decimal OrderTotal { get; set; }
    public int CustomerLanguageId { get; set; }
    public DateTime? PaidDateUtc { get; set; }
    public string PaymentMethodSystemName { get; set; }
    public string ShippingMethod { get; set; }
    public string ShippingRateComputationMethodSystemName { get; set; }
    public bool Deleted { get; set; }
    public DateTime CreatedOnUtc { get; set; }
    public string CustomOrderNumber { get; set; }
}

public class OrderItem : BaseEntity
{
    public int OrderId { get; set; }
    public int ProductId { get; set; }
    public int Quantity { get; set; }
    public string AttributeDescription { get; set; }
}

public class OrderNote : BaseEntity
{
    public int OrderId { get; set; }
    public string Note { get; set; }
    public int DownloadId { get; set; }
    public bool DisplayToCustomer { get; set; }
    public DateTime CreatedOnUtc { get; set; }
}

public enum ReturnRequestStatus
{
    Pending = 0,
    Received = 10,
    ReturnAuthorized = 20,
    ItemsRepaired = 30,
    ItemsRefunded = 40,
    RequestRejected = 50,
    Cancelled = 60,
}

public class ReturnRequest : BaseEntity
{
    public string CustomNumber { get; set; }
    public int StoreId { get; set; }
    public int OrderItemId { get; set; }
    public int CustomerId { get; set; }
    public int Quantity { get; set; }
    public string ReasonForReturn { get; set; }
    public string RequestedAction { get; set; }
    public string CustomerComments { get; set; }
    public int ReturnRequestStatusId { get; set; }
    public DateTime CreatedOnUtc { get; set; }
    public DateTime UpdatedOnUtc { get; set; }
}

public class OrderPlacedEvent(Order order)
{
    public Order Order { get; } = order;
}

public class OrderPaidEvent(Order order)
{
    public Order Order { get; } = order;
}

public class OrderStatusChangedEvent(Order order, OrderStatus previousOrderStatus)
{
    public Order Order { get; } = order;

    public OrderStatus PreviousOrderStatus { get; } = previousOrderStatus;
}
