using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Support.Sdk.Shopify.Admin;

/// <summary>Looks after the subscriptions of every shop, at the start and every hour.</summary>
internal sealed partial class ShopifyService(IServiceProvider services, IOptions<ShopifyOptions> options, TimeProvider time, ILogger<ShopifyService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WhilePaused = TimeSpan.FromMinutes(10);

    /// <summary>Checks one shop once.</summary>
    /// <returns>How long to wait until the next time.</returns>
    /// <param name="shop">The shop's id.</param>
    /// <param name="failures">How often it failed in a row before.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    internal async Task<(TimeSpan Pause, int Failures)> RunOnceAsync(string shop, int failures, CancellationToken cancellationToken)
    {
        try
        {
            // Asked for here, so that a store that is missing is named by whoever looks for it at the start.
            var check = await services.GetRequiredService<ShopifySubscriptions>().CheckAsync(shop, cancellationToken);
            Report(shop, check);
            return (Hour, 0);
        }
        catch (ShopifyException exception) when (exception.IsPaused)
        {
            // The log says so already. Whoever is the first to be let in again, the subscriptions are remade soon after.
            return (WhilePaused, 0);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var pause = FirstPause * Math.Pow(2, Math.Min(failures, 10));
            pause = pause < Hour ? pause : Hour;
            LogFailed(exception, shop, pause);
            return (pause, failures + 1);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.WebhookAddress is null ? Task.CompletedTask : Task.WhenAll(options.Value.Shops.Keys.Select(shop => LoopAsync(shop, stoppingToken)));

    private async Task LoopAsync(string shop, CancellationToken stoppingToken)
    {
        var failures = 0;
        try
        {
            // Whatever runs before the first pause is run by the start of the host.
            await Task.Yield();
            while (!stoppingToken.IsCancellationRequested)
            {
                (var pause, failures) = await RunOnceAsync(shop, failures, stoppingToken);
                await Task.Delay(pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application ends.
        }
    }

    private void Report(string shop, SubscriptionCheck check)
    {
        if (check.Created.Count + check.Repaired.Count + check.Removed.Count > 0)
        {
            LogChanged(shop, check.Created.Count, check.Repaired.Count, check.Removed.Count);
        }

        if (check.Refused.Count > 0)
        {
            LogRefused(shop, string.Join("; ", check.Refused));
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Webhook subscriptions of shop {Shop}: {Created} created, {Repaired} repaired, {Removed} removed that were twice."
    )]
    private partial void LogChanged(string shop, int created, int repaired, int removed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shop {Shop} refuses webhook subscriptions, and the sweep alone finds what they would bring: {Refused}")]
    private partial void LogRefused(string shop, string refused);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook subscriptions of shop {Shop} could not be checked; again in {Pause}.")]
    private partial void LogFailed(Exception exception, string shop, TimeSpan pause);
}
