using Nop.Core.Domain.Orders;

namespace Nop.Services.Orders;

public interface IOrderService
{
    Task<Order> GetOrderByIdAsync(int orderId);

    Task<IList<OrderNote>> GetOrderNotesByOrderIdAsync(int orderId, bool? displayToCustomer = null);

    Task InsertOrderNoteAsync(OrderNote orderNote);
}
