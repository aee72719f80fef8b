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

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
