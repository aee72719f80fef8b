using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Intake;
using Xunit;

namespace Support.Sdk.Tests.Intake;

public sealed class IntakeGroupTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider _time = new(Given.Monday);
    private readonly GatedInbox _inbox = new();
    private readonly IntakeGroups _groups;

    public IntakeGroupTests() => _groups = new IntakeGroups(new ServiceCollection().AddSingleton<IInboxStore>(_inbox).BuildServiceProvider(), _time);

    public void Dispose() => _inbox.Dispose();

    [Fact]
    public async Task Calls_that_come_while_a_commit_is_under_way_share_the_next_one()
    {
        var first = _groups.AppendAsync([Entry("first")], None);
        await _inbox.BegunAsync();
        var others = Enumerable.Range(0, 50).Select(number => _groups.AppendAsync([Entry($"{number}"), Entry("first")], None)).ToList();
        _inbox.Open();

        Assert.Equal(1, await first);
        Assert.All(await Task.WhenAll(others), added => Assert.Equal(1, added));
        Assert.Equal([1, 100], _inbox.Commits);
    }

    [Fact]
    public async Task A_call_returns_only_after_its_own_commit()
    {
        var first = _groups.AppendAsync([Entry("first")], None);
        await _inbox.BegunAsync();
        var second = _groups.AppendAsync([Entry("second")], None);

        Assert.False(first.IsCompleted || second.IsCompleted);
        _inbox.LetOne();
        await first;
        await _inbox.BegunAsync();
        Assert.False(second.IsCompleted);
        _inbox.Open();
        Assert.Equal(1, await second);
    }

    [Fact]
    public async Task Many_callers_are_each_told_their_own_count()
    {
        _inbox.Open();
        var calls = Enumerable
            .Range(0, 400)
            .Select(caller => Task.Run(() => _groups.AppendAsync([Entry($"own-{caller}"), Entry($"pair-{caller / 2}")], None)))
            .ToList();

        var added = await Task.WhenAll(calls);

        Assert.All(added, count => Assert.InRange(count, 1, 2));
        Assert.Equal(600, added.Sum());
        Assert.Equal(600, _inbox.Stored.Count);
    }

    [Fact]
    public async Task One_calls_poison_fails_only_that_call()
    {
        var first = _groups.AppendAsync([Entry("first")], None);
        await _inbox.BegunAsync();
        var good = _groups.AppendAsync([Entry("good")], None);
        var poison = _groups.AppendAsync([Entry("poison")], None);
        var other = _groups.AppendAsync([Entry("other")], None);
        _inbox.Open();

        await Assert.ThrowsAsync<InvalidDataException>(() => poison);
        Assert.Equal(3, (await Task.WhenAll(first, good, other)).Sum());
        Assert.DoesNotContain("poison", _inbox.Stored);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_waits_is_withdrawn_and_disturbs_nobody()
    {
        using var cancelled = new CancellationTokenSource();
        var first = _groups.AppendAsync([Entry("first")], None);
        await _inbox.BegunAsync();
        var gone = _groups.AppendAsync([Entry("gone")], cancelled.Token);
        var stays = _groups.AppendAsync([Entry("stays")], None);

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        _inbox.Open();
        await Task.WhenAll(first, stays);

        Assert.Equal(["first", "stays"], _inbox.Stored.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_finds_no_room_is_sent_away_after_two_seconds_and_nothing_of_it_is_kept()
    {
        var accepted = new List<Task<int>> { _groups.AppendAsync([Entry("first")], None) };
        await _inbox.BegunAsync();
        accepted.Add(_groups.AppendAsync([.. Enumerable.Range(0, 4999).Select(number => Entry($"{number}"))], None));

        var late = _groups.AppendAsync([Entry("late")], None);
        Assert.False(late.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));

        var busy = await Assert.ThrowsAsync<IntakeBusyException>(() => late);
        Assert.Equal(TimeSpan.FromSeconds(5), busy.RetryAfter);
        _inbox.Open();
        await Task.WhenAll(accepted);
        Assert.DoesNotContain("late", _inbox.Stored);
    }

    [Fact]
    public async Task Who_finds_room_in_time_is_accepted()
    {
        var first = _groups.AppendAsync([.. Enumerable.Range(0, 5000).Select(number => Entry($"{number}"))], None);
        await _inbox.BegunAsync();
        var late = _groups.AppendAsync([Entry("late")], None);

        _time.Advance(TimeSpan.FromSeconds(1));
        _inbox.Open();

        Assert.Equal(5000, await first);
        Assert.Equal(1, await late);
    }

    private static InboxEntry Entry(string id) =>
        new()
        {
            Source = "test",
            EventId = id,
            Shop = "main",
            Body = "{}",
            ReceivedAt = Given.Monday,
        };

    /// <summary>An inbox whose commits wait until the test lets them go.</summary>
    private sealed class GatedInbox : IInboxStore, IDisposable
    {
        private readonly SemaphoreSlim _begun = new(0);
        private readonly SemaphoreSlim _go = new(0);
        private readonly Lock _storing = new();

        public List<int> Commits { get; } = [];

        public HashSet<string> Stored { get; } = new(StringComparer.Ordinal);

        public void Dispose()
        {
            _begun.Dispose();
            _go.Dispose();
        }

        public Task BegunAsync() => _begun.WaitAsync(TestContext.Current.CancellationToken);

        public void LetOne() => _go.Release();

        public void Open() => _go.Release(1_000_000);

        public async Task<IReadOnlyList<int>> AppendAsync(IReadOnlyList<InboxEntry> entries, CancellationToken cancellationToken = default)
        {
            _begun.Release();
            await _go.WaitAsync(cancellationToken);
            if (entries.Any(entry => string.Equals(entry.EventId, "poison", StringComparison.Ordinal)))
            {
                throw new InvalidDataException();
            }

            lock (_storing)
            {
                Commits.Add(entries.Count);
                return [.. entries.Index().Where(entry => Stored.Add(entry.Item.EventId)).Select(entry => entry.Index)];
            }
        }

        public Task<IReadOnlyList<InboxEntry>> ClaimAsync(DateTimeOffset now, int max, TimeSpan lease, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task SaveAsync(IReadOnlyList<InboxResult> results, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<IReadOnlyList<InboxEntry>> ParkedAsync(string? shop, int max, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
