using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Shopify.Admin;
using Xunit;

namespace Support.Sdk.Tests.Shopify;

/// <summary>The gate before a bucket as Shopify documents it: what a document could cost is taken before it runs, and the rest given back.</summary>
public sealed class RateGateTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(1, 5, 2000)]
    [InlineData(2, 40, 2000)]
    [InlineData(3, 200, 2000)]
    [InlineData(4, 40, 1000)]
    [InlineData(5, 1, 2000)]
    public async Task A_bucket_of_100_points_a_second_is_used_up_and_hardly_ever_found_empty(int seed, int callers, double maximum)
    {
        var bucket = new Bucket(_time, maximum, restoreRate: 100);
        using var gate = new RateGate(_time);

        var calls = await DriveAsync(bucket, [gate], callers, TimeSpan.FromMinutes(10), seed, new CallMix(10, 400));

        AssertUse(bucket, calls);
    }

    [Fact]
    public async Task Dear_documents_use_the_bucket_up_too()
    {
        var bucket = new Bucket(_time, 2000, restoreRate: 100);
        using var gate = new RateGate(_time);

        var calls = await DriveAsync(bucket, [gate], 30, TimeSpan.FromMinutes(10), seed: 6, new CallMix(700, 1000));

        AssertUse(bucket, calls);
    }

    [Theory]
    [InlineData(7, 2)]
    [InlineData(8, 4)]
    [InlineData(11, 2)]
    [InlineData(12, 3)]
    [InlineData(13, 4)]
    public async Task Several_processes_share_a_bucket_without_knowing_of_each_other(int seed, int processes)
    {
        var bucket = new Bucket(_time, 2000, restoreRate: 100);
        RateGate[] gates = [.. Enumerable.Range(0, processes).Select(_ => new RateGate(_time))];

        var calls = await DriveAsync(bucket, gates, 20, TimeSpan.FromMinutes(20), seed, new CallMix(10, 300));

        AssertUse(bucket, calls);
        Array.ForEach(gates, gate => gate.Dispose());
    }

    [Fact]
    public async Task A_process_that_takes_points_in_bursts_and_asks_nobody_is_given_way()
    {
        var bucket = new Bucket(_time, 2000, restoreRate: 100) { Burst = 400, BurstEvery = TimeSpan.FromSeconds(10) };
        using var gate = new RateGate(_time);

        var calls = await DriveAsync(bucket, [gate], 20, TimeSpan.FromMinutes(20), seed: 9, new CallMix(10, 300));

        AssertUse(bucket, calls);
    }

    [Fact]
    public async Task After_a_rest_one_document_looks_how_much_others_have_left_before_many_go()
    {
        var bucket = new Bucket(_time, 2000, restoreRate: 100);
        using var gate = new RateGate(_time);
        await DriveAsync(bucket, [gate], 1, TimeSpan.FromSeconds(5), seed: 10, new CallMix(100, 100));
        _time.Advance(TimeSpan.FromMinutes(10));
        bucket.Take(1900);

        var calls = await DriveAsync(bucket, [gate], 15, TimeSpan.FromSeconds(20), seed: 10, new CallMix(100, 100));

        Assert.Equal(0, bucket.Throttled);
        Assert.True(calls > 15);
    }

    [Fact]
    public async Task A_document_that_was_never_sent_goes_alone()
    {
        using var gate = new RateGate(_time);
        await Clockwork.RunAsync(
            _time,
            TimeSpan.FromMilliseconds(10),
            async () =>
            {
                var first = await gate.EnterAsync("One", isAgain: false, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
                var second = gate.EnterAsync("One", isAgain: false, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
                await Task.Delay(TimeSpan.FromSeconds(10), _time, TestContext.Current.CancellationToken);
                Assert.False(second.IsCompleted);

                gate.Leave(first!, Reply(requested: 30, actual: 10, available: 990));
                Assert.Equal(30, (await second)!.Points);
            }
        );
    }

    [Fact]
    public async Task Documents_go_in_the_order_in_which_they_came_and_a_throttled_one_goes_first()
    {
        using var gate = new RateGate(_time);
        var order = new List<string>();
        await Clockwork.RunAsync(
            _time,
            TimeSpan.FromMilliseconds(10),
            async () =>
            {
                var known = await gate.EnterAsync("Known", isAgain: false, TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
                gate.Leave(known!, Reply(requested: 100, actual: 100, available: 0));
                await Task.WhenAll(Enter("a", false), Enter("b", false), Enter("c", false), Enter("again", true));
            }
        );
        Assert.Equal(["again", "a", "b", "c"], order);

        async Task Enter(string name, bool isAgain)
        {
            var pass = await gate.EnterAsync("Known", isAgain, TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
            order.Add(name);
            await Task.Delay(TimeSpan.FromMilliseconds(50), _time, TestContext.Current.CancellationToken);
            gate.Leave(pass!, Reply(requested: 100, actual: 100, available: 0));
        }
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_queue_and_holds_nobody_up()
    {
        using var gate = new RateGate(_time);
        await Clockwork.RunAsync(
            _time,
            TimeSpan.FromMilliseconds(10),
            async () =>
            {
                var known = await gate.EnterAsync("Small", isAgain: false, TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
                gate.Leave(known!, Reply(requested: 10, actual: 10, available: 0, maximum: 100_000));
                var dear = await gate.EnterAsync("Dear", isAgain: false, TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
                gate.Leave(dear!, Reply(requested: 90_000, actual: 1, available: 200, maximum: 100_000));

                var stop = new CancellationTokenSource(TimeSpan.FromSeconds(6), _time);
                var stopped = gate.EnterAsync("Dear", isAgain: false, TimeSpan.FromHours(1), stop.Token);
                var small = gate.EnterAsync("Small", isAgain: false, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
                await Task.Delay(TimeSpan.FromSeconds(5), _time, TestContext.Current.CancellationToken);
                Assert.False(small.IsCompleted);

                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
                Assert.NotNull(await small);
                stop.Dispose();
            }
        );
    }

    [Fact]
    public async Task Nobody_waits_longer_than_the_patience_allows()
    {
        using var gate = new RateGate(_time);
        await Clockwork.RunAsync(
            _time,
            TimeSpan.FromMilliseconds(100),
            async () =>
            {
                await gate.EnterAsync("One", isAgain: false, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
                var start = _time.GetUtcNow();
                Assert.Null(await gate.EnterAsync("One", isAgain: false, TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
                Assert.Equal(TimeSpan.FromMinutes(2), _time.GetUtcNow() - start);
            }
        );
    }

    [Fact]
    public async Task What_asks_to_wait_is_waited_for_by_all()
    {
        using var gate = new RateGate(_time);
        await Clockwork.RunAsync(
            _time,
            TimeSpan.FromMilliseconds(100),
            async () =>
            {
                var pass = await gate.EnterAsync("One", isAgain: false, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
                gate.Leave(pass!, new AdminReply { Outcome = AdminOutcome.Throttled, RetryAfter = TimeSpan.FromSeconds(7) });
                var start = _time.GetUtcNow();
                await gate.EnterAsync("Other", isAgain: false, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
                Assert.Equal(TimeSpan.FromSeconds(7), _time.GetUtcNow() - start);
            }
        );
    }

    [Fact]
    public async Task A_server_that_tells_no_costs_is_not_slowed_down()
    {
        using var gate = new RateGate(_time);
        await Clockwork.RunAsync(
            _time,
            TimeSpan.FromMilliseconds(10),
            async () =>
            {
                for (var call = 0; call < 1000; call++)
                {
                    var pass = await gate.EnterAsync("One", isAgain: false, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
                    gate.Leave(pass!, new AdminReply { Outcome = AdminOutcome.Done });
                }

                Assert.Equal(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero), _time.GetUtcNow());
            }
        );
    }

    private static void AssertUse(Bucket bucket, int calls)
    {
        var use = bucket.Used / bucket.Offered;
        var throttled = (double)bucket.Throttled / calls;
        TestContext.Current.TestOutputHelper?.WriteLine($"{calls} calls, {use:P2} used, {throttled:P3} throttled");
        Assert.True(use >= 0.95, $"{use:P2} of the points were used.");
        Assert.True(throttled < 0.01, $"{throttled:P2} of {calls} calls were throttled.");
    }

    private static AdminReply Reply(double requested, double actual, double available, double maximum = 1000, bool isThrottled = false) =>
        new()
        {
            Outcome = isThrottled ? AdminOutcome.Throttled : AdminOutcome.Done,
            Cost = new RateCost
            {
                Requested = requested,
                Actual = actual,
                Available = available,
                Maximum = maximum,
                RestoreRate = 100,
            },
        };

    private async Task<int> DriveAsync(Bucket bucket, IReadOnlyList<RateGate> gates, int callers, TimeSpan duration, int seed, CallMix mix)
    {
        var dice = new Dice(seed);
        var calls = 0;
        var end = _time.GetUtcNow() + duration;
        bucket.Begin();
        await Clockwork.RunAsync(
            _time,
            TimeSpan.FromMilliseconds(10),
            () => Task.WhenAll(gates.SelectMany(gate => Enumerable.Range(0, callers).Select(_ => CallAsync(gate))))
        );
        return calls;

        async Task CallAsync(RateGate gate)
        {
            while (_time.GetUtcNow() < end)
            {
                var (document, requested, actual) = mix.Next(dice);
                var isAgain = false;
                AdminReply reply;
                do
                {
                    var pass = await gate.EnterAsync(document, isAgain, TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
                    calls++;
                    reply = await bucket.RunAsync(requested, actual, dice, TestContext.Current.CancellationToken);
                    gate.Leave(pass!, reply);
                    isAgain = true;
                } while (reply.Outcome == AdminOutcome.Throttled);
            }
        }
    }

    /// <summary>Ten documents whose costs lie between two values; what each takes is less than what it could cost.</summary>
    private sealed class CallMix(int least, int most)
    {
        public (string Document, double Requested, double Actual) Next(Dice dice)
        {
            var kind = dice.Next(10);
            var requested = least + ((most - least) * kind / 9);
            return ($"Document{kind}", requested, Math.Max(1, Math.Round(requested * (0.2 + (0.8 * (dice.Next(1000) / 1000.0))))));
        }
    }

    /// <summary>Falls the same way each time.</summary>
    private sealed class Dice(int seed)
    {
        private uint _state = (uint)seed;

        public int Next(int sides)
        {
            _state = unchecked((_state * 1_664_525) + 1_013_904_223);
            return (int)((ulong)_state * (ulong)sides >> 32);
        }
    }

    /// <summary>The shop's side.</summary>
    private sealed class Bucket(FakeTimeProvider time, double maximum, double restoreRate)
    {
        private readonly double _maximum = maximum;
        private double _available = maximum;
        private double _full = maximum;
        private DateTimeOffset _at = time.GetUtcNow();
        private DateTimeOffset _begun = time.GetUtcNow();
        private DateTimeOffset _nextBurst = time.GetUtcNow();

        public double Used { get; private set; }

        public int Throttled { get; private set; }

        /// <summary>What was there at the beginning, and what has come since.</summary>
        public double Offered => _full + ((time.GetUtcNow() - _begun).TotalSeconds * restoreRate);

        public double Burst { get; init; }

        public TimeSpan BurstEvery { get; init; }

        public void Begin()
        {
            Restore();
            (Used, Throttled, _begun, _full) = (0, 0, time.GetUtcNow(), _available);
        }

        public void Take(double points)
        {
            Restore();
            _available = Math.Max(0, _available - points);
        }

        public async Task<AdminReply> RunAsync(double requested, double actual, Dice dice, CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20 + dice.Next(60)), time, cancellationToken);
            Restore();
            if (_available < requested)
            {
                Throttled++;
                var refusal = Reply(requested, 0, Math.Floor(_available), _maximum, isThrottled: true);
                await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
                return refusal;
            }

            _available -= requested;
            await Task.Delay(TimeSpan.FromMilliseconds(50 + dice.Next(700)), time, cancellationToken);
            Restore();
            _available += requested - actual;
            Used += actual;
            var reply = Reply(requested, actual, Math.Floor(_available), _maximum);
            await Task.Delay(TimeSpan.FromMilliseconds(20 + dice.Next(60)), time, cancellationToken);
            return reply;
        }

        private void Restore()
        {
            var now = time.GetUtcNow();
            _available = Math.Min(_maximum, _available + ((now - _at).TotalSeconds * restoreRate));
            _at = now;
            for (; Burst > 0 && _nextBurst <= now; _nextBurst += BurstEvery)
            {
                Used += Math.Min(Burst, _available);
                _available = Math.Max(0, _available - Burst);
            }
        }
    }
}
