using Support.Sdk.Deliveries;
using Support.Sdk.Tickets;
using static Support.Sdk.Testing.Stores.StoreFacts;
using static Support.Sdk.Testing.Stores.TicketFacts;

namespace Support.Sdk.Testing.Stores;

/// <summary>Tickets and their races.</summary>
internal static class TicketStoreRules
{
    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("A ticket comes back as it was saved, one version on", AsSavedAsync),
        new("Tickets that are not stored are left out", LeftOutAsync),
        new("The same number in two shops names two tickets", TwoShopsAsync),
        new("Numbers begin with 1 in each shop, and follow each other", NumbersAsync),
        new("Numbers that are taken at once are never the same", NumbersAtOnceAsync),
        new("Of two saves of one version of a ticket the second loses", LostRaceAsync),
        new("A ticket that is not stored cannot be changed", NotStoredAsync),
        new("A new ticket overwrites nothing", NewTicketAsync),
        new("An event that opened a ticket opens no other", OpenedOnceAsync),
        new("An event opens one ticket in a batch, and one in each shop", OpenedInABatchAsync),
        new("Of two events that open the same ticket at once one wins", OpenedAtOnceAsync),
        new("Of two changes of one ticket in a batch the second loses", TwiceInABatchAsync),
        new("A change of a ticket that lost applies nothing, and the others of its batch everything", AllOrNothingAsync),
        new("A change with another ticket's is applied when both win", TogetherAsync),
        new("A change with another ticket's applies nothing when either loses", NeitherAsync),
        new("A change that stands by itself is applied beside one with another that lost", BesideAsync),
        new("Concurrent saves of one ticket have one winner", ConcurrentAsync),
    ];

    private static async Task AsSavedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var ticket = Ticket(1, checkAt: Noon + Hour, dueAt: Noon + Minute) with
        {
            Status = TicketStatus.Open,
            Kind = TicketKind.Return,
            Priority = TicketPriority.High,
            Team = "returns",
            Assignee = "bob",
            Orders = ["1001"],
            Tags = ["vip"],
            Fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["size"] = "XL" },
            Requester = new TicketRequester { CustomerId = "ada", ContactPoints = [new ContactPoint(Channel, "ada@example.com")] },
        };
        var first = await store.KeepAsync(ticket, cancellationToken);
        Same(ticket with { Version = 1 }, first);
        var changed = first with { CheckAt = null, Clocks = [], Assignee = null, Tags = [], Subject = "It fits" };
        Same(changed with { Version = 2 }, await store.KeepAsync(changed, cancellationToken));
    }

    // Lists are not equal by their items.
    private static void Same(Ticket expected, Ticket actual) => Expect.Equal(SupportJson.Write(expected), SupportJson.Write(actual), "the ticket");

    private static async Task LeftOutAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Ticket(1), cancellationToken);
        var found = await store.Tickets.FindAsync([Key(2), Key(1), Key(1), Key(1, "other")], cancellationToken);
        Expect.List([Key(1)], found.Select(ticket => ticket.Key));
        Expect.Equal(0, (await store.Tickets.FindAsync([], cancellationToken)).Count);
    }

    private static async Task TwoShopsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Change(Ticket(1, "a"), Said(1, "in a")), cancellationToken);
        await store.KeepAsync(Change(Ticket(1, "b"), Said(1, "in b")), cancellationToken);
        Expect.List(["in a"], await store.TextsAsync(Key(1, "a"), cancellationToken));
        Expect.List(["in b"], await store.TextsAsync(Key(1, "b"), cancellationToken));
    }

    private static async Task NumbersAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        Expect.Equal(1L, await store.Tickets.TakeNumbersAsync("a", 1, cancellationToken));
        Expect.Equal(2L, await store.Tickets.TakeNumbersAsync("a", 1000, cancellationToken));
        Expect.Equal(1002L, await store.Tickets.TakeNumbersAsync("a", 1, cancellationToken));
        Expect.Equal(1L, await store.Tickets.TakeNumbersAsync("b", 1, cancellationToken));
        foreach (var count in (int[])[0, 1001])
        {
            await Expect.RefusedAsync(() => store.Tickets.TakeNumbersAsync("a", count, cancellationToken), $"{count} numbers");
        }
    }

    private static async Task NumbersAtOnceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var takes = Enumerable.Range(0, 8).Select(_ => Task.Run(() => store.Tickets.TakeNumbersAsync("shop", 3, cancellationToken), cancellationToken));
        var taken = await Task.WhenAll(takes);
        Expect.List(Enumerable.Range(0, 8).Select(take => 1L + (take * 3)), taken.Order());
    }

    private static async Task LostRaceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var read = await store.KeepAsync(Ticket(1), cancellationToken);
        Expect.List([], await store.Tickets.SaveAsync([Change(read with { Subject = "first" })], cancellationToken));
        Expect.List([read.Key], await store.Tickets.SaveAsync([Change(read with { Subject = "second" })], cancellationToken));
        Expect.Equal("first", (await store.FindAsync(read.Key, cancellationToken)).Subject);
    }

    private static async Task NotStoredAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        Expect.List([Key(1)], await store.Tickets.SaveAsync([Change(Ticket(1) with { Version = 3 })], cancellationToken));
        Expect.Equal(0, (await store.Tickets.FindAsync([Key(1)], cancellationToken)).Count);
        Expect.Equal(0, (await store.Tickets.SaveAsync([], cancellationToken)).Count);
    }

    private static async Task NewTicketAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Ticket(1) with { Subject = "first" }, cancellationToken);
        var second = Ticket(1) with { Subject = "second", OpenedBy = "another" };
        Expect.List([Key(1)], await store.Tickets.SaveAsync([Change(second, Said(1))], cancellationToken));
        Expect.Equal("first", (await store.FindAsync(Key(1), cancellationToken)).Subject);
        Expect.Equal(0, (await store.EntriesAsync(Key(1), cancellationToken)).Count);
    }

    private static async Task OpenedOnceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Ticket(1) with { OpenedBy = "event" }, cancellationToken);
        Expect.List([Key(2)], await store.Tickets.SaveAsync([Change(Ticket(2) with { OpenedBy = "event" }, Said(1))], cancellationToken));
        Expect.Equal(0, (await store.Tickets.FindAsync([Key(2)], cancellationToken)).Count);
        Expect.Equal(0, (await store.EntriesAsync(Key(2), cancellationToken)).Count);
        await store.KeepAsync(Ticket(2), cancellationToken);
    }

    private static async Task OpenedInABatchAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var tickets = new[] { Ticket(1), Ticket(2), Ticket(1, "other") }.Select(ticket => Change(ticket with { OpenedBy = "event" }));
        Expect.List([Key(2)], await store.Tickets.SaveAsync([.. tickets], cancellationToken));
        await store.FindAsync(Key(1), cancellationToken);
        await store.FindAsync(Key(1, "other"), cancellationToken);
    }

    private static async Task OpenedAtOnceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var saves = Enumerable
            .Range(1, 8)
            .Select(number => Change(Ticket(number) with { OpenedBy = "event" }, Said(1)))
            .Select(change => Task.Run(() => store.Tickets.SaveAsync([change], cancellationToken), cancellationToken));
        var lost = await Task.WhenAll(saves);
        Expect.Equal(7, lost.Count(keys => keys.Count == 1), "tickets that lost");
        var found = await store.Tickets.FindAsync([.. Enumerable.Range(1, 8).Select(number => Key(number))], cancellationToken);
        Expect.Equal(1, found.Count, "tickets opened by one event");
        Expect.Equal(1, (await store.EntriesAsync(found[0].Key, cancellationToken)).Count);
    }

    private static async Task TwiceInABatchAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var read = await store.KeepAsync(Ticket(1), cancellationToken);
        var (first, second) = (Change(read with { Subject = "first" }, Said(1, "first")), Change(read with { Subject = "second" }, Said(1, "second")));
        Expect.List([read.Key], await store.Tickets.SaveAsync([first, second], cancellationToken));
        Expect.Equal("first", (await store.FindAsync(read.Key, cancellationToken)).Subject);
        Expect.List(["first"], await store.TextsAsync(read.Key, cancellationToken));
    }

    private static async Task AllOrNothingAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var stale = await store.KeepAsync(Ticket(1), cancellationToken);
        await store.KeepAsync(stale, cancellationToken);
        await store.Inbox.AppendAsync([Entry("stale"), Entry("fresh")], cancellationToken);
        var events = await store.Inbox.ClaimAsync(Noon, 100, RunOut, cancellationToken);
        var file = await store.FileAsync(cancellationToken);

        var lost = await store.Tickets.SaveAsync(
            [Whole(stale with { Tags = ["lost"] }, "stale", events[0].Id, file), Whole(Ticket(2) with { Tags = ["won"] }, "fresh", events[1].Id)],
            cancellationToken
        );

        Expect.List([stale.Key], lost);
        Expect.List(["stale"], await store.ClaimEventsAsync(Noon, cancellationToken));
        Expect.Equal(0, (await store.EntriesAsync(stale.Key, cancellationToken)).Count);
        Expect.List(["fresh"], await store.TextsAsync(Key(2), cancellationToken));
        Expect.Equal(0, (await store.Outbox.ListAsync(new DeliveryQuery { Id = "of-stale" }, cancellationToken)).Count);
        Expect.Equal(Key(2), (await store.ReadAsync("of-fresh", cancellationToken)).Message.Ticket!.Value);
        Expect.Equal(0, (await store.Tickets.ListAsync(new TicketQuery { Shop = "shop", Tag = "lost" }, cancellationToken)).Count);
        Expect.Equal(1, await store.Contents.RemoveUnusedAsync(DateTimeOffset.MaxValue, cancellationToken));
    }

    private static TicketChange Whole(Ticket ticket, string text, long inboxId, params IReadOnlyList<ContentReference> files)
    {
        var delivery = Delivery("of-" + text);
        return Change(ticket, Said(1, text, files: files)) with
        {
            InboxIds = [inboxId],
            Deliveries = [delivery with { Message = delivery.Message with { Ticket = ticket.Key } }],
        };
    }

    private static async Task TogetherAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var one = await store.KeepAsync(Ticket(1), cancellationToken);
        var change = Change(one with { Subject = "one" }, Said(1, "one")) with { With = Change(Ticket(2), Said(1, "two")) };
        Expect.List([], await store.Tickets.SaveAsync([change], cancellationToken));
        Expect.Equal("one", (await store.FindAsync(Key(1), cancellationToken)).Subject);
        Expect.List(["one"], await store.TextsAsync(Key(1), cancellationToken));
        Expect.List(["two"], await store.TextsAsync(Key(2), cancellationToken));
    }

    private static async Task NeitherAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var fresh = await store.KeepAsync(Ticket(1) with { Subject = "before" }, cancellationToken);
        var stale = await store.KeepAsync(Ticket(2) with { Subject = "before" }, cancellationToken);
        await store.KeepAsync(stale, cancellationToken);
        var won = Change(fresh with { Subject = "after" }, Said(1)) with { Deliveries = [Delivery("d")] };
        var lost = Change(stale with { Subject = "after" }, Said(1));
        foreach (var change in (TicketChange[])[won with { With = lost }, lost with { With = won }])
        {
            var keys = await store.Tickets.SaveAsync([change], cancellationToken);
            Expect.List([Key(1), Key(2)], keys.OrderBy(key => key.Number));
            Expect.List(["before", "before"], (await store.Tickets.FindAsync([Key(1), Key(2)], cancellationToken)).Select(ticket => ticket.Subject));
            Expect.Equal(0, (await store.EntriesAsync(Key(1), cancellationToken)).Count);
            Expect.Equal(0, (await store.Outbox.ListAsync(new DeliveryQuery { Id = "d" }, cancellationToken)).Count);
        }

        Expect.List([], await store.Tickets.SaveAsync([won], cancellationToken));
    }

    private static async Task BesideAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var missing = Ticket(9) with { Version = 1 };
        var lost = await store.Tickets.SaveAsync([Change(Ticket(1)), Change(Ticket(2)) with { With = Change(missing) }, Change(Ticket(3))], cancellationToken);
        Expect.List([Key(2), Key(9)], lost);
        var found = await store.Tickets.FindAsync([Key(1), Key(2), Key(3)], cancellationToken);
        Expect.List([1, 3], found.Select(ticket => ticket.Key.Number).Order());
    }

    private static async Task ConcurrentAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var read = await store.KeepAsync(Ticket(1), cancellationToken);
        var saves = Enumerable
            .Range(0, 8)
            .Select(number => Change(read with { Subject = $"by {number}" }, Said(1)))
            .Select(change => Task.Run(() => store.Tickets.SaveAsync([change], cancellationToken), cancellationToken));
        var lost = await Task.WhenAll(saves);
        Expect.Equal(7, lost.Count(keys => keys.Count == 1), "saves that lost");
        Expect.Equal(2L, (await store.FindAsync(read.Key, cancellationToken)).Version);
        Expect.Equal(1, (await store.EntriesAsync(read.Key, cancellationToken)).Count);
    }
}
