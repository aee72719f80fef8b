using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewComponents;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Security;
using Nop.Plugin.Misc.SupportSdk.Customers;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Localization;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Customers;
using Nop.Services.Localization;
using NSubstitute;
using Support.Sdk;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Testing;
using Support.Sdk.Tickets;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Customers;

/// <summary>The customers' side of a shop: somebody who looks at pages, in one language.</summary>
internal sealed class Storefront : IAsyncDisposable
{
    private static readonly Dictionary<string, string> English = LocalizationStep.Read("en");
    private static readonly Dictionary<string, string> Swedish = LocalizationStep.Read("sv");

    private int _words;

    public Storefront() => Shop = new Shop(Add, records: true);

    public Shop Shop { get; }

    public Customer Customer { get; set; } = new() { Id = 7, Email = "ada@example.com" };

    public bool IsRegistered { get; set; } = true;

    public int LanguageId { get; set; } = 1;

    public string Address { get; set; } = "203.0.113.1";

    public CaptchaSettings Captcha { get; } = new();

    public List<ReturnRequest> Returns { get; } = [];

    /// <summary>What customers were told by e-mail.</summary>
    public RecordingChannel Mail => Shop.Sent;

    /// <summary>The shop's view engine: what a widget hands to its view.</summary>
    public IHtmlHelper Html { get; } = (IHtmlHelper)Substitute.For([typeof(IHtmlHelper), typeof(IViewContextAware)], []);

    public CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    public async Task<SupportEngine> EngineAsync() => (await Shop.Host.FindAsync(Cancellation))!;

    /// <summary>Hears of orders and does what is due.</summary>
    public async Task SweepAsync(params int[] changed)
    {
        var engine = await EngineAsync();
        foreach (var id in changed)
        {
            var order = Shop.Orders.Single(order => order.Id == id);
            await engine.Intake.AcceptAsync(
                [
                    new OrderChanged
                    {
                        Source = "nopcommerce",
                        Key = CustomerOrders.KeyOf(order),
                        At = Shop.Time.GetUtcNow(),
                    },
                ],
                Cancellation
            );
        }

        await engine.Runner.SweepAsync(Cancellation);
        await engine.Runner.DeliverAsync(Cancellation);
    }

    /// <summary>Asks for a page.</summary>
    public async Task<IActionResult> AskAsync<TController>(Func<TController, Task<IActionResult>> ask)
        where TController : Controller, new()
    {
        await using var scope = Shop.Services.CreateAsyncScope();
        using var controller = new TController
        {
            ControllerContext = new ControllerContext { HttpContext = new DefaultHttpContext { RequestServices = scope.ServiceProvider } },
            TempData = Substitute.For<ITempDataDictionary>(),
        };
        var result = await ask(controller);
        Status = controller.Response.StatusCode;
        return result;
    }

    /// <summary>The status of the last answer.</summary>
    public int Status { get; private set; }

    /// <summary>Asks for a page and takes what it shows.</summary>
    public async Task<TModel> ReadAsync<TController, TModel>(Func<TController, Task<IActionResult>> ask)
        where TController : Controller, new() => (TModel)((ViewResult)await AskAsync(ask)).Model!;

    /// <summary>What a widget hands to its view; null when it shows nothing.</summary>
    public async Task<object?> WidgetAsync<TWidget>(Func<TWidget, Task<IViewComponentResult>> ask)
        where TWidget : ViewComponent, new()
    {
        await using var scope = Shop.Services.CreateAsyncScope();
        object? model = null;
        Html.PartialAsync("", null!, null!)
            .ReturnsForAnyArgs(call =>
            {
                model = call.ArgAt<object>(1);
                return Broken is null ? new Microsoft.AspNetCore.Html.HtmlString("shown") : throw Broken;
            });
        var widget = new TWidget
        {
            ViewComponentContext = new ViewComponentContext
            {
                ViewContext = new ViewContext { HttpContext = new DefaultHttpContext { RequestServices = scope.ServiceProvider } },
            },
        };
        return await ask(widget) is HtmlContentViewComponentResult ? model : null;
    }

    /// <summary>What every view of a widget fails with, or null.</summary>
    public Exception? Broken { get; set; }

    /// <summary>A link for a purpose, as mails carry it: its last segment.</summary>
    public async Task<string> LinkAsync(
        LinkPurpose purpose,
        string email = "ada@example.com",
        string? orderId = null,
        long? ticket = null,
        TimeSpan? lasts = null
    )
    {
        var link = new SignedLink
        {
            Purpose = purpose,
            Shop = "store-1",
            Contact = new ContactPoint("email", email),
            OrderId = orderId,
            Ticket = ticket,
            ExpiresAt = Shop.Time.GetUtcNow() + (lasts ?? TimeSpan.FromDays(30)),
        };
        return (await (await EngineAsync()).Get<ISupportLinks>().CreateAsync(link, Cancellation)).Segments[^1];
    }

    /// <summary>The stamp of the contact form, shown long enough ago.</summary>
    public async Task<string> StampAsync()
    {
        var model = await ReadAsync<SupportContactController, ContactModel>(page => page.Open());
        Shop.Time.Advance(TimeSpan.FromSeconds(10));
        return model.Stamp;
    }

    public async Task<IReadOnlyList<Ticket>> TicketsAsync() =>
        await (await EngineAsync()).Get<ITickets>().ListAsync(new TicketQuery { Shop = "store-1" }, Cancellation);

    public async Task<IReadOnlyList<TicketEntry>> EntriesAsync(Ticket ticket) =>
        await (await EngineAsync()).Get<ITickets>().EntriesAsync(new TicketEntryQuery { Key = ticket.Key }, Cancellation);

    /// <summary>Opens a ticket for somebody who writes by e-mail.</summary>
    public async Task<Ticket> WriteAsync(string email = "ada@example.com", string? orderId = null, string text = "Where is it?")
    {
        var engine = await EngineAsync();
        await engine.Intake.AcceptAsync(
            [
                new InboundMessage
                {
                    Source = "test",
                    EventId = $"word-{++_words}",
                    ShopId = "store-1",
                    Channel = "email",
                    From = new ContactPoint("email", email),
                    Text = text,
                    SentAt = Shop.Time.GetUtcNow(),
                    OrderId = orderId,
                },
            ],
            Cancellation
        );
        await SweepAsync();
        return (await TicketsAsync())[0];
    }

    public ValueTask DisposeAsync() => Shop.DisposeAsync();

    private void Add(IServiceCollection services)
    {
        Shop.Add(services, Returns);
        var work = Substitute.For<IWorkContext>();
        work.GetCurrentCustomerAsync().Returns(_ => Customer);
        work.GetWorkingLanguageAsync().Returns(_ => Shop.Languages.Find(language => language.Id == LanguageId)!);
        services.AddSingleton(work);
        var stores = Substitute.For<IStoreContext>();
        stores.GetCurrentStoreAsync().Returns(_ => Shop.Store);
        services.AddSingleton(stores);
        var customers = Substitute.For<ICustomerService>();
        customers.IsRegisteredAsync(null!).ReturnsForAnyArgs(_ => IsRegistered);
        services.AddSingleton(customers);
        var web = Substitute.For<IWebHelper>();
        web.GetCurrentIpAddress().Returns(_ => Address);
        services.AddSingleton(web);
        services.AddSingleton(Captcha);
        services.AddSingleton(Html);
        var localization = Substitute.For<ILocalizationService>();
        localization.GetResourceAsync("").ReturnsForAnyArgs(call => Text(call.Arg<string>(), LanguageId));
        localization.GetResourceAsync("", 0).ReturnsForAnyArgs(call => Text(call.ArgAt<string>(0), call.ArgAt<int>(1)));
        localization.GetLocalizedEnumAsync(ReturnRequestStatus.Pending).ReturnsForAnyArgs(call => call.Arg<ReturnRequestStatus>().ToString());
        services.AddSingleton(localization);
    }

    // A text that is missing is its own name, as in the shop.
    private static string Text(string key, int languageId) => (languageId == 2 ? Swedish : English).GetValueOrDefault(key, key);
}
