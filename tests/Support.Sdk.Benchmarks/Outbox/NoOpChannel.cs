using Support.Sdk.Deliveries;

namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>A provider that takes everything at once, and the same message twice without harm.</summary>
internal sealed class NoOpChannel(Arrivals arrivals) : IChannel
{
    public const string ChannelName = "email";

    public string Name => ChannelName;

    public ChannelTraits Traits { get; } = new() { Idempotent = true, Parallelism = 100 };

    public Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken = default)
    {
        arrivals.Arrived();
        return Task.FromResult(DeliveryResult.Accepted());
    }
}
