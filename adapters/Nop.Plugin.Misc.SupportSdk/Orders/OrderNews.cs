using System.Globalization;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Gdpr;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Core.Events;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Data;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Common;
using Nop.Services.Events;
using Support.Sdk;
using Support.Sdk.Orders;
using Support.Sdk.Storefronts;
using Shipment = Nop.Core.Domain.Shipping.Shipment;

namespace Nop.Plugin.Misc.SupportSdk.Orders;

/// <summary>Hears what happens in the shop. Each piece of news is one short save of a hint; the order is read later, by the schedule task.</summary>
/// <remarks>It runs inside the shop's own requests: whatever fails here is written down, and the request goes on.</remarks>
internal sealed class OrderNews(
    SupportHost host,
    PlacedOrders placed,
    IRepository<Order> orders,
    IRepository<OrderTransit> transits,
    IGenericAttributeService attributes,
    EngineJournal journal,
    TimeProvider time
)
    : IConsumer<EntityInsertedEvent<Order>>,
        IConsumer<EntityUpdatedEvent<Order>>,
        IConsumer<EntityDeletedEvent<Order>>,
        IConsumer<OrderPlacedEvent>,
        IConsumer<OrderPaidEvent>,
        IConsumer<OrderStatusChangedEvent>,
        IConsumer<EntityInsertedEvent<Shipment>>,
        IConsumer<EntityUpdatedEvent<Shipment>>,
        IConsumer<EntityDeletedEvent<Shipment>>,
        IConsumer<CustomerPermanentlyDeleted>
{
    private const string Source = "nopcommerce";

    // What one request may name.
    private const int MostNamed = 1000;

    // The chosen shipping option is forgotten before the order counts as placed.
    public Task HandleEventAsync(EntityInsertedEvent<Order> eventMessage) =>
        CarefullyAsync(async () =>
        {
            var order = eventMessage.Entity;
            placed.Begin(order.Id);
            var option = await attributes.GetAttributeAsync<Customer, ShippingOption>(
                order.CustomerId,
                NopCustomerDefaults.SelectedShippingOptionAttribute,
                order.StoreId
            );
            if (option?.TransitDays is >= 0 and <= 365 and var days && string.Equals(option.Name, order.ShippingMethod, StringComparison.Ordinal))
            {
                await transits.InsertAsync(new OrderTransit { OrderId = order.Id, Days = days }, publishEvent: false);
            }
        });

    public Task HandleEventAsync(OrderPlacedEvent eventMessage)
    {
        placed.End(eventMessage.Order.Id);
        return ChangedAsync(eventMessage.Order);
    }

    // While it is being placed an order changes several times; its placing says it once.
    public Task HandleEventAsync(EntityUpdatedEvent<Order> eventMessage) =>
        placed.IsUnderWay(eventMessage.Entity.Id) ? Task.CompletedTask : ChangedAsync(eventMessage.Entity);

    public Task HandleEventAsync(EntityDeletedEvent<Order> eventMessage) => ChangedAsync(eventMessage.Entity);

    public Task HandleEventAsync(OrderPaidEvent eventMessage) =>
        placed.IsUnderWay(eventMessage.Order.Id) ? Task.CompletedTask : ChangedAsync(eventMessage.Order);

    public Task HandleEventAsync(OrderStatusChangedEvent eventMessage) =>
        placed.IsUnderWay(eventMessage.Order.Id) ? Task.CompletedTask : ChangedAsync(eventMessage.Order);

    public Task HandleEventAsync(EntityInsertedEvent<Shipment> eventMessage) => ChangedAsync(eventMessage.Entity.OrderId);

    public Task HandleEventAsync(EntityUpdatedEvent<Shipment> eventMessage) => ChangedAsync(eventMessage.Entity.OrderId);

    // What was once seen of a parcel stays; that it was a mistake has to be said.
    public Task HandleEventAsync(EntityDeletedEvent<Shipment> eventMessage) =>
        CarefullyAsync(async () =>
        {
            var parcel = eventMessage.Entity;
            if (await orders.GetByIdAsync(parcel.OrderId) is not { } order)
            {
                return;
            }

            var at = time.GetUtcNow();
            var voided = new Support.Sdk.Orders.Shipment
            {
                Id = parcel.Id.ToString(CultureInfo.InvariantCulture),
                Events =
                [
                    new TrackingEvent
                    {
                        Status = TrackingStatus.Cancelled,
                        At = at,
                        RawStatus = "deleted",
                    },
                ],
            };
            await AcceptAsync(
                order,
                [
                    new ShipmentTracked
                    {
                        Source = Source,
                        Key = Key(order),
                        Shipment = voided,
                    },
                    new OrderChanged
                    {
                        Source = Source,
                        Key = Key(order),
                        At = at,
                    },
                ]
            );
        });

    public Task HandleEventAsync(CustomerPermanentlyDeleted eventMessage) =>
        CarefullyAsync(async () =>
        {
            if (await host.FindAsync() is not { } engine)
            {
                return;
            }

            var id = eventMessage.CustomerId;
            var named = await orders
                .Table.Where(order => order.CustomerId == id)
                .OrderByDescending(order => order.Id)
                .Take(MostNamed)
                .Select(order => new { order.Id, order.StoreId })
                .ToListAsync();
            // Guests have no address of their own, and orders may be billed to another one.
            IReadOnlyList<ContactPoint> points = string.IsNullOrWhiteSpace(eventMessage.Email) ? [] : [new ContactPoint("email", eventMessage.Email)];
            var at = time.GetUtcNow();
            await engine.Intake.AcceptAsync([
                .. engine.Shops.Select(shop => new PrivacyRequested
                {
                    Source = Source,
                    ShopId = shop.Id,
                    Kind = PrivacyRequestKind.Erase,
                    At = at,
                    RequestId = string.Create(CultureInfo.InvariantCulture, $"customer-{id}"),
                    ContactPoints = points,
                    OrderIds =
                    [
                        .. named
                            .Where(order => string.Equals(StoreShops.IdOf(order.StoreId), shop.Id, StringComparison.Ordinal))
                            .Select(order => order.Id.ToString(CultureInfo.InvariantCulture)),
                    ],
                }),
            ]);
        });

    private Task ChangedAsync(int orderId) =>
        CarefullyAsync(async () =>
        {
            if (await orders.GetByIdAsync(orderId) is { } order)
            {
                await AcceptAsync(order, [Changed(order)]);
            }
        });

    private Task ChangedAsync(Order order) => CarefullyAsync(() => AcceptAsync(order, [Changed(order)]));

    private OrderChanged Changed(Order order) =>
        new()
        {
            Source = Source,
            Key = Key(order),
            At = time.GetUtcNow(),
        };

    private static OrderKey Key(Order order) => new(StoreShops.IdOf(order.StoreId), order.Id.ToString(CultureInfo.InvariantCulture));

    private async Task AcceptAsync(Order order, IReadOnlyList<SupportEvent> events)
    {
        if (await host.FindAsync() is { } engine && engine.Serves(StoreShops.IdOf(order.StoreId)))
        {
            await engine.Intake.AcceptAsync(events);
        }
    }

    // What is not heard here is found by the daily window.
    private async Task CarefullyAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception)
        {
            journal.Add(Microsoft.Extensions.Logging.LogLevel.Warning, "A change of the shop was not heard; it is found within a day.", exception);
        }
    }
}

/// <summary>The orders that the present request is placing.</summary>
internal sealed class PlacedOrders
{
    private readonly HashSet<int> _underWay = [];

    public void Begin(int orderId) => _underWay.Add(orderId);

    public void End(int orderId) => _underWay.Remove(orderId);

    public bool IsUnderWay(int orderId) => _underWay.Contains(orderId);
}
