using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Support.Sdk.IntegrationTests.Faults;

/// <summary>
/// A storefront that posts an order with a delay after the other, each until it is acknowledged: what was not answered is posted again,
/// to whichever worker is up then.
/// </summary>
internal sealed class Poster(Func<Uri> webhook) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly byte[] Key = Encoding.UTF8.GetBytes(WorkerProcess.Secret);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _acknowledged = new();
    private readonly ConcurrentQueue<int> _refusals = new();
    private Task _posting = Task.CompletedTask;
    private int _next;

    /// <summary>Whether every second order has a telephone number only.</summary>
    public bool HasPhones { get; init; }

    /// <summary>The orders whose events were acknowledged, and whose customers have an e-mail address.</summary>
    public IReadOnlyCollection<string> Acknowledged => _acknowledged;

    /// <summary>The status codes of answers that were no acknowledgement.</summary>
    public IReadOnlyCollection<int> Refusals => _refusals;

    /// <summary>Posts until it is told to stop.</summary>
    public void Start(int connections = 2) => _posting = Task.WhenAll(Enumerable.Range(0, connections).Select(_ => PostAsync(int.MaxValue)));

    /// <summary>Begins no further order, and returns when those that were begun are acknowledged.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _posting.WaitAsync(TimeSpan.FromSeconds(120), TimeProvider.System);
    }

    /// <summary>Posts so many orders, and returns when all are acknowledged.</summary>
    public Task PostAsync(int count, int connections) => Task.WhenAll(Enumerable.Range(0, connections).Select(_ => PostAsync(count / connections)));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _posting.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _http.Dispose();
    }

    private async Task PostAsync(int count)
    {
        for (var posted = 0; posted < count && !_stop.IsCancellationRequested; posted++)
        {
            var number = Interlocked.Increment(ref _next);
            var isPhone = HasPhones && number % 2 == 0;
            var order = string.Create(CultureInfo.InvariantCulture, $"F-{number:D6}");
            var contact = isPhone
                ? $$"""{ "channel": "sms", "value": "+4670{{number:D7}}" }"""
                : $$"""{ "channel": "email", "value": "{{order}}@example.com" }""";
            while (!await TryAsync(order, contact))
            {
                await Task.Delay(Pause, TimeProvider.System);
            }

            if (!isPhone)
            {
                _acknowledged.Enqueue(order);
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    private async Task<bool> TryAsync(string order, string contact)
    {
        try
        {
            using var answer = await _http.SendAsync(Request(order, contact));
            if (!answer.IsSuccessStatusCode)
            {
                _refusals.Enqueue((int)answer.StatusCode);
            }

            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            // Nobody knows whether it was taken; posting it again is harmless.
            return false;
        }
    }

    private HttpRequestMessage Request(string order, string contact)
    {
        var now = TimeProvider.System.GetUtcNow();
        var text = now.ToString("O", CultureInfo.InvariantCulture);
        var body = $$"""
            {
              "key": { "id": "{{order}}" },
              "placedAt": "2026-01-02T09:00:00Z",
              "updatedAt": "{{text}}",
              "customer": { "name": "Ada", "contactPoints": [{{contact}}] },
              "items": [{ "name": "Teapot, blue" }],
              "promise": { "deliverBy": { "date": "{{now:yyyy-MM-dd}}", "timeZone": "UTC" } },
              "shipments": [{
                "id": "1", "carrier": "PostNord", "trackingNumber": "SE123",
                "events": [{ "status": "Delayed", "at": "{{text}}", "description": "Snow on the roads." }]
              }]
            }
            """;
        var stamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes($"event-{order}.{stamp}.{body}")));
        var request = new HttpRequestMessage(HttpMethod.Post, webhook()) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("webhook-id", $"event-{order}");
        request.Headers.Add("webhook-timestamp", stamp);
        request.Headers.Add("webhook-signature", "v1," + signature);
        return request;
    }
}
