using Support.Sdk.Benchmarks.Comparisons;
using Support.Sdk.Benchmarks.Postgres;

namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>The sides of one run on one server, each with a database of its own.</summary>
internal sealed class Field(BenchServer server, Workload workload) : IAsyncDisposable
{
    // Its rounds are short: up to the 25th the runtime still takes a tenth of one for compiling, after that less than a hundredth.
    private const int WarmUp = 25;

    private readonly List<(string Name, double Share, Contender Contender)> _present = [];
    private readonly Dictionary<string, string> _absent = new(StringComparer.Ordinal);

    public Workload Workload => workload;

    public async Task AddAsync(string name, IOutboxSide side) =>
        _present.Add((name, 1, await Contender.HereAsync(side, await server.CreateAsync(), workload.Sample)));

    /// <param name="name">The folder of the peer.</param>
    /// <param name="share">How many of the messages it gets; rates are compared, not times.</param>
    public async Task AddPeerAsync(string name, double share)
    {
        var (program, fault) = await PeerBuild.RunAsync(name);
        if (program is null)
        {
            _absent.Add(name, fault ?? "");
            return;
        }

        _present.Add((name, share, await Contender.PeerAsync(program, await server.CreateAsync(), workload.Sample)));
    }

    public async Task<Dictionary<string, double>> MeasureAsync(int rounds, Func<Contender, double, Task<double>> measure)
    {
        foreach (var one in _present)
        {
            await one.Contender.PauseAsync();
        }

        var sides = _present.ConvertAll(one => (Func<Task<double>>)(() => AloneAsync(one.Contender, one.Share)));
        var medians = await Turns.MediansAsync(rounds, sides, server.SettleAsync, WarmUp);
        return _present.Zip(medians).ToDictionary(one => one.First.Name, one => one.Second, StringComparer.Ordinal);

        async Task<double> AloneAsync(Contender contender, double share)
        {
            await contender.ResumeAsync();
            var rate = await measure(contender, share);
            await contender.PauseAsync();
            return rate;
        }
    }

    public void Show(ComparisonTable table, string name, Dictionary<string, double> rates, Goal? goal)
    {
        if (_absent.TryGetValue(name, out var reason))
        {
            table.Absent(name, reason);
            return;
        }

        table.Add(name, rates[name], goal);
    }

    public async Task DescribeAsync(ComparisonTable table, int rounds, params string[] notes)
    {
        var sample = workload.Sample;
        table.Note(
            $"Medians of {rounds} rounds after {WarmUp} that do not count, the sides in turn and alone: the others are stopped meanwhile. "
                + $"An order of {sample.Order.Length:N0} and a message of {sample.Message.Length:N0} characters."
        );
        table.Note(await server.DescribeAsync());
        foreach (var note in notes)
        {
            table.Note(note);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, _, contender) in _present)
        {
            await contender.DisposeAsync();
        }
    }
}
