using Support.Sdk.Tests.Engine;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Tickets;

public sealed class TicketDeskTests : IAsyncLifetime
{
    private static readonly TicketKey First = new("main", 1);
    private readonly World _world = new();

    private ITicketDesk Desk => _world.Get<ITicketDesk>();

    public async ValueTask InitializeAsync() => await WriteAsync("Where is my teapot?");

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_reply_goes_to_the_customer_and_makes_it_their_turn()
    {
        var result = await Desk.ReplyAsync(First, new TicketReply { Text = "On its way." }, "bo");
        await _world.RunAsync();
        Assert.Equal((TicketOutcome.Done, TicketStatus.Pending, "bo"), (result.Outcome, result.Ticket!.Status, result.Ticket.Assignee));
        Assert.Contains("On its way.", _world.Channel.Messages[^1].Text, StringComparison.Ordinal);
        Assert.Equal("Re: Where is my teapot? [#1]", _world.Channel.Messages[^1].Subject);
    }

    [Fact]
    public async Task Two_agents_who_reply_at_once_lose_nothing()
    {
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(number => Desk.ReplyAsync(First, new TicketReply { Text = $"Answer {number}" }, $"agent{number}"))
        );
        await _world.RunAsync();
        Assert.All(replies, reply => Assert.Equal(TicketOutcome.Done, reply.Outcome));
        var texts = (await EntriesAsync()).Where(entry => entry.Kind == TicketEntryKind.Reply).Select(entry => entry.Text).Order(StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(0, 8).Select(number => $"Answer {number}"), texts);
        Assert.Equal(9, _world.Channel.Messages.Count);
    }

    [Fact]
    public async Task Who_states_a_version_does_not_act_on_what_has_changed_since()
    {
        var seen = (await TicketAsync()).Version;
        await Desk.NoteAsync(First, new TicketNote { Text = "Called the carrier." }, "bo");
        var result = await Desk.ReplyAsync(First, new TicketReply { Text = "Hello.", Version = seen }, "eva");
        Assert.Equal(TicketOutcome.Overtaken, result.Outcome);
        Assert.DoesNotContain(await EntriesAsync(), entry => entry.Kind == TicketEntryKind.Reply);
    }

    [Fact]
    public async Task The_same_request_is_done_once_even_at_once()
    {
        var reply = new TicketReply { Text = "Hello.", RequestId = "r1" };
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Desk.ReplyAsync(First, reply, "bo")));
        Assert.All(results, result => Assert.Equal(TicketOutcome.Done, result.Outcome));
        Assert.Single(await EntriesAsync(), entry => entry.Kind == TicketEntryKind.Reply);
    }

    [Fact]
    public async Task A_note_is_never_told()
    {
        await Desk.NoteAsync(First, new TicketNote { Text = "Difficult customer." }, "bo");
        await _world.RunAsync();
        Assert.Single(_world.Channel.Messages);
        Assert.False((await EntriesAsync())[^1].IsPublic);
    }

    [Fact]
    public async Task What_changes_stands_in_the_history_with_who_and_why()
    {
        await Desk.ChangeAsync(
            First,
            new TicketEdit
            {
                Priority = TicketPriority.High,
                Assignee = "eva",
                AddTags = ["fragile"],
                Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["size"] = "L" },
                Reason = "She wrote twice.",
            },
            "lead"
        );
        var entry = (await EntriesAsync())[^1];
        Assert.Equal(("lead", "She wrote twice."), (entry.By, entry.Text));
        Assert.Equal(["assignee", "fields.size", "priority", "tags"], entry.Changes.Select(change => change.Field));
    }

    [Fact]
    public async Task Two_tickets_become_one_that_has_every_word_of_both()
    {
        await WriteAsync("And the lid?");
        await Desk.ReplyAsync(new TicketKey("main", 2), new TicketReply { Text = "The lid too." }, "bo");
        var merged = await Desk.MergeAsync(new TicketKey("main", 2), First, "bo");
        Assert.Equal(TicketOutcome.Done, merged.Outcome);

        var entries = await EntriesAsync();
        Assert.Equal(["Where is my teapot?", "And the lid?"], entries.Where(entry => entry.Kind == TicketEntryKind.Inbound).Select(entry => entry.Text));
        Assert.Contains(entries, entry => entry is { Kind: TicketEntryKind.Reply, Text: "The lid too.", CopiedFrom: 2 });
        var source = await TicketAsync(2);
        Assert.Equal((TicketStatus.Closed, First), (source.Status, source.MergedInto));
    }

    [Fact]
    public async Task A_word_on_a_merged_ticket_goes_to_the_one_that_goes_on()
    {
        await WriteAsync("And the lid?");
        await Desk.MergeAsync(new TicketKey("main", 2), First, "bo");
        await _world.AcceptAsync(GivenTicket.Message("Any news?", _world.Time.GetUtcNow()) with { Ticket = 2 });
        await _world.RunAsync();
        Assert.Contains(await EntriesAsync(), entry => entry is { Kind: TicketEntryKind.Inbound, Text: "Any news?" });
    }

    [Fact]
    public async Task A_merge_asked_for_twice_is_done_once()
    {
        await WriteAsync("And the lid?");
        await Desk.MergeAsync(new TicketKey("main", 2), First, "bo");
        var again = await Desk.MergeAsync(new TicketKey("main", 2), First, "bo");
        Assert.Equal(TicketOutcome.Done, again.Outcome);
        Assert.Equal(2, (await EntriesAsync()).Count(entry => entry.Kind == TicketEntryKind.Inbound));
        Assert.Equal(TicketOutcome.Refused, (await Desk.MergeAsync(First, new TicketKey("main", 2), "bo")).Outcome);
    }

    [Fact]
    public async Task A_merged_ticket_takes_no_reply()
    {
        await WriteAsync("And the lid?");
        await Desk.MergeAsync(new TicketKey("main", 2), First, "bo");
        var result = await Desk.ReplyAsync(new TicketKey("main", 2), new TicketReply { Text = "Hello." }, "bo");
        Assert.Equal((TicketOutcome.Refused, "The ticket was merged into main/1."), (result.Outcome, result.Refusal));
    }

    [Fact]
    public async Task A_second_matter_gets_a_ticket_of_its_own_with_its_own_clock()
    {
        await _world.AcceptAsync(GivenTicket.Message("By the way, do you have it in red?", _world.Time.GetUtcNow()) with { Ticket = 1 });
        await _world.RunAsync();
        var word = (await EntriesAsync()).Last(entry => entry.Kind == TicketEntryKind.Inbound);
        var split = await Desk.SplitAsync(
            First,
            new TicketSplit
            {
                Entries = [word.Number],
                Subject = "In red?",
                RequestId = "s",
            },
            "bo"
        );
        Assert.Equal((TicketOutcome.Done, 2), (split.Outcome, split.Ticket!.Key.Number));
        Assert.Equal("By the way, do you have it in red?", Assert.Single(await EntriesAsync(2), entry => entry.Kind == TicketEntryKind.Inbound).Text);
        Assert.NotNull((await TicketAsync(2)).DueAt);
        Assert.Contains(new TicketLink(2, TicketRelation.SplitInto), (await TicketAsync()).Links);

        var again = await Desk.SplitAsync(
            First,
            new TicketSplit
            {
                Entries = [word.Number],
                Subject = "In red?",
                RequestId = "s",
            },
            "bo"
        );
        Assert.Equal(2, again.Ticket!.Key.Number);
    }

    [Fact]
    public async Task A_split_names_messages_of_the_ticket()
    {
        var result = await Desk.SplitAsync(First, new TicketSplit { Entries = [999], Subject = "Nothing" }, "bo");
        Assert.Equal(TicketOutcome.Refused, result.Outcome);
    }

    [Fact]
    public async Task A_ticket_of_a_phone_call_is_the_agent_s_and_is_opened_once()
    {
        var call = GivenTicket.Message("She called.", _world.Time.GetUtcNow()) with { Channel = "phone", EventId = "call-1" };
        var opened = await Desk.OpenAsync(call, "bo");
        var again = await Desk.OpenAsync(call, "bo");
        Assert.Equal((TicketOutcome.Done, "bo", opened.Ticket!.Key), (opened.Outcome, opened.Ticket.Assignee, again.Ticket!.Key));
    }

    [Fact]
    public async Task A_closed_ticket_is_opened_again_before_it_is_answered()
    {
        await Desk.ChangeAsync(First, new TicketEdit { Status = TicketStatus.Closed }, "bo");
        Assert.Equal(TicketOutcome.Refused, (await Desk.ReplyAsync(First, new TicketReply { Text = "Hello." }, "bo")).Outcome);
        await Desk.ChangeAsync(First, new TicketEdit { Status = TicketStatus.Open }, "bo");
        Assert.Equal(TicketOutcome.Done, (await Desk.ReplyAsync(First, new TicketReply { Text = "Hello." }, "bo")).Outcome);
    }

    [Fact]
    public async Task What_is_impossible_is_refused_with_what_to_do()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Desk.ReplyAsync(First, new TicketReply { Text = " " }, "bo"));
        await Assert.ThrowsAsync<ArgumentException>(() => Desk.ReplyAsync(First, new TicketReply { Text = "x", Status = TicketStatus.New }, "bo"));
        await Assert.ThrowsAsync<ArgumentException>(() => Desk.ReplyAsync(First, new TicketReply { Text = "x", NextWordBy = Given.Monday.AddDays(-1) }, "bo"));
        await Assert.ThrowsAsync<ArgumentException>(() => Desk.ReplyAsync(First, new TicketReply { Text = "x" }, "engine"));
        await Assert.ThrowsAsync<ArgumentException>(() => Desk.ChangeAsync(First, new TicketEdit { Team = "nobody" }, "bo"));
        await Assert.ThrowsAsync<ArgumentException>(() => Desk.ChangeAsync(First, new TicketEdit { AddTags = ["a,b"] }, "bo"));
        await Assert.ThrowsAsync<ArgumentException>(() => Desk.MergeAsync(First, First, "bo"));
        Assert.Equal(TicketOutcome.NotFound, (await Desk.ReplyAsync(new TicketKey("main", 99), new TicketReply { Text = "x" }, "bo")).Outcome);
    }

    private async Task WriteAsync(string text)
    {
        await _world.AcceptAsync(GivenTicket.Message(text, _world.Time.GetUtcNow()));
        await _world.RunAsync();
    }

    private async Task<Ticket> TicketAsync(long number = 1) => (await _world.Get<ITickets>().FindAsync(new TicketKey("main", number)))!.Ticket;

    private Task<IReadOnlyList<TicketEntry>> EntriesAsync(long number = 1) =>
        _world.Get<ITickets>().EntriesAsync(new TicketEntryQuery { Key = new TicketKey("main", number) });
}
