using System.Security.Cryptography;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.Testing;

/// <summary>Sends messages through the channel under test and answers for what it does.</summary>
internal sealed class ChannelProbe(ChannelUnderTest target, CancellationToken cancellationToken)
{
    public IChannel Channel => target.Channel;

    public ChannelUnderTest Target => target;

    public CancellationToken CancellationToken => cancellationToken;

    // Random, because a provider that remembers keys would take the second run for a repetition.
    public static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public OutboundMessage Message() =>
        new()
        {
            Id = NewId(),
            Shop = "conformance",
            Order = new OrderKey("conformance", "1001"),
            Occasion = NoticeKinds.OrderDelayed,
            To = new ContactPoint(Channel.Name, target.Address),
            ToName = "Ada",
            From = target.From,
            FromName = "Tiny Shop",
            Culture = "en",
            Subject = "Your order 1001 is late",
            Text = "It arrives on Friday.",
            Html = "<p>It arrives on <b>Friday</b>.</p>",
            DecidedAt = new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero),
        };

    /// <summary>Makes one attempt, which must end in time and with an answer.</summary>
    public async Task<DeliveryResult> SendAsync(OutboundMessage message)
    {
        try
        {
            // A thread of its own: a channel that blocks is found out as well.
            var attempt = Task.Run(() => Channel.SendAsync(message, cancellationToken), cancellationToken);
            return await attempt.WaitAsync(Channel.Traits.Timeout, cancellationToken)
                ?? throw new ConformanceException("SendAsync returned null. Return what the provider said, for example DeliveryResult.Accepted().");
        }
        catch (TimeoutException exception)
        {
            throw new ConformanceException(
                $"SendAsync did not end within Traits.Timeout ({Channel.Traits.Timeout}). Pass the token on to every call, and set Timeout to what the provider needs.",
                exception
            );
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (exception is not ConformanceException)
        {
            throw new ConformanceException(
                $"SendAsync threw {exception.GetType().Name}: {exception.Message} Return the answer as a value: Rejected when the provider will never take the message, Retry when it does not have it, InDoubt when nobody knows.",
                exception
            );
        }
    }

    public async Task<DeliveryResult> SendAcceptedAsync(OutboundMessage message, string what)
    {
        var result = await SendAsync(message);
        return result.Outcome == DeliveryOutcome.Accepted
            ? result
            : throw new ConformanceException(
                $"{what} was answered with {result.Outcome} ({result.Reason}). Return DeliveryResult.Accepted() when the provider has it."
            );
    }

    /// <summary>Tells how often a message reached the provider, or null when that cannot be seen.</summary>
    public async Task<IReadOnlyList<string>?> ReceivedAsync() => target.ReceivedIds is null ? null : await target.ReceivedIds(cancellationToken);
}
