using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Testing;

namespace Support.Sdk.Tests.Engine;

/// <summary>The whole engine on a SQLite file of its own, with a clock that the test moves.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("support-tests-").FullName;
    private readonly ServiceProvider _services;

    public World(Shop? shop = null, RecordingChannel? channel = null, Action<IServiceCollection>? with = null, DateTimeOffset? at = null)
    {
        Channel = channel ?? new RecordingChannel();
        Time = new FakeTimeProvider(at ?? Given.Monday);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IChannel>(Channel);
        with?.Invoke(services);
        services.AddSupport().AddSqlite(options => options.Path = Database).AddShop(shop ?? Given.Shop);
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public FakeTimeProvider Time { get; }

    /// <summary>The path of the database file.</summary>
    public string Database => Path.Combine(_folder, "support.db");

    public RecordingChannel Channel { get; }

    public ISupportIntake Intake => Get<ISupportIntake>();

    public ISupportRunner Runner => Get<ISupportRunner>();

    public IDeliveryDesk Desk => Get<IDeliveryDesk>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task AcceptAsync(params SupportEvent[] events) => await Intake.AcceptAsync(events);

    /// <summary>Moves the clock, and runs both loops.</summary>
    public async Task AtAsync(DateTimeOffset now)
    {
        Time.SetUtcNow(now);
        await RunAsync();
    }

    public async Task RunAsync()
    {
        await Runner.SweepAsync();
        await Runner.DeliverAsync();
    }

    public async Task<WatchedOrder> OrderAsync(string id = "1001", string shop = "main") =>
        (await Get<IOrderStore>().FindAsync([new OrderKey(shop, id)])).Single();

    public Task<IReadOnlyList<Decision>> HistoryAsync(string id = "1001") => Get<IOrderStore>().HistoryAsync(new OrderKey("main", id));

    public Task<IReadOnlyList<MessageDelivery>> DeliveriesAsync() => Desk.ListAsync(new DeliveryQuery { Max = 1000 });

    public Task<IReadOnlyList<InboxEntry>> ParkedAsync() => Get<IInboxDesk>().ParkedAsync();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
