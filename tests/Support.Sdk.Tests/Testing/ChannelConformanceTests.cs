using System.Collections.Concurrent;
using Support.Sdk.Deliveries;
using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.Tests.Testing;

/// <summary>Each rule is shown a channel that breaks it, and only it.</summary>
public sealed class ChannelConformanceTests
{
    private const string Address = "ada@example.com";
    private static readonly DeliveryResult Accepted = DeliveryResult.Accepted();

    [Theory]
    [InlineData("")]
    [InlineData("E-Mail")]
    [InlineData("my mail")]
    [InlineData("2fa")]
    public Task A_name_that_is_no_token_fails(string name) => FailsAsync("lower-case token", new BrokenChannel { Name = name });

    [Fact]
    public async Task Traits_out_of_range_fail()
    {
        await FailsAsync("traits are in range", new BrokenChannel { Traits = new ChannelTraits { Parallelism = 0 } });
        await FailsAsync("traits are in range", new BrokenChannel { Traits = new ChannelTraits { Parallelism = 101 } });
        await FailsAsync("traits are in range", new BrokenChannel { Traits = new ChannelTraits { MaxPerSecond = 0 } });
        await FailsAsync("traits are in range", new BrokenChannel { Traits = new ChannelTraits { Timeout = TimeSpan.Zero } });
    }

    [Fact]
    public Task A_channel_that_takes_nothing_fails() =>
        FailsAsync("good message is accepted", new BrokenChannel { OnSend = (_, _) => DeliveryResult.Retry("The provider is away.") });

    [Fact]
    public Task A_channel_that_says_accepted_and_sends_nothing_fails() =>
        FailsAsync("good message is accepted", new BrokenChannel { OnSend = (_, _) => Accepted });

    [Fact]
    public Task A_channel_that_needs_the_order_fails() =>
        FailsAsync(
            "good message is accepted",
            new BrokenChannel { OnSend = (channel, message) => message.Order is null ? throw new FormatException() : channel.Deliver(message) }
        );

    [Fact]
    public Task A_channel_that_claims_to_be_idempotent_and_sends_twice_fails() =>
        FailsAsync("twice reaches the provider once", new BrokenChannel { Traits = new ChannelTraits { Idempotent = true } });

    [Fact]
    public async Task A_claim_to_be_idempotent_that_nobody_can_see_fails()
    {
        var target = new ChannelUnderTest { Channel = new RecordingChannel(), Address = Address };

        var exception = await Assert.ThrowsAsync<ConformanceException>(() => Rule("twice reaches the provider once").CheckAsync(target));

        Assert.Contains("Set ChannelUnderTest.ReceivedIds", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_that_mixes_up_messages_sent_at_the_same_time_fails()
    {
        OutboundMessage? current = null;
        using var both = new Barrier(2);
        await FailsAsync(
            "at the same time all arrive",
            new BrokenChannel
            {
                Traits = new ChannelTraits { Parallelism = 2 },
                OnSend = (channel, message) =>
                {
                    // The state that two threads share, made to collide every time.
                    current = message;
                    both.SignalAndWait(TimeSpan.FromSeconds(5));
                    return channel.Deliver(current);
                },
            }
        );
    }

    [Fact]
    public Task A_channel_that_joins_strings_into_headers_fails() =>
        FailsAsync(
            "Hostile text",
            new BrokenChannel { OnSend = (channel, message) => channel.DeliverLines($"To-Name: {message.ToName}\r\nMessage-ID: <{message.Id}@example.com>") }
        );

    [Fact]
    public Task A_channel_that_throws_at_emoji_fails() =>
        FailsAsync(
            "Hostile text",
            new BrokenChannel
            {
                OnSend = (channel, message) => message.Text.Any(char.IsSurrogate) ? throw new FormatException("Bad text.") : channel.Deliver(message),
            }
        );

    [Fact]
    public Task A_channel_that_would_repeat_a_text_that_is_too_long_fails() =>
        FailsAsync(
            "very long text",
            new BrokenChannel { OnSend = (channel, message) => message.Text.Length > 5000 ? DeliveryResult.Retry("Too long.") : channel.Deliver(message) }
        );

    [Fact]
    public Task A_channel_that_throws_at_an_impossible_address_fails() =>
        FailsAsync(
            "impossible address is rejected",
            new BrokenChannel
            {
                OnSend = (channel, message) =>
                    message.To.Value.Contains('\n', StringComparison.Ordinal) ? throw new FormatException() : channel.Deliver(message),
            }
        );

    [Fact]
    public Task A_channel_that_takes_an_impossible_address_fails() =>
        FailsAsync("impossible address is rejected", new BrokenChannel { OnSend = (channel, message) => channel.Deliver(message) });

    [Fact]
    public Task A_channel_that_does_not_look_at_the_token_fails() => FailsAsync("cancelled message is not sent", new BrokenChannel { LooksAtToken = false });

    [Fact]
    public Task A_channel_that_looks_at_the_token_too_late_fails() =>
        FailsAsync(
            "cancelled message is not sent",
            new BrokenChannel
            {
                LooksAtToken = false,
                OnSend = (channel, message) =>
                {
                    channel.Deliver(message);
                    throw new OperationCanceledException();
                },
            }
        );

    [Fact]
    public Task A_channel_that_quotes_the_address_fails() =>
        FailsAsync(
            "No reason tells the address",
            new BrokenChannel
            {
                OnSend = (channel, message) =>
                    message.Text.Length > 5000 ? DeliveryResult.Rejected($"550 <{Address.ToUpperInvariant()}> too long") : channel.Deliver(message),
            }
        );

    [Fact]
    public Task A_channel_that_gives_no_reason_fails() =>
        FailsAsync("No reason tells the address", new BrokenChannel { OnSend = (_, _) => DeliveryResult.Rejected(" ") });

    [Fact]
    public Task A_channel_that_never_answers_fails() =>
        FailsAsync(
            "good message is accepted",
            new BrokenChannel
            {
                Traits = new ChannelTraits { Timeout = TimeSpan.FromMilliseconds(50) },
                Hangs = true,
            }
        );

    [Fact]
    public async Task The_whole_suite_names_every_broken_rule()
    {
        var channel = new BrokenChannel { Name = "E-Mail", LooksAtToken = false };

        var exception = await Assert.ThrowsAsync<ConformanceException>(() => ChannelConformance.CheckAsync(channel.Target));

        Assert.Contains("BrokenChannel: The name is a lower-case token. It is 'E-Mail'.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("A cancelled message is not sent.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_that_is_neither_idempotent_nor_observed_can_keep_the_contract() =>
        await ChannelConformance.CheckAsync(new ChannelUnderTest { Channel = new BrokenChannel(), Address = Address });

    private static ChannelRule Rule(string name) => ChannelConformance.Rules.Single(rule => rule.Name.Contains(name, StringComparison.Ordinal));

    private static async Task FailsAsync(string rule, BrokenChannel channel) =>
        await Assert.ThrowsAsync<ConformanceException>(() => Rule(rule).CheckAsync(channel.Target, TestContext.Current.CancellationToken));

    /// <summary>A sound channel, until a test breaks a part of it.</summary>
    private sealed class BrokenChannel : IChannel
    {
        private readonly ConcurrentQueue<string> _received = new();

        public string Name { get; init; } = "broken";

        public ChannelTraits Traits { get; init; } = new();

        public bool LooksAtToken { get; init; } = true;

        public bool Hangs { get; init; }

        public Func<BrokenChannel, OutboundMessage, DeliveryResult> OnSend { get; init; } =
            (channel, message) => message.To.Value.Any(char.IsControl) ? DeliveryResult.Rejected("Not an address.") : channel.Deliver(message);

        public ChannelUnderTest Target =>
            new()
            {
                Channel = this,
                Address = Address,
                ReceivedIds = _ => Task.FromResult<IReadOnlyList<string>>([.. _received]),
            };

        public async Task<DeliveryResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken = default)
        {
            if (LooksAtToken)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (Hangs)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return OnSend(this, message);
        }

        public DeliveryResult Deliver(OutboundMessage message)
        {
            _received.Enqueue(message.Id);
            return Accepted;
        }

        /// <summary>What a provider makes of header lines: every Message-ID counts.</summary>
        public DeliveryResult DeliverLines(string lines)
        {
            const string Field = "Message-ID: <";
            foreach (var line in lines.Split('\n').Where(line => line.StartsWith(Field, StringComparison.Ordinal)))
            {
                _received.Enqueue(line[Field.Length..].Split('@')[0]);
            }

            return Accepted;
        }
    }
}
