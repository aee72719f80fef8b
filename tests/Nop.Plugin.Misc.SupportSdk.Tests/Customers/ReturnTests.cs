using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Events;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Customers;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Plugin.Misc.SupportSdk.Tasks;
using NSubstitute;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Customers;

public sealed class ReturnTests
{
    [Fact]
    public async Task A_return_request_opens_one_ticket_though_its_event_comes_twice()
    {
        await using var storefront = new Storefront();
        await RequestAsync(storefront);
        await HearAsync(storefront, news => news.HandleEventAsync(new EntityInsertedEvent<ReturnRequest>(storefront.Returns[0])));
        await TurnAsync(storefront, 3);

        var ticket = Assert.Single(await storefront.TicketsAsync());

        Assert.Equal((TicketKind.Return, "Return R5, order N1", "1"), (ticket.Kind, ticket.Subject, Assert.Single(ticket.Orders)));
        Assert.Equal("ada@example.com", Assert.Single(ticket.Requester.ContactPoints).Value);
        var entry = Assert.Single(await storefront.EntriesAsync(ticket), entry => entry.Kind == TicketEntryKind.Inbound);
        Assert.Equal("I want to return 1 × Mug from order N1.\nReason: Wrong colour\nI wish: Money back\n\nIt is red.", entry.Text);
    }

    [Fact]
    public async Task A_clock_runs_until_it_is_answered_and_another_until_it_is_over()
    {
        await using var storefront = new Storefront();
        await RequestAsync(storefront);

        var ticket = Assert.Single(await storefront.TicketsAsync());

        Assert.Equal("returns", ticket.Policy);
        Assert.Equal([SlaMetric.FirstResponse, SlaMetric.Resolution], ticket.Clocks.Select(clock => clock.Metric).Order());
        Assert.Equal(storefront.Shop.Time.GetUtcNow().AddDays(14), ticket.Clocks.Single(clock => clock.Metric == SlaMetric.Resolution).DueAt);
    }

    [Fact]
    public async Task The_shop_has_told_its_customer_already_that_the_request_arrived()
    {
        await using var storefront = new Storefront();

        await RequestAsync(storefront);

        Assert.Empty(storefront.Mail.Messages);
    }

    [Fact]
    public async Task A_request_that_nobody_heard_of_is_found_by_the_next_turn()
    {
        await using var storefront = new Storefront();
        storefront.Shop.Place();
        storefront.Returns.Add(Asked(storefront, number: ""));

        await TurnAsync(storefront, 2);

        Assert.Equal("Return 5, order N1", Assert.Single(await storefront.TicketsAsync()).Subject);
    }

    [Fact]
    public async Task What_becomes_of_a_request_is_written_into_its_ticket_and_its_end_solves_it()
    {
        await using var storefront = new Storefront();
        await RequestAsync(storefront);
        await TurnAsync(storefront, 2);

        await MoveAsync(storefront, ReturnRequestStatus.Received);
        var received = Assert.Single(await storefront.TicketsAsync());
        await MoveAsync(storefront, ReturnRequestStatus.ItemsRefunded);
        var refunded = Assert.Single(await storefront.TicketsAsync());

        Assert.True(received.IsOpen);
        Assert.Equal(TicketStatus.Solved, refunded.Status);
        Assert.Equal(
            ["Return R5: received.", "Return R5: refunded."],
            (await storefront.EntriesAsync(refunded))
                .Where(entry => string.Equals(entry.By, Returns.By, StringComparison.Ordinal) && entry.Text is not null)
                .Select(entry => entry.Text)
        );
    }

    [Fact]
    public async Task A_turn_reads_the_requests_that_changed_and_not_the_week_again()
    {
        await using var storefront = new Storefront();
        var read = 0;
        foreach (var id in Enumerable.Range(1, 40))
        {
            storefront.Shop.Place(id);
            storefront.Returns.Add(Asked(storefront, $"R{id}", id, 1000 + id));
        }

        var table = Substitute.For<IRepository<ReturnRequest>>();
        table.Table.Returns(_ => new CountedTable<ReturnRequest>(storefront.Returns.AsQueryable(), () => read++));
        await using var scope = storefront.Shop.Services.CreateAsyncScope();
        var returns = ActivatorUtilities.CreateInstance<ReturnTurn>(scope.ServiceProvider, table);
        storefront.Shop.Time.Advance(TimeSpan.FromDays(2));
        List<int> reads = [];
        for (var minute = 0; minute < 20; minute++)
        {
            if (minute == 10)
            {
                storefront.Returns[3].UpdatedOnUtc = storefront.Shop.Time.GetUtcNow().UtcDateTime;
            }

            read = 0;
            await returns.RunAsync(await storefront.EngineAsync(), storefront.Cancellation);
            await storefront.SweepAsync();
            storefront.Shop.Time.Advance(TimeSpan.FromMinutes(1));
            reads.Add(read);
        }

        // Each is looked at until its ticket is known to stand; then only what has changed is.
        Assert.Equal([40, 40, 40, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1], reads.Take(13));
        Assert.All(reads.Skip(13), count => Assert.True(count <= 1));
        Assert.Equal(40, (await storefront.TicketsAsync()).Count);
    }

    [Fact]
    public async Task A_change_that_left_no_date_is_found_within_the_hour()
    {
        await using var storefront = new Storefront();
        await RequestAsync(storefront);
        await TurnAsync(storefront, 3);
        storefront.Returns[0].ReturnRequestStatusId = (int)ReturnRequestStatus.ItemsRefunded;

        storefront.Shop.Time.Advance(TimeSpan.FromHours(1));
        await TurnAsync(storefront, 1);

        Assert.Equal(TicketStatus.Solved, Assert.Single(await storefront.TicketsAsync()).Status);
    }

    [Fact]
    public async Task Its_customer_reads_on_the_ticket_how_it_stands()
    {
        await using var storefront = new Storefront();
        storefront.Shop.Store.CompanyAddress = "Road 1\n123 45 Town";
        await RequestAsync(storefront);
        var number = Assert.Single(await storefront.TicketsAsync()).Key.Number;

        var model = await storefront.ReadAsync<SupportTicketsController, TicketModel>(page => page.Ticket(number));

        Assert.Equal(new ReturnModel("R5", "Pending", "~/support/returns/5/label"), model.Return);
    }

    [Fact]
    public async Task A_label_names_where_the_parcel_goes_and_what_is_in_it()
    {
        await using var storefront = new Storefront();
        (storefront.Shop.Store.CompanyName, storefront.Shop.Store.CompanyAddress) = ("Corner Ltd", "Road 1\r\n123 45 Town");
        await RequestAsync(storefront);

        var label = await storefront.ReadAsync<SupportReturnsController, LabelModel>(page => page.Label(5));

        Assert.Equal(["Corner Ltd", "Road 1", "123 45 Town"], label.To);
        Assert.Equal(["Ada Lind", "Sweden"], label.From);
        Assert.Equal(("R5", "N1", "1 × Mug"), (label.Number, label.OrderNumber, label.Item));
    }

    [Fact]
    public async Task Returns_may_go_elsewhere_than_to_the_company()
    {
        await using var storefront = new Storefront();
        storefront.Shop.Store.CompanyAddress = "Road 1";
        storefront.Shop.Settings(new SupportSettings { Mode = SupportMode.Live, ReturnAddress = "Warehouse\nDock 3" });
        await RequestAsync(storefront);

        Assert.Equal(["Warehouse", "Dock 3"], (await storefront.ReadAsync<SupportReturnsController, LabelModel>(page => page.Label(5))).To);
    }

    [Theory]
    [InlineData("stranger")]
    [InlineData("over")]
    [InlineData("no address")]
    [InlineData("unknown")]
    public async Task There_is_no_label_for_strangers_or_for_what_is_over_or_without_an_address(string fault)
    {
        await using var storefront = new Storefront();
        storefront.Shop.Store.CompanyAddress = fault is "no address" ? null : "Road 1";
        await RequestAsync(storefront);
        storefront.Customer = fault is "stranger" ? new() { Id = 8, Email = "ada@example.com" } : storefront.Customer;
        storefront.Returns[0].ReturnRequestStatusId = fault is "over" ? 40 : 0;

        Assert.IsType<NotFoundResult>(await storefront.AskAsync<SupportReturnsController>(page => page.Label(fault is "unknown" ? 6 : 5)));
    }

    [Fact]
    public async Task The_list_of_requests_links_the_labels_of_the_own_ones()
    {
        await using var storefront = new Storefront();
        storefront.Shop.Store.CompanyAddress = "Road 1";
        await RequestAsync(storefront);
        storefront.Returns.Add(
            new ReturnRequest
            {
                Id = 6,
                StoreId = 1,
                CustomerId = 8,
            }
        );

        var list = (ReturnListModel)(await storefront.WidgetAsync<ReturnWidget>(widget => widget.InvokeAsync("customer_return_requests_top", "")))!;

        Assert.Equal("R5", Assert.Single(list.Returns).Number);
    }

    private static ReturnRequest Asked(Storefront storefront, string number, int id = 5, int orderItemId = 1001) =>
        new()
        {
            Id = id,
            CustomNumber = number,
            StoreId = 1,
            OrderItemId = orderItemId,
            CustomerId = 7,
            Quantity = 1,
            ReasonForReturn = "Wrong colour",
            RequestedAction = "Money back",
            CustomerComments = "It is red.",
            CreatedOnUtc = storefront.Shop.Time.GetUtcNow().UtcDateTime,
            UpdatedOnUtc = storefront.Shop.Time.GetUtcNow().UtcDateTime,
        };

    // As the shop does it: the request is inserted, then numbered.
    private static async Task RequestAsync(Storefront storefront)
    {
        storefront.Shop.Place();
        await storefront.SweepAsync(1);
        var request = Asked(storefront, number: "");
        storefront.Returns.Add(request);
        await HearAsync(storefront, news => news.HandleEventAsync(new EntityInsertedEvent<ReturnRequest>(request)));
        request.CustomNumber = "R5";
        await HearAsync(storefront, news => news.HandleEventAsync(new EntityUpdatedEvent<ReturnRequest>(request)));
        await storefront.SweepAsync();
    }

    private static async Task MoveAsync(Storefront storefront, ReturnRequestStatus status)
    {
        storefront.Shop.Time.Advance(TimeSpan.FromHours(1));
        var request = storefront.Returns[0];
        (request.ReturnRequestStatusId, request.UpdatedOnUtc) = ((int)status, storefront.Shop.Time.GetUtcNow().UtcDateTime);
        await HearAsync(storefront, news => news.HandleEventAsync(new EntityUpdatedEvent<ReturnRequest>(request)));
        await TurnAsync(storefront, 2);
    }

    private static async Task HearAsync(Storefront storefront, Func<ReturnNews, Task> hear)
    {
        await using var scope = storefront.Shop.Services.CreateAsyncScope();
        await hear(ActivatorUtilities.CreateInstance<ReturnNews>(scope.ServiceProvider));
    }

    private static async Task TurnAsync(Storefront storefront, int count)
    {
        for (var turn = 0; turn < count; turn++)
        {
            await using var scope = storefront.Shop.Services.CreateAsyncScope();
            foreach (var one in scope.ServiceProvider.GetServices<ITurn>().OfType<ReturnTurn>())
            {
                await one.RunAsync(await storefront.EngineAsync(), storefront.Cancellation);
            }

            await storefront.SweepAsync();
        }
    }
}
