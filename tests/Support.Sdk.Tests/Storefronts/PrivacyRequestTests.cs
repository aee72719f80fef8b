using System.Text;
using Support.Sdk.Contacts;
using Support.Sdk.Orders;
using Support.Sdk.Storefronts;
using Support.Sdk.Tests.Engine;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Storefronts;

public sealed class PrivacyRequestTests
{
    [Fact]
    public async Task An_export_becomes_a_ticket_with_the_document_and_the_customer_is_told_nothing()
    {
        await using var world = await WorldAsync();

        await AskAsync(world, PrivacyRequestKind.Export);

        var ticket = Assert.Single(await world.Get<ITickets>().ListAsync(new TicketQuery { Shop = "main" }));
        var entry = (await world.Get<ITickets>().EntriesAsync(new TicketEntryQuery { Key = ticket.Key }))[0];
        Assert.Equal(("Data request 9999", "shopify", "data-request"), (ticket.Subject, ticket.Channel, Assert.Single(ticket.Tags)));
        Assert.Contains("\"1001\"", await TextAsync(world, Assert.Single(entry.Attachments).Id), StringComparison.Ordinal);
        Assert.Empty(world.Channel.Messages);
    }

    [Fact]
    public async Task An_export_for_somebody_unknown_says_so()
    {
        await using var world = await WorldAsync();
        await AskAsync(world, PrivacyRequestKind.Export, request => request with { ContactPoints = [], OrderIds = ["77"] });
        var entries = await world.Get<ITickets>().EntriesAsync(new TicketEntryQuery { Key = new TicketKey("main", 1) });
        Assert.Equal(("Nothing is stored about the person.", 0), (entries[0].Text, entries[0].Attachments.Count));
    }

    [Fact]
    public async Task An_erasure_is_done_and_recorded()
    {
        await using var world = await WorldAsync();

        await AskAsync(world, PrivacyRequestKind.Erase);

        var record = Assert.Single(await world.Get<IPrivacyDesk>().ErasuresAsync("main"));
        Assert.Equal(("shopify 9999", 1, true), (record.By, record.Orders, record.IsComplete));
        Assert.Null((await world.OrderAsync()).Snapshot!.Customer.Name);
        Assert.Empty(await world.ParkedAsync());
    }

    [Fact]
    public async Task An_erasure_follows_the_orders_that_it_names()
    {
        await using var world = await WorldAsync();
        await AskAsync(world, PrivacyRequestKind.Erase, request => request with { ContactPoints = [], OrderIds = ["1001"] });
        Assert.Null((await world.OrderAsync()).Snapshot!.Customer.Name);
    }

    [Fact]
    public async Task The_same_request_sent_twice_is_done_once()
    {
        await using var world = await WorldAsync();
        await AskAsync(world, PrivacyRequestKind.Export);
        await AskAsync(world, PrivacyRequestKind.Export);
        Assert.Single(await world.Get<ITickets>().ListAsync(new TicketQuery { Shop = "main" }));
    }

    [Fact]
    public async Task A_forgotten_shop_leaves_nothing_but_the_record()
    {
        await using var world = await WorldAsync();

        await AskAsync(world, PrivacyRequestKind.ForgetShop, request => request with { ContactPoints = [] });

        Assert.Empty(await world.Get<IOrderStore>().FindAsync([new OrderKey("main", "1001")]));
        Assert.Equal("shopify 9999", Assert.Single(await world.Get<IPrivacyDesk>().ErasuresAsync("main")).By);
        Assert.Empty(await world.ParkedAsync());
    }

    [Fact]
    public async Task What_is_not_known_is_parked_for_a_person()
    {
        await using var world = await WorldAsync();
        await AskAsync(world, PrivacyRequestKind.Unknown);
        Assert.Equal("What is asked for is not known here.", Assert.Single(await world.ParkedAsync()).Reason);
    }

    [Fact]
    public async Task A_request_that_names_too_much_is_refused()
    {
        await using var world = await WorldAsync();
        var request = Request(PrivacyRequestKind.Erase) with { OrderIds = [.. Enumerable.Range(0, 1001).Select(n => $"{n}")] };
        await Assert.ThrowsAsync<ArgumentException>(() => world.AcceptAsync(request));
    }

    private static async Task<World> WorldAsync()
    {
        var world = new World();
        await world.AcceptAsync(Given.Snapshot());
        await world.RunAsync();
        return world;
    }

    private static async Task AskAsync(World world, PrivacyRequestKind kind, Func<PrivacyRequested, PrivacyRequested>? change = null)
    {
        await world.AcceptAsync((change ?? (request => request))(Request(kind)));
        await world.RunAsync();
    }

    private static PrivacyRequested Request(PrivacyRequestKind kind) =>
        new()
        {
            ShopId = "main",
            Source = "shopify",
            EventId = "teapots.myshopify.com/privacy/1",
            Kind = kind,
            At = Given.Monday,
            RequestId = "9999",
            ContactPoints = [Given.Email],
        };

    private static async Task<string> TextAsync(World world, string id)
    {
        await using var content = await world.Get<IContentStore>().OpenAsync("main", id);
        using var reader = new StreamReader(content!, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
