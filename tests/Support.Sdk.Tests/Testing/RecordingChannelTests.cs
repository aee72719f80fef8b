using Support.Sdk.Deliveries;
using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.Tests.Testing;

public sealed class RecordingChannelTests
{
    [Fact]
    public async Task It_keeps_the_contract_of_a_channel()
    {
        var channel = new RecordingChannel();

        await ChannelConformance.CheckAsync(
            new ChannelUnderTest
            {
                Channel = channel,
                Address = "ada@example.com",
                ReceivedIds = _ => Task.FromResult<IReadOnlyList<string>>([.. channel.Messages.Select(message => message.Id)]),
            }
        );
    }

    [Fact]
    public async Task It_answers_as_the_script_says_and_counts_only_accepted_messages()
    {
        var channel = new RecordingChannel().Answer(message =>
            message.Id is "bad" ? DeliveryResult.Retry("The provider is away.") : DeliveryResult.Accepted("p-1")
        );

        var bad = await channel.SendAsync(Messages.Plain("bad"));
        var good = await channel.SendAsync(Messages.Plain("good"));

        Assert.Equal((DeliveryOutcome.Retry, "The provider is away."), (bad.Outcome, bad.Reason));
        Assert.Equal((DeliveryOutcome.Accepted, "p-1"), (good.Outcome, good.ProviderId));
        Assert.Equal("good", Assert.Single(channel.Messages).Id);
        Assert.Equal(["bad", "good"], channel.Attempts.Select(message => message.Id));
    }

    [Fact]
    public async Task What_the_script_throws_comes_out_of_the_task()
    {
        var sent = new RecordingChannel().Answer(_ => throw new TimeoutException()).SendAsync(Messages.Plain());

        await Assert.ThrowsAsync<TimeoutException>(() => sent);
    }

    [Fact]
    public async Task A_channel_that_is_not_idempotent_shows_every_repetition()
    {
        var channel = new RecordingChannel("sms") { Traits = new ChannelTraits() };

        await channel.SendAsync(Messages.Plain());
        await channel.SendAsync(Messages.Plain());

        Assert.Equal("sms", channel.Name);
        Assert.Equal(2, channel.Messages.Count);
    }

    [Fact]
    public async Task Messages_from_many_threads_are_all_kept()
    {
        var channel = new RecordingChannel();

        await Parallel.ForAsync(0, 1000, async (number, token) => await channel.SendAsync(Messages.Plain($"id-{number}"), token));

        Assert.Equal(1000, channel.Messages.Count);
    }
}
