using Support.Sdk.Tickets;
using static Support.Sdk.Testing.Stores.StoreFacts;
using static Support.Sdk.Testing.Stores.TicketFacts;

namespace Support.Sdk.Testing.Stores;

/// <summary>Lists of tickets: each filter by itself in both orders, and all together.</summary>
internal static class TicketListRules
{
    private static readonly TicketQuery Every = new() { Shop = "shop" };

    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("The newest tickets come first, page after page", NewestAsync),
        new("What is due first comes first, page after page, and what has no running clock is left out", DueAsync),
        new("A list by what is due goes on only after a place that has its time", PlaceAsync),
        new("A list has at least one ticket and at most a thousand", RangeAsync),
        Filter("of one status", ticket => ticket with { Status = TicketStatus.Solved }, Every with { Status = TicketStatus.Solved }),
        Filter("of one open status", ticket => ticket with { Status = TicketStatus.OnHold }, Every with { Status = TicketStatus.OnHold }),
        Filter("of one agent", ticket => ticket with { Assignee = "bob" }, Every with { Assignee = "bob" }),
        Filter("of one team", ticket => ticket with { Team = "returns" }, Every with { Team = "returns" }),
        Filter("of one customer", ticket => ticket with { Requester = new TicketRequester { CustomerId = "ada" } }, Every with { CustomerId = "ada" }),
        Filter("about one order", ticket => ticket with { Orders = ["1002", "1001"] }, Every with { OrderId = "1001" }),
        Filter("with one tag", ticket => ticket with { Tags = ["late", "vip"] }, Every with { Tag = "vip" }),
        Filter("of one channel", ticket => ticket with { Channel = "chat" }, Every with { Channel = "chat" }),
        Filter("of one priority", ticket => ticket with { Priority = TicketPriority.Urgent }, Every with { Priority = TicketPriority.Urgent }),
        Filter("of one kind", ticket => ticket with { Kind = TicketKind.Return }, Every with { Kind = TicketKind.Return }),
        new("A ticket is found by what opened it, in its shop only", OpenedByAsync),
        new("A list of what is open has neither solved nor closed tickets", OpenAsync),
        new("Filters narrow a list together", TogetherAsync),
        new("A ticket is found under the orders and tags that it has now, and no more under those that it had", LabelsAsync),
        new("Names in lists of tickets compare ordinally", OrdinalAsync),
    ];

    private static StoreConformanceRule Filter(string what, Func<Ticket, Ticket> mark, TicketQuery query) =>
        new($"A list of tickets {what} has no others", (store, cancellationToken) => FilterAsync(store, mark, query, cancellationToken));

    private static async Task FilterAsync(StoreUnderTest store, Func<Ticket, Ticket> mark, TicketQuery query, CancellationToken cancellationToken)
    {
        // The higher the number, the earlier it is due; every third one is marked.
        var tickets = Enumerable.Range(1, 9).Select(number => Ticket(number, dueAt: Noon + ((10 - number) * Minute)));
        var marked = tickets.Select(ticket => Change(ticket.Key.Number % 3 == 0 ? mark(ticket) : ticket));
        Expect.List([], await store.Tickets.SaveAsync([.. marked, Change(mark(Ticket(12, "other")))], cancellationToken));
        await ListAsync(store, [9, 6, 3], query, cancellationToken);
        await ListAsync(store, [6, 3], query with { After = new TicketPlace(9) }, cancellationToken);
        await ListAsync(store, [9, 6, 3], query with { Order = TicketOrder.Due }, cancellationToken);
        var place = new TicketPlace(9, Noon + Minute);
        await ListAsync(store, [6], query with { Order = TicketOrder.Due, After = place, Max = 1 }, cancellationToken);
    }

    private static async Task ListAsync(StoreUnderTest store, IEnumerable<long> expected, TicketQuery query, CancellationToken cancellationToken) =>
        Expect.List(expected, (await store.Tickets.ListAsync(query, cancellationToken)).Select(ticket => ticket.Key.Number), $"tickets of {query}");

    private static async Task OpenedByAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var opened = Ticket(2) with { OpenedBy = "call" };
        await store.Tickets.SaveAsync([Change(Ticket(1)), Change(opened), Change(opened with { Key = Key(3, "other") })], cancellationToken);
        await ListAsync(store, [2], Every with { OpenedBy = "call" }, cancellationToken);
        await ListAsync(store, [], Every with { OpenedBy = "Call" }, cancellationToken);
    }

    private static async Task NewestAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Tickets.SaveAsync([Change(Ticket(2)), Change(Ticket(10)), Change(Ticket(9)), Change(Ticket(11, "other"))], cancellationToken);
        await ListAsync(store, [10, 9, 2], Every, cancellationToken);
        await ListAsync(store, [10, 9], Every with { Max = 2 }, cancellationToken);
        await ListAsync(store, [2], Every with { Max = 2, After = new TicketPlace(9) }, cancellationToken);
        await ListAsync(store, [9, 2], Every with { After = new TicketPlace(10) }, cancellationToken);
        await ListAsync(store, [], Every with { After = new TicketPlace(2) }, cancellationToken);
    }

    private static async Task DueAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var due = new[] { (1, 3), (2, 1), (3, 3), (4, 3), (5, 2) }.Select(row => Change(Ticket(row.Item1, dueAt: Noon + (row.Item2 * Minute))));
        await store.Tickets.SaveAsync([.. due, Change(Ticket(6))], cancellationToken);
        var query = Every with { Order = TicketOrder.Due, Max = 2 };
        await ListAsync(store, [2, 5], query, cancellationToken);
        await ListAsync(store, [1, 3], query with { After = new TicketPlace(5, Noon + (2 * Minute)) }, cancellationToken);
        await ListAsync(store, [4], query with { After = new TicketPlace(3, Noon + (3 * Minute)) }, cancellationToken);
        var first = await store.FindAsync(Key(2), cancellationToken);
        await store.KeepAsync(first with { Clocks = [] }, cancellationToken);
        await ListAsync(store, [5, 1], query, cancellationToken);
    }

    private static Task PlaceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var query = Every with { Order = TicketOrder.Due, After = new TicketPlace(1) };
        return Expect.RefusedAsync(() => store.Tickets.ListAsync(query, cancellationToken), "a place without a time");
    }

    private static async Task RangeAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        foreach (var max in (int[])[0, 1001])
        {
            await Expect.RefusedAsync(() => store.Tickets.ListAsync(Every with { Max = max }, cancellationToken), $"a list of {max}");
        }
    }

    private static async Task OpenAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var statuses = Enum.GetValues<TicketStatus>();
        var tickets = statuses.Select((status, index) => Ticket(index + 1, dueAt: Noon) with { Status = status });
        await store.Tickets.SaveAsync([.. tickets.Select(ticket => Change(ticket))], cancellationToken);
        await ListAsync(store, [4, 3, 2, 1], Every with { OnlyOpen = true }, cancellationToken);
        await ListAsync(store, [1, 2, 3, 4], Every with { OnlyOpen = true, Order = TicketOrder.Due }, cancellationToken);
        await ListAsync(store, [], Every with { OnlyOpen = true, Status = TicketStatus.Solved }, cancellationToken);
    }

    private static async Task TogetherAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var whole = Ticket(1, dueAt: Noon) with
        {
            Status = TicketStatus.Open,
            Assignee = "bob",
            Team = "returns",
            Requester = new TicketRequester { CustomerId = "ada" },
            Orders = ["1001"],
            Tags = ["vip"],
            Channel = "chat",
            Priority = TicketPriority.High,
            Kind = TicketKind.Return,
        };
        Func<Ticket, Ticket>[] others =
        [
            ticket => ticket,
            ticket => ticket with { Status = TicketStatus.New },
            ticket => ticket with { Assignee = "eve" },
            ticket => ticket with { Team = "sales" },
            ticket => ticket with { Requester = new TicketRequester { CustomerId = "eve" } },
            ticket => ticket with { Orders = ["1002"] },
            ticket => ticket with { Tags = [] },
            ticket => ticket with { Channel = "email" },
            ticket => ticket with { Priority = TicketPriority.Low },
            ticket => ticket with { Kind = TicketKind.Other },
        ];
        var tickets = others.Select((other, index) => other(whole) with { Key = Key(index + 1), OpenedBy = $"event-{index}" });
        await store.Tickets.SaveAsync([.. tickets.Select(ticket => Change(ticket))], cancellationToken);
        var query = Every with
        {
            Status = TicketStatus.Open,
            OnlyOpen = true,
            Assignee = "bob",
            Team = "returns",
            CustomerId = "ada",
            OrderId = "1001",
            Tag = "vip",
            Channel = "chat",
            Priority = TicketPriority.High,
            Kind = TicketKind.Return,
        };
        await ListAsync(store, [1], query, cancellationToken);
        await ListAsync(store, [1], query with { Order = TicketOrder.Due }, cancellationToken);
    }

    private static async Task LabelsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var first = await store.KeepAsync(Ticket(1) with { Orders = ["1"], Tags = ["a", "b"] }, cancellationToken);
        await store.KeepAsync(Ticket(2) with { Orders = ["1"], Tags = ["a"] }, cancellationToken);
        var second = await store.KeepAsync(first with { Orders = ["2"], Tags = ["b", "c"] }, cancellationToken);
        await FoundAsync([2], [1], [2], [1], [1]);
        await store.KeepAsync(second with { Subject = "the same labels" }, cancellationToken);
        await FoundAsync([2], [1], [2], [1], [1]);

        async Task FoundAsync(long[] order1, long[] order2, long[] a, long[] b, long[] c)
        {
            await ListAsync(store, order1, Every with { OrderId = "1" }, cancellationToken);
            await ListAsync(store, order2, Every with { OrderId = "2" }, cancellationToken);
            await ListAsync(store, a, Every with { Tag = "a" }, cancellationToken);
            await ListAsync(store, b, Every with { Tag = "b" }, cancellationToken);
            await ListAsync(store, c, Every with { Tag = "c" }, cancellationToken);
        }
    }

    private static async Task OrdinalAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        string[] names = ["a b", "A b", "\u00C5sa", "A\u030Asa", "\u6CE8\u6587", "\U0001F600", "a'; --", "1", "01"];
        var tickets = names.Select((name, index) => Ticket(index + 1) with { Assignee = name, Tags = [name], Orders = [name] });
        await store.Tickets.SaveAsync([.. tickets.Select(ticket => Change(ticket))], cancellationToken);
        foreach (var (index, name) in names.Index())
        {
            await ListAsync(store, [index + 1], Every with { Assignee = name }, cancellationToken);
            await ListAsync(store, [index + 1], Every with { Tag = name, OrderId = name }, cancellationToken);
        }
    }
}
