using Microsoft.AspNetCore.Http;
using Support.Sdk.Deliveries;
using Support.Sdk.Testing;
using Xunit;

namespace Support.Sdk.Tests.Testing;

public sealed class WebhookChannelTests(WebhookService service) : IClassFixture<WebhookService>
{
    public static TheoryData<ChannelRule> Rules => [.. ChannelConformance.Rules];

    private ChannelUnderTest Target =>
        new()
        {
            Channel = new WebhookChannel(service.Client),
            Address = "ada",
            ReceivedIds = _ => Task.FromResult(service.ReceivedIds),
        };

    [Theory, MemberData(nameof(Rules))]
    public Task Keeps_the_contract(ChannelRule rule) => rule.CheckAsync(Target);

    [Theory]
    [InlineData(StatusCodes.Status429TooManyRequests, DeliveryOutcome.Retry)]
    [InlineData(StatusCodes.Status500InternalServerError, DeliveryOutcome.InDoubt)]
    [InlineData(StatusCodes.Status401Unauthorized, DeliveryOutcome.InDoubt)]
    [InlineData(StatusCodes.Status302Found, DeliveryOutcome.InDoubt)]
    public async Task An_answer_of_the_service_becomes_an_outcome(int status, DeliveryOutcome outcome)
    {
        await using var troubled = new WebhookService { Trouble = Results.StatusCode(status) };
        await troubled.InitializeAsync();

        var result = await new WebhookChannel(troubled.Client).SendAsync(Messages.Plain());

        Assert.Equal(outcome, result.Outcome);
    }
}
