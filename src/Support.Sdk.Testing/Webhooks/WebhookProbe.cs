using Support.Sdk.Webhooks;

namespace Support.Sdk.Testing.Webhooks;

/// <summary>Posts to the webhook under test and answers for what it makes of it.</summary>
internal sealed class WebhookProbe(WebhookUnderTest target, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static DateTimeOffset Noon { get; } = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);

    public WebhookUnderTest Target => target;

    public CancellationToken CancellationToken => cancellationToken;

    public WebhookRequest Genuine(ReadOnlyMemory<byte>? body = null) => target.Sign(body ?? target.Body, target.Secrets[0], Noon);

    public async Task<WebhookReading> ReadAsync(WebhookRequest request)
    {
        try
        {
            var reading = Task.Run(() => target.Webhook.ReadAsync(request, cancellationToken).AsTask(), cancellationToken);
            return await reading.WaitAsync(Patience, cancellationToken)
                ?? throw new ConformanceException("ReadAsync returned null. Return what the request is, for example WebhookReading.Malformed(reason).");
        }
        catch (TimeoutException exception)
        {
            throw new ConformanceException($"ReadAsync took longer than {Patience}. A sender waits for the answer: verify, translate, return.", exception);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (exception is not ConformanceException)
        {
            throw new ConformanceException(
                $"ReadAsync threw {exception.GetType().Name}: {exception.Message} Whatever a stranger posts is a value: Forged, or Malformed once it is proven.",
                exception
            );
        }
    }

    public async Task IsAsync(WebhookOutcome expected, WebhookRequest request, string what, string otherwise)
    {
        var reading = await ReadAsync(request);
        Require(reading.Outcome == expected, $"{what} was read as {reading.Outcome} ({reading.Reason}). {otherwise}");
    }

    public static void Require([System.Diagnostics.CodeAnalysis.DoesNotReturnIf(false)] bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ConformanceException(otherwise);
        }
    }

    /// <summary>The request with other values of one header, or without it.</summary>
    public static WebhookRequest With(WebhookRequest request, string header, params string[] values)
    {
        var headers = request.Headers.ToDictionary(one => one.Key, one => one.Value, StringComparer.OrdinalIgnoreCase);
        headers.Remove(header);
        if (values.Length > 0)
        {
            headers[header] = values;
        }

        return request with
        {
            Headers = headers,
        };
    }
}
