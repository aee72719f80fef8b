using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Support.Sdk.Tests.Shopify;

/// <summary>Runs asynchronous work on one thread, in a fixed order, and moves the clock whenever nothing else is to be done.</summary>
internal sealed class Clockwork : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Work, object? State)> _work = [];

    /// <returns>The task of the work, which is completed.</returns>
    public static Task RunAsync(FakeTimeProvider time, TimeSpan step, Func<Task> run, bool leavesThread = false)
    {
        var clockwork = new Clockwork();
        var before = Current;
        SetSynchronizationContext(clockwork);
        try
        {
            var task = run();
            var end = time.GetUtcNow() + TimeSpan.FromDays(2);
            while (!task.IsCompleted)
            {
                if (!clockwork.WorkOff(leavesThread))
                {
                    Assert.True(time.GetUtcNow() < end, "It waits for something that does not come.");
                    time.Advance(step);
                }
            }

            return task;
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs what uses other threads too: the clock stands while they may be at work.</summary>
    public static Task RunAsync(FakeTimeProvider time, Func<Task> run) => RunAsync(time, TimeSpan.FromMilliseconds(250), run, leavesThread: true);

    public override void Post(SendOrPostCallback d, object? state) => _work.Add((d, state));

    private bool WorkOff(bool leavesThread)
    {
        var any = false;
        while (_work.TryTake(out var item, leavesThread ? 1 : 0))
        {
            item.Work(item.State);
            any = true;
        }

        return any;
    }
}
