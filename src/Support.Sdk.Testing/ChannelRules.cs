using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.Testing;

/// <summary>The checks behind <see cref="ChannelConformance.Rules"/>.</summary>
internal static class ChannelRules
{
    private const int MaxParallelism = 100;
    private const int LongTextLength = 100 * 1024;

    public static Task NameAsync(ChannelProbe probe)
    {
        var name = probe.Channel.Name;
        Require(
            name is { Length: > 0 } && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-'),
            $"It is '{name}'. Contact points and configuration name the channel: use a word like 'email', of a-z, 0-9 and '-', beginning with a letter."
        );
        return Task.CompletedTask;
    }

    public static Task TraitsAsync(ChannelProbe probe)
    {
        var traits = probe.Channel.Traits;
        Require(traits is not null, "Traits is null. Return new ChannelTraits() for the defaults.");
        Require(traits.Parallelism is >= 1 and <= MaxParallelism, $"Parallelism is {traits.Parallelism}. Give a number from 1 to {MaxParallelism}.");
        Require(traits.MaxPerSecond is null or >= 1, $"MaxPerSecond is {traits.MaxPerSecond}. Give at least 1, or null for no limit.");
        Require(traits.Timeout > TimeSpan.Zero, $"Timeout is {traits.Timeout}. Give the time after which an attempt is given up, for example 30 seconds.");
        return Task.CompletedTask;
    }

    public static async Task GoodMessageAsync(ChannelProbe probe)
    {
        var message = probe.Message();
        await probe.SendAcceptedAsync(message, "A plain message");
        await RequireOnceAsync(probe, [message.Id]);

        var bare = message with { Id = ChannelProbe.NewId(), Order = null, ToName = null, FromName = null, Html = null };
        await probe.SendAcceptedAsync(bare, "A message without order, names and HTML");
        await RequireOnceAsync(probe, [bare.Id]);
    }

    public static async Task IdempotentAsync(ChannelProbe probe)
    {
        if (!probe.Channel.Traits.Idempotent)
        {
            return;
        }

        var message = probe.Message();
        await probe.SendAcceptedAsync(message, "The message");
        await probe.SendAcceptedAsync(message, "The same message again");
        var received =
            await probe.ReceivedAsync()
            ?? throw new ConformanceException("Nobody can see whether that is so. Set ChannelUnderTest.ReceivedIds to what reached the provider.");
        var times = received.Count(id => string.Equals(id, message.Id, StringComparison.Ordinal));
        Require(
            times == 1,
            $"It reached the provider {times} times. Hand OutboundMessage.Id over as the provider's idempotency key, or set Traits.Idempotent to false."
        );
    }

    public static async Task ParallelAsync(ChannelProbe probe)
    {
        var traits = probe.Channel.Traits;
        var messages = Enumerable.Range(0, Math.Min(traits.Parallelism, traits.MaxPerSecond ?? MaxParallelism)).Select(_ => probe.Message()).ToList();
        await Task.WhenAll(messages.Select(message => probe.SendAcceptedAsync(message, $"One of {messages.Count} messages at the same time")));
        await RequireOnceAsync(probe, [.. messages.Select(message => message.Id)]);
    }

    public static async Task HostileTextAsync(ChannelProbe probe)
    {
        foreach (var hostile in HostileText.All)
        {
            var injected = ChannelProbe.NewId();
            var text = hostile.With(injected);
            var message = probe.Message() with
            {
                Order = new OrderKey("conformance", text),
                Occasion = text,
                ToName = text,
                FromName = text,
                // The contract keeps line breaks out of subjects, and nothing else.
                Subject = text.ReplaceLineEndings(" "),
                Text = text,
                Html = text,
            };
            await probe.SendAcceptedAsync(message, $"A message whose texts are {hostile.Name}");
            await RequireOnceAsync(probe, [message.Id]);
            Require(
                await probe.ReceivedAsync() is not { } received || !received.Contains(injected, StringComparer.Ordinal),
                $"The text ({hostile.Name}) became an id at the provider. Build what you send with a serializer or a builder, never by joining strings."
            );
        }
    }

    public static async Task LongTextAsync(ChannelProbe probe)
    {
        var message = probe.Message() with { Text = new string('x', LongTextLength), Html = null };
        var result = await probe.SendAsync(message);
        Require(
            result.Outcome is DeliveryOutcome.Accepted or DeliveryOutcome.Rejected,
            $"100 KB of text were answered with {result.Outcome} ({result.Reason}). Take it, or return DeliveryResult.Rejected(reason): a repetition cannot help."
        );
        if (result.Outcome == DeliveryOutcome.Accepted)
        {
            await RequireOnceAsync(probe, [message.Id]);
        }
    }

    public static async Task ImpossibleAddressAsync(ChannelProbe probe)
    {
        var message = Unreachable(probe);
        var result = await probe.SendAsync(message);
        Require(
            result.Outcome == DeliveryOutcome.Rejected,
            $"It was answered with {result.Outcome}. Return DeliveryResult.Rejected(reason) for an address that can never work; the shop is told, and a repetition cannot help."
        );
        Require(
            await probe.ReceivedAsync() is not { } received || !received.Contains(message.Id, StringComparer.Ordinal),
            "The provider has the message all the same. Check the address before anything is handed over."
        );
    }

    public static async Task CancelledAsync(ChannelProbe probe)
    {
        var message = probe.Message();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        try
        {
            var result = await probe.Channel.SendAsync(message, cancelled.Token).WaitAsync(probe.Channel.Traits.Timeout, probe.CancellationToken);
            throw new ConformanceException(
                $"With a cancelled token SendAsync answered {result.Outcome}. Begin with cancellationToken.ThrowIfCancellationRequested(), and pass the token on."
            );
        }
        catch (OperationCanceledException)
        {
            Require(
                await probe.ReceivedAsync() is not { } received || !received.Contains(message.Id, StringComparer.Ordinal),
                "OperationCanceledException was thrown, but the provider has the message. Look at the token before handing over, not after."
            );
        }
        catch (Exception exception) when (exception is not ConformanceException)
        {
            throw new ConformanceException($"With a cancelled token SendAsync threw {exception.GetType().Name}. Throw OperationCanceledException.", exception);
        }
    }

    public static async Task ReasonsAsync(ChannelProbe probe)
    {
        var good = probe.Message();
        OutboundMessage[] messages = [good, good with { Id = ChannelProbe.NewId(), Text = new string('x', LongTextLength) }, Unreachable(probe)];
        foreach (var message in messages)
        {
            var result = await probe.SendAsync(message);
            Require(
                result.Outcome == DeliveryOutcome.Accepted || !string.IsNullOrWhiteSpace(result.Reason),
                $"{result.Outcome} came without a reason. Say in a sentence what the operator can do."
            );
            Require(
                result.Reason?.Contains(message.To.Value, StringComparison.OrdinalIgnoreCase) is not true,
                "A reason is stored, shown and logged. Say what is wrong with the address without quoting it, and do not pass on the provider's words unread."
            );
        }
    }

    private static OutboundMessage Unreachable(ChannelProbe probe) =>
        probe.Message() with
        {
            To = new ContactPoint(probe.Channel.Name, probe.Target.ImpossibleAddress),
        };

    private static async Task RequireOnceAsync(ChannelProbe probe, IReadOnlyList<string> ids)
    {
        if (await probe.ReceivedAsync() is not { } received)
        {
            return;
        }

        foreach (var id in ids)
        {
            var times = received.Count(other => string.Equals(other, id, StringComparison.Ordinal));
            Require(
                times == 1,
                $"A message that was accepted reached the provider {times} times. Hand it over exactly once before returning Accepted; keep no state between calls that is not safe for threads."
            );
        }
    }

    private static void Require([System.Diagnostics.CodeAnalysis.DoesNotReturnIf(false)] bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ConformanceException(otherwise);
        }
    }
}
