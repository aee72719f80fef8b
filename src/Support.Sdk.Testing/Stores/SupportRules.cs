using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using static Support.Sdk.Testing.Stores.StoreFacts;

namespace Support.Sdk.Testing.Stores;

/// <summary>Shops, secrets and the alarm clock.</summary>
internal static class SupportRules
{
    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("Starting twice is harmless", StartAsync),
        new("The first secret of a name stays", SecretAsync),
        new("A shop that was never seen has a state without figures", UnseenAsync),
        new("Figures add up by shop, and delay notices by day", FiguresAsync),
        new("Days are counted in UTC, today and the 28 before it", DaysAsync),
        new("The first reason of a pause stays until it is resumed", PauseAsync),
        new("Nothing stored means that nothing is due", NothingAsync),
        new("The next moment is the earliest of all queues", EarliestAsync),
        new("A fresh event is due when it was received, one to be tried again at its time", InboxAsync),
        new("An event behind a claimed one of its order rings no alarm", BehindAsync),
        new("What is claimed, done or parked rings no alarm", SilentAsync),
        new("Messages of a paused shop ring no alarm before they expire", PausedAsync),
    ];

    private static async Task StartAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Support.StartAsync(cancellationToken);
        await store.KeepAsync(Order("1"), cancellationToken);
        await store.Support.StartAsync(cancellationToken);
        await store.FindAsync(new OrderKey("shop", "1"), cancellationToken);
    }

    private static async Task SecretAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        byte[] first = [1, 2, 0, 255];
        Expect.List(first, await store.Support.GetOrAddSecretAsync("ids", first, cancellationToken));
        Expect.List(first, await store.Support.GetOrAddSecretAsync("ids", [9], cancellationToken));
        Expect.List<byte>([9], await store.Support.GetOrAddSecretAsync("links", [9], cancellationToken));
    }

    private static async Task UnseenAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var states = await store.Shops.FindAsync(["new"], Noon, cancellationToken);
        Expect.Equal(1, states.Count);
        Expect.Equal("new", states[0].Shop);
        Expect.Equal(null, states[0].PausedAt);
        Expect.Equal(0L, states[0].Notices + states[0].Shipped + states[0].Delivered + states[0].DelayNoticesByDay.Count);
        Expect.Equal(0, (await store.Shops.FindAsync([], Noon, cancellationToken)).Count);
    }

    private static async Task FiguresAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var figures = new ShopFigures
        {
            Notices = 2,
            DelayNotices = 1,
            Shipped = 3,
            Delivered = 4,
        };
        await store.Orders.SaveAsync(
            [Counted("1", "a", Noon, figures), Counted("2", "a", Noon, figures), Counted("3", "b", Noon, new ShopFigures())],
            cancellationToken
        );
        await store.Orders.SaveAsync([Counted("4", "a", Noon, figures)], cancellationToken);
        var states = (await store.Shops.FindAsync(["a", "b"], Noon, cancellationToken)).OrderBy(state => state.Shop, StringComparer.Ordinal).ToList();
        Expect.Equal(6L, states[0].Notices);
        Expect.Equal(9L, states[0].Shipped);
        Expect.Equal(12L, states[0].Delivered);
        Expect.List([KeyValuePair.Create(new DateOnly(2026, 3, 29), 3)], states[0].DelayNoticesByDay);
        Expect.Equal(0L, states[1].Notices);
    }

    private static async Task DaysAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var midnight = new DateTimeOffset(2026, 3, 29, 0, 0, 0, TimeSpan.Zero);
        DateTimeOffset[] times = [midnight - TimeSpan.FromTicks(1), midnight.ToOffset(TimeSpan.FromHours(-5)), midnight.AddDays(-28), midnight.AddDays(-29)];
        var one = new ShopFigures { DelayNotices = 1 };
        await store.Orders.SaveAsync([.. times.Select((time, index) => Counted($"{index}", "a", time, one))], cancellationToken);
        var days = (await store.Shops.FindAsync(["a"], midnight, cancellationToken))[0].DelayNoticesByDay.Keys.Order();
        Expect.List([new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 28), new DateOnly(2026, 3, 29)], days);
    }

    private static OrderChange Counted(string id, string shop, DateTimeOffset at, ShopFigures figures)
    {
        var order = Order(id, shop);
        return Change(order) with { Figures = figures, Decisions = [Decision(order.Key, "late", at)] };
    }

    private static async Task PauseAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        Expect.True(!await store.Shops.PauseAsync("a", null, Noon, cancellationToken));
        Expect.True(await store.Shops.PauseAsync("a", "storm", Noon, cancellationToken));
        Expect.True(!await store.Shops.PauseAsync("a", "again", Noon + Hour, cancellationToken));
        var paused = (await store.Shops.FindAsync(["a"], Noon, cancellationToken))[0];
        Expect.Equal("storm", paused.PausedReason);
        Expect.Equal(Noon, paused.PausedAt);
        Expect.True(await store.Shops.PauseAsync("a", null, Noon, cancellationToken));
        Expect.Equal(null, (await store.Shops.FindAsync(["a"], Noon, cancellationToken))[0].PausedAt);
        Expect.True(await store.Shops.PauseAsync("a", "again", Noon + Hour, cancellationToken));
    }

    private static async Task NothingAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        Expect.Equal(null, await store.Support.NextDueAsync(cancellationToken));
        await store.KeepAsync(Order("1"), [Delivery("held", state: DeliveryState.Held)], cancellationToken);
        await store.HearAsync(cancellationToken);
        Expect.Equal(null, await store.Support.NextDueAsync(cancellationToken));
    }

    private static async Task EarliestAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("sms", dueAt: Noon + (7 * Hour), channel: "sms")], cancellationToken);
        await NextIsAsync(7);
        await store.SendAsync([Delivery("a", dueAt: Noon + (6 * Hour), shop: "z")], cancellationToken);
        await NextIsAsync(6);
        await store.SendAsync([Delivery("b", dueAt: Noon + (9 * Hour), sendBefore: Noon + (5 * Hour))], cancellationToken);
        await NextIsAsync(5);
        await store.KeepAsync(Order("1", "z", checkAt: Noon + (4 * Hour)), cancellationToken);
        await store.KeepAsync(Order("1", "a", checkAt: Noon + (8 * Hour)), cancellationToken);
        await NextIsAsync(4);
        await store.KeepAsync(Order("2", "b", refreshAt: Noon + (3 * Hour)), cancellationToken);
        await NextIsAsync(3);
        await store.Inbox.AppendAsync([Entry("e", at: Noon + (2 * Hour))], cancellationToken);
        await NextIsAsync(2);

        async Task NextIsAsync(int hours) => Expect.Equal(Noon + (hours * Hour), await store.Support.NextDueAsync(cancellationToken), $"next due, {hours}");
    }

    private static async Task InboxAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry("a", at: Noon)], cancellationToken);
        Expect.Equal(Noon, await store.Support.NextDueAsync(cancellationToken));
        var claimed = await store.Inbox.ClaimAsync(Noon, 1, Hour, cancellationToken);
        await store.Inbox.SaveAsync(
            [
                new InboxResult
                {
                    Id = claimed[0].Id,
                    State = InboxState.Pending,
                    DueAt = Noon + Minute,
                },
            ],
            cancellationToken
        );
        Expect.Equal(Noon + Minute, await store.Support.NextDueAsync(cancellationToken));
    }

    private static async Task BehindAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry("a1", "A"), Entry("a2", "A")], cancellationToken);
        var claimed = await store.Inbox.ClaimAsync(Noon, 1, Hour, cancellationToken);
        Expect.Equal(null, await store.Support.NextDueAsync(cancellationToken));
        await store.Inbox.SaveAsync(
            [
                new InboxResult
                {
                    Id = claimed[0].Id,
                    State = InboxState.Pending,
                    DueAt = Noon + Hour,
                },
            ],
            cancellationToken
        );
        Expect.Equal(Noon, await store.Support.NextDueAsync(cancellationToken));
    }

    private static async Task SilentAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Inbox.AppendAsync([Entry("claimed"), Entry("parked") with { State = InboxState.Parked }], cancellationToken);
        await store.KeepAsync(Order("1", checkAt: Noon), [Delivery("d")], cancellationToken);
        Expect.List(["claimed"], await store.ClaimEventsAsync(Noon, cancellationToken));
        Expect.List(["1"], await store.ClaimIdsAsync(Checks(Noon), cancellationToken));
        Expect.List(["d"], await store.ClaimIdsAsync(Messages(Noon), cancellationToken));
        Expect.Equal(null, await store.Support.NextDueAsync(cancellationToken));
    }

    private static async Task PausedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a")], cancellationToken);
        await store.Shops.PauseAsync("shop", "storm", Noon, cancellationToken);
        Expect.Equal(null, await store.Support.NextDueAsync(cancellationToken));
        await store.SendAsync([Delivery("b", sendBefore: Noon + Hour)], cancellationToken);
        Expect.Equal(Noon + Hour, await store.Support.NextDueAsync(cancellationToken));
    }
}
