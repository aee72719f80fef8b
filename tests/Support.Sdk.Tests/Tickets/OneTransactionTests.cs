using Support.Sdk.Tests.Engine;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Tickets;

public sealed class OneTransactionTests
{
    [Fact]
    public async Task A_word_on_a_ticket_with_three_clocks_is_one_save_with_everything_in_it()
    {
        var saves = new List<TicketChange>();
        var store = new WatchedTickets
        {
            Saving = changes =>
            {
                saves.AddRange(changes);
                return Task.CompletedTask;
            },
        };
        await using var world = new World(GivenTicket.Shop, with: store.Add, at: GivenTicket.Monday);
        await WriteAsync(world, "Where is it?", GivenTicket.Monday);
        await world.Get<ITicketDesk>().ReplyAsync(new TicketKey("main", 1), new TicketReply { Text = "Soon.", Status = TicketStatus.Open }, "bo");
        saves.Clear();

        await WriteAsync(world, "When?", GivenTicket.At(3, 10));

        var change = Assert.Single(saves);
        Assert.Equal(3, change.Ticket.Clocks.Count(clock => clock.EndedAt is null));
        Assert.Single(change.InboxIds);
        Assert.Equal([TicketEntryKind.Inbound, TicketEntryKind.Told], change.Entries.Select(entry => entry.Kind));
        Assert.Single(change.Deliveries);
    }

    private static async Task WriteAsync(World world, string text, DateTimeOffset at)
    {
        world.Time.SetUtcNow(at);
        await world.AcceptAsync(GivenTicket.Message(text, at) with { Ticket = 1 });
        await world.Runner.SweepAsync();
    }
}
