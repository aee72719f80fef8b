namespace Support.Sdk.Deliveries;

/// <summary>Hands one message to one provider, once.</summary>
/// <remarks>
/// A channel makes one attempt and never retries by itself: the outbox alone repeats, so that every try is recorded. It is
/// called from several threads at once, up to <see cref="ChannelTraits.Parallelism"/>. An exception counts as in doubt,
/// because nobody knows how far the message went. Prove a channel with <c>ChannelConformance</c> of Support.Sdk.Testing.
/// </remarks>
public interface IChannel
{
    /// <summary>The channel's name, for example <c>email</c>; contact points name it.</summary>
    string Name { get; }

    /// <summary>What the provider can do.</summary>
    ChannelTraits Traits { get; }

    /// <summary>Makes one attempt to hand over one message.</summary>
    /// <returns>What the provider said.</returns>
    /// <remarks>When the token is cancelled before the provider has the message, throw <see cref="OperationCanceledException"/>.</remarks>
    Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken = default);
}

/// <summary>What a channel's provider can do.</summary>
public sealed record ChannelTraits
{
    /// <summary>
    /// True when the same <see cref="OutboundMessage.Id"/> handed over twice reaches the customer once. Then a message in doubt
    /// is simply sent again; otherwise it is kept for a person. Default: false.
    /// </summary>
    public bool Idempotent { get; init; }

    /// <summary>How many messages may be handed over at the same time; 1 to 100. Default: 4.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>How many messages a second the provider takes, or null for no limit.</summary>
    public int? MaxPerSecond { get; init; }

    /// <summary>After how long an attempt is given up, and is in doubt. Default: 30 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
