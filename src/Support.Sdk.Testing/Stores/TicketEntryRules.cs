using Support.Sdk.Tickets;
using static Support.Sdk.Testing.Stores.StoreFacts;
using static Support.Sdk.Testing.Stores.TicketFacts;

namespace Support.Sdk.Testing.Stores;

/// <summary>The history of a ticket, and copies of it.</summary>
internal static class TicketEntryRules
{
    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("Entries come back as they were saved, in the order of their numbers", AsSavedAsync),
        new("Entries are read from a place on, or from the end", PagesAsync),
        new("A page has at least one entry and at most a thousand", RangeAsync),
        new("Of what is for customers, notes and changes are no part", PublicAsync),
        new("What was asked for under an id is done once in a ticket", RequestAsync),
        new("What is asked for at once under one id is done once", RequestAtOnceAsync),
        new("An id under which something was asked for says nothing in another ticket", OtherTicketAsync),
        new("A copy has the messages up to its end, behind what is there, and says where they came from", CopyAsync),
        new("A copy of chosen entries has these and no others", ChosenAsync),
        new("A copy of a copy names the ticket that it was first written in", CopyOfCopyAsync),
        new("A copy forgets the id under which it was asked for", CopyForgetsAsync),
        new("A copy that lost copies nothing", LostCopyAsync),
        new("A thousand messages are copied at once", ManyAsync),
    ];

    private static async Task AsSavedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var file = await store.FileAsync(cancellationToken);
        TicketEntry[] entries =
        [
            Said(1, files: file),
            Said(2, kind: TicketEntryKind.Changed, requestId: "r") with
            {
                Text = null,
                Channel = null,
                Changes = [new TicketChangedField("status", "New", "Open"), new TicketChangedField("assignee", From: null, "bob")],
            },
            Said(3, "\u6CE8\u6587 \U0001F600 {{x}} '; --", TicketEntryKind.Reply) with
            {
                At = Noon + Hour,
                DeliveryId = "d",
            },
        ];
        await store.KeepAsync(Change(Ticket(1), [.. entries.Reverse()]), cancellationToken);
        var found = await store.EntriesAsync(Key(1), cancellationToken);
        Expect.List(entries.Select(SupportJson.Write), found.Select(SupportJson.Write));
        Expect.Equal(0, (await store.EntriesAsync(Key(2), cancellationToken)).Count);
    }

    private static async Task PagesAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Change(Ticket(1), [.. Enumerable.Range(1, 7).Select(number => Said(number))]), cancellationToken);
        var query = new TicketEntryQuery { Key = Key(1), Max = 3 };
        await NumbersAsync([1, 2, 3], query);
        await NumbersAsync([4, 5, 6], query with { After = 3 });
        await NumbersAsync([7], query with { After = 6 });
        await NumbersAsync([5, 6, 7], query with { Latest = true });
        await NumbersAsync([7], query with { Latest = true, After = 6 });

        async Task NumbersAsync(IEnumerable<long> expected, TicketEntryQuery one) =>
            Expect.List(expected, (await store.Tickets.EntriesAsync(one, cancellationToken)).Select(entry => entry.Number));
    }

    private static async Task RangeAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        foreach (var max in (int[])[0, 1001])
        {
            var query = new TicketEntryQuery { Key = Key(1), Max = max };
            await Expect.RefusedAsync(() => store.Tickets.EntriesAsync(query, cancellationToken), $"a page of {max}");
        }
    }

    private static async Task PublicAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var kinds = Enum.GetValues<TicketEntryKind>();
        await store.KeepAsync(Change(Ticket(1), [.. kinds.Select((kind, index) => Said(index + 1, kind: kind))]), cancellationToken);
        var found = await store.Tickets.EntriesAsync(new TicketEntryQuery { Key = Key(1), OnlyPublic = true }, cancellationToken);
        Expect.List([TicketEntryKind.Inbound, TicketEntryKind.Reply], found.Select(entry => entry.Kind));
        Expect.True(found.All(entry => entry.IsPublic));
    }

    private static async Task RequestAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var first = await store.KeepAsync(Change(Ticket(1), Said(1, "first", requestId: "r"), Said(2, "second")), cancellationToken);
        var again = Change(first with { Subject = "again" }, Said(3, "again", requestId: "r"));
        Expect.List([Key(1)], await store.Tickets.SaveAsync([again], cancellationToken));
        Expect.List(["first", "second"], await store.TextsAsync(Key(1), cancellationToken));
        Expect.Equal(1L, (await store.FindAsync(Key(1), cancellationToken)).Version);
        var found = await store.Tickets.EntriesAsync(new TicketEntryQuery { Key = Key(1), RequestId = "r" }, cancellationToken);
        Expect.List(["first"], found.Select(entry => entry.Text));
        await store.KeepAsync(Change(first, Said(3, "other", requestId: "R")), cancellationToken);
    }

    private static async Task RequestAtOnceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Ticket(1), cancellationToken);
        var asks = Enumerable.Range(0, 6).Select(_ => Task.Run(AskAsync, cancellationToken));
        var done = await Task.WhenAll(asks);
        Expect.Equal(1, done.Count(isDone => isDone), "requests that were carried out");
        Expect.Equal(1, (await store.EntriesAsync(Key(1), cancellationToken)).Count);

        // As an agent's click that is repeated does: read, look whether it is known, decide, save; and again when it lost.
        async Task<bool> AskAsync()
        {
            while (true)
            {
                var read = await store.FindAsync(Key(1), cancellationToken);
                var lost = await store.Tickets.SaveAsync(
                    [Change(read with { Entries = read.Entries + 1 }, Said(read.Entries + 1, requestId: "r"))],
                    cancellationToken
                );
                if (lost.Count == 0)
                {
                    return true;
                }

                var known = await store.Tickets.EntriesAsync(new TicketEntryQuery { Key = Key(1), RequestId = "r" }, cancellationToken);
                if (known.Count > 0)
                {
                    return false;
                }
            }
        }
    }

    private static async Task OtherTicketAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Change(Ticket(1), Said(1, requestId: "r")), cancellationToken);
        await store.KeepAsync(Change(Ticket(2), Said(1, requestId: "r")), cancellationToken);
        var third = await store.KeepAsync(Ticket(1, "other"), cancellationToken);
        await store.KeepAsync(Change(third, Said(1, requestId: "r")), cancellationToken);
    }

    private static async Task CopyAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var kinds = Enum.GetValues<TicketEntryKind>();
        var file = await store.FileAsync(cancellationToken);
        var entries = kinds.Select((kind, index) => Said(index + 1, $"{kind}", kind, requestId: null, file) with { DeliveryId = $"{kind}" }).ToList();
        var from = await store.KeepAsync(Change(Ticket(1), [.. entries, Said(20, "late")]), cancellationToken);
        await store.KeepAsync(Change(Ticket(2), Said(1, "there")), cancellationToken);
        await MergeAsync(store, from, Copy(from, through: 10, offset: 2), cancellationToken);

        var found = await store.EntriesAsync(Key(2), cancellationToken);
        Expect.List(["there", "new", "Inbound", "Reply", "Note"], found.Select(entry => entry.Text));
        Expect.List([null, null, 1, 1, 1], found.Select(entry => entry.CopiedFrom));
        var copied = entries.Where(entry => entry.Kind is TicketEntryKind.Inbound or TicketEntryKind.Reply or TicketEntryKind.Note);
        var expected = copied.Select(entry => entry with { Number = entry.Number + 2, CopiedFrom = 1 });
        Expect.List(expected.Select(SupportJson.Write), found.Skip(2).Select(SupportJson.Write));
        Expect.Equal(9, (await store.EntriesAsync(Key(1), cancellationToken)).Count);
    }

    private static async Task ChosenAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var from = await store.KeepAsync(Change(Ticket(1), [.. Enumerable.Range(1, 5).Select(number => Said(number, $"{number}"))]), cancellationToken);
        await store.KeepAsync(Ticket(2), cancellationToken);
        await MergeAsync(store, from, Copy(from, through: 4, offset: 1) with { Entries = [2, 4, 5] }, cancellationToken);
        Expect.List(["new", "2", "4"], await store.TextsAsync(Key(2), cancellationToken));
        Expect.List([1, 3, 5], (await store.EntriesAsync(Key(2), cancellationToken)).Select(entry => entry.Number));
    }

    private static async Task CopyOfCopyAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var first = await store.KeepAsync(Change(Ticket(1), Said(1, "first")), cancellationToken);
        await store.KeepAsync(Ticket(2), cancellationToken);
        await MergeAsync(store, first, Copy(first, through: 1, offset: 2), cancellationToken);
        var second = await store.FindAsync(Key(2), cancellationToken);
        await store.KeepAsync(Change(Ticket(3)) with { Copy = Copy(second, through: 10, offset: 0) }, cancellationToken);
        Expect.List([2, 1], (await store.EntriesAsync(Key(3), cancellationToken)).Select(entry => entry.CopiedFrom));
    }

    private static async Task CopyForgetsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var from = await store.KeepAsync(Change(Ticket(1), Said(1, requestId: "r")), cancellationToken);
        var copy = await store.KeepAsync(Change(Ticket(2)) with { Copy = Copy(from, through: 1, offset: 0) }, cancellationToken);
        Expect.Equal(null, (await store.EntriesAsync(Key(2), cancellationToken))[0].RequestId);
        await store.KeepAsync(Change(copy, Said(2, requestId: "r")), cancellationToken);
    }

    private static async Task LostCopyAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var from = await store.KeepAsync(Change(Ticket(1), Said(1)), cancellationToken);
        var to = await store.KeepAsync(Ticket(2), cancellationToken);
        await store.KeepAsync(to, cancellationToken);
        Expect.List([Key(2)], await store.Tickets.SaveAsync([Change(to) with { Copy = Copy(from, through: 1, offset: 0) }], cancellationToken));
        Expect.Equal(0, (await store.EntriesAsync(Key(2), cancellationToken)).Count);
    }

    private static async Task ManyAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var from = await store.KeepAsync(Change(Ticket(1), [.. Enumerable.Range(1, 1000).Select(number => Said(number))]), cancellationToken);
        await store.KeepAsync(Change(Ticket(2)) with { Copy = Copy(from, through: 1000, offset: 5000) }, cancellationToken);
        var found = await store.Tickets.EntriesAsync(new TicketEntryQuery { Key = Key(2), Max = 1000 }, cancellationToken);
        Expect.List(Enumerable.Range(5001, 1000).Select(number => (long)number), found.Select(entry => entry.Number));
    }

    private static TicketCopy Copy(Ticket from, long through, long offset) =>
        new()
        {
            From = from.Key.Number,
            Through = through,
            Offset = offset,
        };

    // The second ticket takes over, with a new entry of its own in front; the first is closed.
    private static async Task MergeAsync(StoreUnderTest store, Ticket source, TicketCopy copy, CancellationToken cancellationToken)
    {
        var to = await store.FindAsync(Key(2), cancellationToken);
        var change = Change(to, Said(copy.Offset, "new")) with { Copy = copy, With = Change(source with { Status = TicketStatus.Closed }) };
        Expect.List([], await store.Tickets.SaveAsync([change], cancellationToken));
    }
}
