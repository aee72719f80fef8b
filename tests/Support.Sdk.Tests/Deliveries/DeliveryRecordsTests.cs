using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Deliveries;
using Support.Sdk.Sweep;
using Support.Sdk.Tests.Testing;
using Xunit;

namespace Support.Sdk.Tests.Deliveries;

public sealed class DeliveryRecordsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _time = new(Given.Monday);
    private readonly LogBook<DeliveryRecords> _log = new();
    private readonly ScriptedOutbox _store = new();
    private readonly DeliveryRecords _records;

    public DeliveryRecordsTests() => _records = new DeliveryRecords(_store, "email", new EngineTimes(), _time, _log);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Results_are_kept_while_the_database_is_away_and_recorded_when_it_is_back()
    {
        _store.Refuses = _ => true;
        var saving = _records.SaveAsync([Result("a"), Result("b")], Stop);
        await PassAsync(tries: 20);
        Assert.True(_records.IsBehind);
        Assert.False(saving.IsCompleted);

        _store.Refuses = _ => false;
        await MoveUntilAsync(() => saving.IsCompleted);

        Assert.Empty((await saving)!);
        Assert.Equal(["a", "b"], _store.Recorded.Select(update => update.Id));
        Assert.False(_records.IsBehind);
        Assert.Equal(1, _log.Count(LogLevel.Error));
    }

    [Fact]
    public async Task A_result_whose_words_the_database_refuses_is_recorded_without_them_and_keeps_no_other()
    {
        _store.Refuses = updates => updates.Any(update => update.Reason is "poison");

        var lost = await _records.SaveAsync([Result("a"), Result("b") with { Reason = "poison" }, Result("c") with { Reason = "busy" }], Stop);

        Assert.Empty(lost!);
        Assert.Equal([("a", null), ("b", null), ("c", "busy")], _store.Recorded.Select(update => (update.Id, update.Reason)));
        Assert.Equal(DeliveryState.Accepted, _store.Recorded.Single(update => update.Id is "b").To);
    }

    [Fact]
    public async Task A_database_that_comes_back_while_the_application_stops_still_gets_the_results()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        _store.Refuses = _ => true;
        var saving = _records.SaveAsync([Result("a")], stopped.Token);
        await PassAsync(tries: 10);

        _store.Refuses = _ => false;
        await MoveUntilAsync(() => saving.IsCompleted);

        Assert.Equal("a", Assert.Single(_store.Recorded).Id);
    }

    [Fact]
    public async Task An_application_that_stops_does_not_wait_for_ever()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        _store.Refuses = _ => true;
        var saving = _records.SaveAsync([Result("a")], stopped.Token);

        await MoveUntilAsync(() => saving.IsCompleted);

        Assert.Null(await saving);
        Assert.InRange(_time.GetUtcNow() - Given.Monday, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(12));
    }

    private Task PassAsync(int tries) => MoveUntilAsync(() => _store.Attempts >= tries);

    private async Task MoveUntilAsync(Func<bool> isReached)
    {
        // The store answers at once, so that only the clock is waited for.
        while (!isReached())
        {
            Stop.ThrowIfCancellationRequested();
            _time.Advance(Second);
            await Task.Yield();
        }
    }

    private static DeliveryUpdate Result(string id) =>
        new()
        {
            Id = id,
            From = DeliveryState.Sending,
            LeaseToken = 1,
            To = DeliveryState.Accepted,
            At = Given.Monday,
        };
}
