using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;
using Support.Sdk.Shops;
using Support.Sdk.Sla;
using Support.Sdk.Tests.Engine;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Tickets;

/// <summary>What a customer reads at once: the number, their own subject, by when we answer and why then, and the way to a person.</summary>
public sealed class AcknowledgementTests
{
    private static readonly Shop Shop = Given.Shop with { TimeZone = "Europe/Stockholm", Brand = Given.Shop.Brand with { Contact = "+46 8 123 456" } };

    [Fact]
    public async Task It_carries_every_fact()
    {
        var message = await AcknowledgeAsync(Shop, GivenTicket.Message("Which size?") with { Subject = "Size of the throw" }, GivenTicket.At(6, 15));
        Assert.Equal("We have your message: Size of the throw [#1]", message.Subject);
        foreach (var part in (string[])[message.Text, message.Html!])
        {
            Assert.Contains("Size of the throw", part, StringComparison.Ordinal);
            // Twenty-four hours of days on which the shop opens: from Friday at three to Monday at three.
            Assert.Contains("Monday, 9 November 2026, 15:00 (UTC+01:00)", part, StringComparison.Ordinal);
            Assert.Contains("Monday to Friday 09:00–17:00 (Stockholm time)", part, StringComparison.Ordinal);
            Assert.Contains("+46 8 123 456", part, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task It_speaks_the_customer_s_language_and_tells_their_time()
    {
        var message = await AcknowledgeAsync(Shop, GivenTicket.Message() with { Culture = "sv-SE", TimeZone = "America/New_York" }, GivenTicket.At(6, 15));
        Assert.Equal("sv", message.Culture);
        Assert.Contains("Du får svar senast måndag 9 november 2026, 09:00 (UTC-05:00).", message.Text, StringComparison.Ordinal);
        Assert.Contains("måndag–fredag 09:00–17:00 (tid i Stockholm)", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_promise_it_honestly_names_none()
    {
        var shop = Shop with { Tickets = new TicketRules { Policies = [] } };
        var message = await AcknowledgeAsync(shop, GivenTicket.Message(), GivenTicket.At(6, 15));
        Assert.Contains("A person reads it and answers you.", message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("November", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_within_a_minute_is_told_as_the_next_one()
    {
        var message = await AcknowledgeAsync(Shop, GivenTicket.Message(at: GivenTicket.At(3, 10).AddSeconds(30)), GivenTicket.At(3, 10).AddSeconds(30));
        Assert.Contains("Wednesday, 4 November 2026, 10:01", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_day_it_is_told_again_in_the_customer_s_own_day()
    {
        // 23:30 and 00:30 in Tokyo are one day in Stockholm and two in Tokyo.
        await using var world = new World(Shop, at: new DateTimeOffset(2026, 11, 3, 14, 30, 0, TimeSpan.Zero));
        var word = GivenTicket.Message(at: world.Time.GetUtcNow()) with { TimeZone = "Asia/Tokyo" };
        await world.AcceptAsync(word);
        await world.RunAsync();
        world.Time.Advance(TimeSpan.FromHours(1));
        await world.AcceptAsync(word with { Ticket = 1, SentAt = world.Time.GetUtcNow(), Text = "And?" });
        await world.RunAsync();
        Assert.Equal(["ticket-acknowledged/1", "ticket-acknowledged/2"], world.Channel.Messages.Select(message => message.Occasion));
    }

    [Fact]
    public async Task Who_refused_notices_is_not_written_to_and_the_reason_is_kept()
    {
        await using var world = new World(Shop);
        await world
            .Get<IContactDesk>()
            .ConsentAsync(
                "main",
                Given.Email,
                new ConsentRecord
                {
                    Purpose = MessageClass.Transactional,
                    Granted = false,
                    At = Given.Monday,
                    Source = ConsentSource.Operator,
                    By = "bo",
                }
            );
        await world.AcceptAsync(GivenTicket.Message());
        await world.RunAsync();
        Assert.Empty(world.Channel.Messages);
        var entries = await world.Get<ITickets>().EntriesAsync(new TicketEntryQuery { Key = new TicketKey("main", 1) });
        Assert.Contains(entries, entry => entry.Text is "Not acknowledged: The customer refused notices there.");
    }

    [Fact]
    public async Task In_shadow_mode_it_is_written_and_not_sent()
    {
        await using var world = new World(Shop with { Mode = ShopMode.Shadow });
        await world.AcceptAsync(GivenTicket.Message());
        await world.RunAsync();
        Assert.Empty(world.Channel.Messages);
        Assert.Equal(DeliveryState.Suppressed, Assert.Single(await world.DeliveriesAsync()).State);
    }

    [Fact]
    public async Task A_chat_is_promised_an_answer_within_two_open_minutes()
    {
        await using var world = new World(Shop, at: GivenTicket.At(3, 10));
        await world.AcceptAsync(GivenTicket.Message(at: GivenTicket.At(3, 10)) with { Channel = "chat" });
        await world.RunAsync();
        var ticket = (await world.Get<ITickets>().FindAsync(new TicketKey("main", 1)))!.Ticket;
        Assert.Equal(("chat", GivenTicket.At(3, 10, 2)), (ticket.Policy, ticket.DueAt));
    }

    [Fact]
    public async Task Self_service_runs_no_clock()
    {
        await using var world = new World(Shop);
        await world.AcceptAsync(GivenTicket.Message() with { Channel = "self-service" });
        await world.RunAsync();
        Assert.Empty((await world.Get<ITickets>().FindAsync(new TicketKey("main", 1)))!.Ticket.Clocks);
    }

    private static async Task<OutboundMessage> AcknowledgeAsync(Shop shop, InboundMessage message, DateTimeOffset at)
    {
        await using var world = new World(shop, at: at);
        await world.AcceptAsync(message with { SentAt = at });
        await world.RunAsync();
        return Assert.Single(world.Channel.Messages);
    }
}
