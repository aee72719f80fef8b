using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Sweep;

namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>Ours: orders saved with what was decided about them, and the loops of an ordinary host that deliver it.</summary>
internal sealed class EngineSide(Workload workload, Action<ISupportBuilder, string> addStore) : IDrainSide
{
    private ServiceProvider? _services;

    public async Task OpenAsync(string database, Sample sample, Arrivals arrivals)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IChannel>(new NoOpChannel(arrivals));
        var support = services.AddSupport().AddShop(Workload.Shop);
        addStore(support, database);
        _services = services.BuildServiceProvider();
        await ResumeAsync();
    }

    public async Task EnqueueAsync(int first, int count)
    {
        var services = _services!;
        var lost = await services.GetRequiredService<IOrderStore>().SaveAsync([.. Enumerable.Range(first, count).Select(workload.Change)]);
        if (lost.Count > 0)
        {
            throw new InvalidOperationException($"{lost.Count} orders were there already.");
        }

        // As the sweep does after it has saved.
        services.GetRequiredService<WakeUp>().Set();
    }

    public async Task ResumeAsync()
    {
        foreach (var loop in Loops())
        {
            await loop.StartAsync(CancellationToken.None);
        }
    }

    public async Task PauseAsync()
    {
        foreach (var loop in Loops())
        {
            await loop.StopAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await PauseAsync();
            await _services.DisposeAsync();
        }
    }

    private IEnumerable<IHostedService> Loops() => _services!.GetServices<IHostedService>();
}
