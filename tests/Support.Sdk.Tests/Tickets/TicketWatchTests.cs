using Support.Sdk.Customers;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Testing;
using Support.Sdk.Tests.Engine;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Tickets;

/// <summary>What customers write, and what becomes of it, on a real database.</summary>
public sealed class TicketWatchTests
{
    private static readonly ContactPoint Stranger = new("email", "eve@example.com");

    [Fact]
    public async Task A_subject_from_a_text_of_pictures_ends_with_a_whole_one()
    {
        await using var world = new World(at: GivenTicket.Monday);
        await world.AcceptAsync(GivenTicket.Message("x" + string.Concat(Enumerable.Repeat("🫖", 100))));
        await world.RunAsync();
        var ticket = Assert.Single(await world.Get<ITickets>().ListAsync(new TicketQuery { Shop = "main" }));
        Assert.Equal("x" + string.Concat(Enumerable.Repeat("🫖", 39)) + "…", ticket.Subject);
    }

    [Fact]
    public async Task A_word_opens_a_ticket_and_is_acknowledged_at_once()
    {
        await using var world = new World();
        await WriteAsync(world, GivenTicket.Message());

        var ticket = await OnlyAsync(world);
        Assert.Equal((1, "Where is my teapot?", TicketStatus.New), (ticket.Key.Number, ticket.Subject, ticket.Status));
        var told = Assert.Single(world.Channel.Messages);
        Assert.Equal((ticket.Key, Given.Email), (told.Ticket, told.To));
    }

    [Fact]
    public async Task The_same_event_twice_is_one_word()
    {
        await using var world = new World();
        await WriteAsync(world, GivenTicket.Message() with { EventId = "7" });
        await WriteAsync(world, GivenTicket.Message() with { EventId = "7" });
        Assert.Single(await InboundAsync(world));
    }

    [Fact]
    public async Task A_second_word_the_same_day_is_not_acknowledged_again()
    {
        await using var world = new World();
        await WriteAsync(world, GivenTicket.Message());
        await WriteAsync(world, GivenTicket.Message("And where is the lid?") with { Ticket = 1 });
        Assert.Equal(2, (await InboundAsync(world)).Count);
        Assert.Single(world.Channel.Messages);
    }

    [Theory]
    [InlineData("no-reply@example.com")]
    [InlineData("MAILER-DAEMON@example.com")]
    [InlineData("noreply+1234@example.com")]
    [InlineData("Postmaster@example.com")]
    public async Task A_robot_is_kept_and_never_acknowledged(string address)
    {
        await using var world = new World();
        await WriteAsync(world, GivenTicket.Message(from: new ContactPoint("email", address)));
        Assert.Single(await InboundAsync(world));
        Assert.Empty(world.Channel.Messages);
    }

    [Fact]
    public async Task What_a_machine_wrote_is_kept_and_never_acknowledged()
    {
        await using var world = new World();
        await WriteAsync(world, GivenTicket.Message() with { IsAutomatic = true });
        Assert.Single(await InboundAsync(world));
        Assert.Empty(world.Channel.Messages);
    }

    [Fact]
    public async Task Who_opens_ticket_after_ticket_is_acknowledged_no_more_often_than_the_shop_writes_to_anybody()
    {
        await using var world = new World(Given.Shop with { MaxPerCustomerAndDay = 3 });
        for (var number = 0; number < 8; number++)
        {
            await WriteAsync(world, GivenTicket.Message($"Question {number}"));
        }

        Assert.Equal(8, (await TicketsAsync(world)).Count);
        Assert.Equal(3, world.Channel.Messages.Count);
    }

    [Fact]
    public async Task A_reply_to_a_notice_belongs_to_its_order()
    {
        await using var world = new World();
        var notice = await NoticeAsync(world);
        await WriteAsync(world, GivenTicket.Message("When?", world.Time.GetUtcNow()) with { InReplyTo = notice.Id, OrderId = null });
        await WriteAsync(world, GivenTicket.Message("Well?", world.Time.GetUtcNow()) with { InReplyTo = notice.Id });

        var ticket = await OnlyAsync(world);
        Assert.Equal("1001", Assert.Single(ticket.Orders));
        Assert.Equal(2, (await InboundAsync(world)).Count);
    }

    [Fact]
    public async Task A_stranger_who_names_an_order_gets_a_ticket_of_their_own_and_no_order()
    {
        await using var world = new World();
        await NoticeAsync(world);
        await WriteAsync(world, GivenTicket.Message(from: Stranger) with { OrderId = "1001" });
        var ticket = await OnlyAsync(world);
        Assert.Empty(ticket.Orders);
        Assert.Equal("1001", ticket.Fields["claimedOrder"]);
    }

    [Fact]
    public async Task A_stranger_who_names_a_ticket_gets_one_of_their_own()
    {
        await using var world = new World();
        await WriteAsync(world, GivenTicket.Message());
        await WriteAsync(world, GivenTicket.Message("Tell me more", from: Stranger) with { Ticket = 1 });
        Assert.Equal(2, (await TicketsAsync(world)).Count);
        Assert.Single(await InboundAsync(world));
    }

    [Fact]
    public async Task A_wish_to_cancel_goes_on_with_the_order_s_ticket()
    {
        await using var world = new World();
        var notice = await NoticeAsync(world);
        await WriteAsync(world, GivenTicket.Message("When?", world.Time.GetUtcNow()) with { InReplyTo = notice.Id });
        await WriteAsync(world, GivenTicket.Message("Please cancel.", world.Time.GetUtcNow()) with { OrderId = "1001", Tags = [TicketTags.WantsToCancel] });
        var ticket = await OnlyAsync(world);
        Assert.Contains(TicketTags.WantsToCancel, ticket.Tags);
    }

    [Fact]
    public async Task A_notice_that_bounces_opens_a_ticket_that_shows_the_order()
    {
        await using var world = new World();
        var notice = await NoticeAsync(world);
        await world.AcceptAsync(
            new DeliveryReceipt
            {
                ShopId = "main",
                DeliveryId = notice.Id,
                Arrived = false,
                At = world.Time.GetUtcNow(),
                Reason = "550 no such mailbox",
            }
        );
        await world.RunAsync();

        var ticket = await OnlyAsync(world);
        Assert.Equal(("1001", TicketKind.OrderProblem), (Assert.Single(ticket.Orders), ticket.Kind));
        Assert.StartsWith("Not delivered: ", ticket.Subject, StringComparison.Ordinal);
        Assert.Contains(TicketTags.Undelivered, ticket.Tags);
        var entries = await EntriesAsync(world);
        Assert.Contains(
            entries,
            entry => entry.Kind == TicketEntryKind.Told && entry.Text!.Contains("Promised: arrive by 2026-11-13", StringComparison.Ordinal)
        );
        Assert.Contains(
            entries,
            entry => entry.Kind == TicketEntryKind.Trouble && entry.Text!.Contains("Bounced. 550 no such mailbox", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_notice_that_never_left_opens_a_ticket_as_any_failure_does()
    {
        await using var world = new World();
        var notice = await NoticeAsync(world);
        await world.AcceptAsync(
            new DeliveryReceipt
            {
                ShopId = "main",
                DeliveryId = notice.Id,
                Arrived = false,
                Bounce = BounceKind.NotSent,
                At = world.Time.GetUtcNow(),
                Reason = "the mail server was away",
            }
        );
        await world.RunAsync();

        Assert.Contains(TicketTags.Undelivered, (await OnlyAsync(world)).Tags);
        Assert.Contains(
            await EntriesAsync(world),
            entry => entry.Kind == TicketEntryKind.Trouble && entry.Text!.Contains("Failed. the mail server was away", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_notice_that_is_refused_goes_on_with_the_ticket_of_its_order()
    {
        await using var world = new World(channel: new RecordingChannel().Answer(_ => DeliveryResult.Rejected("no such mailbox")));
        await NoticeAsync(world);
        await world.RunAsync();
        await WriteAsync(world, GivenTicket.Message("Hello?", world.Time.GetUtcNow()) with { OrderId = "1001" });
        var ticket = await OnlyAsync(world);
        Assert.Contains(TicketTags.Undelivered, ticket.Tags);
        Assert.Single(await InboundAsync(world));
    }

    [Fact]
    public async Task A_notice_that_is_held_waits_in_a_ticket()
    {
        await using var world = new World(Given.Shop with { HoldFirst = 5 });
        await NoticeAsync(world);
        await world.RunAsync();
        var ticket = await OnlyAsync(world);
        Assert.Contains(TicketTags.Held, ticket.Tags);
        Assert.StartsWith("Waits for approval: ", ticket.Subject, StringComparison.Ordinal);
        Assert.Empty(world.Channel.Messages);
    }

    [Fact]
    public async Task A_reply_that_cannot_be_delivered_opens_the_ticket_again()
    {
        var channel = new RecordingChannel();
        await using var world = new World(channel: channel);
        await WriteAsync(world, GivenTicket.Message());
        channel.Answer(_ => DeliveryResult.Rejected("no such mailbox"));
        await world.Get<ITicketDesk>().ReplyAsync(new TicketKey("main", 1), new TicketReply { Text = "Here it is.", Status = TicketStatus.Solved }, "bo");
        await world.RunAsync();
        await world.RunAsync();

        var ticket = await OnlyAsync(world);
        Assert.Equal(TicketStatus.Open, ticket.Status);
        Assert.Contains(TicketTags.Undelivered, ticket.Tags);
    }

    [Fact]
    public async Task A_word_on_a_closed_ticket_opens_one_that_is_linked_to_it()
    {
        await using var world = new World();
        await WriteAsync(world, GivenTicket.Message());
        await world.Get<ITicketDesk>().ChangeAsync(new TicketKey("main", 1), new TicketEdit { Status = TicketStatus.Closed }, "bo");
        await WriteAsync(world, GivenTicket.Message("Again!") with { Ticket = 1 });
        await WriteAsync(world, GivenTicket.Message("And again!") with { Ticket = 1 });

        var tickets = await TicketsAsync(world);
        Assert.Equal(2, tickets.Count);
        Assert.Contains(new TicketLink(1, TicketRelation.FollowUpOf), tickets[0].Links);
        Assert.Contains(new TicketLink(2, TicketRelation.FollowedUpBy), tickets[1].Links);
        Assert.Equal(2, (await InboundAsync(world, 2)).Count);
    }

    [Fact]
    public async Task One_person_is_one_customer()
    {
        await using var world = new World();
        await WriteAsync(world, GivenTicket.Message());
        await WriteAsync(world, GivenTicket.Message("Another question", from: new ContactPoint("email", " ADA@example.com ")));
        var tickets = await TicketsAsync(world);
        Assert.Equal(tickets[0].Requester.CustomerId, tickets[1].Requester.CustomerId);
        var view = await world.Get<ICustomerDesk>().OfContactAsync("main", Given.Email);
        Assert.Equal(("Ada", 2), (view!.Customer.Name, view.Tickets.Count));
    }

    [Fact]
    public async Task A_shop_that_keeps_no_identity_has_no_customer()
    {
        await using var world = new World(Given.Shop with { Tickets = new TicketRules { KeepsIdentity = false } });
        await WriteAsync(world, GivenTicket.Message(from: new ContactPoint(Customer.Visitor, "3f")) with { Name = null });
        var ticket = await OnlyAsync(world);
        Assert.Null(ticket.Requester.CustomerId);
        Assert.Empty(await world.Get<ICustomerDesk>().ListAsync("main"));
        Assert.Empty(world.Channel.Messages);
    }

    [Fact]
    public async Task Who_leaves_an_address_in_such_a_shop_can_be_erased_all_the_same()
    {
        await using var world = new World(Given.Shop with { Tickets = new TicketRules { KeepsIdentity = false } });
        await WriteAsync(world, GivenTicket.Message() with { Channel = "email" });
        await world.Get<Sdk.Contacts.IPrivacyDesk>().EraseAsync("main", [Given.Email], "eve");
        Assert.NotNull((await OnlyAsync(world)).ErasedAt);
    }

    [Fact]
    public async Task A_text_beyond_the_limit_is_refused_with_a_way_out()
    {
        await using var world = new World();
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => world.AcceptAsync(GivenTicket.Message(new string('x', 10_000_000))));
        Assert.Contains("hand the whole over as a file", fault.Message, StringComparison.Ordinal);
        Assert.Empty(await TicketsAsync(world));
    }

    [Fact]
    public async Task Html_and_script_are_text()
    {
        await using var world = new World();
        await WriteAsync(world, GivenTicket.Message("<script>alert(1)</script> & <b>bold</b> {{ brand.name }}"));
        Assert.Equal("<script>alert(1)</script> & <b>bold</b> {{ brand.name }}", Assert.Single(await InboundAsync(world)).Text);
        var told = Assert.Single(world.Channel.Messages);
        Assert.DoesNotContain("<script", told.Html!, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("{{ brand.name }}", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warning_waits_for_the_working_hours_of_whom_it_goes_to()
    {
        var night = new Sdk.Sla.BusinessHours { Week = new Dictionary<DayOfWeek, string> { [DayOfWeek.Monday] = "14:00-17:00" } };
        var shop = GivenTicket.Shop with
        {
            Tickets = GivenTicket.Shop.Tickets with
            {
                Teams =
                [
                    new SupportTeam
                    {
                        Name = "desk",
                        Contact = new ContactPoint("email", "desk@shop.example"),
                        Hours = night,
                    },
                ],
                DefaultTeam = "desk",
                Policies =
                [
                    GivenTicket.Shop.Tickets.Policies![0] with
                    {
                        Warnings =
                        [
                            new Sdk.Sla.SlaWarning
                            {
                                Before = TimeSpan.FromHours(1),
                                To = Sdk.Sla.SlaAudience.Team,
                                Metric = Sdk.Sla.SlaMetric.FirstResponse,
                            },
                        ],
                    },
                ],
            },
        };
        await using var world = new World(shop, at: GivenTicket.Monday);
        await WriteAsync(world, GivenTicket.Message());
        // Due at 14:00, so the warning was for 13:00; the team comes at 14:00.
        await world.AtAsync(GivenTicket.At(2, 13, 30));
        Assert.DoesNotContain(world.Channel.Messages, message => message.To.Value is "desk@shop.example");
        await world.AtAsync(GivenTicket.At(2, 14));
        Assert.Single(world.Channel.Messages, message => message.To.Value is "desk@shop.example");
    }

    [Fact]
    public async Task A_warning_that_nobody_can_be_given_is_written_down()
    {
        var policy = GivenTicket.Shop.Tickets.Policies![0] with
        {
            Warnings = [new Sdk.Sla.SlaWarning { Before = TimeSpan.FromHours(1), Metric = Sdk.Sla.SlaMetric.FirstResponse }],
        };
        await using var world = new World(GivenTicket.Shop with { Tickets = new TicketRules { Policies = [policy] } }, at: GivenTicket.Monday);
        await WriteAsync(world, GivenTicket.Message());
        await world.AtAsync(GivenTicket.At(2, 13));
        Assert.Contains(
            await EntriesAsync(world),
            entry => entry.Kind == TicketEntryKind.Alert && entry.Text!.Contains("no address is set up", StringComparison.Ordinal)
        );
    }

    private static async Task<OutboundMessage> NoticeAsync(World world)
    {
        await world.AcceptAsync(Given.Snapshot());
        await world.RunAsync();
        await world.AtAsync(Given.PromiseEnds.AddHours(-48));
        return Assert.Single(await world.DeliveriesAsync()).Message;
    }

    private static async Task WriteAsync(World world, InboundMessage message)
    {
        await world.AcceptAsync(message with { EventId = message.EventId ?? CustomerBook.NewId() });
        await world.RunAsync();
    }

    private static async Task<Ticket> OnlyAsync(World world) => Assert.Single(await TicketsAsync(world));

    private static Task<IReadOnlyList<Ticket>> TicketsAsync(World world) => world.Get<ITickets>().ListAsync(new TicketQuery { Shop = "main" });

    private static Task<IReadOnlyList<TicketEntry>> EntriesAsync(World world, long number = 1) =>
        world.Get<ITickets>().EntriesAsync(new TicketEntryQuery { Key = new TicketKey("main", number) });

    private static async Task<IReadOnlyList<TicketEntry>> InboundAsync(World world, long number = 1) =>
        [.. (await EntriesAsync(world, number)).Where(entry => entry.Kind == TicketEntryKind.Inbound)];
}
