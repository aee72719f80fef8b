using System.Text;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Misc.SupportSdk.Desk;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Desk;

public sealed class DeskTicketsTests
{
    [Fact]
    public async Task A_ticket_is_answered_once_however_often_the_button_is_pressed()
    {
        await using var counter = new Counter();
        var ticket = await counter.OpenAsync();
        var form = new TicketReplyForm
        {
            Text = "On its way.",
            Status = TicketStatus.Solved,
            Version = ticket.Version,
            RequestId = "abc1",
        };

        Assert.IsType<RedirectToActionResult>(await counter.Tickets.Reply(ticket.Key.Number, form, store: 1));
        Assert.IsType<RedirectToActionResult>(await counter.Tickets.Reply(ticket.Key.Number, form, store: 1));

        var read = Counter.Model<TicketModel>(await counter.Tickets.Details(ticket.Key.Number));
        var reply = Assert.Single(read.Entries, entry => entry.Kind == TicketEntryKind.Reply);
        Assert.Equal(("On its way.", "Bo Ek"), (reply.Text, reply.By));
        Assert.Equal(TicketStatus.Solved, read.Status);
    }

    [Fact]
    public async Task Files_go_with_an_answer_to_the_customer()
    {
        await using var counter = new Counter();
        var ticket = await counter.OpenAsync();
        var form = new TicketReplyForm
        {
            Text = "Here is the bill.",
            Version = ticket.Version,
            Files = [ChosenFile.Of("bill.txt", "9 EUR")],
        };

        Assert.IsType<RedirectToActionResult>(await counter.Tickets.Reply(ticket.Key.Number, form));
        await counter.WaitAsync(days: 0);

        var page = Counter.Model<TicketModel>(await counter.Tickets.Details(ticket.Key.Number));
        Assert.Equal("bill.txt", Assert.Single(Assert.Single(page.Entries, entry => entry.Kind == TicketEntryKind.Reply).Files).Name);
        var mail = Assert.Single(counter.Mails.Messages, message => message.Attachments.Count > 0);
        Assert.Equal(("bill.txt", "9 EUR"), (mail.Attachments[0].Name, Encoding.UTF8.GetString(mail.Attachments[0].Content.Span)));
    }

    [Theory]
    [InlineData(6, 1)]
    [InlineData(1, PostedFiles.MostBytes + 1)]
    [InlineData(3, 4 * 1024 * 1024)]
    public async Task Files_that_no_mail_takes_are_refused_and_the_text_stays_in_the_box(int count, int bytes)
    {
        await using var counter = new Counter();
        var ticket = await counter.OpenAsync();
        var form = new TicketReplyForm
        {
            Text = "Here are all bills.",
            Version = ticket.Version,
            Files = [.. Enumerable.Range(0, count).Select(number => ChosenFile.Of($"bill{number}.txt", new byte[bytes]))],
        };

        var read = Counter.Model<TicketModel>(await counter.Tickets.Reply(ticket.Key.Number, form));

        Assert.Equal("At most 5 files of 5 MB each, 10 MB together. Choose fewer or smaller ones.", read.Draft.Refusal);
        Assert.Equal("Here are all bills.", read.Draft.Reply);
        Assert.DoesNotContain(read.Entries, entry => entry.Kind == TicketEntryKind.Reply);
    }

    [Fact]
    public async Task What_a_colleague_changed_meanwhile_is_seen_first_and_the_text_stays_in_the_box()
    {
        await using var counter = new Counter();
        var ticket = await counter.OpenAsync();
        await counter.Tickets.Note(ticket.Key.Number, new TicketNoteForm { Text = "I have called her.", Version = ticket.Version });

        var answer = await counter.Tickets.Reply(
            ticket.Key.Number,
            new TicketReplyForm
            {
                Text = "Please call <us>.",
                Version = ticket.Version,
                RequestId = "abc2",
            }
        );

        var read = Counter.Model<TicketModel>(answer);
        Assert.Contains("has changed since", read.Draft.Refusal, StringComparison.Ordinal);
        Assert.Equal("Please call <us>.", read.Draft.Reply);
        Assert.DoesNotContain(read.Entries, entry => entry.Kind == TicketEntryKind.Reply);
        Assert.NotEqual(ticket.Version, read.Version);
        var page = await counter.ReadAsync(answer);
        Assert.Contains("Please call &lt;us&gt;.</textarea>", page, StringComparison.Ordinal);
        Assert.Contains("I have called her.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_promised_word_becomes_a_clock_by_the_stores_own_time()
    {
        await using var counter = new Counter();
        var ticket = await counter.OpenAsync();
        var form = new TicketReplyForm
        {
            Text = "Tomorrow I know more.",
            NextWordBy = "2026-03-03T15:30",
            Version = ticket.Version,
        };

        Assert.IsType<RedirectToActionResult>(await counter.Tickets.Reply(ticket.Key.Number, form));

        var read = Counter.Model<TicketModel>(await counter.Tickets.Details(ticket.Key.Number));
        Assert.Equal("2026-03-03 15:30", Assert.Single(read.Clocks, clock => clock.Metric == SlaMetric.Promise).DueAt);
    }

    [Theory]
    [InlineData("", "", "Write something")]
    [InlineData("Soon.", "2020-01-01T10:00", "promised moment")]
    [InlineData("Soon.", "tomorrow", "promised moment")]
    public async Task What_cannot_be_sent_stays_in_the_box_with_the_reason(string text, string nextWordBy, string reason)
    {
        await using var counter = new Counter();
        var ticket = await counter.OpenAsync();
        var form = new TicketReplyForm
        {
            Text = text,
            NextWordBy = nextWordBy,
            Version = ticket.Version,
        };

        var read = Counter.Model<TicketModel>(await counter.Tickets.Reply(ticket.Key.Number, form));

        Assert.Contains(reason, read.Draft.Refusal, StringComparison.Ordinal);
        Assert.Equal(text, read.Draft.Reply);
    }

    [Fact]
    public async Task Status_priority_assignee_and_tags_are_changed_and_nothing_else()
    {
        await using var counter = new Counter();
        var ticket = await counter.OpenAsync();
        var form = new TicketChangeForm
        {
            Status = TicketStatus.OnHold,
            Priority = TicketPriority.High,
            Assignee = "",
            Tags = "carrier, refund",
            Version = ticket.Version,
        };

        Assert.IsType<RedirectToActionResult>(await counter.Tickets.Change(ticket.Key.Number, form));

        var read = Counter.Model<TicketModel>(await counter.Tickets.Details(ticket.Key.Number));
        Assert.Equal((TicketStatus.OnHold, TicketPriority.High, ""), (read.Status, read.Priority, read.AssigneeId));
        Assert.Equal(["carrier", "refund"], read.Tags);
        Assert.Equal(ticket.Subject, read.Subject);
    }

    [Fact]
    public async Task A_breach_is_marked_in_the_list_and_what_is_due_first_comes_first()
    {
        await using var counter = new Counter();
        var first = await counter.OpenAsync("Where is my mug?");
        await counter.OpenAsync("Where is my other mug?");
        await counter.Tickets.Change(
            first.Key.Number,
            new TicketChangeForm
            {
                Status = TicketStatus.Solved,
                Assignee = "nop-7",
                Version = first.Version,
            }
        );
        counter.Shop.Time.Advance(TimeSpan.FromDays(10));

        var answer = await counter.Tickets.List(sort: TicketOrder.Due);

        var row = Assert.Single(Counter.Model<TicketListModel>(answer).Rows);
        Assert.Equal("Where is my other mug?", row.Subject);
        Assert.True(row.Due!.IsBroken);
        Assert.Contains("Broken", await counter.ReadAsync(answer), StringComparison.Ordinal);
        Assert.Equal(first.Key.Number, Assert.Single(Counter.Model<TicketListModel>(await counter.Tickets.List(show: TicketShow.Solved)).Rows).Number);
    }

    [Fact]
    public async Task A_ticket_about_an_order_leads_to_the_shops_order_page()
    {
        await using var counter = new Counter();
        counter.Shop.Place();
        await counter.WaitAsync(days: 0);
        var ticket = await counter.OpenAsync(order: "1");

        var page = await counter.ReadAsync(await counter.Tickets.Details(ticket.Key.Number));

        Assert.Contains("/Order/Edit?area=Admin&amp;id=1", page, StringComparison.Ordinal);
        Assert.Contains("/SupportOrders/Details?area=Admin&amp;id=1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Plugins.Misc.SupportSdk", page, StringComparison.Ordinal);
        Assert.Single(Counter.Model<TicketListModel>(await counter.Tickets.List(order: "N1")).Rows);
        Assert.Empty(Counter.Model<TicketListModel>(await counter.Tickets.List(order: "N2")).Rows);
    }

    [Fact]
    public async Task What_a_customer_wrote_does_not_become_part_of_the_page()
    {
        await using var counter = new Counter();
        var ticket = await counter.OpenAsync("<script>alert(1)</script> \"><img src=x onerror=alert(2)>");

        var page = await counter.ReadAsync(await counter.Tickets.Details(ticket.Key.Number));
        var list = await counter.ReadAsync(await counter.Tickets.List());

        Assert.DoesNotContain("<script", page + list, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page + list, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_handed_out_to_be_saved_and_only_with_its_own_ticket()
    {
        await using var counter = new Counter();
        var contents = (await counter.EngineAsync()).Get<IContentStore>();
        using var bytes = new MemoryStream("<script>alert(1)</script>"u8.ToArray());
        var file = await contents.SaveAsync("store-1", "mug.html", "text/html", bytes, TestContext.Current.CancellationToken);
        var ticket = await counter.OpenAsync(files: [file]);
        var other = await counter.OpenAsync("Another matter");
        var tickets = counter.Tickets;

        var answer = Assert.IsType<FileStreamResult>(await tickets.Attachment(ticket.Key.Number, file.Id));

        Assert.Equal(("application/octet-stream", "mug.html"), (answer.ContentType, answer.FileDownloadName));
        Assert.Equal("nosniff", tickets.Response.Headers.XContentTypeOptions);
        await answer.FileStream.DisposeAsync();
        Assert.IsType<NotFoundResult>(await counter.Tickets.Attachment(other.Key.Number, file.Id));
        Assert.IsType<NotFoundResult>(await counter.Tickets.Attachment(ticket.Key.Number, null!));
    }

    [Fact]
    public async Task A_ticket_that_is_not_there_is_not_found()
    {
        await using var counter = new Counter();
        await counter.OpenAsync();

        Assert.IsType<NotFoundResult>(await counter.Tickets.Details(99));
        Assert.IsType<NotFoundResult>(await counter.Tickets.Details(1, store: 3));
        Assert.IsType<NotFoundResult>(await counter.Tickets.Reply(99, new TicketReplyForm { Text = "Hello" }));
        Assert.IsType<NotFoundResult>(await counter.Tickets.Note(-1, new TicketNoteForm { Text = "Hello" }));
        Assert.IsType<NotFoundResult>(await counter.Tickets.Change(99, new TicketChangeForm()));
    }
}
