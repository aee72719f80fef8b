using Support.Sdk.Orders;

namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>Ours: orders saved with their messages, and the loops that deliver them.</summary>
/// <param name="change">What is saved, by its number.</param>
/// <param name="addStore">Adds the store, given its address.</param>
internal sealed class EngineSide(Func<int, OrderChange> change, Action<ISupportBuilder, string> addStore) : IDrainSide
{
    private Engine? _engine;
    private Arrivals? _arrivals;

    /// <summary>Whether messages count as arrived as soon as they are stored.</summary>
    public bool DeliversNothing { get; init; }

    public async Task OpenAsync(string database, Sample sample, Arrivals arrivals)
    {
        _engine = new Engine(new NoOpChannel(arrivals), builder => addStore(builder, database));
        await _engine.OpenAsync();
        _arrivals = arrivals;
        if (!DeliversNothing)
        {
            await _engine.StartAsync();
        }
    }

    public async Task EnqueueAsync(int first, int count)
    {
        await _engine!.SaveAsync([.. Enumerable.Range(first, count).Select(change)]);
        for (var message = 0; DeliversNothing && message < count; message++)
        {
            _arrivals!.Arrived();
        }
    }

    public Task PauseAsync() => _engine!.StopAsync();

    public Task ResumeAsync() => _engine!.StartAsync();

    public ValueTask DisposeAsync() => _engine?.DisposeAsync() ?? ValueTask.CompletedTask;
}
