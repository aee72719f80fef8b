using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Misc.SupportSdk.Customers;
using Support.Sdk.Links;
using Support.Sdk.Tickets;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Customers;

public sealed class TicketPageTests
{
    [Fact]
    public async Task An_account_reads_the_tickets_of_its_orders()
    {
        await using var storefront = new Storefront();
        storefront.Shop.Place();
        await storefront.SweepAsync(1);
        var ticket = await storefront.WriteAsync(orderId: "1");

        var list = await storefront.ReadAsync<SupportTicketsController, TicketListModel>(page => page.Account());
        var model = await storefront.ReadAsync<SupportTicketsController, TicketModel>(page => page.Ticket(ticket.Key.Number));

        Assert.Equal(ticket.Key.Number, Assert.Single(list.Tickets).Number);
        Assert.Equal(("Received", "Where is it?"), (model.State, Assert.Single(model.Said).Text));
        Assert.Contains("You get an answer by", model.Standing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_an_account_names_an_address_opens_nobodys_ticket()
    {
        await using var storefront = new Storefront();
        var ticket = await storefront.WriteAsync(email: "ada@example.com");

        Assert.IsType<NotFoundResult>(await storefront.AskAsync<SupportTicketsController>(page => page.Ticket(ticket.Key.Number)));
        Assert.Empty((await storefront.ReadAsync<SupportTicketsController, TicketListModel>(page => page.Account())).Tickets);
    }

    [Fact]
    public async Task Somebody_elses_ticket_is_not_found_whether_it_is_read_or_written_to()
    {
        await using var storefront = new Storefront();
        storefront.Shop.Place();
        await storefront.SweepAsync(1);
        var ticket = await storefront.WriteAsync(orderId: "1");
        storefront.Customer = new() { Id = 8, Email = "ada@example.com" };

        Assert.IsType<NotFoundResult>(await storefront.AskAsync<SupportTicketsController>(page => page.Ticket(ticket.Key.Number)));
        Assert.IsType<NotFoundResult>(
            await storefront.AskAsync<SupportTicketsController>(page => page.Ticket(ticket.Key.Number, new FormInput { Message = "Let me in" }))
        );
        Assert.IsType<NotFoundResult>(await storefront.AskAsync<SupportTicketsController>(page => page.Ticket(ticket.Key.Number + 1)));
    }

    [Fact]
    public async Task A_strangers_ticket_to_which_an_order_was_added_stays_the_strangers()
    {
        await using var storefront = new Storefront();
        storefront.Shop.Place();
        await storefront.SweepAsync(1);
        var ticket = await storefront.WriteAsync(email: "bo@example.com");
        await (await storefront.EngineAsync())
            .Get<ITicketDesk>()
            .ChangeAsync(ticket.Key, new TicketEdit { AddOrders = ["1"] }, "agent", storefront.Cancellation);

        Assert.IsType<NotFoundResult>(await storefront.AskAsync<SupportTicketsController>(page => page.Ticket(ticket.Key.Number)));
    }

    [Fact]
    public async Task An_answer_goes_into_the_ticket_once()
    {
        await using var storefront = new Storefront();
        storefront.Shop.Place();
        await storefront.SweepAsync(1);
        var number = (await storefront.WriteAsync(orderId: "1")).Key.Number;
        var form = await storefront.ReadAsync<SupportTicketsController, TicketModel>(page => page.Ticket(number));
        storefront.Shop.Time.Advance(TimeSpan.FromSeconds(10));

        for (var time = 0; time < 2; time++)
        {
            var sent = await storefront.AskAsync<SupportTicketsController>(page =>
                page.Ticket(number, new FormInput { Message = "Thank you", Stamp = form.Stamp })
            );
            Assert.Equal($"/support/tickets/{number}?sent=true", Assert.IsType<LocalRedirectResult>(sent).Url);
            await storefront.SweepAsync();
        }

        Assert.Single(await storefront.EntriesAsync(Assert.Single(await storefront.TicketsAsync())), entry => entry.Text is "Thank you");
    }

    [Fact]
    public async Task An_answer_brings_its_files_and_one_that_is_refused_asks_for_them_again()
    {
        await using var storefront = new Storefront();
        storefront.Shop.Place();
        await storefront.SweepAsync(1);
        var number = (await storefront.WriteAsync(orderId: "1")).Key.Number;
        var form = await storefront.ReadAsync<SupportTicketsController, TicketModel>(page => page.Ticket(number));
        storefront.Shop.Time.Advance(TimeSpan.FromSeconds(10));
        var input = new FormInput
        {
            Message = "",
            Stamp = form.Stamp,
            Files = [ChosenFile.Of("mug.txt", "cracked")],
        };

        var refused = await storefront.ReadAsync<SupportTicketsController, TicketModel>(page => page.Ticket(number, input));
        await storefront.AskAsync<SupportTicketsController>(page => page.Ticket(number, input with { Message = "See the photo" }));
        await storefront.SweepAsync();

        Assert.Equal(new FilesModel("At most 5 files of 5 MB each.", IsFaulty: false, AreLost: true), refused.Files);
        Assert.False(form.Files.AreLost);
        var read = await storefront.ReadAsync<SupportTicketsController, TicketModel>(page => page.Ticket(number));
        Assert.Equal("mug.txt", Assert.Single(read.Said[^1].Files).Name);
    }

    [Fact]
    public async Task What_agents_say_among_themselves_is_not_shown()
    {
        await using var storefront = new Storefront { IsRegistered = false };
        var ticket = await storefront.WriteAsync();
        await (await storefront.EngineAsync())
            .Get<ITicketDesk>()
            .NoteAsync(ticket.Key, new TicketNote { Text = "A difficult one" }, "agent", storefront.Cancellation);
        await (await storefront.EngineAsync())
            .Get<ITicketDesk>()
            .ReplyAsync(ticket.Key, new TicketReply { Text = "On its way" }, "agent", storefront.Cancellation);
        var token = await storefront.LinkAsync(LinkPurpose.Ticket, ticket: ticket.Key.Number);

        var model = await storefront.ReadAsync<SupportTicketsController, TicketModel>(page => page.Linked(token));

        Assert.Equal(["Where is it?", "On its way"], model.Said.Select(said => said.Text));
        Assert.Equal(["You", "Corner shop"], model.Said.Select(said => said.By));
    }

    [Fact]
    public async Task The_link_in_a_mail_opens_the_ticket_and_its_holder_answers_there()
    {
        await using var storefront = new Storefront { IsRegistered = false };
        await storefront.WriteAsync();
        var text = storefront.Mail.Messages[0].Text;
        var token = text.Split(['\n', ' ']).First(word => word.Contains("/support/tickets/", StringComparison.Ordinal)).Trim().Split('/')[^1];
        var form = await storefront.ReadAsync<SupportTicketsController, TicketModel>(page => page.Linked(token));
        storefront.Shop.Time.Advance(TimeSpan.FromSeconds(10));

        var sent = await storefront.AskAsync<SupportTicketsController>(page => page.Linked(token, new FormInput { Message = "Any news?", Stamp = form.Stamp }));
        await storefront.SweepAsync();

        Assert.IsType<LocalRedirectResult>(sent);
        Assert.Contains(await storefront.EntriesAsync(Assert.Single(await storefront.TicketsAsync())), entry => entry.Text is "Any news?");
    }

    [Theory]
    [InlineData("forged")]
    [InlineData("expired")]
    [InlineData("stranger")]
    public async Task A_link_that_is_forged_or_expired_or_a_strangers_opens_nothing(string fault)
    {
        await using var storefront = new Storefront { IsRegistered = false };
        var ticket = await storefront.WriteAsync();
        var token = await storefront.LinkAsync(
            LinkPurpose.Ticket,
            email: fault is "stranger" ? "bo@example.com" : "ada@example.com",
            ticket: ticket.Key.Number,
            lasts: TimeSpan.FromDays(1)
        );
        token = fault is "forged" ? $"{token[..20]}{(token[20] == 'A' ? 'B' : 'A')}{token[21..]}" : token;
        storefront.Shop.Time.Advance(fault is "expired" ? TimeSpan.FromDays(1) : TimeSpan.Zero);

        var read = (ViewResult)await storefront.AskAsync<SupportTicketsController>(page => page.Linked(token));
        var written = (ViewResult)await storefront.AskAsync<SupportTicketsController>(page => page.Linked(token, new FormInput { Message = "x" }));

        Assert.All(new[] { read, written }, view => Assert.EndsWith("Broken.cshtml", view.ViewName, StringComparison.Ordinal));
        Assert.Equal(404, storefront.Status);
    }

    [Fact]
    public async Task A_link_of_preferences_shows_and_changes_what_is_told()
    {
        await using var storefront = new Storefront { IsRegistered = false };
        storefront.Shop.Place();
        await storefront.SweepAsync(1);
        var token = await storefront.LinkAsync(LinkPurpose.Preferences, orderId: "1");
        var before = await storefront.ReadAsync<SupportPreferencesController, PreferenceModel>(page => page.Open(token));

        var saved = await storefront.AskAsync<SupportPreferencesController>(page =>
            page.Open(
                token,
                new PreferenceInput
                {
                    Notices = true,
                    Kinds = [before.Kinds[0].Value],
                    Language = "sv",
                }
            )
        );
        var after = await storefront.ReadAsync<SupportPreferencesController, PreferenceModel>(page => page.Open(token));

        Assert.IsType<LocalRedirectResult>(saved);
        Assert.Equal("a…@example.com", before.Contact);
        Assert.All(before.Kinds, kind => Assert.True(kind.IsWanted));
        Assert.Equal([true, .. before.Kinds.Skip(1).Select(_ => false)], after.Kinds.Select(kind => kind.IsWanted));
        Assert.Equal(("sv", true), (after.Language, after.Notices));
        Assert.All(after.Kinds, kind => Assert.DoesNotContain("Plugins.", kind.Text, StringComparison.Ordinal));
    }
}
