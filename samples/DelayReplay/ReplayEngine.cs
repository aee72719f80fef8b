using DelayReplay.Orders;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace DelayReplay;

/// <summary>The engine as a host would set it up, only that nothing runs by itself: the replay calls both loops.</summary>
internal sealed class ReplayEngine : IAsyncDisposable
{
    // A constant, so that every run of the same file writes the same mails. A real installation keeps a secret of its own.
    private const string Key = "the delay replay is reproducible and has no secrets";

    private readonly ServiceProvider _services;

    public ReplayEngine(ReplaySettings settings, OrderBook book)
    {
        Source = new FileOrderSource(book, settings.Zone.Id);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IOrderSource>(Source);
        var support = services
            .AddSupport(options => options.InstallationKey = Key)
            .AddPickupFolder(options => options.Path = settings.Mail)
            .AddShop(Shop(settings.Zone));
        _ = settings.Postgres is { } postgres
            ? support.AddPostgres(options => options.ConnectionString = ReplaySchema.In(postgres))
            : support.AddSqlite(options => options.Path = settings.Database);
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public ReplayClock Clock { get; } = new();

    public FileOrderSource Source { get; }

    public ISupportIntake Intake => Get<ISupportIntake>();

    public ISupportRunner Runner => Get<ISupportRunner>();

    public IDeliveryDesk Deliveries => Get<IDeliveryDesk>();

    public IShopDesk Shops => Get<IShopDesk>();

    public IOrderStore Orders => Get<IOrderStore>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>The shop of the file.</summary>
    public static Shop Shop(TimeZoneInfo zone) =>
        new()
        {
            Id = OrderView.Shop,
            TimeZone = zone.Id,
            RecordsDeliveries = true,
            Tells = [NoticeKinds.OrderAtRisk, NoticeKinds.OrderDelayed, NoticeKinds.OrderShipped, NoticeKinds.OrderDelivered],
            Brand = new Brand
            {
                Name = "Fern & Field",
                Signature = "The people at Fern & Field",
                EmailFrom = "orders@fern-and-field.example",
                Contact = "help@fern-and-field.example",
                OrdersLink = new Uri("https://fern-and-field.example/orders"),
            },
            // For rows without promised_by.
            PromisePolicies =
            [
                new PromisePolicy { ShippingMethod = "express", DeliverWithinDays = 3 },
                new PromisePolicy { ShippingMethod = "standard", DeliverWithinDays = 8 },
                new PromisePolicy { ShippingMethod = "pickup point", DeliverWithinDays = 7 },
                new PromisePolicy { ShippingMethod = "international", DeliverWithinDays = 18 },
            ],
        };
}
