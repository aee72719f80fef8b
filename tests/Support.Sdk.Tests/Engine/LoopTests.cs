using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Relational;
using Support.Sdk.Sweep;
using Support.Sdk.Tests.Testing;
using Xunit;

namespace Support.Sdk.Tests.Engine;

public sealed class LoopTests
{
    private readonly FakeTimeProvider _time = new(Given.Monday);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_loop_whose_database_is_away_tries_every_second_and_says_so_once()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var log = new LogBook<Loop>();
        var runs = 0;
        var loop = new Loop(new NothingDue(), new WakeUp(_time), new EngineTimes(), _time, log);
        var running = loop.RunAsync(
            _ => Interlocked.Increment(ref runs) <= 10 ? throw new IOException("The database is away.") : Task.FromResult(0),
            stopping.Token
        );

        await MoveUntilAsync(() => Volatile.Read(ref runs) > 12);
        await stopping.CancelAsync();
        await running;

        Assert.Equal((1, 1), (log.Count(LogLevel.Error), log.Count(LogLevel.Information)));
        Assert.True(_time.GetUtcNow() - Given.Monday >= TimeSpan.FromSeconds(12));
    }

    [Fact]
    public async Task News_of_another_process_end_the_sleep_of_the_loops()
    {
        var store = new HearingStore();
        await using var world = new World(with: services => services.AddSingleton<ISupportStore>(provider => store.Over(provider)));
        var service = world.Get<IEnumerable<IHostedService>>().OfType<NewsService>().Single();
        await service.StartAsync(Stop);
        var signal = world.Get<WakeUp>().Signal;
        Assert.False(signal.IsCompleted);

        store.Tell();

        await signal.WaitAsync(Stop);
        await service.StopAsync(Stop);
    }

    [Fact]
    public async Task A_store_that_cannot_be_heard_is_asked_again_after_a_second()
    {
        var store = new HearingStore { FailsFirst = 3 };
        await using var world = new World(with: services => services.AddSingleton<ISupportStore>(provider => store.Over(provider)));
        var service = world.Get<IEnumerable<IHostedService>>().OfType<NewsService>().Single();
        await service.StartAsync(Stop);
        var signal = world.Get<WakeUp>().Signal;

        store.Tell();
        await MoveUntilAsync(world.Time, () => signal.IsCompleted);

        Assert.True(world.Time.GetUtcNow() - Given.Monday >= TimeSpan.FromSeconds(3));
        await service.StopAsync(Stop);
    }

    private Task MoveUntilAsync(Func<bool> isReached) => MoveUntilAsync(_time, isReached);

    private static async Task MoveUntilAsync(FakeTimeProvider time, Func<bool> isReached)
    {
        while (!isReached())
        {
            Stop.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    private sealed class NothingDue : ISupportRunner
    {
        public Task<int> SweepAsync(CancellationToken cancellationToken = default) => Task.FromResult(0);

        public Task<int> BackfillAsync(CancellationToken cancellationToken = default) => Task.FromResult(0);

        public Task<int> DeliverAsync(CancellationToken cancellationToken = default) => Task.FromResult(0);

        public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default) => Task.FromResult<DateTimeOffset?>(null);
    }

    /// <summary>A store that hears what the test tells.</summary>
    private sealed class HearingStore : ISupportStore
    {
        private readonly Channel<bool> _news = Channel.CreateUnbounded<bool>();
        private SupportStore? _inner;
        private int _asked;

        public int FailsFirst { get; init; }

        public HearingStore Over(IServiceProvider services)
        {
            _inner = new SupportStore(services.GetRequiredService<Database>());
            return this;
        }

        public void Tell() => _news.Writer.TryWrite(true);

        public async Task WaitForNewsAsync(CancellationToken cancellationToken = default)
        {
            if (Interlocked.Increment(ref _asked) <= FailsFirst)
            {
                throw new IOException("The connection is gone.");
            }

            await _news.Reader.ReadAsync(cancellationToken);
        }

        public Task StartAsync(CancellationToken cancellationToken = default) => _inner!.StartAsync(cancellationToken);

        public Task<byte[]> GetOrAddSecretAsync(string name, byte[] proposed, CancellationToken cancellationToken = default) =>
            _inner!.GetOrAddSecretAsync(name, proposed, cancellationToken);

        public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default) => _inner!.NextDueAsync(cancellationToken);
    }
}
