using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Sweep;

namespace Support.Sdk.AspNetCore.Pages.Orders;

/// <summary>The orders of whoever holds a signed link. It only reads.</summary>
internal sealed class OrderPageEndpoints(
    ISupportLinks links,
    IOrderStore orders,
    ShopViews shops,
    IShopDirectory directory,
    IDelayAssessor assessor,
    SupportStart start,
    TimeProvider time
)
{
    private const int PageSize = 10;
    private const int MaxPage = 50;

    public static void Map(RouteGroupBuilder group) => group.MapGet("/orders/{token}", HandleAsync);

    // The store is asked for only when a request comes, after the start has found one or has said which call is missing.
    private static Task<IResult> HandleAsync(string token, int? page, HttpContext context, CancellationToken cancellationToken) =>
        ActivatorUtilities.CreateInstance<OrderPageEndpoints>(context.RequestServices).ShowAsync(token, page, context, cancellationToken);

    private async Task<IResult> ShowAsync(string token, int? page, HttpContext context, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var link = await links.ReadAsync(token, LinkPurpose.OrderStatus, cancellationToken);
        if (link is null || !(await shops.FindAsync([link.Shop], now, cancellationToken)).TryGetValue(link.Shop, out var shop))
        {
            return BrokenLink.Page(directory, context.Request).Answer(context);
        }

        var number = Math.Clamp(page ?? 1, 1, MaxPage);
        // One more than is shown tells that older ones follow.
        var found = await orders.OfContactAsync(link.Shop, link.Contact, (number * PageSize) + 1, cancellationToken);
        var known = found.Where(order => order.Snapshot is not null).ToList();
        var culture = PageLanguage.Choose(context.Request, known.FirstOrDefault()?.Snapshot?.Customer.Culture, shop.Shop.Culture);
        var shown = known.Skip((number - 1) * PageSize).Take(PageSize).ToList();
        if (number == 1 && await MissingAsync(link, shown, cancellationToken) is { } asked)
        {
            shown.Add(asked);
        }

        var seal = (await start.EnsureAsync(cancellationToken)).Links;
        var form = $"{PagePath.Above(context, 2)}/contact/order";
        var request = new OrderPage
        {
            Shop = shop.Shop,
            Culture = culture,
            Orders = [.. shown.Select(order => OrderStory.Of(order, shop, assessor.Assess(order, shop, now), culture, now))],
            Asked = link.Order,
            Number = number,
            ContactForm = order => $"{form}/{seal.Seal(link with { OrderId = order.Id })}",
            HasOlder = found.Count > number * PageSize && number < MaxPage,
        };
        return request.Page().Answer(context);
    }

    // The order that the link came with is shown however old it is, while it still names the holder.
    private async Task<WatchedOrder?> MissingAsync(SignedLink link, List<WatchedOrder> shown, CancellationToken cancellationToken) =>
        shown.Exists(order => order.Key == link.Order) ? null : await HeldOrder.FindAsync(orders, link, cancellationToken);
}
