using Support.Sdk.Deliveries;
using Support.Sdk.Testing;
using Support.Sdk.Tests.Testing;
using Xunit;

namespace Support.Sdk.Tests.Deliveries;

public sealed class ChannelGateTests
{
    // More than the circuit breaker needs to judge a channel.
    private const int Many = 150;

    [Fact]
    public async Task A_channel_that_fails_too_often_is_left_alone() =>
        Assert.InRange(await AttemptsAsync(DeliveryResult.Retry("The server is away.")), 1, Many - 1);

    [Fact]
    public async Task Messages_that_have_to_come_later_say_nothing_about_the_channel() =>
        Assert.Equal(Many, await AttemptsAsync(DeliveryResult.Later("The recipient's server asks for patience.")));

    private static async Task<int> AttemptsAsync(DeliveryResult answer)
    {
        var channel = new RecordingChannel().Answer(_ => answer);
        using var gate = new ChannelGate(channel);
        for (var index = 0; index < Many; index++)
        {
            await gate.SendAsync(Messages.Plain(), TestContext.Current.CancellationToken);
        }

        return channel.Attempts.Count;
    }
}
