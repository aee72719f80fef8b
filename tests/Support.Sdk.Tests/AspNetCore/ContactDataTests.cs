using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Intake;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore;

/// <summary>Messages that a shop's own front end sends as JSON.</summary>
public sealed class ContactDataTests
{
    private const string Path = "/support/contact/main";
    private const string Letter =
        """{"kind":"return","name":"Ada","email":"ada@example.com","order":"1001","subject":"Too small","message":"It is too small."}""";

    private static string With(string name, string json) => Letter.Replace("{", $"{{\"{name}\":{json},", StringComparison.Ordinal);

    [Fact]
    public async Task A_message_is_accepted_and_its_event_is_named()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);

        var sent = await client.PostJsonAsync(Path, Letter);

        Assert.Equal((HttpStatusCode.Accepted, "application/json"), (sent.Status, sent.ContentType));
        var told = JsonNode.Parse(sent.Body)!;
        Assert.Equal((1, 0), ((int?)told["accepted"], (int?)told["repeated"]));
        Assert.Null(told["ticketPage"]);
        var message = Assert.Single(await client.InboxAsync());
        Assert.Equal(((string?)told["id"], TicketKind.Return, "It is too small."), (message.EventId, message.Kind, message.Text));
        Assert.Equal((Given.Email, "1001", "form"), (message.From, message.OrderId, message.Channel));
    }

    [Fact]
    public async Task Under_one_id_the_same_message_is_one_and_another_message_is_not_lost()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);

        await client.PostJsonAsync(Path, With("id", "\"cart-7\""));
        var again = await client.PostJsonAsync(Path, With("id", "\"cart-7\""));
        await client.PostJsonAsync(Path, With("id", "\"cart-7\"").Replace("too small.", "too large.", StringComparison.Ordinal));
        await client.PostJsonAsync(Path, Letter);
        await client.PostJsonAsync(Path, Letter);

        Assert.Equal(1, (int?)JsonNode.Parse(again.Body)!["repeated"]);
        Assert.Equal(4, (await client.InboxAsync()).Count);
    }

    [Fact]
    public async Task Every_fault_is_named_by_its_field()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);

        var sent = await client.PostJsonAsync(Path, """{"kind":"gift","email":"ada","message":null}""");

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (sent.Status, sent.ContentType));
        var errors = JsonNode.Parse(sent.Body)!["errors"]!.AsObject();
        Assert.Equal(["email", "kind", "message"], errors.Select(error => error.Key).Order(StringComparer.Ordinal));
        Assert.Empty(await client.InboxAsync());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("""{"message":["x"]}""")]
    [InlineData("""{"message":"\ud800"}""")]
    [InlineData("""{"kind":{"a":1}}""")]
    public async Task What_is_no_message_is_refused(string json)
    {
        await using var application = await FormClient.StartAsync();

        var sent = await new FormClient(application).PostJsonAsync(Path, json);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (sent.Status, sent.ContentType));
    }

    [Fact]
    public async Task Too_long_a_text_and_too_long_a_body_are_refused()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);

        var text = await client.PostJsonAsync(Path, Letter.Replace("It is too small.", new string('x', 100_001), StringComparison.Ordinal));
        var body = await client.PostJsonAsync(Path, Letter.Replace("It is too small.", new string('x', 10 * 1024 * 1024), StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge), (text.Status, body.Status));
        Assert.NotNull(JsonNode.Parse(text.Body)!["errors"]!["message"]);
        Assert.Empty(await client.InboxAsync());
    }

    [Fact]
    public async Task Robots_are_told_what_everybody_is_told_and_floods_when_to_come_again()
    {
        await using var application = await FormClient.StartAsync(options: options => options.MessagesPerAddress = 1);
        var client = new FormClient(application);

        var robot = await client.PostJsonAsync(Path, With("website", "\"x\""), "192.0.2.1");
        await client.PostJsonAsync(Path, Letter, "192.0.2.1");
        var flood = await client.PostJsonAsync(Path, Letter, "192.0.2.1");

        Assert.Equal((HttpStatusCode.Accepted, 1), (robot.Status, (int?)JsonNode.Parse(robot.Body)!["accepted"]));
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromMinutes(10)), (flood.Status, flood.RetryAfter));
        Assert.Single(await client.InboxAsync());
    }

    [Fact]
    public async Task A_full_inbox_asks_to_send_again()
    {
        await using var application = await FormClient.StartAsync(with: services => services.AddSingleton<ISupportIntake>(new FullIntake()));

        var sent = await new FormClient(application).PostJsonAsync(Path, Letter);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (sent.Status, sent.RetryAfter));
    }

    [Fact]
    public async Task Who_left_no_address_gets_the_link_to_the_ticket()
    {
        await using var application = await FormClient.StartAsync(Given.Shop with { Tickets = new TicketRules { KeepsIdentity = false } });
        var client = new FormClient(application);

        var sent = await client.PostJsonAsync(Path, Letter);
        var page = (string)JsonNode.Parse(sent.Body)!["ticketPage"]!;
        await client.TicketsAsync();

        Assert.StartsWith("https://shop.example/support/tickets/", page, StringComparison.Ordinal);
        Assert.Contains("It is too small.", await client.ReadAsync(new Uri(page).AbsolutePath), StringComparison.Ordinal);
    }

    private sealed class FullIntake : ISupportIntake
    {
        public Task<int> AcceptAsync(IReadOnlyList<SupportEvent> events, CancellationToken cancellationToken = default) => throw new IntakeBusyException();

        public Task<IReadOnlyList<InboxEntry>> CheckAsync(IReadOnlyList<SupportEvent> events, CancellationToken cancellationToken = default) =>
            throw new IntakeBusyException();
    }
}
