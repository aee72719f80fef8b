using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using Support.Sdk.AspNetCore;
using Support.Sdk.Deliveries;
using Support.Sdk.IntegrationTests.Browser;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Testing;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.IntegrationTests.Pages;

/// <summary>The contact form and the ticket page in a real browser: by keyboard alone, on a phone and on a desk, in both languages.</summary>
public sealed class ContactPageTests(Chromium chromium) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("support-contact-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 2, 12, 0, 0, TimeSpan.Zero));
    private WebApplication? _application;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Uri Root => new(_application!.Urls.Single());

    public async ValueTask InitializeAsync()
    {
        // Messages carry links that the browser follows, so the port is known before anything is written.
        var address = new Uri($"http://127.0.0.1:{Loopback.FreePort()}");
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.GetLeftPart(UriPartial.Authority));
        builder.Services.AddSingleton<IChannel>(new RecordingChannel());
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.Configure<ContactFormOptions>(options => options.MessagesPerAddress = 100);
        builder
            .Services.AddSupport(options => options.PublicAddress = new Uri(address, "support"))
            .AddSqlite(options => options.Path = Path.Combine(_folder, "support.db"))
            .AddShop(Shop("blue", "#1f4e79"))
            .AddShop(Shop("yellow", "#ffd500"))
            .AddShop(Shop("quiet", "#0b6e4f") with { Tickets = new TicketRules { KeepsIdentity = false } });
        _application = builder.Build();
        _application.MapSupportPages();
        _application.MapSupportInbox();
        await _application.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _application!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_customer_writes_by_keyboard_reads_the_acknowledgement_and_answers_on_the_tickets_page()
    {
        await using var browser = await chromium.OpenAsync(800, Root.Authority);
        var page = browser.Page;
        // Listened for from the beginning: the browser has to be told, and that takes a while.
        var chooser = new TaskCompletionSource<IFileChooser>();
        page.FileChooser += (_, opened) => chooser.TrySetResult(opened);
        await page.GotoAsync(Address("/support/contact/blue"));

        // The first time without an address.
        await PressAsync(page, "Tab", "ArrowDown", "Tab");
        await page.Keyboard.TypeAsync("Ada");
        await PressAsync(page, "Tab", "Tab", "Tab", "Tab");
        await page.Keyboard.TypeAsync("The teapot leaks.\nCan you help?");
        await PressAsync(page, "Tab", "Tab");
        _time.Advance(TimeSpan.FromMinutes(1));
        await SubmitAsync(page);
        Assert.Equal("faults", await FocusedAsync(page));
        await PressAsync(page, "Tab", "Enter");
        Assert.Equal("email", await FocusedAsync(page));
        await page.Keyboard.TypeAsync("ada@example.com");
        await PressAsync(page, "Tab", "Tab", "Tab", "Tab");
        await page.Keyboard.PressAsync("Enter");
        var files = await chooser.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        await files.SetFilesAsync(
            new FilePayload
            {
                Name = "photo.png",
                MimeType = "image/png",
                Buffer = [1, 2, 3],
            }
        );
        await PressAsync(page, "Tab");
        await SubmitAsync(page);
        Assert.Equal("We have your message", await page.Locator("h1").InnerTextAsync());

        await WorkAsync();
        await page.GotoAsync(Address("/support/inbox"));
        await page.GetByRole(AriaRole.Link, new() { Name = "The teapot leaks" }).First.ClickAsync();
        var mail = await page.Locator("pre").InnerTextAsync();
        await page.GotoAsync(mail.Split().First(word => word.Contains("/support/tickets/", StringComparison.Ordinal)));
        Assert.Equal(["You"], await page.Locator(".said strong").AllInnerTextsAsync());
        Assert.Equal("photo.png", await page.Locator(".files a").InnerTextAsync());

        await page.Locator("#message").FocusAsync();
        await page.Keyboard.TypeAsync("It is the blue one.");
        await PressAsync(page, "Tab", "Tab");
        _time.Advance(TimeSpan.FromMinutes(1));
        await SubmitAsync(page);
        await page.GetByText("We have your answer.").WaitForAsync();
        await WorkAsync();
        await page.GetByText("Load the page again").ClickAsync();

        Assert.Equal("It is the blue one.", await page.Locator(".words").Last.InnerTextAsync());
        Assert.Empty(browser.Refused);
        Assert.Empty(await browser.AuditAsync());
    }

    [Theory]
    [InlineData("blue", "en", 320)]
    [InlineData("blue", "sv", 800)]
    [InlineData("yellow", "sv", 320)]
    [InlineData("yellow", "en", 800)]
    [InlineData("quiet", "en", 320)]
    [InlineData("quiet", "sv", 800)]
    [Trait("Category", "Slow")]
    public async Task Every_page_is_accessible_and_fits(string shop, string language, int width)
    {
        Requirement.IsSlow();
        await using var browser = await chromium.OpenInAsync(language, width, Root.Authority);
        var page = browser.Page;
        var name = $"{shop}-{language}-{width}";
        await page.GotoAsync(Address($"/support/contact/{shop}?product=TEAPOT-BLUE-1"));
        await LooksWellAsync(browser, $"contact-form-{name}");

        await SendAsync(page);
        await LooksWellAsync(browser, $"contact-faults-{name}");

        await page.Locator("input[name=kind]").Nth(1).CheckAsync();
        if (await page.Locator("#email").CountAsync() > 0)
        {
            await page.Locator("#email").FillAsync("ada@example.com");
        }

        await page.Locator("#subject").FillAsync("The blue teapot leaks");
        await page.Locator("#message").FillAsync("It arrived yesterday and leaks at the spout.\n\nCan you send another one?");
        await page.Locator("#files")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "the spout of the teapot.png",
                    MimeType = "image/png",
                    Buffer = new byte[200_000],
                }
            );
        await SendAsync(page);
        await LooksWellAsync(browser, $"contact-thanks-{name}");

        await WorkAsync();
        var ticket = (await Service<ITickets>().ListAsync(new TicketQuery { Shop = shop }, Token))[0];
        await page.GotoAsync(await TicketPageAsync(ticket));
        await LooksWellAsync(browser, $"ticket-new-{name}");

        await Service<ITicketDesk>()
            .ReplyAsync(
                ticket.Key,
                new TicketReply { Text = "I am sorry to read that.\n\nA new teapot leaves us tomorrow. Keep the old one." },
                "grace",
                Token
            );
        await page.ReloadAsync();
        await SendAsync(page);
        await LooksWellAsync(browser, $"ticket-faults-{name}");
        await Service<ITicketDesk>().ChangeAsync(ticket.Key, new TicketEdit { Status = TicketStatus.Solved }, "grace", Token);
        await page.GotoAsync(await TicketPageAsync(ticket) + "?sent=true");
        await LooksWellAsync(browser, $"ticket-solved-{name}");
    }

    [Theory]
    [InlineData("en", 320)]
    [InlineData("sv", 800)]
    [Trait("Category", "Slow")]
    public async Task The_form_of_an_order_is_accessible_and_fits(string culture, int width)
    {
        Requirement.IsSlow();
        var order = new OrderSnapshot
        {
            Key = new OrderKey("blue", "1002"),
            PlacedAt = _time.GetUtcNow().AddDays(-5),
            Customer = new OrderCustomer { Culture = culture, ContactPoints = [new ContactPoint("email", "ada@example.com")] },
            Items = [new OrderItem { Name = "Teapot, blue" }],
        };
        await Service<ISupportIntake>().AcceptAsync([order], Token);
        await WorkAsync();
        var link = new SignedLink
        {
            Purpose = LinkPurpose.OrderStatus,
            Shop = "blue",
            Contact = new ContactPoint("email", "ada@example.com"),
            OrderId = "1002",
            ExpiresAt = _time.GetUtcNow().AddDays(1),
        };
        await using var browser = await chromium.OpenAsync(width, Root.Authority);
        await browser.Page.GotoAsync((await Service<ISupportLinks>().CreateAsync(link, Token)).AbsoluteUri);
        await LooksWellAsync(browser, $"contact-order-page-{culture}-{width}");

        await browser.Page.Locator(".write a").ClickAsync();
        await LooksWellAsync(browser, $"contact-order-form-{culture}-{width}");
    }

    [Theory]
    [InlineData(12)]
    [InlineData(80)]
    [Trait("Category", "Slow")]
    public async Task A_film_that_is_too_large_shows_the_form_again_with_what_was_typed(int megabytes)
    {
        Requirement.IsSlow();
        var film = Path.Combine(_folder, "film.mov");
        await File.WriteAllBytesAsync(film, new byte[megabytes * 1024 * 1024], Token);
        await using var browser = await chromium.OpenAsync(800, Root.Authority);
        var page = browser.Page;
        await page.GotoAsync(Address("/support/contact/blue?kind=other"));
        await page.Locator("#email").FillAsync("ada@example.com");
        await page.Locator("#message").FillAsync("Look at this.");
        await page.Locator("#files").SetInputFilesAsync(film);

        await SendAsync(page);

        await browser.PictureAsync($"contact-film-{megabytes}");
        Assert.Equal("faults", await FocusedAsync(page));
        Assert.Equal("Look at this.", await page.Locator("#message").InputValueAsync());
    }

    private static async Task LooksWellAsync(BrowserPage browser, string name)
    {
        await browser.PictureAsync(name);
        Assert.Equal(0, await browser.OverflowAsync());
        Assert.Empty(browser.Refused);
        Assert.Empty(await browser.AuditAsync());
    }

    private static async Task PressAsync(IPage page, params string[] keys)
    {
        foreach (var key in keys)
        {
            await page.Keyboard.PressAsync(key);
        }
    }

    private static Task SubmitAsync(IPage page) => GoAsync(page, () => page.Keyboard.PressAsync("Enter"));

    // Another document is there when the mark of this one is gone.
    private static async Task GoAsync(IPage page, Func<Task> act)
    {
        await page.EvaluateAsync("() => { window.isOld = true; }");
        await act();
        await page.WaitForFunctionAsync("() => !window.isOld && document.readyState === 'complete'");
    }

    private Task SendAsync(IPage page)
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        return GoAsync(page, () => page.Locator("button[type=submit]").ClickAsync());
    }

    private static Task<string> FocusedAsync(IPage page) => page.EvaluateAsync<string>("() => document.activeElement.id");

    private async Task WorkAsync()
    {
        await Service<ISupportRunner>().SweepAsync(Token);
        await Service<ISupportRunner>().DeliverAsync(Token);
    }

    private async Task<string> TicketPageAsync(Ticket ticket)
    {
        var link = new SignedLink
        {
            Purpose = LinkPurpose.Ticket,
            Shop = ticket.Key.Shop,
            Contact = ticket.Requester.ContactPoints[0],
            Ticket = ticket.Key.Number,
            ExpiresAt = _time.GetUtcNow().AddDays(1),
        };
        return (await Service<ISupportLinks>().CreateAsync(link, Token)).AbsoluteUri;
    }

    private string Address(string path) => new Uri(Root, path).AbsoluteUri;

    private T Service<T>()
        where T : notnull => _application!.Services.GetRequiredService<T>();

    private static Shop Shop(string id, string color) =>
        new()
        {
            Id = id,
            TimeZone = "Europe/Stockholm",
            Tickets = new TicketRules { Agents = [new SupportAgent { Id = "grace", Name = "Grace" }] },
            Brand = new Brand
            {
                Name = "Tiny Teapots",
                EmailFrom = "hello@tiny-teapots.example",
                Color = color,
            },
        };
}
