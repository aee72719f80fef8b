using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Misc.SupportSdk.Customers;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Support.Sdk.Links;
using Support.Sdk.Tickets;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Customers;

public sealed class ContactPageTests
{
    private static readonly ContactInput Filled = new()
    {
        Kind = "question",
        Name = "Bo",
        Email = "bo@example.com",
        Message = "Is it blue?",
    };

    [Fact]
    public async Task What_a_guest_writes_becomes_a_ticket()
    {
        await using var storefront = new Storefront { IsRegistered = false };

        await SendAsync(storefront, Filled);

        var ticket = Assert.Single(await storefront.TicketsAsync());
        Assert.Equal((TicketKind.Question, "form", "Bo", "en-US"), (ticket.Kind, ticket.Channel, ticket.Requester.Name, ticket.Requester.Culture));
        Assert.Equal("bo@example.com", Assert.Single(ticket.Requester.ContactPoints).Value);
        Assert.DoesNotContain(CustomerTickets.Account, ticket.Fields.Keys);
        Assert.Contains("/support/tickets/", Assert.Single(storefront.Mail.Messages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_is_one_message()
    {
        await using var storefront = new Storefront { IsRegistered = false };
        var stamp = await storefront.StampAsync();

        await SendAsync(storefront, Filled, stamp);
        await SendAsync(storefront, Filled, stamp);

        Assert.Single(await storefront.TicketsAsync());
    }

    [Fact]
    public async Task Files_that_were_chosen_are_in_the_ticket_and_a_second_sending_brings_none_twice()
    {
        await using var storefront = new Storefront { IsRegistered = false };
        var stamp = await storefront.StampAsync();

        for (var time = 0; time < 2; time++)
        {
            await SendAsync(storefront, Filled with { Files = [ChosenFile.Of(@"C:\photos\mug.txt", "cracked"), ChosenFile.Of("bill.txt", "9 EUR")] }, stamp);
        }

        var entries = await storefront.EntriesAsync(Assert.Single(await storefront.TicketsAsync()));
        var files = Assert.Single(entries, entry => entry.Kind == TicketEntryKind.Inbound).Attachments;
        Assert.Equal([("mug.txt", 7L), ("bill.txt", 5L)], files.Select(file => (file.Name, file.Length)));
        await using var content = await (await storefront.EngineAsync()).Get<IContentStore>().OpenAsync("store-1", files[0].Id, storefront.Cancellation);
        using var reader = new StreamReader(content!);
        Assert.Equal("cracked", await reader.ReadToEndAsync(storefront.Cancellation));
    }

    [Theory]
    [InlineData(6, 1, "At most 5 files go with one message.")]
    [InlineData(1, PostedFiles.MostBytes + 1, "“photo0.txt” is larger than 5 MB.")]
    public async Task Files_beyond_the_limits_are_refused_before_any_is_kept(int count, int bytes, string reason)
    {
        await using var storefront = new Storefront { IsRegistered = false };
        var files = Enumerable.Range(0, count).Select(number => ChosenFile.Of($"photo{number}.txt", new byte[bytes])).ToList();

        var model = await RefusedAsync(storefront, Filled with { Files = files });

        Assert.Equal((400, reason), (storefront.Status, model.FaultOf("Files")));
        Assert.Equal((true, true), (model.Files.IsFaulty, model.Files.AreLost));
        Assert.Empty(await storefront.TicketsAsync());
        Assert.Equal(0, await KeptAsync(storefront));
    }

    [Fact]
    public async Task Of_a_robot_no_file_is_kept()
    {
        await using var storefront = new Storefront { IsRegistered = false };

        await SendAsync(storefront, Filled with { Website = "https://spam.example", Files = [ChosenFile.Of("ad.txt", "Buy!")] });

        Assert.Equal(0, await KeptAsync(storefront));
    }

    [Fact]
    public async Task An_account_writes_about_its_order_as_whom_the_order_names()
    {
        await using var storefront = new Storefront
        {
            Customer = new() { Id = 7, Email = "office@example.com" },
        };
        storefront.Shop.Place();
        await storefront.SweepAsync(1);

        await SendAsync(
            storefront,
            new ContactInput
            {
                Kind = "cancel",
                Order = "1",
                Message = "Please stop it.",
            }
        );

        var ticket = Assert.Single(await storefront.TicketsAsync());
        Assert.Equal(("1", "ada@example.com"), (Assert.Single(ticket.Orders), Assert.Single(ticket.Requester.ContactPoints).Value));
        Assert.Contains(TicketTags.WantsToCancel, ticket.Tags);
        Assert.Equal("7", ticket.Fields[CustomerTickets.Account]);
    }

    [Fact]
    public async Task An_account_cannot_write_about_somebody_elses_order()
    {
        await using var storefront = new Storefront();
        storefront.Shop.Place(change: order => order.CustomerId = 8);
        await storefront.SweepAsync(1);

        var model = await RefusedAsync(
            storefront,
            new ContactInput
            {
                Kind = "other",
                Order = "1",
                Message = "Mine?",
            }
        );

        Assert.NotNull(model.FaultOf("Order"));
        Assert.Empty(await storefront.TicketsAsync());
    }

    [Fact]
    public async Task A_guest_who_names_a_strangers_order_does_not_get_into_it()
    {
        await using var storefront = new Storefront { IsRegistered = false };
        storefront.Shop.Place();
        await storefront.SweepAsync(1);

        await SendAsync(storefront, Filled with { Order = "N1" });

        Assert.Empty(Assert.Single(await storefront.TicketsAsync()).Orders);
    }

    [Fact]
    public async Task The_holder_of_an_orders_link_writes_about_it_without_a_word_of_who()
    {
        await using var storefront = new Storefront { IsRegistered = false };
        storefront.Shop.Place();
        await storefront.SweepAsync(1);
        var token = await storefront.LinkAsync(LinkPurpose.OrderStatus, orderId: "1");
        var form = await storefront.ReadAsync<SupportContactController, ContactModel>(page => page.Linked(token));
        storefront.Shop.Time.Advance(TimeSpan.FromSeconds(10));

        var sent = await storefront.AskAsync<SupportContactController>(page =>
            page.Linked(
                token,
                new ContactInput
                {
                    Kind = "orderProblem",
                    Message = "It is broken.",
                    Stamp = form.Stamp,
                }
            )
        );
        await storefront.SweepAsync();

        Assert.Equal($"/support/contact/order/{token}?sent=true", Assert.IsType<LocalRedirectResult>(sent).Url);
        Assert.Equal(("N1", false), (form.OrderNumber, form.AsksWho));
        Assert.Equal("1", Assert.Single(Assert.Single(await storefront.TicketsAsync()).Orders));
    }

    [Theory]
    [InlineData("Website")]
    [InlineData("fast")]
    public async Task A_robot_is_told_what_everybody_is_told_and_nothing_is_kept(string trap)
    {
        await using var storefront = new Storefront { IsRegistered = false };
        var stamp = trap is "fast"
            ? (await storefront.ReadAsync<SupportContactController, ContactModel>(page => page.Open())).Stamp
            : await storefront.StampAsync();

        await SendAsync(storefront, Filled with { Website = trap is "Website" ? "https://spam.example" : null }, stamp);

        Assert.Empty(await storefront.TicketsAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("AAAA")]
    public async Task A_form_without_a_stamp_of_ours_is_shown_again_ready_to_be_sent(string? stamp)
    {
        await using var storefront = new Storefront { IsRegistered = false };

        var model = await RefusedAsync(storefront, Filled, stamp ?? "");
        await SendAsync(storefront, Filled, model.Stamp);

        Assert.Equal("Is it blue?", model.Input.Message);
        Assert.Single(await storefront.TicketsAsync());
    }

    [Fact]
    public async Task A_stamp_of_another_form_or_of_yesterday_is_none()
    {
        await using var storefront = new Storefront { IsRegistered = false };
        var stamp = await storefront.StampAsync();
        storefront.Shop.Time.Advance(TimeSpan.FromHours(25));

        Assert.NotEmpty((await RefusedAsync(storefront, Filled, stamp)).Refusal);
        storefront.IsRegistered = true;
        Assert.NotEmpty((await RefusedAsync(storefront, Filled, await GuestStampAsync(storefront))).Refusal);
        Assert.Empty(await storefront.TicketsAsync());
    }

    [Theory]
    [InlineData("Kind")]
    [InlineData("Email")]
    [InlineData("Message")]
    [InlineData("Subject")]
    [InlineData("Name")]
    public async Task What_is_missing_or_makes_no_sense_is_named(string field)
    {
        await using var storefront = new Storefront { IsRegistered = false };
        var input = field switch
        {
            "Kind" => Filled with { Kind = "nonsense" },
            "Email" => Filled with { Email = "bo@example.com\r\nBcc: all@example.com, x" },
            "Message" => Filled with { Message = "\u0001 \r\n " },
            "Subject" => Filled with { Subject = new string('x', 201) },
            _ => Filled with { Name = new string('x', 201) },
        };

        Assert.NotNull((await RefusedAsync(storefront, input)).FaultOf(field));
        Assert.Equal(400, storefront.Status);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_not_lost()
    {
        await using var storefront = new Storefront { IsRegistered = false };
        var text = new string('å', InboundMessage.MaxText + 1);

        var model = await RefusedAsync(storefront, Filled with { Message = text });

        Assert.NotNull(model.FaultOf("Message"));
        Assert.Equal(text, model.Input.Message);
        Assert.Empty(await storefront.TicketsAsync());
    }

    [Fact]
    public async Task One_address_sends_six_messages_in_ten_minutes()
    {
        await using var storefront = new Storefront { IsRegistered = false };
        for (var count = 0; count < 6; count++)
        {
            await SendAsync(storefront, Filled);
        }

        Assert.NotEmpty((await RefusedAsync(storefront, Filled)).Refusal);
        Assert.Equal(429, storefront.Status);
        storefront.Address = "203.0.113.2";
        await SendAsync(storefront, Filled);
        storefront.Address = "203.0.113.1";
        storefront.Shop.Time.Advance(TimeSpan.FromMinutes(10));
        await SendAsync(storefront, Filled);
        Assert.Equal(8, (await storefront.TicketsAsync()).Count);
    }

    [Fact]
    public async Task The_shops_own_question_for_people_is_asked_where_its_contact_page_asks_it()
    {
        await using var storefront = new Storefront { IsRegistered = false };
        (storefront.Captcha.Enabled, storefront.Captcha.ShowOnContactUsPage) = (true, true);

        var model = await RefusedAsync(storefront, Filled);

        Assert.True(model.AsksCaptcha);
        Assert.NotNull(model.FaultOf("captcha"));
        Assert.Empty(await storefront.TicketsAsync());
    }

    [Fact]
    public async Task While_the_engine_is_away_a_friendly_page_is_shown()
    {
        await using var storefront = new Storefront { IsRegistered = false };
        storefront.Shop.OpenDatabase = () => throw new InvalidOperationException("The database is away.");

        var view = (ViewResult)await storefront.AskAsync<SupportContactController>(page => page.Open(Filled with { Stamp = "x" }, captchaValid: true));

        Assert.Equal(503, storefront.Status);
        Assert.EndsWith("Unavailable.cshtml", view.ViewName, StringComparison.Ordinal);
    }

    // What no ticket names is counted by taking it out.
    private static async Task<int> KeptAsync(Storefront storefront) =>
        await (await storefront.EngineAsync()).Get<IContentStore>().RemoveUnusedAsync(storefront.Shop.Time.GetUtcNow().AddDays(1), storefront.Cancellation);

    private static async Task<string> GuestStampAsync(Storefront storefront)
    {
        storefront.IsRegistered = false;
        var stamp = await storefront.StampAsync();
        storefront.IsRegistered = true;
        return stamp;
    }

    private static async Task SendAsync(Storefront storefront, ContactInput input, string? stamp = null)
    {
        var filled = input with { Stamp = stamp ?? await storefront.StampAsync() };
        var result = await storefront.AskAsync<SupportContactController>(page => page.Open(filled, captchaValid: true));
        Assert.Equal("/support/contact?sent=true", Assert.IsType<LocalRedirectResult>(result).Url);
        await storefront.SweepAsync();
    }

    private static async Task<ContactModel> RefusedAsync(Storefront storefront, ContactInput input, string? stamp = null)
    {
        var filled = input with { Stamp = stamp ?? await storefront.StampAsync() };
        return await storefront.ReadAsync<SupportContactController, ContactModel>(page => page.Open(filled, captchaValid: false));
    }
}
