using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Relational;
using Support.Sdk.Tests.Engine;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Tickets;

public sealed class TicketRaceTests
{
    [Fact]
    public async Task Two_events_that_open_the_same_ticket_at_once_open_one()
    {
        MeetingStore? store = null;
        await using var world = new World(with: services =>
            services.AddSingleton<ITicketStore>(provider => store = new MeetingStore(new TicketStore(provider.GetRequiredService<Database>())))
        );
        await world.AcceptAsync(Given.Snapshot());
        await world.RunAsync();
        await world.AtAsync(Given.PromiseEnds.AddHours(-48));
        var notice = Assert.Single(world.Channel.Messages);
        var now = world.Time.GetUtcNow();
        world.Get<ITicketStore>();
        await world.AcceptAsync(
            GivenTicket.Message("When?", now) with
            {
                InReplyTo = notice.Id,
            },
            GivenTicket.Message("And why?", now) with
            {
                InReplyTo = notice.Id,
            },
            new DeliveryTrouble
            {
                ShopId = "main",
                DeliveryId = notice.Id,
                State = DeliveryState.Bounced,
                At = now,
            }
        );
        var entries = await world.Get<IInboxStore>().ClaimAsync(now, 10, TimeSpan.FromHours(1));
        store!.Meet(entries.Count);

        var watch = world.Get<TicketWatch>();
        await Task.WhenAll(entries.Select(entry => Task.Run(() => watch.ApplyAsync(entry, SupportJson.ReadEvent(entry.Body), CancellationToken.None))));

        var ticket = Assert.Single(await world.Get<ITickets>().ListAsync(new TicketQuery { Shop = "main" }));
        Assert.Equal("1001", Assert.Single(ticket.Orders));
        var history = await world.Get<ITickets>().EntriesAsync(new TicketEntryQuery { Key = ticket.Key });
        Assert.Equal(2, history.Count(entry => entry.Kind == TicketEntryKind.Inbound));
        Assert.Single(history, entry => entry.Kind == TicketEntryKind.Trouble);
    }

    /// <summary>Lets the first saves of several workers begin together.</summary>
    private sealed class MeetingStore(ITicketStore store) : ITicketStore
    {
        private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _expected;

        public void Meet(int workers) => _expected = workers;

        public async Task<IReadOnlyList<TicketKey>> SaveAsync(IReadOnlyList<TicketChange> changes, CancellationToken cancellationToken = default)
        {
            if (Interlocked.Decrement(ref _expected) == 0)
            {
                _met.SetResult();
            }

            if (Volatile.Read(ref _expected) >= 0)
            {
                await _met.Task;
            }

            return await store.SaveAsync(changes, cancellationToken);
        }

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
    }
}
