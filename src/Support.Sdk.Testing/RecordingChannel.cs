using System.Collections.Concurrent;
using Support.Sdk.Deliveries;

namespace Support.Sdk.Testing;

/// <summary>A channel that keeps what it was handed, and answers as it was told.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed class RecordingChannel : IChannel
{
    private readonly ConcurrentQueue<OutboundMessage> _messages = new();
    private volatile Func<OutboundMessage, DeliveryResult> _answer = _ => DeliveryResult.Accepted();

    /// <summary>Makes a channel.</summary>
    /// <param name="name">The name that contact points use.</param>
    /// <param name="traits">What the channel claims to be able to do, or null for an idempotent one.</param>
    public RecordingChannel(string name = "email", ChannelTraits? traits = null)
    {
        Name = name;
        Traits = traits ?? new ChannelTraits { Idempotent = true };
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ChannelTraits Traits { get; }

    /// <summary>What was accepted so far, in its order.</summary>
    public IReadOnlyList<OutboundMessage> Messages => [.. _messages];

    /// <summary>Changes what the channel answers from now on; it may throw.</summary>
    public void Answer(Func<OutboundMessage, DeliveryResult> answer) => _answer = answer;

    /// <inheritdoc/>
    public Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var result = _answer(message);
        if (result.Outcome == DeliveryOutcome.Accepted)
        {
            _messages.Enqueue(message);
        }

        return Task.FromResult(result);
    }
}
