using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Relational;
using Support.Sdk.Tests.Engine;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Tickets;

public sealed class OneTransactionTests
{
    [Fact]
    public async Task A_word_on_a_ticket_with_three_clocks_is_one_save_with_everything_in_it()
    {
        CountingStore? store = null;
        await using var world = new World(
            GivenTicket.Shop,
            with: services =>
                services.AddSingleton<ITicketStore>(provider => store = new CountingStore(new TicketStore(provider.GetRequiredService<Database>()))),
            at: GivenTicket.Monday
        );
        await WriteAsync(world, "Where is it?", GivenTicket.Monday);
        await world.Get<ITicketDesk>().ReplyAsync(new TicketKey("main", 1), new TicketReply { Text = "Soon.", Status = TicketStatus.Open }, "bo");
        store!.Saves.Clear();

        await WriteAsync(world, "When?", GivenTicket.At(3, 10));

        var change = Assert.Single(store.Saves);
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

    private sealed class CountingStore(ITicketStore store) : ITicketStore
    {
        public List<TicketChange> Saves { get; } = [];

        public Task<long> TakeNumbersAsync(string shop, int count, CancellationToken cancellationToken = default) =>
            store.TakeNumbersAsync(shop, count, cancellationToken);

        public Task<IReadOnlyList<Ticket>> FindAsync(IReadOnlyList<TicketKey> keys, CancellationToken cancellationToken = default) =>
            store.FindAsync(keys, cancellationToken);

        public Task<IReadOnlyList<Ticket>> ListAsync(TicketQuery query, CancellationToken cancellationToken = default) =>
            store.ListAsync(query, cancellationToken);

        public Task<IReadOnlyList<TicketEntry>> EntriesAsync(TicketEntryQuery query, CancellationToken cancellationToken = default) =>
            store.EntriesAsync(query, cancellationToken);

        public Task<IReadOnlyList<Ticket>> ClaimAsync(DateTimeOffset now, int max, TimeSpan lease, CancellationToken cancellationToken = default) =>
            store.ClaimAsync(now, max, lease, cancellationToken);

        public Task<IReadOnlyList<TicketKey>> SaveAsync(IReadOnlyList<TicketChange> changes, CancellationToken cancellationToken = default)
        {
            Saves.AddRange(changes);
            return store.SaveAsync(changes, cancellationToken);
        }
    }
}
