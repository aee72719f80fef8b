using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Support.Sdk.Shopify.Admin;

/// <summary>The shops that no longer let the app in. Each is asked again every hour, by one call, until it answers.</summary>
/// <remarks>
/// Only the Admin API's own answer says so: the topic of a webhook is not signed, so anybody who has one old delivery could pass it off as
/// <c>app/uninstalled</c>. Nothing is kept beyond the process, because a new token or domain comes with a restart and is to be tried at once.
/// </remarks>
internal sealed partial class ShopPauses(TimeProvider time, ILogger<ShopPauses> logger)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, Pause> _pauses = new(StringComparer.Ordinal);

    /// <summary>Makes sure that the shop may be asked.</summary>
    /// <exception cref="ShopifyException">It is left alone.</exception>
    public void Check(string shop)
    {
        if (!_pauses.TryGetValue(shop, out var pause))
        {
            return;
        }

        var now = time.GetUtcNow();
        // Of all who come then, one asks.
        if (pause.Until > now || !_pauses.TryUpdate(shop, pause with { Until = now + Hour }, pause))
        {
            throw new ShopifyException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Shop '{shop}' has not let the app in since {pause.Since:u}, and is left alone until {pause.Until:u}. {pause.Reason}"
                )
            )
            {
                IsPaused = true,
            };
        }
    }

    /// <summary>The shop did not let the app in.</summary>
    public void Begin(string shop, string reason)
    {
        var now = time.GetUtcNow();
        if (_pauses.TryAdd(shop, new Pause(now, now + Hour, reason)))
        {
            LogPaused(shop, Hour, reason);
        }
    }

    /// <summary>The shop answered.</summary>
    public void End(string shop)
    {
        if (!_pauses.IsEmpty && _pauses.TryRemove(shop, out _))
        {
            LogAnswers(shop);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Shop {Shop} no longer lets the app in. Nothing is read or written there; it is asked again every {Pause}. {Reason}"
    )]
    private partial void LogPaused(string shop, TimeSpan pause, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Shop {Shop} lets the app in again.")]
    private partial void LogAnswers(string shop);

    private sealed record Pause(DateTimeOffset Since, DateTimeOffset Until, string Reason);
}
