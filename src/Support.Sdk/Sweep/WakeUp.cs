namespace Support.Sdk.Sweep;

/// <summary>Ends the sleep of the loops of this process when there is something new.</summary>
internal sealed class WakeUp(TimeProvider time)
{
    private volatile TaskCompletionSource _signal = NewSignal();

    /// <summary>The signal as of now. Take it before looking for work, so that what comes in meanwhile is not slept over.</summary>
    public Task Signal => _signal.Task;

    public void Set() => Interlocked.Exchange(ref _signal, NewSignal()).TrySetResult();

    /// <summary>Waits for the first of the signals, each as it is: one made of several would stay with those that never come.</summary>
    public async Task SleepAsync(IReadOnlyList<Task> signals, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny([.. signals, Task.Delay(atMost, time, stop.Token)]);
        await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Tries something at once and again at each signal, until it works or the time is over.</summary>
    /// <returns>Whether it worked.</returns>
    public async Task<bool> TryAsync(Func<bool> attempt, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var signal = Signal;
            if (attempt())
            {
                return true;
            }

            var left = atMost - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            await SleepAsync([signal], left, cancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
