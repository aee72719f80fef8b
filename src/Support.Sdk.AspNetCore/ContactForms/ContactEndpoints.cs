using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Support.Sdk.AspNetCore.Forms;
using Support.Sdk.AspNetCore.Pages;
using Support.Sdk.AspNetCore.Pages.Orders;
using Support.Sdk.AspNetCore.Pages.Tickets;
using Support.Sdk.Deliveries;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Sweep;
using Support.Sdk.Templates;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.ContactForms;

/// <summary>The contact form: for visitors of a shop, and behind an order's signed link.</summary>
/// <remarks>No cookie and no login takes part, so another site cannot make a browser send anything that it could not send itself.</remarks>
internal sealed class ContactEndpoints(
    ISupportLinks links,
    IShopDirectory shops,
    IOrderStore orders,
    IEnumerable<IChannel> channels,
    IOptions<ContentOptions> files,
    SupportStart start,
    TimeProvider time,
    ContactSetup setup
)
{
    public static void Map(RouteGroupBuilder group, ContactSetup setup)
    {
        group.MapGet("/contact/{shop}", (string shop, HttpContext context) => New(context, setup).ShowAsync(shop, context));
        group.MapPost("/contact/{shop}", (string shop, HttpContext context) => New(context, setup).SendAsync(shop, context)).DisableAntiforgery();
        group.MapGet("/contact/order/{token}", (string token, HttpContext context) => New(context, setup).ShowOrderAsync(token, context));
        group.MapPost("/contact/order/{token}", (string token, HttpContext context) => New(context, setup).SendOrderAsync(token, context)).DisableAntiforgery();
        group.MapGet(
            "/thanks/{shop}/{token?}",
            (string shop, string? token, bool? order, HttpContext context) => New(context, setup).ThankAsync(shop, token, order is true, context)
        );
    }

    private static ContactEndpoints New(HttpContext context, ContactSetup setup) =>
        ActivatorUtilities.CreateInstance<ContactEndpoints>(context.RequestServices, setup);

    private async Task<IResult> ShowAsync(string shop, HttpContext context) =>
        await OfShopAsync(shop, context) is { } target ? await PageAsync(target, Prefilled(context.Request), answer: null, context) : Broken(context);

    private async Task<IResult> ShowOrderAsync(string token, HttpContext context) =>
        await OfOrderAsync(token, context) is { } target ? await PageAsync(target, Prefilled(context.Request), answer: null, context) : Broken(context);

    private async Task<IResult> SendAsync(string shop, HttpContext context)
    {
        if (await OfShopAsync(shop, context) is not { } target)
        {
            return Broken(context);
        }

        return context.Request.HasJsonContentType()
            ? await new ContactData(setup.Gate(context), target, eventId => TicketPageAsync(target.Shop, eventId, context)).ReceiveAsync(context)
            : await SendAsync(target, above: 2, context);
    }

    private async Task<IResult> SendOrderAsync(string token, HttpContext context) =>
        await OfOrderAsync(token, context) is { } target ? await SendAsync(target, above: 3, context) : Broken(context);

    private async Task<IResult> SendAsync(ContactTarget target, int above, HttpContext context)
    {
        var answer = await setup.Gate(context).FormAsync(context, target);
        if (answer.EventId is not { } eventId)
        {
            return await PageAsync(target, answer.Fields, answer, context);
        }

        var thanks = $"{PagePath.Above(context, above)}/thanks/{Uri.EscapeDataString(target.Shop.Id)}";
        return PagePath.SeeOther(
            context,
            target.IsAnonymous ? $"{thanks}/{await TokenAsync(target.Shop, eventId, context)}"
                : target.Link is null ? thanks
                : $"{thanks}?order=true"
        );
    }

    private async Task<IResult> ThankAsync(string shopId, string? token, bool isAboutOrder, HttpContext context)
    {
        if (await shops.FindAsync(shopId, context.RequestAborted) is not { } shop)
        {
            return Broken(context);
        }

        var page = new ThanksPage
        {
            Shop = shop,
            Culture = PageLanguage.Choose(context.Request, customer: null, shop.Culture),
            Way = WayOf(shop, isAboutOrder),
        };
        if (token is null)
        {
            return page.Page().Answer(context);
        }

        var seal = (await start.EnsureAsync(context.RequestAborted)).Links;
        return seal.Open(token, LinkPurpose.Ticket, time.GetUtcNow()) is { } link && string.Equals(link.Shop, shop.Id, StringComparison.Ordinal)
            ? (
                page with
                {
                    Way = ThanksWay.Page,
                    TicketPage = $"{PagePath.Above(context, 3)}/tickets/{token}",
                    TicketAddress = seal.Create(link, shop.PublicAddress)?.AbsoluteUri ?? "",
                }
            )
                .Page()
                .Answer(context)
            : Broken(context);
    }

    private ThanksWay WayOf(Shop shop, bool isAboutOrder) =>
        shop.Mode != ShopMode.Live || !shop.Tickets.Acknowledges ? ThanksWay.None
        : isAboutOrder ? ThanksWay.Order
        : shop.Tickets.KeepsIdentity && channels.Any(channel => string.Equals(channel.Name, "email", StringComparison.Ordinal)) ? ThanksWay.Email
        : ThanksWay.None;

    private async Task<IResult> PageAsync(ContactTarget target, IReadOnlyDictionary<string, string> fields, FormAnswer? answer, HttpContext context)
    {
        var page = new ContactPage
        {
            Target = target,
            Stamp = await setup.Gate(context).StampAsync(target, answer, context.RequestAborted),
            Files = files.Value,
            Options = setup.Options,
            Fields = fields,
            Answer = answer,
        };
        return page.Page().Answer(context);
    }

    private async Task<ContactTarget?> OfShopAsync(string id, HttpContext context)
    {
        if (await shops.FindAsync(id, context.RequestAborted) is not { } shop)
        {
            return null;
        }

        return new ContactTarget
        {
            Shop = shop,
            Culture = PageLanguage.Choose(context.Request, customer: null, shop.Culture),
            Reads = PageLanguage.Asked(context.Request),
        };
    }

    private async Task<ContactTarget?> OfOrderAsync(string token, HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        if (
            await links.ReadAsync(token, LinkPurpose.OrderStatus, cancellationToken) is not { } link
            || await shops.FindAsync(link.Shop, cancellationToken) is not { } shop
        )
        {
            return null;
        }

        // What the order says is shown while it still names the holder.
        var order = (await HeldOrder.FindAsync(orders, link, cancellationToken))?.Snapshot;
        return new ContactTarget
        {
            Shop = shop,
            Culture = PageLanguage.Choose(context.Request, order?.Customer.Culture, shop.Culture),
            Link = link,
            OrderNumber = PlainLine.Clean(order?.Number ?? link.OrderId),
        };
    }

    private async Task<string?> TicketPageAsync(Shop shop, string eventId, HttpContext context)
    {
        var seal = (await start.EnsureAsync(context.RequestAborted)).Links;
        var link = VisitorLink.To(shop.Id, eventId, time.GetUtcNow());
        return seal.Create(link, shop.PublicAddress)?.AbsoluteUri ?? $"{PagePath.Above(context, 2)}/tickets/{seal.Seal(link)}";
    }

    private async Task<string> TokenAsync(Shop shop, string eventId, HttpContext context) =>
        (await start.EnsureAsync(context.RequestAborted)).Links.Seal(VisitorLink.To(shop.Id, eventId, time.GetUtcNow()));

    private static Dictionary<string, string> Prefilled(HttpRequest request) =>
        ContactFields
            .Prefilled.Where(field => request.Query.ContainsKey(field))
            .ToDictionary(field => field, field => request.Query[field].ToString(), StringComparer.Ordinal);

    private IResult Broken(HttpContext context) => BrokenLink.Page(shops, context.Request).Answer(context);
}
