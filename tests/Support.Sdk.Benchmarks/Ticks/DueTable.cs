using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Deliveries;
using Support.Sdk.Shops;
using Support.Sdk.Testing;

namespace Support.Sdk.Benchmarks.Ticks;

/// <summary>A table in which one hundred rows fall due every minute, and the engine that watches them.</summary>
internal abstract class DueTable : IAsyncDisposable
{
    public const int Ticks = 25;
    public const int Least = Ticks * Due;
    protected const int Due = 100;
    private const int Batch = 1000;
    private readonly ITickDatabase _database;
    private readonly ServiceProvider _services;

    protected DueTable(int size, ITickDatabase database, Shop shop, DateTimeOffset start)
    {
        (Size, _database, Time) = (size, database, new FakeTimeProvider(start));
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IChannel>(new RecordingChannel());
        database.Add(services.AddSupport().AddShop(shop));
        _services = services.BuildServiceProvider();
    }

    public string Database => _database.Name;

    public int Size { get; }

    protected FakeTimeProvider Time { get; }

    public async Task FillAsync()
    {
        await Get<ISupportStore>().StartAsync();
        for (var from = 0; from < Size; from += Batch)
        {
            await SaveAsync(from, Math.Min(Batch, Size - from));
        }

        await _database.SettleAsync();
    }

    /// <summary>Lets a minute pass, and measures what the engine does then.</summary>
    public abstract Task TickAsync();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    protected abstract Task SaveAsync(int from, int count);

    protected T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    protected Task<int> ScanAsync(DateTimeOffset now) => _database.ScanAsync(now.ToUnixTimeMilliseconds() * 1000);

    protected static void Check(int count, string what)
    {
        if (count != Due)
        {
            throw new InvalidOperationException($"A tick met {count} {what} instead of {Due}.");
        }
    }
}
