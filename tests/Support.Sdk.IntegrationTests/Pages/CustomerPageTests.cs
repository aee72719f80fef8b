using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Deliveries;
using Support.Sdk.IntegrationTests.Browser;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.IntegrationTests.Pages;

/// <summary>The pages as Chromium shows them: nothing wider than a phone, nothing from elsewhere, and nothing that axe finds.</summary>
public sealed class CustomerPageTests(Chromium chromium) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("support-pages-").FullName;
    private WebApplication? _application;

    // By day: at night nobody is told anything.
    private static DateTimeOffset Now { get; } = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization(options => options.DefaultPolicy = new(options.DefaultPolicy.Requirements.Take(0).Append(new Everybody()), []));
        builder.Services.AddSingleton<Microsoft.AspNetCore.Authorization.IAuthorizationHandler, Everybody>();
        builder.Services.AddAntiforgery();
        builder.Services.AddSingleton<IChannel>(new RecordingChannel());
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now));
        builder
            .Services.AddSupport(options => options.PublicAddress = new Uri("https://shop.example/support"))
            .AddSqlite(options => options.Path = Path.Combine(_folder, "support.db"))
            .AddShop(Shop("blue", "#1f4e79"))
            .AddShop(Shop("yellow", "#ffd500"));
        _application = builder.Build();
        _application.UseAuthorization();
        _application.MapSupportPages();
        _application.MapSupportDesk();
        await _application.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _application!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("blue", "en", 800)]
    [InlineData("blue", "sv-SE", 320)]
    [InlineData("yellow", "sv-SE", 800)]
    [InlineData("yellow", "en", 320)]
    public async Task The_order_page_is_accessible(string shop, string culture, int width)
    {
        await AcceptAsync(shop, culture);
        var link = await Service<ISupportLinks>()
            .CreateAsync(
                new SignedLink
                {
                    Purpose = LinkPurpose.OrderStatus,
                    Shop = shop,
                    Contact = new ContactPoint("email", "ada@example.com"),
                    OrderId = "1002",
                    ExpiresAt = Now.AddDays(1),
                }
            );

        await LooksWellAsync(link.AbsolutePath, width, $"order-page-{shop}-{culture}-{width}");
    }

    [Theory]
    [InlineData(320)]
    [InlineData(800)]
    public Task The_page_of_a_broken_link_is_accessible(int width) => LooksWellAsync("/support/orders/guessed", width, $"broken-link-{width}");

    [Theory]
    [InlineData(320)]
    [InlineData(1200)]
    public async Task The_desk_is_accessible(int width)
    {
        await AcceptAsync("blue", "en");
        await Service<ISupportRunner>().SweepAsync(TestContext.Current.CancellationToken);
        var held = (await Service<IDeliveryDesk>().ListAsync(new DeliveryQuery(), TestContext.Current.CancellationToken))[0];

        await LooksWellAsync("/support/desk", width, $"desk-{width}");
        await LooksWellAsync("/support/desk/orders?shop=blue&order=1002", width, $"desk-order-{width}");
        await LooksWellAsync($"/support/desk/messages/{held.Message.Id}", width, $"desk-message-{width}");
    }

    private async Task LooksWellAsync(string path, int width, string name)
    {
        var address = new Uri(new Uri(_application!.Urls.Single()), path);
        await using var page = await chromium.OpenAsync(width, address.Authority);
        var faults = new List<string>();
        page.Page.Console += (_, message) => faults.Add(message.Text);
        await page.Page.GotoAsync(address.AbsoluteUri);
        await page.PictureAsync(name);

        // A page that is answered with 404 is named in the console as such; every other word there is a fault.
        Assert.DoesNotContain(faults, fault => !fault.Contains("404", StringComparison.Ordinal));
        Assert.Equal(0, await page.OverflowAsync());
        Assert.Empty(page.Refused);
        // A frame that runs no script cannot be asked by axe; what is in it is a mail, which has tests of its own.
        await page.Page.EvaluateAsync("() => document.querySelectorAll('iframe').forEach(frame => frame.remove())");
        Assert.Empty(await page.AuditAsync());
    }

    private T Service<T>()
        where T : notnull => _application!.Services.GetRequiredService<T>();

    private static Shop Shop(string id, string color) =>
        new()
        {
            Id = id,
            TimeZone = "Europe/Stockholm",
            RecordsDeliveries = true,
            HoldFirst = 10,
            Brand = new Brand
            {
                Name = "Tiny Teapots",
                EmailFrom = "hello@tiny-teapots.example",
                Color = color,
            },
        };

    private async Task AcceptAsync(string shop, string culture)
    {
        var customer = new OrderCustomer
        {
            Name = "Ada",
            Culture = culture,
            ContactPoints = [new ContactPoint("email", "ada@example.com")],
        };
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        var late = new OrderSnapshot
        {
            Key = new OrderKey(shop, "1002"),
            PlacedAt = Now.AddDays(-5),
            Customer = customer,
            Items = [new OrderItem { Name = "Teapot, blue" }, new OrderItem { Name = "Cup with a handle", Quantity = 4 }],
            Promise = new PromiseWindow { ShipBy = PromiseDate.On(today), DeliverBy = PromiseDate.On(today.AddDays(1)) },
            Shipments =
            [
                new Shipment
                {
                    Id = "1",
                    Carrier = "PostNord",
                    TrackingNumber = "00370123456789012345",
                    TrackingUrl = new Uri("https://carrier.example/track/00370123456789012345"),
                    ShippedAt = Now.AddDays(-2),
                    Items = [new OrderItem { Name = "Teapot, blue" }],
                    Events =
                    [
                        new TrackingEvent
                        {
                            Status = TrackingStatus.Delayed,
                            At = Now.AddHours(-3),
                            Description = "Snow on the roads.",
                            EstimatedArrival = Now.AddDays(4),
                        },
                    ],
                },
            ],
        };
        var delivered = new OrderSnapshot
        {
            Key = new OrderKey(shop, "1001"),
            PlacedAt = Now.AddDays(-40),
            Customer = customer,
            Shipments =
            [
                new Shipment
                {
                    Id = "1",
                    ShippedAt = Now.AddDays(-38),
                    DeliveredAt = Now.AddDays(-35),
                },
            ],
        };
        var open = new OrderSnapshot
        {
            Key = new OrderKey(shop, "1003"),
            PlacedAt = Now.AddHours(-1),
            Customer = customer,
            Items = [new OrderItem { Name = "Saucer" }],
            Promise = new PromiseWindow { DeliverBy = PromiseDate.On(today.AddDays(9)) },
        };
        await Service<ISupportIntake>().AcceptAsync([late, delivered, open], TestContext.Current.CancellationToken);
        await Service<ISupportRunner>().SweepAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Everybody
        : Microsoft.AspNetCore.Authorization.AuthorizationHandler<Everybody>,
            Microsoft.AspNetCore.Authorization.IAuthorizationRequirement
    {
        protected override Task HandleRequirementAsync(Microsoft.AspNetCore.Authorization.AuthorizationHandlerContext context, Everybody requirement)
        {
            context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
