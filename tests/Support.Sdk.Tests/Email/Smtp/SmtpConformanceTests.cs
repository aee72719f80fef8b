using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.Tests.Email.Smtp;

public sealed class SmtpConformanceTests
{
    public static TheoryData<ChannelRule> Rules => [.. ChannelConformance.Rules];

    [Theory, MemberData(nameof(Rules))]
    public async Task It_keeps_the_contract_of_a_channel(ChannelRule rule)
    {
        await using var server = new FakeSmtpServer();
        await using var channel = SmtpChannels.To(server);

        await rule.CheckAsync(
            new ChannelUnderTest
            {
                Channel = channel,
                Address = "ada@example.com",
                From = "hello@shop.example",
                ReceivedIds = _ => Task.FromResult(server.MailIds),
            },
            TestContext.Current.CancellationToken
        );
    }
}
