using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Tests.Engine;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.Tickets;

public sealed class TicketRaceTests
{
    [Fact]
    public async Task Two_events_that_open_the_same_ticket_at_once_open_one()
    {
        var store = new WatchedTickets();
        await using var world = new World(with: store.Add);
        await world.AcceptAsync(Given.Snapshot());
        await world.RunAsync();
        await world.AtAsync(Given.PromiseEnds.AddHours(-48));
        var notice = Assert.Single(world.Channel.Messages);
        var now = world.Time.GetUtcNow();
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
        store.Saving = Meeting(entries.Count);

        var watch = world.Get<TicketWatch>();
        await Task.WhenAll(entries.Select(entry => Task.Run(() => watch.ApplyAsync(entry, SupportJson.ReadEvent(entry.Body), CancellationToken.None))));

        var ticket = Assert.Single(await world.Get<ITickets>().ListAsync(new TicketQuery { Shop = "main" }));
        Assert.Equal("1001", Assert.Single(ticket.Orders));
        var history = await world.Get<ITickets>().EntriesAsync(new TicketEntryQuery { Key = ticket.Key });
        Assert.Equal(2, history.Count(entry => entry.Kind == TicketEntryKind.Inbound));
        Assert.Single(history, entry => entry.Kind == TicketEntryKind.Trouble);
    }

    // The first saves of several workers begin together.
    private static Func<IReadOnlyList<TicketChange>, Task> Meeting(int workers)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _ =>
        {
            if (Interlocked.Decrement(ref workers) == 0)
            {
                met.SetResult();
            }

            return met.Task;
        };
    }
}
