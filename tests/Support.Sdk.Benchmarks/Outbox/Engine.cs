using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>Ours as an ordinary host has it, with loops that can be stopped and started again.</summary>
internal sealed class Engine : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public Engine(IChannel channel, Action<ISupportBuilder> addStore)
    {
        var services = new ServiceCollection();
        services.AddSingleton(channel);
        addStore(services.AddSupport().AddShop(Workload.Shop));
        _services = services.BuildServiceProvider();
    }

    public Task OpenAsync() => _services.GetRequiredService<ISupportStore>().StartAsync();

    public async Task StartAsync()
    {
        foreach (var loop in Loops())
        {
            await loop.StartAsync(CancellationToken.None);
        }
    }

    public async Task StopAsync()
    {
        foreach (var loop in Loops())
        {
            await loop.StopAsync(CancellationToken.None);
        }
    }

    public async Task SaveAsync(IReadOnlyList<OrderChange> changes)
    {
        // As the sweep does.
        var lost = await _services.GetRequiredService<Deliveries.Outbox>().SaveAsync(changes, CancellationToken.None);
        if (lost.Count > 0)
        {
            throw new InvalidOperationException($"{lost.Count} orders were there already.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
    }

    private IEnumerable<IHostedService> Loops() => _services.GetServices<IHostedService>();
}
