using Microsoft.Extensions.Logging;
using Support.Sdk.Sweep;

namespace Support.Sdk.Shops;

internal sealed partial class ShopDesk(IShopStore store, TimeProvider time, WakeUp wake, ILogger<ShopDesk> logger) : IShopDesk
{
    public async Task<ShopState> FindAsync(string shop, CancellationToken cancellationToken = default)
    {
        var states = await store.FindAsync([shop], time.GetUtcNow(), cancellationToken);
        return states.Count > 0 ? states[0] : new ShopState { Shop = shop };
    }

    public async Task<bool> PauseAsync(string shop, string by, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var changed = await store.PauseAsync(shop, $"{reason} ({by})", time.GetUtcNow(), cancellationToken);
        if (changed)
        {
            LogPaused(shop, by);
        }

        return changed;
    }

    public async Task<bool> ResumeAsync(string shop, string by, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        var changed = await store.PauseAsync(shop, reason: null, time.GetUtcNow(), cancellationToken);
        if (changed)
        {
            LogResumed(shop, by);
            wake.Set();
        }

        return changed;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Shop {Shop} was paused by {Operator}.")]
    private partial void LogPaused(string shop, string @operator);

    [LoggerMessage(Level = LogLevel.Information, Message = "Shop {Shop} was resumed by {Operator}.")]
    private partial void LogResumed(string shop, string @operator);
}
