using System.Text.Json;
using Support.Sdk.Contacts;
using Support.Sdk.Customers;
using Support.Sdk.Shops;
using Support.Sdk.Sla;
using Support.Sdk.Tests.Engine;
using Support.Sdk.Tests.Tickets;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Customers;

public sealed class CustomerDeskTests
{
    private static readonly ContactPoint Phone = new("sms", "+46700000001");
    private static readonly ContactPoint Browser = new(Customer.Visitor, "3f");

    [Fact]
    public async Task A_customer_has_orders_and_tickets_at_hand()
    {
        await using var world = new World();
        await world.AcceptAsync(Given.Snapshot());
        var customer = await WriteAsync(world, Given.Email);
        var view = await world.Get<ICustomerDesk>().FindAsync("main", customer.Id);
        Assert.Equal(("1001", 1), (Assert.Single(view!.Orders).Key.Id, Assert.Single(view.Tickets).Key.Number));
    }

    [Fact]
    public async Task A_customer_s_wishes_are_at_hand()
    {
        await using var world = new World();
        var customer = await WriteAsync(world, Given.Email);
        await world.Get<IContactDesk>().PreferAsync("main", Given.Email, new ContactPreferences { Culture = "sv" });
        var view = await world.Get<ICustomerDesk>().FindAsync("main", customer.Id);
        Assert.Equal("sv", Assert.Single(view!.Contacts).Preferences!.Culture);
    }

    [Fact]
    public async Task An_anonymous_visitor_is_named_later()
    {
        await using var world = new World();
        var visitor = await WriteAsync(world, Browser, name: null);
        Assert.True(visitor.IsAnonymous);
        var named = await world.Get<ICustomerDesk>().ChangeAsync("main", visitor.Id, new CustomerEdit { Name = "Ada", AddContacts = [Given.Email] });
        Assert.False(named.Customer!.IsAnonymous);
        Assert.Equal(visitor.Id, (await world.Get<ICustomerDesk>().OfContactAsync("main", Given.Email))!.Customer.Id);
    }

    [Fact]
    public async Task A_contact_point_of_somebody_else_is_not_taken_away()
    {
        await using var world = new World();
        var ada = await WriteAsync(world, Given.Email);
        var other = await WriteAsync(world, Phone);
        var result = await world.Get<ICustomerDesk>().ChangeAsync("main", other.Id, new CustomerEdit { AddContacts = [Given.Email] });
        Assert.Equal($"A contact point belongs to the customer {ada.Id}. Merge the two.", result.Refusal);
    }

    [Fact]
    public async Task Two_customers_who_are_one_person_become_one_with_all_tickets()
    {
        await using var world = new World();
        var ada = await WriteAsync(world, Given.Email);
        var other = await WriteAsync(world, Phone, name: null);
        var desk = world.Get<ICustomerDesk>();
        var merged = await desk.MergeAsync("main", other.Id, ada.Id);
        Assert.Equal(ada.Id, merged.Customer!.Id);

        var view = await desk.OfContactAsync("main", Phone);
        Assert.Equal((ada.Id, 2), (view!.Customer.Id, view.Tickets.Count));
        Assert.Equal(ada.Id, (await desk.FindAsync("main", other.Id))!.Customer.Id);
        Assert.Equal(2, (await WriteAsync(world, Phone)).ContactPoints.Count);
        Assert.Single(await desk.ListAsync("main"));
    }

    [Fact]
    public async Task A_merge_asked_for_twice_is_done_once()
    {
        await using var world = new World();
        var ada = await WriteAsync(world, Given.Email);
        var other = await WriteAsync(world, Phone);
        var desk = world.Get<ICustomerDesk>();
        var first = await desk.MergeAsync("main", other.Id, ada.Id);
        var again = await desk.MergeAsync("main", other.Id, ada.Id);
        Assert.Equal(first.Customer!.Version, again.Customer!.Version);
    }

    [Fact]
    public async Task A_merge_that_was_cut_off_is_finished_when_it_is_asked_for_again()
    {
        await using var torn = await TornMerge.MakeAsync();

        await torn.Desk.MergeAsync("main", torn.Other.Id, torn.Ada.Id);

        Assert.Equal(2, (await torn.Desk.FindAsync("main", torn.Ada.Id))!.Tickets.Count);
    }

    [Fact]
    public async Task An_erasure_finds_the_tickets_of_a_merge_that_was_cut_off()
    {
        await using var torn = await TornMerge.MakeAsync();

        var result = await torn.World.Get<IPrivacyDesk>().EraseAsync("main", [Phone], "bo");

        Assert.Equal((2, 1), (result.Tickets, result.Customers));
        Assert.All(await torn.World.Get<ITickets>().ListAsync(new TicketQuery { Shop = "main" }), ticket => Assert.NotNull(ticket.ErasedAt));
    }

    [Fact]
    public async Task An_export_holds_the_tickets_of_a_merge_that_was_cut_off()
    {
        await using var torn = await TornMerge.MakeAsync();
        using var file = new MemoryStream();

        await torn.World.Get<IPrivacyDesk>().ExportAsync("main", [Phone], file);

        using var export = JsonDocument.Parse(file.ToArray());
        Assert.Equal(2, Assert.Single(export.RootElement.GetProperty("customers").EnumerateArray()).GetProperty("tickets").GetArrayLength());
    }

    [Fact]
    public async Task Tickets_of_two_customers_are_not_merged()
    {
        await using var world = new World();
        await WriteAsync(world, Given.Email);
        await WriteAsync(world, Phone);
        var result = await world.Get<ITicketDesk>().MergeAsync(new TicketKey("main", 2), new TicketKey("main", 1), "bo");
        Assert.Equal(
            (TicketOutcome.Refused, "They are of two customers. If these are one person, merge the customers first."),
            (result.Outcome, result.Refusal)
        );
    }

    [Fact]
    public async Task A_new_address_in_a_ticket_becomes_its_customer_s()
    {
        await using var world = new World();
        await WriteAsync(world, Given.Email);
        var acknowledged = Assert.Single(world.Channel.Messages);
        var work = new ContactPoint("email", "ada@work.example");
        await world.AcceptAsync(GivenTicket.Message("From work.", from: work) with { InReplyTo = acknowledged.Id });
        await world.RunAsync();
        Assert.Equal("Ada", (await world.Get<ICustomerDesk>().OfContactAsync("main", work))!.Customer.Name);
        Assert.Single(await world.Get<ITickets>().ListAsync(new TicketQuery { Shop = "main" }));
    }

    [Fact]
    public async Task Another_customer_s_answer_to_a_forwarded_message_is_a_ticket_of_its_own()
    {
        await using var world = new World();
        await WriteAsync(world, Given.Email);
        var acknowledged = world.Channel.Messages[0];
        await WriteAsync(world, Phone);
        await world.AcceptAsync(GivenTicket.Message("I saw this.", from: Phone) with { InReplyTo = acknowledged.Id });
        await world.RunAsync();
        Assert.Equal(3, (await world.Get<ITickets>().ListAsync(new TicketQuery { Shop = "main" })).Count);
    }

    [Fact]
    public async Task Who_states_a_version_does_not_change_what_has_changed_since()
    {
        await using var world = new World();
        var ada = await WriteAsync(world, Given.Email);
        var desk = world.Get<ICustomerDesk>();
        await desk.ChangeAsync("main", ada.Id, new CustomerEdit { AddTags = ["press"] });
        Assert.True((await desk.ChangeAsync("main", ada.Id, new CustomerEdit { Name = "Eve", Version = ada.Version })).IsOvertaken);
    }

    [Fact]
    public async Task A_segment_chooses_the_policy()
    {
        var shop = Given.Shop with
        {
            Tickets = new TicketRules
            {
                Segments = [new Segment { Name = "regulars", MinOrders = 1 }],
                Policies =
                [
                    new SlaPolicy
                    {
                        Name = "regulars",
                        When = new SlaCondition { Segments = ["regulars"] },
                        Targets = [GivenTicket.Target(SlaMetric.FirstResponse, 1)],
                    },
                    new SlaPolicy { Name = "rest" },
                ],
            },
        };
        await using var world = new World(shop);
        await world.AcceptAsync(Given.Snapshot());
        await WriteAsync(world, Given.Email);
        await WriteAsync(world, Phone);
        var tickets = await world.Get<ITickets>().ListAsync(new TicketQuery { Shop = "main" });
        Assert.Equal(["rest", "regulars"], tickets.Select(ticket => ticket.Policy));
    }

    [Fact]
    public async Task What_is_impossible_is_refused_with_what_to_do()
    {
        await using var world = new World();
        var ada = await WriteAsync(world, Given.Email);
        var desk = world.Get<ICustomerDesk>();
        await Assert.ThrowsAsync<ArgumentException>(() => desk.ChangeAsync("main", ada.Id, new CustomerEdit { TimeZone = "Mars/Base" }));
        await Assert.ThrowsAsync<ArgumentException>(() => desk.ChangeAsync("main", ada.Id, new CustomerEdit { Culture = "x-nope-" }));
        await Assert.ThrowsAsync<ArgumentException>(() => desk.ChangeAsync("main", ada.Id, new CustomerEdit { AddContacts = [new ContactPoint("email", "")] }));
        await Assert.ThrowsAsync<ArgumentException>(() => desk.MergeAsync("main", ada.Id, ada.Id));
        Assert.Equal("There is no customer main/nobody.", (await desk.ChangeAsync("main", "nobody", new CustomerEdit())).Refusal);
    }

    private static async Task<Customer> WriteAsync(World world, ContactPoint from, string? name = "Ada")
    {
        await world.AcceptAsync(GivenTicket.Message($"Hello from {CustomerBook.NewId()}", world.Time.GetUtcNow(), from) with { Name = name });
        await world.RunAsync();
        return (await world.Get<ICustomerDesk>().OfContactAsync("main", from))!.Customer;
    }

    /// <summary>Two customers who became one, while their tickets did not.</summary>
    private sealed record TornMerge(World World, Customer Ada, Customer Other) : IAsyncDisposable
    {
        public ICustomerDesk Desk => World.Get<ICustomerDesk>();

        public static async Task<TornMerge> MakeAsync()
        {
            var tickets = new WatchedTickets();
            var world = new World(with: tickets.Add);
            var torn = new TornMerge(world, await WriteAsync(world, Given.Email), await WriteAsync(world, Phone));
            tickets.Saving = _ => throw new IOException("Away.");
            await Assert.ThrowsAsync<IOException>(() => torn.Desk.MergeAsync("main", torn.Other.Id, torn.Ada.Id));
            tickets.Saving = _ => Task.CompletedTask;
            return torn;
        }

        public ValueTask DisposeAsync() => World.DisposeAsync();
    }
}
