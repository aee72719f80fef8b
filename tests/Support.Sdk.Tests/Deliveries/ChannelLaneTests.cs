using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Deliveries;
using Support.Sdk.Sweep;
using Support.Sdk.Tests.Engine;
using Support.Sdk.Tests.Testing;
using Xunit;

namespace Support.Sdk.Tests.Deliveries;

public sealed class ChannelLaneTests : IDisposable
{
    private static readonly Task News = Task.CompletedTask;

    // Longer than anybody waits for room.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new(Given.Monday);
    private readonly EngineTimes _times = new();
    private readonly GatedChannel _channel = new("email", idempotent: true, parallelism: 1);
    private readonly ChannelLane _lane;

    public ChannelLaneTests()
    {
        _lane = new ChannelLane(_channel, _times, _time);
        _lane.Open();
        _lane.Claimed(0, News);
    }

    public void Dispose()
    {
        _lane.Dispose();
        _channel.Dispose();
    }

    [Fact]
    public async Task No_more_room_is_made_than_the_window_has()
    {
        Assert.Equal(10, await ReserveAsync(10));
        var more = ReserveAsync(10);
        _time.Advance(Moment);

        Assert.Equal(_lane.Window - 10, await more);
        Assert.Equal(0, _lane.Room);
    }

    [Fact]
    public async Task Room_that_is_just_being_made_is_waited_for()
    {
        await ReserveAsync(10);
        var more = ReserveAsync(10);
        Assert.False(more.IsCompleted);
        _lane.Release(2);
        Assert.False(more.IsCompleted);
        _lane.Release(2);

        Assert.Equal(10, await more.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task After_waiting_in_vain_nobody_waits_again_until_nothing_is_found()
    {
        await ReserveAsync(_lane.Window);
        var more = ReserveAsync(1);
        _time.Advance(Moment);

        Assert.Equal(0, await more);
        Assert.Equal(0, await ReserveAsync(1));
    }

    [Fact]
    public async Task Who_stops_waiting_for_room_has_made_none()
    {
        await ReserveAsync(_lane.Window);
        using var stop = new CancellationTokenSource();
        var more = _lane.ReserveAsync(1, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => more);
        _lane.Release(_lane.Window);
        Assert.Equal(_lane.Window, _lane.Room);
    }

    [Fact]
    public async Task Where_not_all_found_room_the_next_ones_wait_behind_them_until_nothing_is_found()
    {
        await ReserveAsync(_lane.Window + 1);
        _lane.HandOver([], _lane.Window, _time.GetTimestamp());
        var next = ReserveAsync(1);
        Assert.False(next.IsCompleted);

        _lane.Claimed(1, News);
        Assert.False(next.IsCompleted);

        _lane.Claimed(0, News);
        Assert.Equal(1, await next.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task While_much_waits_nobody_is_held_up_for_longer_than_once()
    {
        await ReserveAsync(_lane.Window + 1);
        var next = ReserveAsync(1);
        _time.Advance(Moment);

        Assert.Equal(0, await next);
        Assert.Equal(0, await ReserveAsync(1));
        _lane.Claimed(1, News);
        Assert.Equal(0, await ReserveAsync(1));
    }

    [Fact]
    public async Task Before_anybody_has_looked_for_older_ones_there_is_a_moment_to_look()
    {
        using var lane = new ChannelLane(_channel, _times, _time);
        lane.Open();
        var first = lane.ReserveAsync(1, TestContext.Current.CancellationToken);
        Assert.False(first.IsCompleted);
        lane.Claimed(0, News);

        Assert.Equal(1, await first.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Room_that_was_not_needed_is_there_again()
    {
        await ReserveAsync(5);
        Assert.True(_lane.HandOver([Delivery("a")], 5, _time.GetTimestamp()));

        Assert.Equal(_lane.Window - 1, _lane.Room);
        Assert.Single(_lane.Take());
        Assert.Equal(_lane.Window - 1, _lane.Room);
        _lane.Release(1);
        Assert.Equal(_lane.Window, _lane.Room);
    }

    [Fact]
    public async Task What_was_held_up_until_its_lease_may_end_is_not_sent_by_us()
    {
        var claimedAt = _time.GetTimestamp();
        await ReserveAsync(2);
        _lane.HandOver([Delivery("old")], 1, claimedAt);
        _time.Advance(_times.SendingSlack / 2);
        _lane.HandOver([Delivery("new")], 1, _time.GetTimestamp());

        Assert.Equal("new", Assert.Single(_lane.Take()).Message.Id);
        Assert.Equal(_lane.Window - 1, _lane.Room);
    }

    [Fact]
    public async Task Nothing_can_be_handed_over_when_it_is_closed()
    {
        await ReserveAsync(2);
        _lane.HandOver([Delivery("a")], 1, _time.GetTimestamp());

        Assert.Equal("a", Assert.Single(_lane.Close()).Message.Id);
        Assert.False(_lane.HandOver([Delivery("b")], 1, _time.GetTimestamp()));
        Assert.Equal(0, await ReserveAsync(1));
        Assert.Equal(_lane.Window, _lane.Room);
    }

    [Fact]
    public void It_is_quiet_until_there_is_news_or_the_time_to_look_by_itself()
    {
        Assert.True(_lane.IsQuiet(News));
        Assert.False(_lane.IsQuiet(new TaskCompletionSource().Task));

        _time.Advance(_times.Poll);
        Assert.False(_lane.IsQuiet(News));
    }

    private Task<int> ReserveAsync(int wanted) => _lane.ReserveAsync(wanted, TestContext.Current.CancellationToken);

    private static MessageDelivery Delivery(string id) =>
        new()
        {
            Message = Messages.Plain() with { Id = id },
            State = DeliveryState.Sending,
            DueAt = Given.Monday,
            ChangedAt = Given.Monday,
            Attempts = 1,
            LeaseToken = 1,
        };
}
