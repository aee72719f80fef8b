namespace Support.Sdk.Sweep;

/// <summary>Ends the sleep of the loops of this process when there is something new.</summary>
internal sealed class WakeUp(TimeProvider time)
{
    private volatile TaskCompletionSource _signal = NewSignal();

    /// <summary>The signal as of now. Take it before looking for work, so that what comes in meanwhile is not slept over.</summary>
    public Task Signal => _signal.Task;

    public void Set() => Interlocked.Exchange(ref _signal, NewSignal()).TrySetResult();

    public async Task SleepAsync(Task signal, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(signal, Task.Delay(atMost, time, stop.Token));
        await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
