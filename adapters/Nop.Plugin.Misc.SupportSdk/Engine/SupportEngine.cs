using Microsoft.Extensions.DependencyInjection;
using Support.Sdk;
using Support.Sdk.Shops;

namespace Nop.Plugin.Misc.SupportSdk.Engine;

/// <summary>The engine as it was built from one setup. It has a container of its own: nothing of it can clash with the shop's or another plugin's.</summary>
internal sealed class SupportEngine(ServiceProvider services, IReadOnlyList<Shop> shops, string print) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private Task? _listing;

    public IServiceProvider Services => services;

    /// <summary>The stores that it serves.</summary>
    public IReadOnlyList<Shop> Shops => shops;

    /// <summary>Tells one setup from another.</summary>
    public string Print => print;

    public ISupportIntake Intake => Get<ISupportIntake>();

    public ISupportRunner Runner => Get<ISupportRunner>();

    public bool Serves(string shop) => shops.Any(known => string.Equals(known.Id, shop, StringComparison.Ordinal));

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Lists the shop's orders, or goes on waiting where that is still under way.</summary>
    /// <param name="cancellationToken">Stops waiting. The listing goes on until it is done or the engine closes: the first one of a large shop takes minutes, and cut short it would begin anew.</param>
    public async Task ListAsync(CancellationToken cancellationToken)
    {
        Task listing;
        lock (_lock)
        {
            listing = _listing ??= Runner.BackfillAsync(_closing.Token);
        }

        try
        {
            await listing.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                // How it ended is told, also when it ended between two turns; only then may it begin again.
                _listing = listing.IsCompleted && ReferenceEquals(_listing, listing) ? null : _listing;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
        {
            return;
        }

        await _closing.CancelAsync();
        if (_listing is { } listing)
        {
            await listing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await services.DisposeAsync();
        _closing.Dispose();
    }
}
