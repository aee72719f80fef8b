namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>A side as the tables know it, in this process or in one of its own.</summary>
internal sealed class Contender : IAsyncDisposable
{
    private readonly IAsyncDisposable _owned;

    private Contender(IAsyncDisposable owned, Func<int, int, Task<double>> flow, Func<int, Task<double>> drain, Func<Task> pause, Func<Task> resume) =>
        (_owned, FlowAsync, DrainAsync, PauseAsync, ResumeAsync) = (owned, flow, drain, pause, resume);

    /// <summary>Messages a second, given their number and how many share a transaction.</summary>
    public Func<int, int, Task<double>> FlowAsync { get; }

    /// <summary>Messages a second, given their number.</summary>
    public Func<int, Task<double>> DrainAsync { get; }

    /// <summary>Keeps quiet while others are measured: one that polls would take from them.</summary>
    public Func<Task> PauseAsync { get; }

    public Func<Task> ResumeAsync { get; }

    public static async Task<Contender> HereAsync(IOutboxSide side, string database, Sample sample)
    {
        var arrivals = new Arrivals();
        await side.OpenAsync(database, sample, arrivals);
        var run = new OutboxRun(side, arrivals);
        var drain = side as IDrainSide;
        return new Contender(
            side,
            run.FlowAsync,
            run.DrainAsync,
            () => drain?.PauseAsync() ?? Task.CompletedTask,
            () => drain?.ResumeAsync() ?? Task.CompletedTask
        );
    }

    public static async Task<Contender> PeerAsync(string program, string database, Sample sample)
    {
        var process = await PeerProcess.StartAsync(program, database, sample.Neutral());
        return new Contender(process, process.FlowAsync, process.DrainAsync, process.PauseAsync, process.ResumeAsync);
    }

    public ValueTask DisposeAsync() => _owned.DisposeAsync();
}
