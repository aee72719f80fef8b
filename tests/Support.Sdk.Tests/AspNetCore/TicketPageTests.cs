using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Contacts;
using Support.Sdk.Links;
using Support.Sdk.Shops;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore;

public sealed class TicketPageTests
{
    private const string Hostile = "<script>alert(1)</script>\"'&amp;";

    private static readonly Shop Shop = Given.Shop with
    {
        TimeZone = "Europe/Stockholm",
        Tickets = new TicketRules { Agents = [new SupportAgent { Id = "grace", Name = "Grace" }] },
    };

    private static Dictionary<string, string> Words(string text) => new(StringComparer.Ordinal) { ["message"] = text, ["website"] = "" };

    private static InboundMessage Word(string text = "It leaks.\nCan you help?", string from = "ada@example.com", string id = "1") =>
        new()
        {
            ShopId = "main",
            Source = "test",
            EventId = id,
            Channel = "email",
            From = new ContactPoint("email", from),
            Subject = "The teapot leaks",
            Text = text,
            SentAt = Given.Monday,
        };

    private static async Task<(Ticket Ticket, string Path)> OpenAsync(SupportApplication application, InboundMessage? word = null)
    {
        await application.AcceptAsync(word ?? Word());
        await application.AtAsync(application.Time.GetUtcNow());
        var ticket = (await application.Get<ITickets>().ListAsync(new TicketQuery { Shop = "main" }))[0];
        return (ticket, await LinkAsync(application, ticket.Key.Number, ticket.Requester.ContactPoints[0]));
    }

    private static async Task<string> LinkAsync(SupportApplication application, long number, ContactPoint contact, DateTimeOffset? expiresAt = null)
    {
        var link = new SignedLink
        {
            Purpose = LinkPurpose.Ticket,
            Shop = "main",
            Contact = contact,
            Ticket = number,
            ExpiresAt = expiresAt ?? Given.Monday.AddDays(180),
        };
        return (await application.Get<ISupportLinks>().CreateAsync(link)).AbsolutePath;
    }

    private static void ContainsAll(string page, params string[] expected) =>
        Assert.All(expected, text => Assert.Contains(text, page, StringComparison.Ordinal));

    private static async Task<Ticket> FindAsync(SupportApplication application, TicketKey key) => (await application.Get<ITickets>().FindAsync(key))!.Ticket;

    [Fact]
    public async Task The_page_shows_how_a_ticket_stands_and_when_the_answer_comes_in_the_customers_time()
    {
        await using var application = await FormClient.StartAsync(Shop);
        var (ticket, path) = await OpenAsync(application);
        var due = TimeZoneInfo.ConvertTime(ticket.DueAt!.Value, TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm"));

        var page = (await new FormClient(application).ReadAsync(path)).Replace("&#x2B;", "+", StringComparison.Ordinal);

        ContainsAll(
            page,
            "<h1>The teapot leaks</h1>",
            $"Number {ticket.Key.Number}",
            "<span class=\"state\">Received</span>",
            "You get an answer by ",
            $"{due:HH:mm} (UTC+01:00) at the latest.",
            "<strong>You</strong><time class=\"quiet\" datetime=\"2026-11-02T09:00:00Z\">Monday, 2 November 2026, 10:00</time>",
            "<div class=\"words\">It leaks.&#xA;Can you help?</div>",
            "<label for=\"message\">Your answer</label>"
        );
    }

    [Fact]
    public async Task A_promise_that_was_not_kept_is_owned_up_to()
    {
        await using var application = await FormClient.StartAsync(Shop);
        var (_, path) = await OpenAsync(application);

        await application.AtAsync(Given.Monday.AddDays(5));

        Assert.Contains("and have not. We are sorry.", await new FormClient(application).ReadAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replies_are_shown_with_who_wrote_them_and_notes_never()
    {
        await using var application = await FormClient.StartAsync(Shop);
        var (ticket, path) = await OpenAsync(application);
        var desk = application.Get<ITicketDesk>();
        await desk.NoteAsync(ticket.Key, new TicketNote { Text = "A difficult customer" }, "grace");
        await desk.ReplyAsync(ticket.Key, new TicketReply { Text = "Which one?" }, "grace");
        await desk.ReplyAsync(ticket.Key, new TicketReply { Text = "The blue one?" }, "stranger");

        var page = await new FormClient(application).ReadAsync(path);

        ContainsAll(page, "<strong>Grace, Tiny Shop</strong>", "Which one?", "<strong>Tiny Shop</strong>", "Waiting for your answer");
        Assert.DoesNotContain("difficult", page, StringComparison.Ordinal);
        Assert.DoesNotContain("stranger", page, StringComparison.Ordinal);
        Assert.DoesNotContain("was told that the message arrived", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_goes_on_with_the_ticket_and_is_acknowledged_on_the_page()
    {
        await using var application = await FormClient.StartAsync(Shop);
        var client = new FormClient(application);
        var (ticket, path) = await OpenAsync(application);
        await application.Get<ITicketDesk>().ReplyAsync(ticket.Key, new TicketReply { Text = "Which one?" }, "grace");

        var sent = await client.FillInAsync(path, Words("The blue one."), [SentFile.Text("../photo of it.txt")]);
        var thanked = await client.ReadAsync(sent.Location!);
        await client.TicketsAsync();
        var page = await client.ReadAsync(path);

        Assert.Equal((HttpStatusCode.SeeOther, path + "?sent=true"), (sent.Status, sent.Location));
        ContainsAll(thanked, "role=\"status\"", "We have your answer.");
        ContainsAll(page, "The blue one.", "With us", "photo of it.txt</a>", "1 kB");
        Assert.Equal(TicketStatus.Open, (await FindAsync(application, ticket.Key)).Status);
        Assert.Single(await client.TicketsAsync());
    }

    [Fact]
    public async Task A_double_click_is_one_answer()
    {
        await using var application = await FormClient.StartAsync(Shop);
        var client = new FormClient(application);
        var (ticket, path) = await OpenAsync(application);
        var stamp = FormClient.StampIn(await client.ReadAsync(path));
        application.Time.Advance(FormClient.Typing);

        await client.SendAsync(path, Words("The blue one."), stamp);
        await client.SendAsync(path, Words("The blue one."), stamp);
        await client.TicketsAsync();

        var said = await application.Get<ITickets>().EntriesAsync(new TicketEntryQuery { Key = ticket.Key, OnlyPublic = true });
        Assert.Equal(2, said.Count);
    }

    [Fact]
    public async Task An_answer_needs_a_text_or_a_file_and_is_shown_again_without()
    {
        await using var application = await FormClient.StartAsync(Shop);
        var client = new FormClient(application);
        var (_, path) = await OpenAsync(application);

        var empty = await client.FillInAsync(path, Words(" \r\n "));
        var file = await client.FillInAsync(path, Words(""), [SentFile.Text()]);

        Assert.Equal(HttpStatusCode.BadRequest, empty.Status);
        ContainsAll(empty.Body, "<a href=\"#message\">Write your message, or choose a file.</a>", "aria-invalid=\"true\"", "It leaks.");
        Assert.Equal(HttpStatusCode.SeeOther, file.Status);
    }

    [Fact]
    public async Task Answers_pass_the_traps_and_the_limits_as_well()
    {
        await using var application = await FormClient.StartAsync(Shop, options: options => options.MessagesPerAddress = 1);
        var client = new FormClient(application);
        var (ticket, path) = await OpenAsync(application);

        var robot = await client.FillInAsync(path, new Dictionary<string, string>(StringComparer.Ordinal) { ["message"] = "Buy", ["website"] = "x" });
        var fast = await client.FillInAsync(path, Words("Buy"), typing: TimeSpan.FromSeconds(1));
        var first = await client.FillInAsync(path, Words("One"));
        var flood = await client.FillInAsync(path, Words("Two"));
        await client.TicketsAsync();

        Assert.Equal((robot.Location, fast.Location, first.Location), (path + "?sent=true", path + "?sent=true", path + "?sent=true"));
        Assert.Equal(HttpStatusCode.TooManyRequests, flood.Status);
        Assert.Contains("Two</textarea>", flood.Body, StringComparison.Ordinal);
        var said = await application.Get<ITickets>().EntriesAsync(new TicketEntryQuery { Key = ticket.Key, OnlyPublic = true });
        Assert.Equal(["It leaks.\nCan you help?", "One"], said.Select(entry => entry.Text));
    }

    [Fact]
    public async Task A_solved_ticket_says_that_an_answer_opens_it_again_and_it_does()
    {
        await using var application = await FormClient.StartAsync(Shop);
        var client = new FormClient(application);
        var (ticket, path) = await OpenAsync(application);
        await application.Get<ITicketDesk>().ReplyAsync(ticket.Key, new TicketReply { Text = "Here is a new one.", Status = TicketStatus.Solved }, "grace");

        ContainsAll(await client.ReadAsync(path), "<span class=\"state good\">Answered</span>", "If you write again, it is opened again.");
        await client.FillInAsync(path, Words("It leaks too."));
        await client.TicketsAsync();

        Assert.Equal(TicketStatus.Open, (await FindAsync(application, ticket.Key)).Status);
    }

    [Fact]
    public async Task A_closed_ticket_says_that_an_answer_opens_a_new_one_and_then_leads_there()
    {
        await using var application = await FormClient.StartAsync(Shop);
        var client = new FormClient(application);
        var (ticket, path) = await OpenAsync(application);
        await application.Get<ITicketDesk>().ChangeAsync(ticket.Key, new TicketEdit { Status = TicketStatus.Closed }, "grace");

        ContainsAll(await client.ReadAsync(path), "Closed", "we open a new matter that goes on from it.");
        await client.FillInAsync(path, Words("It leaks again."));
        var next = (await client.TicketsAsync())[0];
        var page = await client.ReadAsync(path);

        Assert.NotEqual(ticket.Key, next.Key);
        ContainsAll(page, "It is closed, and goes on in <a href=\"/support/tickets/", $"Number {next.Key.Number}</a>");
        var link = page.Split("goes on in <a href=\"")[1].Split('"')[0];
        Assert.Contains("It leaks again.", await client.ReadAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_of_a_merged_ticket_shows_what_it_became_and_an_answer_goes_there()
    {
        await using var application = await FormClient.StartAsync(Shop);
        var client = new FormClient(application);
        var (first, path) = await OpenAsync(application);
        var (second, _) = await OpenAsync(application, Word("And the lid is missing.", id: "2") with { Subject = "The lid" });
        await application.Get<ITicketDesk>().MergeAsync(first.Key, second.Key, "grace");

        var page = await client.ReadAsync(path);
        await client.FillInAsync(path, Words("Both are blue."));
        await client.TicketsAsync();

        ContainsAll(page, "<h1>The lid</h1>", $"Number {second.Key.Number}", "And the lid is missing.", "It leaks.");
        var said = await application.Get<ITickets>().EntriesAsync(new TicketEntryQuery { Key = second.Key, OnlyPublic = true });
        Assert.Equal("Both are blue.", said[^1].Text);
    }

    [Fact]
    public async Task An_erased_ticket_an_unknown_one_and_somebody_elses_show_one_and_the_same_page()
    {
        await using var application = await FormClient.StartAsync(Shop);
        var client = new FormClient(application);
        var (ticket, path) = await OpenAsync(application);
        var stamp = FormClient.StampIn(await client.ReadAsync(path));
        await application.Get<IPrivacyDesk>().EraseAsync("main", [Given.Email], "grace");
        Assert.NotNull((await FindAsync(application, ticket.Key)).ErasedAt);
        await OpenAsync(application, Word(from: "eve@example.com", id: "2"));
        string[] broken =
        [
            path,
            await LinkAsync(application, 4711, Given.Email),
            await LinkAsync(application, ticket.Key.Number + 1, Given.Email),
            await LinkAsync(application, ticket.Key.Number + 1, new ContactPoint("email", "eve@example.com"), Given.Monday),
        ];
        var pages = new HashSet<string>(StringComparer.Ordinal);

        foreach (var link in broken)
        {
            using var read = await application.GetAsync(link);
            var sent = await client.SendAsync(link, Words("Hello?"), stamp);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (read.StatusCode, sent.Status));
            pages.Add(await read.Content.ReadAsStringAsync());
            pages.Add(sent.Body);
        }

        Assert.Contains("hello@shop.example", Assert.Single(pages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_messages_come_first_to_hand_and_the_earlier_ones_behind_a_link()
    {
        await using var application = await FormClient.StartAsync(Shop);
        var client = new FormClient(application);
        var (ticket, path) = await OpenAsync(application);
        for (var number = 2; number <= 120; number++)
        {
            await application.Get<ITicketDesk>().ReplyAsync(ticket.Key, new TicketReply { Text = $"Reply {number}." }, "grace");
        }

        var newest = await client.ReadAsync(path);
        var first = await client.ReadAsync(path + "?after=0");
        var next = first.Split("?after=").Select(part => part.Split('"')[0]).Last(part => part.All(char.IsAsciiDigit));
        var second = await client.ReadAsync($"{path}?after={next}");

        ContainsAll(newest, "Reply 71.", "Reply 120.", "?after=0\" rel=\"prev\">Earlier messages, from the first</a>");
        Assert.DoesNotContain("Reply 70.", newest, StringComparison.Ordinal);
        ContainsAll(first, "It leaks.", "Reply 50.", "rel=\"next\">Later messages</a>");
        Assert.DoesNotContain("Reply 51.", first, StringComparison.Ordinal);
        ContainsAll(second, "Reply 51.", "Reply 100.", "Earlier messages, from the first");
    }

    [Fact]
    public async Task Everything_that_was_written_is_text()
    {
        await using var application = await FormClient.StartAsync(Shop);
        var client = new FormClient(application);
        var (ticket, path) = await OpenAsync(application, Word(Hostile) with { Subject = Hostile, Name = Hostile });
        await application.Get<ITicketDesk>().ReplyAsync(ticket.Key, new TicketReply { Text = Hostile }, "grace");

        using var response = await application.GetAsync(path);
        var page = await response.Content.ReadAsStringAsync();

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, page.Split("<div class=\"words\">&lt;script&gt;").Length - 1);
        Assert.StartsWith("default-src 'none';", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../x.html", "text/html", "x.html", "application/octet-stream")]
    [InlineData("photo.png", "image/png", "photo.png", "image/png")]
    [InlineData("drawing.svg", "image/svg+xml", "drawing.svg", "application/octet-stream")]
    [InlineData("note.txt", "text/plain; charset=utf-16", "note.txt", "text/plain")]
    [InlineData("räkning \u202egnp.exe", "no type at all", "räkning gnp.exe", "application/octet-stream")]
    public async Task A_file_is_saved_by_the_browser_and_nothing_in_it_is_run(string name, string type, string expectedName, string expectedType)
    {
        await using var application = await FormClient.StartAsync(Shop);
        var content = await application
            .Get<IContentStore>()
            .SaveAsync("main", name, type, new MemoryStream(Encoding.UTF8.GetBytes("<script>alert(1)</script>")));
        var (_, path) = await OpenAsync(application, Word() with { Attachments = [content] });

        using var response = await application.GetAsync($"{path}/files/{content.Id}?entry=1");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("<script>alert(1)</script>", await response.Content.ReadAsStringAsync());
        Assert.Equal(expectedType, response.Content.Headers.ContentType?.ToString());
        var disposition = response.Content.Headers.ContentDisposition!;
        Assert.Equal(("attachment", expectedName), (disposition.DispositionType, disposition.FileNameStar));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("default-src 'none'; sandbox", Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Contains($"{path}/files/{content.Id}?entry=1", await new FormClient(application).ReadAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_files_that_stand_in_this_ticket_for_its_customer_are_handed_out()
    {
        await using var application = await FormClient.StartAsync(Shop);
        var store = application.Get<IContentStore>();
        Task<ContentReference> SaveAsync(string name) => store.SaveAsync("main", name, "text/plain", new MemoryStream([1]));
        var (mine, inNote, others, loose) = (await SaveAsync("mine"), await SaveAsync("note"), await SaveAsync("others"), await SaveAsync("loose"));
        await OpenAsync(application, Word(from: "eve@example.com", id: "2") with { Attachments = [others] });
        var (ticket, path) = await OpenAsync(application, Word() with { Attachments = [mine] });
        await application.Get<ITicketDesk>().NoteAsync(ticket.Key, new TicketNote { Text = "Look", Attachments = [inNote] }, "grace");
        string[] refused =
        [
            $"{mine.Id}",
            $"{mine.Id}?entry=2",
            $"{mine.Id}?entry=-1",
            $"{others.Id}?entry=1",
            $"{loose.Id}?entry=1",
            .. Enumerable.Range(1, 5).Select(entry => $"{inNote.Id}?entry={entry}"),
        ];

        foreach (var file in refused)
        {
            using var response = await application.GetAsync($"{path}/files/{file}");
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        using var given = await application.GetAsync($"{path}/files/{mine.Id}?entry=1");
        using var stranger = await application.GetAsync($"/support/tickets/guessed/files/{mine.Id}?entry=1");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (given.StatusCode, stranger.StatusCode));
    }

    [Fact]
    public async Task The_page_speaks_the_customers_language()
    {
        await using var application = await FormClient.StartAsync(Shop);
        var (_, path) = await OpenAsync(application, Word() with { Culture = "sv-SE" });

        ContainsAll(await new FormClient(application).ReadAsync(path, "en"), "<html lang=\"sv-SE\">", "Mottaget", "Du får svar senast tisdag", "Ditt svar");
    }

    [Fact]
    public async Task A_message_of_a_visitor_that_is_never_filed_stops_being_promised()
    {
        await using var application = await FormClient.StartAsync(Shop with { Tickets = new TicketRules { KeepsIdentity = false } });
        var client = new FormClient(application);
        var sent = await client.FillInAsync("/support/contact/main", FormClient.Letter(("website", "x")));
        var path = sent.Location!.Replace("/thanks/main/", "/tickets/", StringComparison.Ordinal);

        Assert.Contains("We have your message", await client.ReadAsync(path), StringComparison.Ordinal);
        application.Time.Advance(TimeSpan.FromDays(1));

        Assert.Contains("This link does not work", await client.ReadAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_answers_and_goes_on_after_a_closed_ticket_with_the_same_link()
    {
        await using var application = await FormClient.StartAsync(Shop with { Tickets = Shop.Tickets with { KeepsIdentity = false } });
        var client = new FormClient(application);
        var sent = await client.FillInAsync("/support/contact/main");
        var path = sent.Location!.Replace("/thanks/main/", "/tickets/", StringComparison.Ordinal);
        var ticket = Assert.Single(await client.TicketsAsync());
        await application.Get<ITicketDesk>().ReplyAsync(ticket.Key, new TicketReply { Text = "Which one?" }, "grace");

        await client.FillInAsync(path, Words("The blue one."));
        Assert.Single(await client.TicketsAsync());
        ContainsAll(await client.ReadAsync(path), "Which one?", "The blue one.");
        await application.Get<ITicketDesk>().ChangeAsync(ticket.Key, new TicketEdit { Status = TicketStatus.Closed }, "grace");
        await client.FillInAsync(path, Words("Still leaking."));
        await client.TicketsAsync();

        var page = await client.ReadAsync(path);
        Assert.Contains("Still leaking.", await client.ReadAsync(page.Split("goes on in <a href=\"")[1].Split('"')[0]), StringComparison.Ordinal);
    }
}
