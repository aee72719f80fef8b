using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Nop.Core;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Data;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Mail;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Plugin.Misc.SupportSdk.Tasks;
using Nop.Services.Common;
using Nop.Services.Configuration;
using Nop.Services.Directory;
using Nop.Services.Helpers;
using Nop.Services.Localization;
using Nop.Services.Logging;
using Nop.Services.Messages;
using Nop.Services.Shipping;
using Nop.Services.Stores;
using NSubstitute;
using Support.Sdk;
using Support.Sdk.Deliveries;
using Support.Sdk.Relational;
using Support.Sdk.Testing;

namespace Nop.Plugin.Misc.SupportSdk.Tests;

/// <summary>A shop with one store, whose tables are lists and whose services are stood in for; the plugin's engine runs in it on a real SQLite file.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("support-nop-").FullName;
    private readonly Dictionary<int, SupportSettings> _settings = [];

    /// <param name="configure">Changes what the shop is made of.</param>
    /// <param name="records">True to record messages instead of queueing them as the shop's mail.</param>
    public Shop(Action<IServiceCollection>? configure = null, bool records = false)
    {
        var file = Path.Combine(_folder, "shop.db");
        OpenDatabase = () => new HostDatabase(SqliteFactory.Instance, $"Data Source={file};Pooling=False", new SqliteDialect());
        Store = new Store
        {
            Id = 1,
            Name = "Corner shop",
            Url = "https://shop.example/",
            DefaultLanguageId = 1,
        };
        Stores.Add(Store);
        Languages.Add(
            new Language
            {
                Id = 1,
                Name = "English",
                LanguageCulture = "en-US",
                Published = true,
            }
        );
        Languages.Add(
            new Language
            {
                Id = 2,
                Name = "Svenska",
                LanguageCulture = "sv-SE",
                Published = true,
            }
        );
        Accounts.Add(
            new EmailAccount
            {
                Id = 1,
                Email = "shop@shop.example",
                DisplayName = "Corner shop",
            }
        );
        Countries.Add(
            new Country
            {
                Id = 1,
                Name = "Sweden",
                TwoLetterIsoCode = "SE",
            }
        );
        Settings(
            new SupportSettings
            {
                Mode = SupportMode.Live,
                HoldFirst = 0,
                TimeZone = "Europe/Stockholm",
                Promises = """[{"ship":2,"deliver":5}]""",
            }
        );
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        new SupportStartup().ConfigureServices(services, Substitute.For<Microsoft.Extensions.Configuration.IConfiguration>());
        AddTables(services);
        AddServices(services);
        services.AddSingleton(provider => new EngineFactory(provider.GetServices<IEnginePart>(), provider.GetRequiredService<EngineJournal>(), Time)
        {
            OpenDatabase = () => OpenDatabase(),
        });
        if (records)
        {
            services.Remove(services.First(service => service.ImplementationType == typeof(MailPart)));
            services.AddSingleton<IEnginePart>(new Recording(Sent));
        }

        configure?.Invoke(services);
        StandIn(services);
        Services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public ServiceProvider Services { get; }

    public Store Store { get; }

    public List<Store> Stores { get; } = [];

    public List<Language> Languages { get; } = [];

    public List<EmailAccount> Accounts { get; } = [];

    public List<Country> Countries { get; } = [];

    public List<Order> Orders { get; } = [];

    public List<OrderItem> Items { get; } = [];

    public List<Product> Products { get; } = [];

    public List<Shipment> Shipments { get; } = [];

    public List<ShipmentItem> ShipmentItems { get; } = [];

    public List<Address> Addresses { get; } = [];

    public List<OrderTransit> Transits { get; } = [];

    /// <summary>Takes the messages of a shop that records them.</summary>
    public RecordingChannel Sent { get; } = new("email");

    /// <summary>Its mail: templates, queue, files, and the notes of orders.</summary>
    public ShopMail Mail { get; } = new();

    /// <summary>What the shop's log was told.</summary>
    public List<string> Log { get; } = [];

    /// <summary>The database that the engine works on: a SQLite file, unless a test brings another.</summary>
    public Func<Database> OpenDatabase { get; set; }

    public SupportHost Host => Services.GetRequiredService<SupportHost>();

    public EngineJournal Journal => Services.GetRequiredService<EngineJournal>();

    /// <summary>What a store is set to.</summary>
    public void Settings(SupportSettings settings, int storeId = 1) => _settings[storeId] = settings;

    public SupportSettings Settings(int storeId = 1) => _settings.GetValueOrDefault(storeId) ?? _settings[1];

    /// <summary>The shipping option that customers chose at the checkout.</summary>
    public void Chosen(ShippingOption option) =>
        Services.GetRequiredService<IGenericAttributeService>().GetAttributeAsync<Customer, ShippingOption>(0, "").ReturnsForAnyArgs(option);

    /// <summary>An order of one mug, with an address in Sweden.</summary>
    public Order Place(int id = 1, Action<Order>? change = null, string? email = "ada@example.com")
    {
        Addresses.Add(
            new Address
            {
                Id = 1000 + id,
                FirstName = "Ada",
                LastName = "Lind",
                Email = email,
                CountryId = 1,
            }
        );
        Products.Add(
            new Product
            {
                Id = 1000 + id,
                Name = "Mug",
                Sku = "MUG",
            }
        );
        var order = new Order
        {
            Id = id,
            StoreId = 1,
            CustomerId = 7,
            BillingAddressId = 1000 + id,
            ShippingAddressId = 1000 + id,
            OrderStatusId = (int)OrderStatus.Processing,
            ShippingStatusId = (int)ShippingStatus.NotYetShipped,
            PaymentStatusId = 30,
            PaidDateUtc = Time.GetUtcNow().UtcDateTime,
            CreatedOnUtc = Time.GetUtcNow().UtcDateTime,
            CustomerLanguageId = 1,
            CustomOrderNumber = $"N{id}",
            ShippingMethod = "Ground",
        };
        change?.Invoke(order);
        Orders.Add(order);
        Items.Add(
            new OrderItem
            {
                Id = 1000 + id,
                OrderId = id,
                ProductId = 1000 + id,
                Quantity = 1,
            }
        );
        return order;
    }

    /// <summary>Runs something with a scope of its own, as a request of the shop does.</summary>
    public async Task<T> AskAsync<TService, T>(Func<TService, Task<T>> work)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs one turn, as the shop's scheduler does every minute.</summary>
    public async Task TurnAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<SupportTask>(scope.ServiceProvider).ExecuteAsync();
    }

    private void AddTables(IServiceCollection services)
    {
        Add(services, Orders);
        Add(services, Items);
        Add(services, Products);
        Add(services, Shipments);
        Add(services, ShipmentItems);
        Add(services, Addresses);
        Add(services, Transits);
    }

    /// <summary>A table of the shop that is a list.</summary>
    public static void Add<T>(IServiceCollection services, List<T> rows)
        where T : BaseEntity
    {
        var table = Substitute.For<IRepository<T>>();
        table.Table.Returns(_ => rows.ToList().AsQueryable());
        table.GetByIdAsync(default).ReturnsForAnyArgs(call => rows.Find(row => row.Id == call.Arg<int?>())!);
        table
            .InsertAsync(null!, false)
            .ReturnsForAnyArgs(call =>
            {
                var row = call.Arg<T>();
                row.Id = row.Id == 0 ? rows.Select(other => other.Id).DefaultIfEmpty().Max() + 1 : row.Id;
                rows.Add(row);
                return Task.CompletedTask;
            });
        table
            .DeleteAsync(default(T)!, false)
            .ReturnsForAnyArgs(call =>
            {
                rows.Remove(call.Arg<T>());
                return Task.CompletedTask;
            });
        services.AddSingleton(table);
    }

    private void AddServices(IServiceCollection services)
    {
        var stores = Substitute.For<IStoreService>();
        stores.GetAllStoresAsync().Returns(_ => Stores);
        stores.GetStoreByIdAsync(default).ReturnsForAnyArgs(call => Stores.Find(store => store.Id == call.Arg<int>()));
        services.AddSingleton(stores);

        var languages = Substitute.For<ILanguageService>();
        languages.GetAllLanguagesAsync().ReturnsForAnyArgs(_ => Languages);
        languages.GetLanguageByIdAsync(default).ReturnsForAnyArgs(call => Languages.Find(language => language.Id == call.Arg<int>()));
        services.AddSingleton(languages);

        var accounts = Substitute.For<IEmailAccountService>();
        accounts.GetAllEmailAccountsAsync().Returns(_ => Accounts);
        accounts.GetEmailAccountByIdAsync(default).ReturnsForAnyArgs(call => Accounts.Find(account => account.Id == call.Arg<int>()));
        services.AddSingleton(accounts);
        services.AddSingleton(new EmailAccountSettings { DefaultEmailAccountId = 1 });

        var countries = Substitute.For<ICountryService>();
        countries.GetAllCountriesAsync().ReturnsForAnyArgs(_ => Countries);
        countries.GetCountryByIdAsync(default).ReturnsForAnyArgs(call => Countries.Find(country => country.Id == call.Arg<int>()));
        services.AddSingleton(countries);

        var settings = Substitute.For<ISettingService>();
        settings.LoadSettingAsync<SupportSettings>(0).ReturnsForAnyArgs(call => Settings(call.Arg<int>()));
        services.AddSingleton(settings);

        var times = Substitute.For<IDateTimeHelper>();
        times.DefaultStoreTimeZone.Returns(TimeZoneInfo.Utc);
        services.AddSingleton(times);

        var log = Substitute.For<ILogger>();
        log.WhenForAnyArgs(one => one.WarningAsync("")).Do(call => Log.Add(call.Arg<string>()));
        log.WhenForAnyArgs(one => one.ErrorAsync("")).Do(call => Log.Add(call.Arg<string>()));
        services.AddSingleton(log);

        services.AddSingleton(Substitute.For<ILocalizationService>());
        services.AddSingleton(Substitute.For<IGenericAttributeService>());
        services.AddSingleton(Substitute.For<IShipmentService>());
        Mail.AddTo(services, Orders);
    }

    // Whatever else the plugin asks of the shop knows nothing.
    private static void StandIn(ServiceCollection services)
    {
        var asked = services
            .Select(service => service.ImplementationType)
            .Where(type => type?.Assembly == typeof(SupportStartup).Assembly)
            .SelectMany(type => type!.GetConstructors().SelectMany(constructor => constructor.GetParameters()))
            .Select(parameter => parameter.ParameterType)
            .Where(type => type.IsInterface && type.Assembly.GetName().Name!.StartsWith("Nop.", StringComparison.Ordinal))
            .Where(type => type.Assembly != typeof(SupportStartup).Assembly && services.All(service => service.ServiceType != type))
            .Distinct()
            .ToList();
        foreach (var type in asked)
        {
            services.AddSingleton(type, Substitute.For([type], []));
        }
    }

    private sealed class Recording(RecordingChannel channel) : IEnginePart
    {
        public void AddTo(ISupportBuilder support, SupportSetup setup) => support.Services.AddSingleton<IChannel>(channel);
    }
}
