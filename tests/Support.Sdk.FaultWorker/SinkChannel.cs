using System.Net.Http.Json;
using Support.Sdk.Deliveries;

namespace Support.Sdk.FaultWorker;

/// <summary>Hands messages to the sink of the test, each under its id.</summary>
internal sealed class SinkChannel(WorkerSettings settings) : IChannel, IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(settings.Sink) };

    public string Name => "email";

    public ChannelTraits Traits { get; } =
        new()
        {
            Idempotent = settings.Idempotent,
            Parallelism = settings.Parallelism,
            Timeout = TimeSpan.FromSeconds(2),
        };

    public void Dispose() => _http.Dispose();

    public async Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken = default)
    {
        // Once it is on its way, nobody can call it back.
        using var answer = await _http.PostAsJsonAsync(
            new Uri("messages", UriKind.Relative),
            new
            {
                message.Id,
                Order = message.Order?.Id ?? "",
                Worker = settings.Name,
            },
            CancellationToken.None
        );
        return answer.IsSuccessStatusCode ? DeliveryResult.Accepted() : DeliveryResult.Retry($"The sink answered {(int)answer.StatusCode}.");
    }
}

/// <summary>A provider that takes the message and says no word for longer than any test waits.</summary>
internal sealed class StalledChannel : IChannel
{
    public string Name => "sms";

    public ChannelTraits Traits { get; } = new() { Parallelism = 2, Timeout = TimeSpan.FromMinutes(5) };

    public async Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken = default)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
        return DeliveryResult.Accepted();
    }
}
