using System.Globalization;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Templates;
using NopOrder = Nop.Core.Domain.Orders.Order;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>A customer's own orders: those that the shop says are the customer's, or those that a signed link opens.</summary>
/// <remarks>An account's e-mail address proves nothing: whoever registers may type any. So an account sees what the shop has under its id, and no more.</remarks>
internal sealed class CustomerOrders(IRepository<NopOrder> orders, OrderTeller teller, TimeProvider time)
{
    private const int PageSize = 10;
    private const int MaxPage = 50;

    /// <summary>An order of the visitor's in words; null when it is somebody else's, deleted, or nothing is known of it.</summary>
    public async Task<OrderModel?> FindAsync(SupportEngine engine, Visitor visitor, int orderId, CancellationToken cancellationToken) =>
        await OwnAsync(visitor, orderId) is { } order
        && await engine.Get<IOrderStore>().FindAsync([KeyOf(order)], cancellationToken) is [var watched]
        && await TellAsync(engine, watched, visitor.Culture, cancellationToken) is { } told
            ? told with
            {
                OrderId = order.Id,
                ContactPath = Pages.ContactAbout(order.Id),
            }
            : null;

    /// <summary>The shop's order, while it is the visitor's.</summary>
    public async Task<NopOrder?> OwnAsync(Visitor visitor, int orderId) =>
        await orders.GetByIdAsync(orderId) is { Deleted: false } order && order.CustomerId == visitor.Customer.Id && visitor.Customer.Id > 0 ? order : null;

    /// <summary>One page of the visitor's orders in this store; those of which nothing is known as the shop has them.</summary>
    public async Task<OrderListModel> ListAsync(SupportEngine engine, Visitor visitor, int page, CancellationToken cancellationToken)
    {
        var number = Math.Clamp(page, 1, MaxPage);
        var (customerId, storeId) = (visitor.Customer.Id, visitor.Store.Id);
        // One more than is shown tells that older ones follow.
        var found = await orders
            .Table.Where(order => order.CustomerId == customerId && order.StoreId == storeId && !order.Deleted)
            .OrderByDescending(order => order.Id)
            .Skip((number - 1) * PageSize)
            .Take(PageSize + 1)
            .ToListAsync();
        var shown = found.Take(PageSize).ToList();
        var watched = (await engine.Get<IOrderStore>().FindAsync([.. shown.Select(KeyOf)], cancellationToken)).ToDictionary(order => order.Key);
        var models = new List<OrderModel>();
        foreach (var order in shown)
        {
            var told = watched.TryGetValue(KeyOf(order), out var known) ? await TellAsync(engine, known, visitor.Culture, cancellationToken) : null;
            models.Add((told ?? Plain(order, visitor)) with { OrderId = order.Id, ContactPath = Pages.ContactAbout(order.Id) });
        }

        return new OrderListModel
        {
            Orders = models,
            Page = number,
            HasOlder = found.Count > PageSize && number < MaxPage,
        };
    }

    /// <summary>One page of the orders that name the holder of a link.</summary>
    public async Task<OrderListModel> ListAsync(SupportEngine engine, SignedLink link, string culture, int page, CancellationToken cancellationToken)
    {
        var number = Math.Clamp(page, 1, MaxPage);
        var store = engine.Get<IOrderStore>();
        var found = await store.OfContactAsync(link.Shop, link.Contact, (number * PageSize) + 1, cancellationToken);
        var shown = found.Skip((number - 1) * PageSize).Take(PageSize).ToList();
        if (number == 1 && !shown.Exists(order => order.Key == link.Order) && await OfLinkAsync(engine, link, cancellationToken) is { } asked)
        {
            shown.Add(asked);
        }

        var models = new List<OrderModel>();
        var seal = await engine.SealAsync(cancellationToken);
        foreach (var order in shown)
        {
            if (await TellAsync(engine, order, culture, cancellationToken) is { } told)
            {
                models.Add(told with { IsAsked = order.Key == link.Order, ContactPath = Pages.ContactByLink(seal.Seal(link with { OrderId = order.Key.Id })) });
            }
        }

        return new OrderListModel
        {
            Orders = models,
            Page = number,
            HasOlder = found.Count > number * PageSize && number < MaxPage,
        };
    }

    /// <summary>The order that a link came with, while it still names the link's holder.</summary>
    public static async Task<WatchedOrder?> OfLinkAsync(SupportEngine engine, SignedLink link, CancellationToken cancellationToken) =>
        link.Order is { } key
        && await engine.Get<IOrderStore>().FindAsync([key], cancellationToken) is [{ Snapshot.Customer.ContactPoints: var points } order]
        && Support.Sdk.Contacts.ContactPointSet.Holds(points, link.Contact)
            ? order
            : null;

    public static OrderKey KeyOf(NopOrder order) => new(Setup.StoreShops.IdOf(order.StoreId), order.Id.ToString(CultureInfo.InvariantCulture));

    private async Task<OrderModel?> TellAsync(SupportEngine engine, WatchedOrder order, string culture, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var views = await engine.Get<ShopViews>().FindAsync([order.Key.Shop], now, cancellationToken);
        return order.Snapshot is not null && views.TryGetValue(order.Key.Shop, out var shop)
            ? await teller.TellAsync(order, shop, engine.Get<IDelayAssessor>().Assess(order, shop, now), culture, now)
            : null;
    }

    private static OrderModel Plain(NopOrder order, Visitor visitor) =>
        new()
        {
            Number = PlainLine.Clean(order.CustomOrderNumber),
            PlacedOn = new LocalDates(Language.Find(visitor.Culture) ?? Language.English, TimeZoneInfo.Utc).Day(ShopValues.Utc(order.CreatedOnUtc)),
        };
}
