using Nop.Plugin.Misc.SupportSdk.Engine;

namespace Nop.Plugin.Misc.SupportSdk.Tasks;

/// <summary>Lists the shop's orders, beyond the turn that began it: the first listing of a large shop takes minutes, and cut short it would begin anew.</summary>
internal sealed class OrderListing
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Begins to list, unless it still goes on, and waits for its end.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="cancellationToken">Stops waiting; the listing goes on.</param>
    public Task RunAsync(SupportEngine engine, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_running.IsCompleted)
            {
                _running = engine.Runner.BackfillAsync(CancellationToken.None);
            }

            return _running.WaitAsync(cancellationToken);
        }
    }
}
