namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>Counts what reaches the no-op at the end.</summary>
internal sealed class Arrivals
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing;

    public void Expect(int count)
    {
        _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _missing, count);
    }

    public void Arrived()
    {
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            _all.TrySetResult();
        }
    }

    public async Task AllAsync()
    {
        try
        {
            await _all.Task.WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException($"{Volatile.Read(ref _missing)} messages never arrived.", exception);
        }
    }
}
