using System.Net;
using Support.Sdk.Customers;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore;

public sealed class ContactFormTests
{
    private const string Path = "/support/contact/main";
    private const string Hostile = "<script>alert(1)</script>\"'&amp;";

    private static readonly Shop Anonymous = Given.Shop with { Tickets = new TicketRules { KeepsIdentity = false } };

    private static async Task<string> OrderLinkAsync(SupportApplication application, string contact = "ada@example.com", string? order = "1001")
    {
        var link = new SignedLink
        {
            Purpose = LinkPurpose.OrderStatus,
            Shop = "main",
            Contact = new ContactPoint("email", contact),
            OrderId = order,
            ExpiresAt = Given.Monday.AddDays(90),
        };
        return (await application.Get<ISupportLinks>().CreateAsync(link)).AbsolutePath.Replace("/orders/", "/contact/order/", StringComparison.Ordinal);
    }

    private static void ContainsAll(string page, params string[] expected) =>
        Assert.All(expected, text => Assert.Contains(text, page, StringComparison.Ordinal));

    [Fact]
    public async Task A_letter_becomes_a_ticket_and_its_writer_is_told_the_number()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);

        var sent = await client.FillInAsync(Path, FormClient.Letter(("order", "1001")), [SentFile.Text()]);

        Assert.Equal((HttpStatusCode.SeeOther, "/support/thanks/main"), (sent.Status, sent.Location));
        var ticket = Assert.Single(await client.TicketsAsync());
        Assert.Equal(("The teapot leaks", TicketKind.OrderProblem, "form"), (ticket.Subject, ticket.Kind, ticket.Channel));
        Assert.Equal(("Ada", Given.Email), (ticket.Requester.Name, Assert.Single(ticket.Requester.ContactPoints)));
        // Nobody has proven that it is hers.
        Assert.Empty(ticket.Orders);
        Assert.Equal("1001", ticket.Fields["claimedOrder"]);
        var entry = (await application.Get<ITickets>().EntriesAsync(new TicketEntryQuery { Key = ticket.Key, OnlyPublic = true })).Single();
        Assert.Equal(("It leaks.\nCan you help?", "note.txt"), (entry.Text, Assert.Single(entry.Attachments).Name));
        var told = Assert.Single(application.Channel.Messages);
        Assert.Equal((TicketNotices.Acknowledged, Given.Email), (told.Occasion.Split('/')[0], told.To));
    }

    [Fact]
    public async Task The_form_has_a_label_for_every_field_and_says_what_it_may_fill_in_by_itself()
    {
        await using var application = await FormClient.StartAsync();

        var page = await new FormClient(application).ReadAsync(Path);

        ContainsAll(
            page,
            "<h1>Write to us</h1>",
            "<fieldset role=\"radiogroup\" aria-required=\"true\"><legend>What is it about?</legend>",
            "<label for=\"name\">Your name <span class=\"quiet\">(optional)</span></label>",
            "autocomplete=\"name\"",
            "type=\"email\"",
            "autocomplete=\"email\" aria-required=\"true\" aria-describedby=\"email-hint\"",
            "<label for=\"message\">Your message</label>",
            "At most 5 files of 10 MB each.",
            "enctype=\"multipart/form-data\" novalidate",
            "<div class=\"trap\" aria-hidden=\"true\">",
            "tabindex=\"-1\" autocomplete=\"off\""
        );
        Assert.DoesNotContain("autofocus", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"product\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_runs_no_script_and_lets_nothing_out()
    {
        await using var application = await FormClient.StartAsync();

        using var response = await application.GetAsync(Path);

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task A_link_to_the_form_fills_it_in()
    {
        await using var application = await FormClient.StartAsync();

        var page = await new FormClient(application).ReadAsync(Path + "?kind=Question&order=1001&product=TEA-1&subject=Blue%3F");

        ContainsAll(page, "value=\"question\" id=\"kind\" checked>", "name=\"order\" type=\"text\" value=\"1001\"", "value=\"TEA-1\"", "value=\"Blue?\"");
    }

    [Fact]
    public async Task The_form_speaks_Swedish_and_so_does_what_follows()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);

        ContainsAll(await client.ReadAsync(Path, "sv-SE"), "<html lang=\"sv-SE\">", "Skriv till oss", "Högst 5 filer på 10 MB vardera.");
        ContainsAll(await client.ReadAsync("/support/thanks/main", "sv"), "Vi har fått ditt meddelande", "En bekräftelse kommer via e-post");
        var stamp = FormClient.StampIn(await client.ReadAsync(Path));
        application.Time.Advance(FormClient.Typing);
        await client.SendAsync(Path, FormClient.Letter(), stamp, language: "de-AT, sv;q=0.5");
        Assert.Equal("de-AT", Assert.Single(await client.InboxAsync()).Culture);
    }

    [Fact]
    public async Task Every_fault_stands_beside_its_field_and_in_the_summary_and_nothing_typed_is_lost()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);
        var letter = FormClient.Letter(("kind", ""), ("email", "ada@example"), ("message", "  "), ("subject", "Leaks"), ("product", "TEA-1"));

        var sent = await client.FillInAsync(Path, letter, [SentFile.Text()]);

        Assert.Equal(HttpStatusCode.BadRequest, sent.Status);
        ContainsAll(
            sent.Body,
            "<title>Not sent: Write to us – Tiny Shop</title>",
            "id=\"faults\" role=\"alert\" tabindex=\"-1\" autofocus",
            "<a href=\"#kind\">Choose what it is about.</a>",
            "<a href=\"#email\">Enter an e-mail address like name@example.com.</a>",
            "<a href=\"#message\">Write your message.</a>",
            "<p class=\"fault\" id=\"email-fault\">Enter an e-mail address like name@example.com.</p>",
            "aria-describedby=\"email-hint email-fault\" aria-invalid=\"true\"",
            "value=\"ada@example\"",
            "value=\"Leaks\"",
            "value=\"Ada\"",
            "value=\"TEA-1\"",
            "Your files were not kept. Choose them again."
        );
        Assert.Empty(await client.InboxAsync());
        Assert.Equal(0, await application.Get<IContentStore>().RemoveUnusedAsync(Given.Monday.AddYears(1)));
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("ada@")]
    [InlineData("@example.com")]
    [InlineData("ada@example")]
    [InlineData("ada@example..com")]
    [InlineData("ada@exa mple.com")]
    [InlineData("ada@@example.com")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData("ada@example.com, eve@example.com")]
    public async Task What_nobodys_address_looks_like_is_no_address(string address)
    {
        await using var application = await FormClient.StartAsync();

        var sent = await new FormClient(application).FillInAsync(Path, FormClient.Letter(("email", address)));

        Assert.Equal(HttpStatusCode.BadRequest, sent.Status);
        Assert.Contains("id=\"email-fault\"", sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_corrected_is_sent_at_once()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);
        var faulty = await client.FillInAsync(Path, FormClient.Letter(("email", "")));

        var sent = await client.SendAsync(Path, FormClient.Letter(), FormClient.StampIn(faulty.Body));

        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        Assert.Single(await client.InboxAsync());
    }

    [Fact]
    public async Task A_double_click_is_one_message_and_leaves_no_second_files()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);
        var stamp = FormClient.StampIn(await client.ReadAsync(Path));
        application.Time.Advance(FormClient.Typing);

        var first = await client.SendAsync(Path, FormClient.Letter(), stamp, [SentFile.Text()]);
        application.Time.Advance(TimeSpan.FromMilliseconds(300));
        var second = await client.SendAsync(Path, FormClient.Letter(), stamp, [SentFile.Text()]);

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (first.Status, second.Status));
        Assert.Single(await client.TicketsAsync());
        Assert.Equal(0, await application.Get<IContentStore>().RemoveUnusedAsync(Given.Monday.AddYears(1)));
    }

    [Fact]
    public async Task Another_text_after_the_way_back_is_another_message()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);
        var stamp = FormClient.StampIn(await client.ReadAsync(Path));
        application.Time.Advance(FormClient.Typing);

        await client.SendAsync(Path, FormClient.Letter(), stamp);
        await client.SendAsync(Path, FormClient.Letter(("message", "And the lid is missing.")), stamp);

        Assert.Equal(2, (await client.InboxAsync()).Count);
    }

    [Fact]
    public async Task Markup_in_any_field_is_shown_as_text()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);
        string[] fields = ["kind", "name", "email", "order", "subject", "message", "product"];

        var sent = await client.FillInAsync(Path, FormClient.Letter([.. fields.Select(field => (field, Hostile))]), [SentFile.Text(Hostile.Replace('"', '_'))]);
        var prefilled = await client.ReadAsync($"{Path}?{string.Join('&', fields.Select(field => $"{field}={Uri.EscapeDataString(Hostile)}"))}");

        foreach (var page in (string[])[sent.Body, prefilled])
        {
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("\"'&amp;", page, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;amp;", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Behind_an_orders_link_nothing_typed_changes_whose_order_it_is()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);
        await application.AcceptAsync(Given.Snapshot() with { Number = "#1001" });
        await application.AtAsync(Given.Monday);
        var path = await OrderLinkAsync(application);

        var page = await client.ReadAsync(path);
        var sent = await client.FillInAsync(path, FormClient.Letter(("email", "eve@example.com"), ("order", "9"), ("kind", "cancel")));

        ContainsAll(page, "Write to us about order #1001", "answers you at a…@example.com", "I want to cancel this order");
        Assert.DoesNotContain("name=\"email\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"order\"", page, StringComparison.Ordinal);
        Assert.Equal("/support/thanks/main?order=true", sent.Location);
        var ticket = Assert.Single(await client.TicketsAsync());
        Assert.Equal(("1001", "ada@example.com"), (Assert.Single(ticket.Orders), Assert.Single(ticket.Requester.ContactPoints).Value));
        Assert.Equal((TicketKind.OrderProblem, TicketTags.WantsToCancel), (ticket.Kind, Assert.Single(ticket.Tags)));
    }

    [Fact]
    public async Task The_order_page_leads_to_the_form_of_each_order()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);
        await application.AcceptAsync(Given.Snapshot(), Given.Snapshot("1002"));
        await application.AtAsync(Given.Monday);
        var orders = (await OrderLinkAsync(application)).Replace("/contact/order/", "/orders/", StringComparison.Ordinal);

        var page = await client.ReadAsync(orders);

        var link = page.Split("href=\"")
            .Select(part => part.Split('"')[0])
            .Where(one => one.StartsWith("/support/contact/order/", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(2, link.Count);
        ContainsAll(string.Concat(await client.ReadAsync(link[0]), await client.ReadAsync(link[1])), "about order 1001", "about order 1002");
    }

    [Theory]
    [InlineData("/support/contact/unknown")]
    [InlineData("/support/contact/order/guessed")]
    [InlineData("/support/thanks/unknown")]
    [InlineData("/support/thanks/main/guessed")]
    [InlineData("/support/tickets/guessed")]
    public async Task What_does_not_exist_shows_the_way_to_a_person(string path)
    {
        await using var application = await FormClient.StartAsync();

        using var response = await application.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("hello@shop.example", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_identity_is_kept_none_is_asked_for_and_the_link_is_all_there_is()
    {
        await using var application = await FormClient.StartAsync(Anonymous);
        var client = new FormClient(application);
        var page = await client.ReadAsync(Path);

        var sent = await client.FillInAsync(Path, FormClient.Letter(("name", "Ada"), ("email", "ada@example.com")));
        var thanks = await client.ReadAsync(sent.Location!);
        var token = sent.Location!.Split('/')[^1];
        var before = await client.ReadAsync($"/support/tickets/{token}");
        var ticket = Assert.Single(await client.TicketsAsync());
        var after = await client.ReadAsync($"/support/tickets/{token}");

        Assert.DoesNotContain("name=\"email\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"name\"", page, StringComparison.Ordinal);
        ContainsAll(thanks, "Keep this link", $"href=\"/support/tickets/{token}\"", $"https://shop.example/support/tickets/{token}");
        ContainsAll(before, "We have your message, and are filing it.");
        ContainsAll(after, "<h1>The teapot leaks</h1>", "It leaks.", "Keep the link to this page");
        var point = Assert.Single(ticket.Requester.ContactPoints);
        Assert.Equal((Customer.Visitor, 32), (point.Channel, point.Value.Length));
        Assert.Equal((null, null), (ticket.Requester.Name, ticket.Requester.CustomerId));
        Assert.Empty(application.Channel.Messages);
    }

    [Fact]
    public async Task Two_visitors_of_such_a_shop_have_nothing_in_common()
    {
        await using var application = await FormClient.StartAsync(Anonymous);
        var client = new FormClient(application);

        await client.FillInAsync(Path);
        await client.FillInAsync(Path);

        var points = (await client.TicketsAsync()).Select(ticket => Assert.Single(ticket.Requester.ContactPoints)).ToList();
        Assert.Equal(2, points.Distinct().Count());
    }

    [Theory]
    [InlineData(ShopMode.Live, true, "A confirmation comes by e-mail")]
    [InlineData(ShopMode.Live, false, "No confirmation comes")]
    [InlineData(ShopMode.Shadow, true, "No confirmation comes")]
    public async Task A_confirmation_is_announced_only_where_one_is_sent(ShopMode mode, bool acknowledges, string expected)
    {
        var shop = Given.Shop with
        {
            Mode = mode,
            Tickets = new TicketRules { Acknowledges = acknowledges },
        };
        await using var application = await FormClient.StartAsync(shop);

        ContainsAll(await new FormClient(application).ReadAsync("/support/thanks/main"), "We have your message", expected);
    }

    [Fact]
    public async Task Below_a_base_path_every_way_stays_below_it()
    {
        await using var application = await SupportApplication.StartAsync(
            web =>
            {
                Microsoft.AspNetCore.Builder.UsePathBaseExtensions.UsePathBase(web, "/shop");
                Microsoft.AspNetCore.Builder.EndpointRoutingApplicationBuilderExtensions.UseRouting(web);
                Microsoft.AspNetCore.Builder.SupportPagesExtensions.MapSupportPages(web, "help");
            },
            support => Microsoft.Extensions.DependencyInjection.SupportServiceCollectionExtensions.AddShop(support, Anonymous)
        );
        var client = new FormClient(application);

        var sent = await client.FillInAsync("/shop/help/contact/main");

        Assert.StartsWith("/shop/help/thanks/main/", sent.Location, StringComparison.Ordinal);
        Assert.Contains("href=\"/shop/help/tickets/", await client.ReadAsync(sent.Location!), StringComparison.Ordinal);
    }
}
