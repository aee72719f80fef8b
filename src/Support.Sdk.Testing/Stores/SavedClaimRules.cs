using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using static Support.Sdk.Testing.Stores.StoreFacts;

namespace Support.Sdk.Testing.Stores;

/// <summary>Messages that are claimed by whoever saves them. A store may claim less than it could, so what is left must be found.</summary>
internal static class SavedClaimRules
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("What a save has claimed is claimed by nobody else, and everything else that is due can be", ShareAsync),
        new("A save claims no more than it may", MostAsync),
        new("A save claims only messages of its channel that are due and wait to be sent", OnlyDueAsync),
        new("A save claims nothing of a paused shop", PausedAsync),
        new("A save claims no message whose id is stored already", KnownAsync),
        new("A save claims nothing of an order that lost its race", LostAsync),
        new("The result of a message that its save has claimed is recorded", RecordedAsync),
        new("A message whose save has claimed it is sent again when its lease has run out", RunOutAsync),
        new("A save does not take two claims of one channel", TwiceAsync),
    ];

    private static async Task ShareAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var saved = await SaveAsync(store, Claim(), [Delivery("a"), Delivery("b")], cancellationToken);
        var found = await store.ClaimIdsAsync(Claim(), cancellationToken);
        Expect.List(["a", "b"], saved.Claimed.Select(delivery => delivery.Message.Id).Concat(found).Order(StringComparer.Ordinal));
        foreach (var claimed in saved.Claimed)
        {
            Expect.Equal(await store.ReadAsync(claimed.Message.Id, cancellationToken), claimed);
            Expect.Equal(DeliveryState.Sending, claimed.State);
            Expect.Equal(1, claimed.Attempts);
            Expect.True(claimed.LeaseToken > 0);
        }
    }

    private static async Task MostAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var saved = await SaveAsync(store, Claim() with { Max = 2 }, [Delivery("a"), Delivery("b"), Delivery("c")], cancellationToken);
        Expect.True(saved.Claimed.Count <= 2);
        var none = await SaveAsync(store, Claim() with { Max = 0 }, [Delivery("d")], cancellationToken);
        Expect.List([], none.Claimed);
        Expect.Equal(4 - saved.Claimed.Count, (await store.ClaimIdsAsync(Claim(), cancellationToken)).Count);
    }

    private static async Task OnlyDueAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var states = Enum.GetValues<DeliveryState>().Where(state => state is not (DeliveryState.Pending or DeliveryState.Sending));
        var saved = await SaveAsync(
            store,
            Claim(),
            [
                .. states.Select(state => Delivery(state.ToString(), state: state)),
                Delivery("sms", channel: "sms"),
                Delivery("late", dueAt: Noon + Tick),
                Delivery("over", sendBefore: Noon),
            ],
            cancellationToken
        );
        Expect.List([], saved.Claimed);
        Expect.List(["Retry"], await store.ClaimIdsAsync(Claim(), cancellationToken));
    }

    private static async Task PausedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.Shops.PauseAsync("shop", "storm", Noon, cancellationToken);
        var saved = await SaveAsync(store, Claim(), [Delivery("a")], cancellationToken);
        Expect.List([], saved.Claimed);
        Expect.Equal(DeliveryState.Pending, (await store.ReadAsync("a", cancellationToken)).State);
        await store.Shops.PauseAsync("shop", null, Noon, cancellationToken);
        Expect.List(["a"], await store.ClaimIdsAsync(Claim(), cancellationToken));
    }

    private static async Task KnownAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a")], cancellationToken);
        var again = Delivery("a") with { Message = Delivery("a").Message with { Subject = "Once more" } };
        var saved = await SaveAsync(store, Claim(), [again, Delivery("b")], cancellationToken);
        Expect.True(saved.Claimed.All(delivery => string.Equals(delivery.Message.Id, "b", StringComparison.Ordinal)));
        Expect.Equal("Your order", (await store.ReadAsync("a", cancellationToken)).Message.Subject);
        Expect.True((await store.ClaimIdsAsync(Claim(), cancellationToken)).Contains("a", StringComparer.Ordinal));
    }

    private static async Task LostAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var read = await store.KeepAsync(Order("1"), cancellationToken);
        await store.Orders.SaveAsync([Change(read)], cancellationToken);
        var saved = await store.Orders.SaveAndClaimAsync([Change(read) with { Deliveries = [Delivery("a", read.Key)] }], [Claim()], cancellationToken);
        Expect.List([read.Key], saved.Lost);
        Expect.List([], saved.Claimed);
        Expect.List([], await store.ClaimIdsAsync(Claim(), cancellationToken));
    }

    private static async Task RecordedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var saved = await SaveAsync(store, Claim(), [Delivery("a")], cancellationToken);
        var claimed = saved.Claimed.Count > 0 ? saved.Claimed[0] : (await store.Outbox.ClaimAsync(Claim(), cancellationToken))[0];
        Expect.List(
            ["a"],
            await store.Outbox.SaveAsync([Result(claimed with { LeaseToken = claimed.LeaseToken + 1 }, DeliveryState.Accepted)], cancellationToken)
        );
        Expect.List([], await store.Outbox.SaveAsync([Result(claimed, DeliveryState.Accepted)], cancellationToken));
        var told = await store.ReadAsync("a", cancellationToken);
        Expect.Equal(DeliveryState.Accepted, told.State);
        Expect.Equal(1, told.Attempts);
    }

    private static async Task RunOutAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var saved = await SaveAsync(store, Claim() with { Lease = RunOut }, [Delivery("a")], cancellationToken);
        var first = saved.Claimed.Count > 0 ? saved.Claimed[0] : (await store.Outbox.ClaimAsync(Claim() with { Lease = RunOut }, cancellationToken))[0];
        var again = (await store.Outbox.ClaimAsync(Claim(), cancellationToken))[0];
        Expect.Equal(2, again.Attempts);
        Expect.True(again.LeaseToken > first.LeaseToken);
        Expect.List(["a"], await store.Outbox.SaveAsync([Result(first, DeliveryState.Accepted)], cancellationToken));
    }

    private static Task TwiceAsync(StoreUnderTest store, CancellationToken cancellationToken) =>
        Expect.RefusedAsync(
            () => store.Orders.SaveAndClaimAsync([Change(Order("1")) with { Deliveries = [Delivery("a")] }], [Claim(), Claim()], cancellationToken),
            "two claims of one channel"
        );

    private static OutboxClaim Claim() => Messages(Noon, idempotent: true);

    private static async Task<OrdersSaved> SaveAsync(
        StoreUnderTest store,
        OutboxClaim claim,
        IReadOnlyList<MessageDelivery> deliveries,
        CancellationToken cancellationToken
    )
    {
        var carrier = Order("carrier-of-" + deliveries[0].Message.Id + deliveries.Count);
        var saved = await store.Orders.SaveAndClaimAsync([Change(carrier) with { Deliveries = deliveries }], [claim], cancellationToken);
        Expect.List([], saved.Lost);
        return saved;
    }
}
