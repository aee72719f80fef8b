using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Tickets;
using static Support.Sdk.Testing.Stores.StoreFacts;
using static Support.Sdk.Testing.Stores.TicketFacts;

namespace Support.Sdk.Testing.Stores;

/// <summary>What goes when it was kept long enough.</summary>
internal static class RetentionRules
{
    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("A quiet order goes at its moment, with decisions, messages and contact points", OrderAsync),
        new("An order about which something is planned stays", PlannedAsync),
        new("An order with a message that may still be sent stays", UnsentAsync),
        new("No more orders go at once than asked for, the quietest first", BatchAsync),
        new("A parked entry is emptied at its moment, and is still known", ParkedAsync),
        new("The id of an entry that is done goes at its moment, and nothing that waits", IdsAsync),
        new("A closed ticket goes at its moment, with entries, labels, messages and files", TicketAsync),
        new("A ticket that is not closed stays, and so does one that changed since", OpenTicketAsync),
        new("A ticket with a message that may still be sent stays", UnsentReplyAsync),
        new("No more tickets go at once than asked for, the one closed first first", TicketBatchAsync),
        new("A file that a younger ticket names as well stays with it", SharedFileAsync),
        new("A sort of things without a moment is left alone", NothingAsync),
    ];

    private static async Task OrderAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var order = Quiet("1", Noon);
        await store.Orders.SaveAsync(
            [Change(order) with { Decisions = [Decision(order.Key, "late")], Deliveries = [Delivery("a", order.Key, DeliveryState.Accepted)] }],
            cancellationToken
        );
        Expect.Equal(0, await store.Privacy.RemoveAsync(new RetentionCut { QuietSince = Noon - TimeSpan.FromTicks(1) }, cancellationToken));
        Expect.Equal(1, await store.Privacy.RemoveAsync(new RetentionCut { QuietSince = Noon }, cancellationToken));
        Expect.Equal(0, await store.Privacy.RemoveAsync(new RetentionCut { QuietSince = Noon }, cancellationToken));
        Expect.Equal(0, (await store.Orders.FindAsync([order.Key], cancellationToken)).Count);
        Expect.Equal(0, (await store.Orders.HistoryAsync(order.Key, cancellationToken)).Count);
        Expect.Equal(0, (await store.Outbox.ListAsync(new DeliveryQuery { Order = order.Key }, cancellationToken)).Count);
        Expect.Equal(0, (await store.Orders.OfContactAsync("shop", Ada, 10, cancellationToken)).Count);
        // The id is free again, and brings no old contact point back.
        await store.KeepAsync(Order("1"), cancellationToken);
        Expect.Equal(0, (await store.Orders.OfContactAsync("shop", Ada, 10, cancellationToken)).Count);
    }

    private static async Task PlannedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Quiet("1", Noon) with { QuietSince = null }, cancellationToken);
        var kept = await store.KeepAsync(Quiet("2", Noon), [Delivery("a", new OrderKey("shop", "2"), DeliveryState.Accepted)], cancellationToken);
        await store.KeepAsync(kept with { CheckAt = Noon }, cancellationToken);
        Expect.Equal(0, await store.Privacy.RemoveAsync(new RetentionCut { QuietSince = Noon + Hour }, cancellationToken));
    }

    private static async Task UnsentAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        foreach (var state in (DeliveryState[])[DeliveryState.Pending, DeliveryState.Retry])
        {
            await store.KeepAsync(Quiet($"{state}", Noon - Hour), [Delivery($"{state}", new OrderKey("shop", $"{state}"), state)], cancellationToken);
        }

        await store.KeepAsync(Quiet("told", Noon), [Delivery("told", new OrderKey("shop", "told"), DeliveryState.Delivered)], cancellationToken);
        Expect.Equal(1, await store.Privacy.RemoveAsync(new RetentionCut { QuietSince = Noon, Max = 1 }, cancellationToken));
        Expect.Equal(0, await store.Privacy.RemoveAsync(new RetentionCut { QuietSince = Noon, Max = 1 }, cancellationToken));
        await store.FindAsync(new OrderKey("shop", "Pending"), cancellationToken);
    }

    private static async Task BatchAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        foreach (var (id, minutes) in new[] { ("b", 2), ("a", 1), ("c", 3) })
        {
            await store.KeepAsync(Quiet(id, Noon + (minutes * Minute)), cancellationToken);
        }

        Expect.Equal(2, await store.Privacy.RemoveAsync(new RetentionCut { QuietSince = Noon + Hour, Max = 2 }, cancellationToken));
        await store.FindAsync(new OrderKey("shop", "c"), cancellationToken);
        foreach (var max in (int[])[0, 1001])
        {
            await Expect.RefusedAsync(() => store.Privacy.RemoveAsync(new RetentionCut { Max = max }, cancellationToken), $"a batch of {max}");
        }
    }

    private static async Task ParkedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var parked = Entry("old") with { State = InboxState.Parked };
        await store.Inbox.AppendAsync([parked, parked with { EventId = "young", ReceivedAt = Noon + Minute }, Entry("waits")], cancellationToken);
        Expect.Equal(1, await store.Privacy.RemoveAsync(new RetentionCut { ParkedUntil = Noon }, cancellationToken));
        Expect.Equal(0, await store.Privacy.RemoveAsync(new RetentionCut { ParkedUntil = Noon }, cancellationToken));
        Expect.List(["young"], (await store.Inbox.ParkedAsync(null, 10, cancellationToken)).Select(entry => entry.EventId));
        Expect.List(["waits"], await store.ClaimEventsAsync(Noon, cancellationToken));
        Expect.Equal(0, (await store.Inbox.AppendAsync([Entry("old")], cancellationToken)).Count);
    }

    private static async Task IdsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry("waits"), Entry("a"), Entry("b"), Entry("c"), Entry("young", at: Noon + Minute)], cancellationToken);
        var claimed = await store.Inbox.ClaimAsync(Noon + Hour, 10, RunOut, cancellationToken);
        var done = claimed.Skip(1).Select(entry => new InboxResult { Id = entry.Id, State = InboxState.Done });
        await store.Inbox.SaveAsync([.. done], cancellationToken);
        var cut = new RetentionCut { EventIdsUntil = Noon, Max = 2 };
        var removed = 0;
        for (var count = 1; count > 0; removed += count)
        {
            count = await store.Privacy.RemoveAsync(cut, cancellationToken);
            Expect.True(count <= 2);
        }

        Expect.Equal(3, removed);
        Expect.Equal(3, (await store.Inbox.AppendAsync([Entry("waits"), Entry("a"), Entry("b"), Entry("c"), Entry("young")], cancellationToken)).Count);
    }

    private static async Task TicketAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var file = await store.FileAsync(cancellationToken);
        var ticket = Closed(1, Noon) with { Tags = ["late"], Orders = ["1"] };
        var key = new OrderKey("shop", "1");
        await store.KeepAsync(
            Change(ticket, Said(1, files: file), Reply(2, "reply"), Reply(3, "notice")) with
            {
                Deliveries = [Delivery("reply", state: DeliveryState.Accepted), Delivery("notice", key, DeliveryState.Accepted)],
            },
            cancellationToken
        );
        Expect.Equal(0, await store.Privacy.RemoveAsync(new RetentionCut { TicketsClosedUntil = Noon - TimeSpan.FromTicks(1) }, cancellationToken));
        Expect.Equal(1, await store.Privacy.RemoveAsync(new RetentionCut { TicketsClosedUntil = Noon }, cancellationToken));
        Expect.Equal(0, await store.Privacy.RemoveAsync(new RetentionCut { TicketsClosedUntil = Noon }, cancellationToken));
        Expect.Equal(0, (await store.Tickets.FindAsync([Key(1)], cancellationToken)).Count);
        Expect.Equal(0, (await store.EntriesAsync(Key(1), cancellationToken)).Count);
        Expect.Equal(0, (await store.Outbox.ListAsync(new DeliveryQuery { Id = "reply" }, cancellationToken)).Count);
        Expect.Equal(1, (await store.Outbox.ListAsync(new DeliveryQuery { Order = key }, cancellationToken)).Count);
        Expect.Equal(null, await store.OpenAsync(file.Id, cancellationToken));
        // The number is free again, and brings no old label back.
        await store.KeepAsync(Ticket(1), cancellationToken);
        Expect.Equal(0, (await store.Tickets.ListAsync(new TicketQuery { Shop = "shop", Tag = "late" }, cancellationToken)).Count);
        Expect.Equal(0, (await store.Tickets.ListAsync(new TicketQuery { Shop = "shop", OrderId = "1" }, cancellationToken)).Count);
    }

    private static async Task OpenTicketAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var statuses = Enum.GetValues<TicketStatus>().Where(status => status != TicketStatus.Closed);
        await store.Tickets.SaveAsync([.. statuses.Select((status, index) => Change(Closed(index + 1, Noon) with { Status = status }))], cancellationToken);
        var changed = await store.KeepAsync(Closed(10, Noon), cancellationToken);
        await store.KeepAsync(changed with { ChangedAt = Noon + Hour }, cancellationToken);
        var opened = await store.KeepAsync(Closed(11, Noon), cancellationToken);
        await store.KeepAsync(opened with { Status = TicketStatus.Open }, cancellationToken);
        Expect.Equal(0, await store.Privacy.RemoveAsync(new RetentionCut { TicketsClosedUntil = Noon + Minute }, cancellationToken));
        Expect.Equal(1, await store.Privacy.RemoveAsync(new RetentionCut { TicketsClosedUntil = Noon + Hour }, cancellationToken));
    }

    private static async Task UnsentReplyAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        foreach (var (number, state) in new[] { (1, DeliveryState.Pending), (2, DeliveryState.Retry), (3, DeliveryState.Bounced) })
        {
            await store.KeepAsync(
                Change(Closed(number, Noon), Reply(1, $"{state}")) with
                {
                    Deliveries = [Delivery($"{state}", state: state)],
                },
                cancellationToken
            );
        }

        Expect.Equal(1, await store.Privacy.RemoveAsync(new RetentionCut { TicketsClosedUntil = Noon, Max = 1 }, cancellationToken));
        Expect.Equal(0, await store.Privacy.RemoveAsync(new RetentionCut { TicketsClosedUntil = Noon, Max = 1 }, cancellationToken));
        Expect.Equal(2, (await store.Tickets.FindAsync([Key(1), Key(2)], cancellationToken)).Count);
    }

    private static async Task TicketBatchAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var tickets = new[] { (1, 3), (2, 1), (3, 2) }.Select(row => Change(Closed(row.Item1, Noon + (row.Item2 * Minute))));
        await store.Tickets.SaveAsync([.. tickets], cancellationToken);
        Expect.Equal(2, await store.Privacy.RemoveAsync(new RetentionCut { TicketsClosedUntil = Noon + Hour, Max = 2 }, cancellationToken));
        Expect.List([Key(1)], (await store.Tickets.FindAsync([Key(1), Key(2), Key(3)], cancellationToken)).Select(ticket => ticket.Key));
    }

    private static async Task SharedFileAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var file = await store.FileAsync(cancellationToken, "shared");
        await store.KeepAsync(Change(Closed(1, Noon), Said(1, files: file)), cancellationToken);
        var copy = new TicketCopy
        {
            From = 1,
            Through = 1,
            Offset = 5,
        };
        await store.KeepAsync(Change(Closed(2, Noon + Hour)) with { Copy = copy }, cancellationToken);
        Expect.Equal(1, await store.Privacy.RemoveAsync(new RetentionCut { TicketsClosedUntil = Noon }, cancellationToken));
        Expect.Equal("shared", await store.OpenAsync(file.Id, cancellationToken));
        Expect.Equal(1, await store.Privacy.RemoveAsync(new RetentionCut { TicketsClosedUntil = Noon + Hour }, cancellationToken));
        Expect.Equal(null, await store.OpenAsync(file.Id, cancellationToken));
    }

    private static Ticket Closed(long number, DateTimeOffset at) => Ticket(number) with { Status = TicketStatus.Closed, ChangedAt = at };

    private static TicketEntry Reply(long number, string deliveryId) => Said(number, kind: TicketEntryKind.Reply) with { DeliveryId = deliveryId };

    private static async Task NothingAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Quiet("1", Noon), cancellationToken);
        await store.KeepAsync(Closed(1, Noon), cancellationToken);
        await store.Inbox.AppendAsync([Entry("a") with { State = InboxState.Parked }], cancellationToken);
        Expect.Equal(0, await store.Privacy.RemoveAsync(new RetentionCut(), cancellationToken));
    }

    private static readonly ContactPoint Ada = new(Channel, "ada@example.com");

    private static WatchedOrder Quiet(string id, DateTimeOffset since) =>
        Order(id) with
        {
            QuietSince = since,
            Snapshot = new OrderSnapshot
            {
                Key = new OrderKey("shop", id),
                PlacedAt = Noon,
                Customer = new OrderCustomer { ContactPoints = [Ada] },
            },
        };
}
