using Support.Sdk.Deliveries;

namespace Support.Sdk.Testing;

/// <summary>A channel, and what its suite needs to know about it.</summary>
public sealed record ChannelUnderTest
{
    /// <summary>The channel.</summary>
    public required IChannel Channel { get; init; }

    /// <summary>An address that the provider takes, in the channel's own form. Nothing else must be reachable in a test.</summary>
    public required string Address { get; init; }

    /// <summary>The sender in the channel's own form, or null where the channel knows it.</summary>
    public string? From { get; init; }

    /// <summary>An address that the provider can never reach. Default: one with a line break, which no channel has.</summary>
    public string ImpossibleAddress { get; init; } = "nobody\r\nX-Injected: yes";

    /// <summary>
    /// Reads the ids of the messages that reached the provider, one entry for each time it would tell the customer; or null
    /// when that cannot be seen. Then an idempotent channel cannot be proven, and fails.
    /// </summary>
    public Func<CancellationToken, Task<IReadOnlyList<string>>>? ReceivedIds { get; init; }
}
