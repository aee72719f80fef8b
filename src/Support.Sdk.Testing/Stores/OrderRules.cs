using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using static Support.Sdk.Testing.Stores.StoreFacts;

namespace Support.Sdk.Testing.Stores;

internal static class OrderRules
{
    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("An order comes back as it was saved, one version on", AsSavedAsync),
        new("Orders that are not stored are left out", LeftOutAsync),
        new("The same id in two shops names two orders", TwoShopsAsync),
        new("Ids of orders compare ordinally, whatever is in them", IdsAsync),
        new("Of two saves of one version the second loses", LostRaceAsync),
        new("A new order overwrites nothing", NewOrderAsync),
        new("An order that is not stored cannot be changed", NotStoredAsync),
        new("Of two changes of one order in a batch the second loses", TwiceInABatchAsync),
        new("A change that lost applies nothing, and the others of its batch everything", AllOrNothingAsync),
        new("Of new orders one that is stored already loses, and the others are saved with everything", KnownAmongNewAsync),
        new("Decisions are kept in the order of their time", HistoryAsync),
        new("A message whose id is stored already is left as it is", KnownMessageAsync),
        new("Facts overtake what was not sent yet, and nothing else", SupersedeAsync),
        new("Notices carry the state of their messages", NoticeStatesAsync),
        new("Concurrent saves of one order have one winner", ConcurrentAsync),
    ];

    private static async Task AsSavedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var order = Order("1", checkAt: Noon, refreshAt: Noon + Hour) with { Muted = "old", RefreshWantedSince = Noon };
        var first = await store.KeepAsync(order, cancellationToken);
        Expect.Equal(1L, first.Version);
        Expect.Equal(order.CheckAt, first.CheckAt);
        Expect.Equal(order.RefreshAt, first.RefreshAt);
        Expect.Equal(order.RefreshWantedSince, first.RefreshWantedSince);
        Expect.Equal("old", first.Muted);
        var second = await store.KeepAsync(first with { Muted = null, CheckAt = null, RefreshAt = null }, cancellationToken);
        Expect.Equal(2L, second.Version);
        Expect.Equal(null, second.Muted);
        Expect.Equal(null, second.CheckAt);
        Expect.Equal(null, second.RefreshAt);
    }

    private static async Task LeftOutAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var order = await store.KeepAsync(Order("1"), cancellationToken);
        var found = await store.Orders.FindAsync([new OrderKey("shop", "2"), order.Key, order.Key], cancellationToken);
        Expect.List([order.Key], found.Select(one => one.Key));
        Expect.Equal(0, (await store.Orders.FindAsync([], cancellationToken)).Count);
    }

    private static async Task TwoShopsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Order("1", "a") with { Muted = "in a" }, cancellationToken);
        await store.KeepAsync(Order("1", "b") with { Muted = "in b" }, cancellationToken);
        Expect.Equal("in a", (await store.FindAsync(new OrderKey("a", "1"), cancellationToken)).Muted);
        Expect.Equal("in b", (await store.FindAsync(new OrderKey("b", "1"), cancellationToken)).Muted);
    }

    private static async Task IdsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        string[] ids = ["a b", "A b", " a b", "\u00C5sa", "A\u030Asa", "\u6CE8\u6587 7", "\U0001F600", "a'; --", "{{x}}", "1", "01"];
        foreach (var id in ids)
        {
            Expect.Equal(id, (await store.KeepAsync(Order(id, checkAt: Noon), cancellationToken)).Key.Id);
        }

        var claimed = await store.ClaimIdsAsync(Checks(Noon), cancellationToken);
        Expect.List(ids.Order(StringComparer.Ordinal), claimed.Order(StringComparer.Ordinal));
    }

    private static async Task LostRaceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var read = await store.KeepAsync(Order("1"), cancellationToken);
        Expect.List([], await store.Orders.SaveAsync([Change(read with { Muted = "first" })], cancellationToken));
        Expect.List([read.Key], await store.Orders.SaveAsync([Change(read with { Muted = "second" })], cancellationToken));
        Expect.Equal("first", (await store.FindAsync(read.Key, cancellationToken)).Muted);
    }

    private static async Task NewOrderAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var kept = await store.KeepAsync(Order("1") with { Muted = "first" }, cancellationToken);
        Expect.List([kept.Key], await store.Orders.SaveAsync([Change(Order("1") with { Muted = "second" })], cancellationToken));
        Expect.Equal("first", (await store.FindAsync(kept.Key, cancellationToken)).Muted);
    }

    private static async Task NotStoredAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var order = Order("1") with { Version = 3 };
        Expect.List([order.Key], await store.Orders.SaveAsync([Change(order)], cancellationToken));
        Expect.Equal(0, (await store.Orders.FindAsync([order.Key], cancellationToken)).Count);
    }

    private static async Task TwiceInABatchAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var read = await store.KeepAsync(Order("1"), cancellationToken);
        var lost = await store.Orders.SaveAsync(
            [
                Change(read with { Muted = "first" }) with
                {
                    Decisions = [Decision(read.Key, "first")],
                },
                Change(read with { Muted = "second" }) with
                {
                    Decisions = [Decision(read.Key, "second")],
                },
            ],
            cancellationToken
        );
        Expect.List([read.Key], lost);
        Expect.Equal("first", (await store.FindAsync(read.Key, cancellationToken)).Muted);
        Expect.List(["first"], (await store.Orders.HistoryAsync(read.Key, cancellationToken)).Select(decision => decision.Reason));
    }

    private static async Task KnownAmongNewAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var known = await store.KeepAsync(Order("known"), cancellationToken);

        var lost = await store.Orders.SaveAsync([With("before"), With("known"), With("behind")], cancellationToken);

        Expect.List([known.Key], lost);
        Expect.Equal(0, (await store.Orders.HistoryAsync(known.Key, cancellationToken)).Count);
        foreach (var id in (string[])["before", "behind"])
        {
            Expect.Equal(1L, (await store.FindAsync(Order(id).Key, cancellationToken)).Version);
            Expect.Equal(1, (await store.Orders.HistoryAsync(Order(id).Key, cancellationToken)).Count);
        }

        Expect.List(["of-before", "of-behind"], (await store.ClaimIdsAsync(Messages(Noon), cancellationToken)).Order(StringComparer.Ordinal));

        static OrderChange With(string id) =>
            Change(Order(id)) with
            {
                Decisions = [Decision(Order(id).Key, "decided")],
                Deliveries = [Delivery("of-" + id, Order(id).Key)],
            };
    }

    private static async Task AllOrNothingAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var stale = await store.KeepAsync(Order("stale"), [Delivery("waiting", new OrderKey("shop", "stale"))], cancellationToken);
        await store.KeepAsync(stale, cancellationToken);
        await store.Inbox.AppendAsync([Entry("stale", "stale"), Entry("fresh", "fresh")], cancellationToken);
        var entries = await store.Inbox.ClaimAsync(Noon, 100, RunOut, cancellationToken);
        var fresh = Order("fresh");

        var lost = await store.Orders.SaveAsync(
            [Whole(stale, entries[0].Id) with { Superseded = [new Superseded("waiting", "delivered")] }, Whole(fresh, entries[1].Id)],
            cancellationToken
        );

        Expect.List([stale.Key], lost);
        Expect.List(["stale"], await store.ClaimEventsAsync(Noon, cancellationToken));
        Expect.Equal(0, (await store.Orders.HistoryAsync(stale.Key, cancellationToken)).Count);
        Expect.Equal(1, (await store.Orders.HistoryAsync(fresh.Key, cancellationToken)).Count);
        Expect.Equal(0, (await store.Outbox.ListAsync(new DeliveryQuery { Id = "of-stale" }, cancellationToken)).Count);
        Expect.Equal(DeliveryState.Pending, (await store.ReadAsync("waiting", cancellationToken)).State);
        Expect.Equal(fresh.Key, (await store.ReadAsync("of-fresh", cancellationToken)).Message.Order!.Value);
        Expect.Equal(1L, (await store.Shops.FindAsync(["shop"], Noon, cancellationToken))[0].Notices);
    }

    private static OrderChange Whole(WatchedOrder order, long inboxId) =>
        new()
        {
            Order = order,
            InboxIds = [inboxId],
            Decisions = [Decision(order.Key, "late")],
            Deliveries = [Delivery("of-" + order.Key.Id, order.Key)],
            Figures = new ShopFigures { Notices = 1 },
        };

    private static async Task HistoryAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var order = Order("1");
        var wait = Decision(order.Key, "quiet") with { Verdict = DecisionVerdict.Wait, Until = Noon + Hour, By = "ada", DeliveryId = "d" };
        var later = Decision(order.Key, "later", Noon + Minute);
        await store.Orders.SaveAsync([Change(order) with { Decisions = [later, wait] }], cancellationToken);
        await store.Orders.SaveAsync([Change(Order("2")) with { Decisions = [Decision(new OrderKey("shop", "2"), "other")] }], cancellationToken);
        Expect.List([wait, later], await store.Orders.HistoryAsync(order.Key, cancellationToken));
    }

    private static async Task KnownMessageAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var read = await store.KeepAsync(Order("1"), [Delivery("d")], cancellationToken);
        var again = Delivery("d", state: DeliveryState.Failed);
        await store.KeepAsync(read, [again with { Message = again.Message with { Text = "Another text." } }], cancellationToken);
        var kept = await store.ReadAsync("d", cancellationToken);
        Expect.Equal(DeliveryState.Pending, kept.State);
        Expect.Equal("It will be late.", kept.Message.Text);
        // The same beside an order that is new.
        Expect.List([], await store.Orders.SaveAsync([Change(Order("2")) with { Deliveries = [again, Delivery("e")] }], cancellationToken));
        Expect.Equal(kept, await store.ReadAsync("d", cancellationToken));
        Expect.List(["d", "e"], (await store.ClaimIdsAsync(Messages(Noon), cancellationToken)).Order(StringComparer.Ordinal));
    }

    private static async Task SupersedeAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var states = Enum.GetValues<DeliveryState>().Where(state => state != DeliveryState.Sending).ToList();
        var read = await store.KeepAsync(Order("1"), [.. states.Select(state => Delivery(state.ToString(), state: state))], cancellationToken);
        var overtaken = Change(read) with
        {
            Decisions = [Decision(read.Key, "delivered", Noon + Hour)],
            Superseded = [.. states.Select(state => new Superseded(state.ToString(), "It was delivered."))],
        };
        Expect.List([], await store.Orders.SaveAsync([overtaken], cancellationToken));
        foreach (var state in states)
        {
            var expected = state is DeliveryState.Pending or DeliveryState.Retry or DeliveryState.Held ? DeliveryState.Superseded : state;
            Expect.Equal(expected, (await store.ReadAsync(state.ToString(), cancellationToken)).State, state.ToString());
        }

        var pending = await store.ReadAsync("Pending", cancellationToken);
        Expect.Equal("It was delivered.", pending.Reason);
        Expect.Equal(Noon + Hour, pending.ChangedAt);
    }

    private static async Task NoticeStatesAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var order = Order("1", checkAt: Noon) with { Notices = [Notice("a"), Notice("b")] };
        var read = await store.KeepAsync(order, [Delivery("a", order.Key), Delivery("b", order.Key, DeliveryState.Held)], cancellationToken);
        Expect.List([DeliveryState.Pending, DeliveryState.Held], read.Notices.Select(notice => notice.State));
        var claimed = await store.Outbox.ClaimAsync(Messages(Noon), cancellationToken);
        await store.Outbox.SaveAsync([Result(claimed[0], DeliveryState.Accepted)], cancellationToken);
        var due = await store.Orders.ClaimAsync(Checks(Noon), cancellationToken);
        Expect.List([DeliveryState.Accepted, DeliveryState.Held], due[0].Notices.Select(notice => notice.State));
    }

    private static async Task ConcurrentAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var read = await store.KeepAsync(Order("1"), cancellationToken);
        var saves = Enumerable
            .Range(0, 8)
            .Select(number => Task.Run(() => store.Orders.SaveAsync([Change(read with { Muted = $"by {number}" })], cancellationToken), cancellationToken));
        var lost = await Task.WhenAll(saves);
        Expect.Equal(7, lost.Count(keys => keys.Count == 1), "saves that lost");
        Expect.Equal(2L, (await store.FindAsync(read.Key, cancellationToken)).Version);
    }
}
