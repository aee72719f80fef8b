using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Plugin.Misc.SupportSdk.Desk;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Localization;
using Nop.Plugin.Misc.SupportSdk.Orders;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Customers;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Services.Security;
using NSubstitute;
using Support.Sdk;
using Support.Sdk.Deliveries;
using Support.Sdk.Testing;
using Support.Sdk.Tickets;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Desk;

/// <summary>A shop with an administrator at its desk, and what the administrator reads.</summary>
internal sealed class Counter : IAsyncDisposable
{
    private readonly Pages _pages;
    private readonly AsyncServiceScope _request;

    public Counter(int holdFirst = 0, string promises = """[{"ship":2}]""")
    {
        Shop = new Shop(Configure);
        Shop.Settings(
            new SupportSettings
            {
                Mode = SupportMode.Live,
                HoldFirst = holdFirst,
                TimeZone = "Europe/Stockholm",
                Promises = promises,
            }
        );
        _request = Shop.Services.CreateAsyncScope();
        _pages = new Pages(Words);
    }

    public Shop Shop { get; }

    public RecordingChannel Mails { get; } = new();

    /// <summary>Who is at the desk.</summary>
    public Customer Person { get; } =
        new()
        {
            Id = 7,
            Email = "boss@shop.example",
            FirstName = "Bo",
            LastName = "Ek",
        };

    /// <summary>What the shop's notes above the next page say.</summary>
    public List<string> Notes { get; } = [];

    public bool MayRead { get; set; } = true;

    public SupportOrdersController Orders => At(new SupportOrdersController(_request.ServiceProvider));

    public SupportMessagesController Messages => At(new SupportMessagesController(_request.ServiceProvider));

    public SupportTicketsController Tickets => At(new SupportTicketsController(_request.ServiceProvider));

    public OrderCardViewComponent Card => new(_request.ServiceProvider);

    public async Task<SupportEngine> EngineAsync() => (await Shop.Host.FindAsync(TestContext.Current.CancellationToken))!;

    /// <summary>Runs the plugin for some days, four turns a day.</summary>
    public async Task WaitAsync(int days)
    {
        for (var turn = 0; turn < Math.Max(1, days * 4); turn++)
        {
            var runner = (await EngineAsync()).Runner;
            await runner.BackfillAsync(TestContext.Current.CancellationToken);
            await runner.SweepAsync(TestContext.Current.CancellationToken);
            await runner.DeliverAsync(TestContext.Current.CancellationToken);
            Shop.Time.Advance(TimeSpan.FromHours(days == 0 ? 0 : 6));
        }
    }

    public async Task<IReadOnlyList<MessageDelivery>> LogAsync() =>
        await (await EngineAsync()).Get<IDeliveryDesk>().ListAsync(new DeliveryQuery(), TestContext.Current.CancellationToken);

    /// <summary>A ticket of a customer.</summary>
    public async Task<Ticket> OpenAsync(string text = "Where is my mug?", string? order = null, IReadOnlyList<ContentReference>? files = null)
    {
        var message = new InboundMessage
        {
            Source = "test",
            ShopId = "store-1",
            Channel = "email",
            From = new ContactPoint("email", "ada@example.com"),
            Name = "Ada Lind",
            Text = text,
            SentAt = Shop.Time.GetUtcNow(),
            OrderId = order,
            Attachments = files ?? [],
        };
        return (await (await EngineAsync()).Get<ITicketDesk>().OpenAsync(message, "nop-7", TestContext.Current.CancellationToken)).Ticket!;
    }

    /// <summary>What a browser gets.</summary>
    public Task<string> ReadAsync(IActionResult answer) => _pages.RenderAsync(Assert.IsType<ViewResult>(answer));

    /// <summary>What a page was made of.</summary>
    public static T Model<T>(IActionResult answer) => Assert.IsType<T>(Assert.IsType<ViewResult>(answer).Model);

    public async ValueTask DisposeAsync()
    {
        await _request.DisposeAsync();
        await _pages.DisposeAsync();
        await Shop.DisposeAsync();
    }

    private static ILocalizationService Words { get; } = Dictionary("en");

    private T At<T>(T controller)
        where T : Controller
    {
        controller.ControllerContext = new ControllerContext { HttpContext = _pages.Request() };
        return controller;
    }

    private void Configure(IServiceCollection services)
    {
        services.RemoveAll<IEnginePart>();
        services.AddSingleton<IEnginePart, OrderPart>();
        services.AddSingleton<IEnginePart>(new MailPart(Mails));
        services.AddSingleton(Words);

        var work = Substitute.For<IWorkContext>();
        work.GetCurrentCustomerAsync().Returns(_ => Person);
        services.AddSingleton(work);

        var customers = Substitute.For<ICustomerService>();
        customers.GetCustomerByIdAsync(7).Returns(_ => Person);
        services.AddSingleton(customers);

        var notes = Substitute.For<INotificationService>();
        notes.WhenForAnyArgs(one => one.SuccessNotification("")).Do(call => Notes.Add(call.Arg<string>()));
        notes.WhenForAnyArgs(one => one.ErrorNotification("")).Do(call => Notes.Add(call.Arg<string>()));
        services.AddSingleton(notes);

        var permissions = Substitute.For<IPermissionService>();
        permissions.AuthorizeAsync("Support.Orders").Returns(_ => MayRead);
        services.AddSingleton(permissions);
    }

    /// <summary>The words of the shop in a language.</summary>
    public static ILocalizationService Dictionary(string language)
    {
        var known = LocalizationStep.Read(language);
        var words = Substitute.For<ILocalizationService>();
        words.GetResourceAsync("").ReturnsForAnyArgs(call => known.GetValueOrDefault(call.Arg<string>()) ?? call.Arg<string>());
        return words;
    }

    private sealed class MailPart(RecordingChannel mails) : IEnginePart
    {
        public void AddTo(ISupportBuilder support, SupportSetup setup) => support.Services.AddSingleton<IChannel>(mails);
    }
}
