using System.Net;
using System.Net.Http.Json;
using Support.Sdk.Deliveries;

namespace Support.Sdk.Tests.Testing;

/// <summary>Posts each message to a service, which tells the customer once per Idempotency-Key.</summary>
internal sealed class WebhookChannel(HttpClient http) : IChannel
{
    public string Name => "webhook";
    public ChannelTraits Traits { get; } = new() { Idempotent = true };

    public async Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "messages");
        request.Headers.Add("Idempotency-Key", message.Id);
        request.Content = JsonContent.Create(new Post(message.To.Value, message.Subject, message.Text));
        using var response = await http.SendAsync(request, cancellationToken); // what it throws counts as in doubt
        return response.StatusCode switch
        {
            < HttpStatusCode.Ambiguous => DeliveryResult.Accepted(),
            HttpStatusCode.BadRequest => DeliveryResult.Rejected("The service cannot reach this address."),
            HttpStatusCode.TooManyRequests => DeliveryResult.Retry("The service is busy.", response.Headers.RetryAfter?.Delta),
            var status => DeliveryResult.InDoubt($"The service answered {status}."),
        };
    }

    private sealed record Post(string To, string Subject, string Text);
}
