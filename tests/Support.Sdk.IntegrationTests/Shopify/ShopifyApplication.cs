using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shopify;
using Support.Sdk.Shops;
using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.IntegrationTests.Shopify;

/// <summary>An application with the whole engine and a Shopify shop, over the server that stands for Shopify; the test turns the loops and both clocks.</summary>
internal sealed class ShopifyApplication : IAsyncDisposable
{
    public const string Secret = "hush-hush-hush";
    private readonly string _folder = Directory.CreateTempSubdirectory("support-shopify-").FullName;
    private readonly WebApplication _application;
    private readonly ShopifyPeer _peer;

    private ShopifyApplication(ShopifyPeer peer, DateTimeOffset now, Action<ShopifyShop>? configure)
    {
        _peer = peer;
        Time = new FakeTimeProvider(now);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<IChannel>(Channel);
        builder
            .Services.AddSupport(options => options.PublicAddress = new Uri("https://shop.example/support"))
            .AddSqlite(options => options.Path = Path.Combine(_folder, "support.db"))
            .AddShop(Shop)
            .AddShopify(options =>
            {
                options.WebhookAddress = new Uri("https://shop.example/support/webhooks/shopify");
                var shop = new ShopifyShop
                {
                    Domain = ShopifySigner.Domain,
                    AccessToken = "shpat_1",
                    ApiBaseAddress = peer.Address,
                };
                shop.ClientSecrets.Add(Secret);
                configure?.Invoke(shop);
                options.Shops["main"] = shop;
            });
        foreach (var loop in builder.Services.Where(IsLoop).ToList())
        {
            builder.Services.Remove(loop);
        }

        _application = builder.Build();
        _application.MapSupportWebhooks();
    }

    public static Shop Shop { get; } =
        new()
        {
            Id = "main",
            Tells = [.. NoticeKinds.Default, NoticeKinds.OrderShipped, NoticeKinds.OrderDelivered],
            Brand = new Brand { Name = "Tiny Teapots", EmailFrom = "hello@teapots.example" },
        };

    public FakeTimeProvider Time { get; }

    public RecordingChannel Channel { get; } = new();

    public Uri Webhooks => new(new Uri(_application.Urls.Single()), "/support/webhooks/shopify");

    public static async Task<ShopifyApplication> StartAsync(ShopifyPeer peer, DateTimeOffset now, Action<ShopifyShop>? configure = null)
    {
        await peer.CommandAsync("settings", new { domain = ShopifySigner.Domain });
        var application = new ShopifyApplication(peer, now, configure);
        await application.SetClockAsync(now);
        await application._application.StartAsync();
        return application;
    }

    public T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    /// <summary>Lets Shopify post its webhooks here, each so many times; 0 loses them.</summary>
    public Task DeliverWebhooksAsync(int times) =>
        _peer.CommandAsync(
            "autoDeliver",
            new
            {
                url = Webhooks,
                secret = Secret,
                times = Math.Max(times, 1),
                lose = times == 0,
                topics = (string[])["orders/create", "orders/updated", "orders/fulfilled", "orders/cancelled", "fulfillments/create", "fulfillments/update"],
            }
        );

    public Task<WatchedOrder> OrderAsync(string id) => OrderAsync(Get<IOrderStore>(), new OrderKey("main", id));

    /// <summary>Moves both clocks and lets everything run that is due.</summary>
    public async Task AtAsync(DateTimeOffset now)
    {
        await SetClockAsync(now);
        await RunAsync();
    }

    /// <summary>Moves our clock alone, while Shopify is away, and lets everything run that is due.</summary>
    public async Task AtAwayAsync(DateTimeOffset now)
    {
        Time.SetUtcNow(now);
        await RunLoopsAsync();
    }

    /// <summary>Runs the loops until nothing is left, with our clock going on for whatever waits for it.</summary>
    public async Task RunAsync()
    {
        // What was posted is here when this answers.
        await _peer.CommandAsync("deliveries");
        await RunLoopsAsync();
    }

    private async Task RunLoopsAsync()
    {
        var runner = Get<ISupportRunner>();
        for (var round = 0; round < 4; round++)
        {
            await WaitAsync(runner.BackfillAsync(TestContext.Current.CancellationToken));
            await WaitAsync(runner.SweepAsync(TestContext.Current.CancellationToken));
            await WaitAsync(runner.DeliverAsync(TestContext.Current.CancellationToken));
        }
    }

    /// <summary>Waits for work that may itself wait for our clock: for points of the rate limit, or for a bulk operation.</summary>
    public async Task WaitAsync(Task work)
    {
        while (await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System)) != work)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        await work;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task SetClockAsync(DateTimeOffset now)
    {
        if (now > Time.GetUtcNow())
        {
            Time.SetUtcNow(now);
        }

        await _peer.CommandAsync("clock", new { now });
    }

    private static async Task<WatchedOrder> OrderAsync(IOrderStore orders, OrderKey key) => (await orders.FindAsync([key])).Single();

    private static bool IsLoop(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && (service.ImplementationType ?? service.ImplementationFactory?.Method.ReturnType)?.Namespace?.StartsWith("Support.Sdk", StringComparison.Ordinal)
            is true;
}
