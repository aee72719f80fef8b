using Nop.Core.Domain.Orders;

namespace Nop.Services.Orders;

public interface IOrderService
{
    Task<Order> GetOrderByIdAsync(int orderId);

    Task InsertOrderNoteAsync(OrderNote orderNote);
}
