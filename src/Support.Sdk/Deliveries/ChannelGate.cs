using System.Threading.RateLimiting;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Support.Sdk.Deliveries;

/// <summary>Guards one channel: rate, circuit breaker, time-out. It never repeats an attempt; only the outbox does.</summary>
internal sealed class ChannelGate : IDisposable
{
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(30);
    private readonly IChannel _channel;
    private readonly RateLimiter? _limiter;
    private readonly ResiliencePipeline<DeliveryResult> _pipeline;

    public ChannelGate(IChannel channel)
    {
        _channel = channel;
        Longest = channel.Traits.Timeout * 1.5;
        var builder = new ResiliencePipelineBuilder<DeliveryResult>();
        if (channel.Traits.MaxPerSecond is { } rate)
        {
            _limiter = new TokenBucketRateLimiter(
                new TokenBucketRateLimiterOptions
                {
                    TokenLimit = rate,
                    TokensPerPeriod = rate,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    QueueLimit = 100,
                }
            );
            builder.AddRateLimiter(_limiter);
        }

        builder.AddCircuitBreaker(
            new CircuitBreakerStrategyOptions<DeliveryResult>
            {
                BreakDuration = Break,
                ShouldHandle = arguments => ValueTask.FromResult(IsTrouble(arguments.Outcome)),
            }
        );
        _pipeline = builder.AddTimeout(channel.Traits.Timeout).Build();
    }

    /// <summary>How long an attempt takes at most. A channel that does not mind its cancellation is left behind then, or it would keep a sender for ever.</summary>
    public TimeSpan Longest { get; }

    /// <summary>Makes one attempt. Whatever happens is a result.</summary>
    /// <returns>What came of it, or null when the application stopped before the provider had the message.</returns>
    public async Task<DeliveryResult?> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var handedOver = false;
        try
        {
            return await _pipeline.ExecuteAsync(
                async token =>
                {
                    handedOver = true;
                    return await _channel.SendAsync(message, token).WaitAsync(Longest, TimeProvider.System, CancellationToken.None);
                },
                cancellationToken
            );
        }
        catch (BrokenCircuitException)
        {
            return DeliveryResult.Retry("The channel failed too often and is left alone for a while.", Break);
        }
        catch (RateLimiterRejectedException)
        {
            return DeliveryResult.Retry("The channel's rate is used up.");
        }
        catch (Exception exception) when (exception is TimeoutRejectedException or TimeoutException)
        {
            return DeliveryResult.InDoubt("The channel did not answer in time.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A channel that honours its contract is cancelled before the provider has the message.
            return null;
        }
        catch (Exception exception)
        {
            // An exception's message may quote the customer's address; its type does not.
            var reason = $"The channel threw {exception.GetType().Name}.";
            return handedOver ? DeliveryResult.InDoubt(reason) : DeliveryResult.Retry(reason);
        }
    }

    public void Dispose() => _limiter?.Dispose();

    private static bool IsTrouble(Outcome<DeliveryResult> outcome) =>
        outcome.Exception is not null and not OperationCanceledException
        || outcome.Result is { ConcernsOnlyMessage: false, Outcome: DeliveryOutcome.Retry or DeliveryOutcome.InDoubt };
}
