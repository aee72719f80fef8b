using System.Globalization;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Sla;
using Support.Sdk.Tests.Engine;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Tickets;

/// <summary>
/// One customer's week, in Stockholm, October 2026: clocks are set back on Sunday the 25th, Monday the 26th is a holiday. The shop is open
/// Monday to Friday 09:00 to 17:00. Every time here was worked out by hand, in local time with its offset.
/// </summary>
public sealed class CustomerWeekTests
{
    private static readonly Shop Shop = new()
    {
        Id = "main",
        TimeZone = "Europe/Stockholm",
        RecordsDeliveries = true,
        Hours = new BusinessHours { Holidays = ["2026-10-26"] },
        Brand = new Brand { Name = "Tiny Shop", EmailFrom = "hello@shop.example" },
        Tickets = new TicketRules
        {
            Agents =
            [
                new SupportAgent
                {
                    Id = "bo",
                    Name = "Bo",
                    Contact = new ContactPoint("email", "bo@shop.example"),
                },
            ],
            Policies =
            [
                new SlaPolicy
                {
                    Name = "all",
                    Targets =
                    [
                        GivenTicket.Target(SlaMetric.FirstResponse, 8),
                        GivenTicket.Target(SlaMetric.NextResponse, 4),
                        GivenTicket.Target(SlaMetric.Resolution, 24),
                    ],
                    Warnings =
                    [
                        new SlaWarning { Before = TimeSpan.FromHours(2), Metric = SlaMetric.NextResponse },
                        new SlaWarning { Before = TimeSpan.FromHours(2), Metric = SlaMetric.Promise },
                    ],
                },
            ],
        },
    };

    private static readonly TicketKey Key = new("main", 1);

    [Fact]
    public async Task A_late_order_becomes_a_conversation_with_honest_clocks()
    {
        await using var world = new World(Shop, at: Summer(12, "10:00"));
        await world.AcceptAsync(
            Given.Snapshot(readAt: Summer(12, "10:00")) with
            {
                PlacedAt = Summer(12, "10:00"),
                UpdatedAt = Summer(12, "10:00"),
                Promise = new PromiseWindow { DeliverBy = PromiseDate.On(new DateOnly(2026, 10, 24)) },
            }
        );
        await world.RunAsync();

        // Friday: the order is at risk 48 hours before the promised Saturday ends, at the Friday's first moment (the day of 25 hours comes after it).
        await world.AtAsync(Summer(23, "00:00"));
        var notice = Assert.Single(world.Channel.Messages);
        Assert.Equal(NoticeKinds.OrderAtRisk, notice.Occasion);

        // Friday 16:30: she replies to the notice. Half an hour of Friday, no Monday, and seven and a half hours of Tuesday make eight.
        world.Time.SetUtcNow(Summer(23, "16:30"));
        await world.AcceptAsync(
            new InboundMessage
            {
                ShopId = "main",
                Source = "mailbox",
                EventId = "1",
                Channel = "email",
                From = Given.Email,
                InReplyTo = notice.Id,
                Subject = "Re: Your order 1001",
                Text = "Will it come at all?\nAda",
                SentAt = Summer(23, "16:30"),
            }
        );
        await world.RunAsync();
        var ticket = await TicketAsync(world);
        Assert.Equal(("1001", TicketStatus.New, "Ada"), (Assert.Single(ticket.Orders), ticket.Status, ticket.Requester.Name));
        Assert.Equal(Winter(27, "16:30"), Clock(ticket, SlaMetric.FirstResponse).DueAt);
        Assert.Equal(Winter(29, "16:30"), Clock(ticket, SlaMetric.Resolution).DueAt);

        // The acknowledgement says so, in her time.
        var acknowledged = Last(world);
        Assert.Equal("ticket-acknowledged/1", acknowledged.Occasion);
        Assert.Contains("Tuesday, 27 October 2026, 16:30 (UTC+01:00)", acknowledged.Text, StringComparison.Ordinal);
        Assert.Contains("Monday to Friday 09:00–17:00 (Stockholm time)", acknowledged.Text, StringComparison.Ordinal);
        Assert.Contains("its number is 1", acknowledged.Text, StringComparison.Ordinal);

        // The agent sees what was promised and told.
        var story = (await EntriesAsync(world)).First(entry => entry.Kind == TicketEntryKind.Told).Text!;
        Assert.Contains("arrive by 2026-10-24", story, StringComparison.Ordinal);
        Assert.Contains("order-at-risk: Accepted", story, StringComparison.Ordinal);

        // Tuesday: assigned, then asked back, with a word promised for Wednesday noon. Resolution: half an hour and two hours have passed.
        var desk = world.Get<ITicketDesk>();
        await world.AtAsync(Winter(27, "10:00"));
        await desk.ChangeAsync(Key, new TicketEdit { Assignee = "bo" }, "lead");
        await world.AtAsync(Winter(27, "11:00"));
        var asked = await desk.ReplyAsync(
            Key,
            new TicketReply { Text = "Hello Ada,\n\nis your address still the same?", NextWordBy = Winter(28, "12:00") },
            "bo"
        );
        await world.RunAsync();
        Assert.Equal(TicketStatus.Pending, asked.Ticket!.Status);
        ticket = await TicketAsync(world);
        Assert.Equal(SlaClockState.Met, Clock(ticket, SlaMetric.FirstResponse).State);
        Assert.Equal((SlaClockState.Paused, TimeSpan.FromHours(2.5)), (Clock(ticket, SlaMetric.Resolution).State, Clock(ticket, SlaMetric.Resolution).Passed));
        Assert.Equal(Winter(28, "12:00"), Clock(ticket, SlaMetric.Promise).DueAt);
        Assert.Contains("is your address still the same?", Last(world).Text, StringComparison.Ordinal);

        // Wednesday 09:30: her answer. Four hours end at 13:30; of the resolution 21.5 are left: 7.5 on Wednesday, 8 on Thursday, 6 on Friday.
        world.Time.SetUtcNow(Winter(28, "09:30"));
        await world.AcceptAsync(Answer("2", "Yes, the same.", Winter(28, "09:30")));
        await world.RunAsync();
        ticket = await TicketAsync(world);
        Assert.Equal(TicketStatus.Open, ticket.Status);
        Assert.Equal(Winter(28, "13:30"), Clock(ticket, SlaMetric.NextResponse).DueAt);
        Assert.Equal(Winter(30, "15:00"), Clock(ticket, SlaMetric.Resolution).DueAt);

        // A new day, so it is acknowledged once more, with the new time.
        Assert.Equal("ticket-acknowledged/2", Last(world).Occasion);
        Assert.Contains("Wednesday, 28 October 2026, 13:30", Last(world).Text, StringComparison.Ordinal);

        // Warnings, two hours before: the promised word at 10:00, the next response at 11:30.
        await world.AtAsync(Winter(28, "09:59"));
        Assert.DoesNotContain(world.Channel.Messages, message => IsAlert(message));
        await world.AtAsync(Winter(28, "10:00"));
        Assert.Contains(
            "The word that was promised is due Wednesday, 28 October 2026, 12:00",
            world.Channel.Messages.Single(IsAlert).Text,
            StringComparison.Ordinal
        );
        await world.AtAsync(Winter(28, "11:30"));
        Assert.Equal(2, world.Channel.Messages.Count(IsAlert));
        Assert.Equal("bo@shop.example", Last(world).To.Value);

        // 12:00 passes without the promised word: broken. The answer at 12:30 still meets the next response, and solves it.
        await world.AtAsync(Winter(28, "12:01"));
        Assert.Equal(Winter(28, "12:00"), Clock(await TicketAsync(world), SlaMetric.Promise).BrokenAt);
        await world.AtAsync(Winter(28, "12:30"));
        await desk.ReplyAsync(Key, new TicketReply { Text = "It leaves today.", Status = TicketStatus.Solved }, "bo");
        ticket = await TicketAsync(world);
        Assert.Equal(SlaClockState.Missed, Clock(ticket, SlaMetric.Promise).State);
        Assert.Equal(SlaClockState.Met, Clock(ticket, SlaMetric.NextResponse).State);
        Assert.Equal(SlaClockState.Met, Clock(ticket, SlaMetric.Resolution).State);

        // Thursday 10:00: not solved after all. 5.5 hours have passed in all; 18.5 are left: 7 on Thursday, 8 on Friday, 3.5 on Monday.
        world.Time.SetUtcNow(Winter(29, "10:00"));
        await world.AcceptAsync(Answer("3", "It has not left.", Winter(29, "10:00")));
        await world.RunAsync();
        ticket = await TicketAsync(world);
        Assert.Equal((TicketStatus.Open, Winter(29, "14:00")), (ticket.Status, Clock(ticket, SlaMetric.NextResponse).DueAt));
        Assert.Equal(new DateTimeOffset(2026, 11, 2, 12, 30, 0, TimeSpan.FromHours(1)), Clock(ticket, SlaMetric.Resolution).DueAt);

        // Solved again at 13:00, and closed a week later.
        await world.AtAsync(Winter(29, "13:00"));
        await desk.ReplyAsync(Key, new TicketReply { Text = "Now it has.", Status = TicketStatus.Solved }, "bo");
        await world.AtAsync(new DateTimeOffset(2026, 11, 5, 13, 0, 0, TimeSpan.FromHours(1)));
        ticket = await TicketAsync(world);
        Assert.Equal((TicketStatus.Closed, null), (ticket.Status, ticket.CheckAt));

        // Three words of hers and three of ours, and nothing was told twice.
        var entries = await EntriesAsync(world);
        Assert.Equal(3, entries.Count(entry => entry.Kind == TicketEntryKind.Inbound));
        Assert.Equal(3, entries.Count(entry => entry.Kind == TicketEntryKind.Reply));
        Assert.Equal(world.Channel.Messages.Count, world.Channel.Messages.Select(message => message.Occasion).Distinct(StringComparer.Ordinal).Count());
    }

    // The order's own notices go on beside the conversation: it is still late.
    private static OutboundMessage Last(World world) => world.Channel.Messages.Last(message => message.Ticket is not null);

    private static bool IsAlert(OutboundMessage message) => message.Occasion.StartsWith(TicketNotices.Alert, StringComparison.Ordinal);

    private static InboundMessage Answer(string id, string text, DateTimeOffset at) =>
        new()
        {
            ShopId = "main",
            Source = "mailbox",
            EventId = id,
            Channel = "email",
            From = Given.Email,
            Ticket = 1,
            Text = text,
            SentAt = at,
        };

    private static SlaClock Clock(Ticket ticket, SlaMetric metric) => ticket.Clocks.Single(clock => clock.Metric == metric);

    private static async Task<Ticket> TicketAsync(World world) => (await world.Get<ITickets>().FindAsync(Key))!.Ticket;

    private static Task<IReadOnlyList<TicketEntry>> EntriesAsync(World world) => world.Get<ITickets>().EntriesAsync(new TicketEntryQuery { Key = Key });

    private static DateTimeOffset Summer(int day, string time) => Local(day, time, 2);

    private static DateTimeOffset Winter(int day, string time) => Local(day, time, 1);

    private static DateTimeOffset Local(int day, string time, int offset) =>
        new DateTimeOffset(
            new DateOnly(2026, 10, day).ToDateTime(TimeOnly.Parse(time, CultureInfo.InvariantCulture)),
            TimeSpan.FromHours(offset)
        ).ToUniversalTime();
}
