using Support.Sdk.Deliveries;

namespace Support.Sdk.Testing;

/// <summary>A channel that sends nothing and remembers everything, for tests of what customers are told.</summary>
/// <remarks>Safe to use from several threads. It keeps the contract of <see cref="IChannel"/> unless <see cref="Answer"/> breaks it.</remarks>
public sealed class RecordingChannel : IChannel
{
    private readonly Lock _lock = new();
    private readonly List<OutboundMessage> _attempts = [];
    private readonly List<OutboundMessage> _messages = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private Func<OutboundMessage, DeliveryResult> _answer = Accept;

    /// <summary>Makes a channel.</summary>
    /// <param name="name">The name that contact points use.</param>
    public RecordingChannel(string name = "email") => Name = name;

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What the channel claims to do. Default: idempotent, four at a time.</summary>
    public ChannelTraits Traits { get; init; } = new() { Idempotent = true };

    /// <summary>What customers were told so far: the accepted messages in their order, each once when the channel is idempotent.</summary>
    public IReadOnlyList<OutboundMessage> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>Every attempt so far in its order, whatever came of it.</summary>
    public IReadOnlyList<OutboundMessage> Attempts
    {
        get
        {
            lock (_lock)
            {
                return [.. _attempts];
            }
        }
    }

    /// <summary>Decides from now on what the provider says; before, everything with an address of one line is accepted.</summary>
    /// <param name="answer">Called once an attempt, one at a time. What it throws, the attempt throws.</param>
    public RecordingChannel Answer(Func<OutboundMessage, DeliveryResult> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        lock (_lock)
        {
            _answer = answer;
        }

        return this;
    }

    /// <inheritdoc/>
    public Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<DeliveryResult>(cancellationToken);
        }

        lock (_lock)
        {
            try
            {
                return Task.FromResult(Record(message));
            }
            catch (Exception exception)
            {
                // Scripted to throw: a caller sees it where it waits, as with a real provider.
                return Task.FromException<DeliveryResult>(exception);
            }
        }
    }

    private DeliveryResult Record(OutboundMessage message)
    {
        _attempts.Add(message);
        var result = _answer(message);
        if (result.Outcome == DeliveryOutcome.Accepted && (_ids.Add(message.Id) || !Traits.Idempotent))
        {
            _messages.Add(message);
        }

        return result;
    }

    private static DeliveryResult Accept(OutboundMessage message) =>
        message.To.Value.Length == 0 || message.To.Value.Any(char.IsControl)
            ? DeliveryResult.Rejected("The address is empty or has a line break in it.")
            : DeliveryResult.Accepted();
}
