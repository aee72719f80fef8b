using Support.Sdk.Deliveries;

namespace Support.Sdk.Benchmarks.Processes;

/// <summary>A provider that takes 20 ms a message, four at a time.</summary>
internal sealed class SlowChannel : IChannel
{
    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(20);

    public string Name => "email";

    public ChannelTraits Traits { get; } = new() { Idempotent = true, Parallelism = 4 };

    public async Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken = default)
    {
        await Task.Delay(Time, TimeProvider.System, cancellationToken);
        return DeliveryResult.Accepted();
    }
}
