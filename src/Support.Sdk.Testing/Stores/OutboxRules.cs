using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using static Support.Sdk.Testing.Stores.StoreFacts;

namespace Support.Sdk.Testing.Stores;

/// <summary>Claims and results.</summary>
internal static class OutboxRules
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly OrderKey Key = new("shop", "1");

    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("Messages that are due are claimed oldest first, and the attempt counts", ClaimAsync),
        new("Only messages of the channel that wait to be sent are claimed", OnlyWaitingAsync),
        new("A claimed message is hidden from other claims", HiddenAsync),
        new("Messages of a paused shop stay where they are", PausedAsync),
        new("A message past its time expires, and its order falls due", ExpireAsync),
        new("A held message expires as well", HeldExpiresAsync),
        new("On an idempotent channel a message whose lease ran out is sent again", SentAgainAsync),
        new("A message whose lease ran out and whose time has passed is not sent again", NotSentAgainAsync),
        new("A message that was cut off too often has failed, holds nothing back, and makes its order due", CutOffAsync),
        new("On any other channel a message whose lease ran out is in doubt", InDoubtAsync),
        new("A lease that ran out on another channel is left alone", OtherChannelAsync),
        new("The token of a claim grows, and an old one records nothing", TokenAsync),
        new("A result for another state is not applied", OtherStateAsync),
        new("A result is recorded with its time, reason, provider id and next attempt", RecordAsync),
        new("A result without a claim is recorded by its state alone", WithoutClaimAsync),
        new("Results of one message in a batch are applied one after the other", OneAfterTheOtherAsync),
        new("A message that ends untold makes its order due, and a decision made without it loses", FallsDueAsync),
        new("A message that ends told, or by decision, leaves its order alone", LeavesAloneAsync),
        new("An order that is due earlier stays so", StaysEarlierAsync),
        new("Concurrent claims never give a message twice", ConcurrentAsync),
        new("What is older than a large claim and came in after it is claimed too", OlderAsync),
        new("What is older than a large claim and came in after it does not wait for the end of the others", OlderFirstAsync),
    ];

    private static async Task ClaimAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("b", dueAt: Noon), Delivery("a", dueAt: Noon - Minute), Delivery("late", dueAt: Noon + Tick)], cancellationToken);
        var claimed = await store.Outbox.ClaimAsync(Messages(Noon), cancellationToken);
        Expect.List(["a", "b"], claimed.Select(delivery => delivery.Message.Id));
        Expect.Equal(DeliveryState.Sending, claimed[0].State);
        Expect.Equal(1, claimed[0].Attempts);
        Expect.Equal(Noon, claimed[0].ChangedAt);
        Expect.True(claimed[0].LeaseToken > 0);
        Expect.Equal(Delivery("a", dueAt: Noon - Minute).Message, claimed[0].Message);
    }

    private static async Task OlderAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([.. Enumerable.Range(0, 120).Select(number => Delivery($"{number}"))], cancellationToken);
        var claimed = new List<string>(await store.ClaimIdsAsync(Messages(Noon, max: 100), cancellationToken));
        await store.SendAsync([Delivery("older", dueAt: Noon - Minute)], cancellationToken);
        while (await store.ClaimIdsAsync(Messages(Noon, max: 100), cancellationToken) is { Count: > 0 } more)
        {
            claimed.AddRange(more);
        }

        Expect.Equal(121, claimed.Distinct(StringComparer.Ordinal).Count());
        Expect.Equal(121, claimed.Count);
    }

    private static async Task OlderFirstAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([.. Enumerable.Range(0, 700).Select(number => Delivery($"{number}"))], cancellationToken);
        await store.ClaimIdsAsync(Messages(Noon, max: 100), cancellationToken);
        await store.SendAsync([Delivery("older", dueAt: Noon - Minute)], cancellationToken);
        var claimed = new List<string>();
        for (var later = Moment; later < 6 * Moment; later += Moment)
        {
            claimed.AddRange(await store.ClaimIdsAsync(Messages(Noon + later, max: 100), cancellationToken));
        }

        Expect.True(claimed.Contains("older", StringComparer.Ordinal));
    }

    private static async Task OnlyWaitingAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var states = Enum.GetValues<DeliveryState>().Where(state => state != DeliveryState.Sending);
        await store.SendAsync([.. states.Select(state => Delivery(state.ToString(), state: state)), Delivery("sms", channel: "sms")], cancellationToken);
        var claimed = await store.ClaimIdsAsync(Messages(Noon), cancellationToken);
        Expect.List(["Pending", "Retry"], claimed.Order(StringComparer.Ordinal));
    }

    private static async Task HiddenAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a"), Delivery("b")], cancellationToken);
        Expect.List(["a"], await store.ClaimIdsAsync(Messages(Noon, max: 1), cancellationToken));
        Expect.List(["b"], await store.ClaimIdsAsync(Messages(Noon + Hour + Hour), cancellationToken));
    }

    private static async Task PausedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a"), Delivery("b", shop: "other")], cancellationToken);
        await store.Shops.PauseAsync("shop", "storm", Noon, cancellationToken);
        Expect.List(["b"], await store.ClaimIdsAsync(Messages(Noon), cancellationToken));
        await store.Shops.PauseAsync("shop", null, Noon, cancellationToken);
        Expect.List(["a"], await store.ClaimIdsAsync(Messages(Noon), cancellationToken));
    }

    private static async Task ExpireAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var end = Noon + Hour;
        var read = await store.KeepAsync(Order("1"), [Delivery("a", Key, dueAt: end, sendBefore: end)], cancellationToken);
        Expect.List([], await store.ClaimIdsAsync(Messages(end - Tick), cancellationToken));
        Expect.Equal(DeliveryState.Pending, (await store.ReadAsync("a", cancellationToken)).State);
        Expect.List([], await store.ClaimIdsAsync(Messages(end), cancellationToken));
        var expired = await store.ReadAsync("a", cancellationToken);
        Expect.Equal(DeliveryState.Expired, expired.State);
        Expect.Equal(end, expired.ChangedAt);
        Expect.True(expired.Reason is not null);
        Expect.List([Key], await store.Orders.SaveAsync([Change(read)], cancellationToken));
        Expect.List(["1"], await store.ClaimIdsAsync(Checks(end), cancellationToken));
    }

    private static async Task HeldExpiresAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Order("1"), [Delivery("a", Key, DeliveryState.Held, sendBefore: Noon + Hour)], cancellationToken);
        await store.HearAsync(cancellationToken);
        Expect.Equal(Noon + Hour, await store.Support.NextDueAsync(cancellationToken));
        await store.ClaimIdsAsync(Messages(Noon + Hour), cancellationToken);
        Expect.Equal(DeliveryState.Expired, (await store.ReadAsync("a", cancellationToken)).State);
        Expect.List(["1"], await store.ClaimIdsAsync(Checks(Noon + Hour), cancellationToken));
    }

    private static async Task SentAgainAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a")], cancellationToken);
        await store.Outbox.ClaimAsync(Messages(Noon, lease: RunOut, idempotent: true), cancellationToken);
        Expect.True(await store.Support.NextDueAsync(cancellationToken) <= Noon);
        var again = await store.Outbox.ClaimAsync(Messages(Noon, idempotent: true), cancellationToken);
        Expect.Equal(1, again.Count);
        Expect.Equal(2, again[0].Attempts);
    }

    private static async Task NotSentAgainAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a", sendBefore: Noon + Hour)], cancellationToken);
        await store.Outbox.ClaimAsync(Messages(Noon, lease: RunOut, idempotent: true), cancellationToken);
        Expect.List([], await store.ClaimIdsAsync(Messages(Noon + Hour, idempotent: true), cancellationToken));
        Expect.Equal(DeliveryState.Expired, (await store.ReadAsync("a", cancellationToken)).State);
    }

    private static async Task CutOffAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var claim = Messages(Noon, max: 1, lease: RunOut, idempotent: true) with { MaxAttempts = 2 };
        await store.KeepAsync(Order("1"), [Delivery("a", Key), Delivery("b", Key, dueAt: Noon + Minute)], cancellationToken);
        Expect.List(["a"], await store.ClaimIdsAsync(claim, cancellationToken));
        var last = (await store.Outbox.ClaimAsync(claim, cancellationToken))[0];
        Expect.Equal(2, last.Attempts);
        Expect.List(["b"], await store.ClaimIdsAsync(claim with { Now = Noon + Minute }, cancellationToken));
        var failed = await store.ReadAsync("a", cancellationToken);
        Expect.Equal(DeliveryState.Failed, failed.State);
        Expect.Equal(2, failed.Attempts);
        Expect.Equal(Noon + Minute, failed.ChangedAt);
        Expect.True(failed.Reason is not null);
        Expect.List(["a"], await store.Outbox.SaveAsync([Result(last, DeliveryState.Accepted)], cancellationToken));
        Expect.List(["1"], await store.ClaimIdsAsync(Checks(Noon + Minute), cancellationToken));
    }

    private static async Task InDoubtAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a")], cancellationToken);
        var claimed = await store.Outbox.ClaimAsync(Messages(Noon, lease: RunOut), cancellationToken);
        Expect.List([], await store.ClaimIdsAsync(Messages(Noon + Minute), cancellationToken));
        var inDoubt = await store.ReadAsync("a", cancellationToken);
        Expect.Equal(DeliveryState.InDoubt, inDoubt.State);
        Expect.Equal(Noon + Minute, inDoubt.ChangedAt);
        Expect.Equal(0L, inDoubt.LeaseToken);
        Expect.List(["a"], await store.Outbox.SaveAsync([Result(claimed[0], DeliveryState.Accepted)], cancellationToken));
    }

    private static async Task OtherChannelAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a")], cancellationToken);
        await store.Outbox.ClaimAsync(Messages(Noon, lease: RunOut), cancellationToken);
        await store.Outbox.ClaimAsync(Messages(Noon, channel: "sms"), cancellationToken);
        Expect.Equal(DeliveryState.Sending, (await store.ReadAsync("a", cancellationToken)).State);
    }

    private static async Task TokenAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a")], cancellationToken);
        var first = (await store.Outbox.ClaimAsync(Messages(Noon, lease: RunOut, idempotent: true), cancellationToken))[0];
        var second = (await store.Outbox.ClaimAsync(Messages(Noon, idempotent: true), cancellationToken))[0];
        Expect.True(second.LeaseToken > first.LeaseToken);
        Expect.List(["a"], await store.Outbox.SaveAsync([Result(first, DeliveryState.Failed)], cancellationToken));
        Expect.List([], await store.Outbox.SaveAsync([Result(second, DeliveryState.Accepted)], cancellationToken));
        var told = await store.ReadAsync("a", cancellationToken);
        Expect.Equal(DeliveryState.Accepted, told.State);
        Expect.Equal(0L, told.LeaseToken);
    }

    private static async Task OtherStateAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a"), Delivery("b")], cancellationToken);
        DeliveryUpdate Release(string id) =>
            new()
            {
                Id = id,
                From = DeliveryState.Held,
                To = DeliveryState.Pending,
                At = Noon,
            };
        Expect.List(["a", "unknown"], await store.Outbox.SaveAsync([Release("a"), Release("unknown")], cancellationToken));
        Expect.List([], await store.Outbox.SaveAsync([], cancellationToken));
        Expect.Equal(DeliveryState.Pending, (await store.ReadAsync("a", cancellationToken)).State);
    }

    private static async Task RecordAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a", sendBefore: Noon + Hour)], cancellationToken);
        var claimed = (await store.Outbox.ClaimAsync(Messages(Noon), cancellationToken))[0];
        var retry = Result(claimed, DeliveryState.Retry, Noon + Minute) with
        {
            DueAt = Noon + Minute + Minute,
            SendBefore = Noon + Hour + Hour,
            Reason = "busy",
            ProviderId = "p1",
        };
        Expect.List([], await store.Outbox.SaveAsync([retry], cancellationToken));
        var stored = await store.ReadAsync("a", cancellationToken);
        var expected = claimed with
        {
            State = DeliveryState.Retry,
            ChangedAt = Noon + Minute,
            DueAt = Noon + Minute + Minute,
            SendBefore = Noon + Hour + Hour,
            Reason = "busy",
            ProviderId = "p1",
            LeaseToken = 0,
        };
        Expect.Equal(expected, stored);
        Expect.List([], await store.ClaimIdsAsync(Messages(Noon + Minute), cancellationToken));
        var again = (await store.Outbox.ClaimAsync(Messages(Noon + Minute + Minute), cancellationToken))[0];
        await store.Outbox.SaveAsync([Result(again, DeliveryState.Accepted)], cancellationToken);
        Expect.Equal("p1", (await store.ReadAsync("a", cancellationToken)).ProviderId);
    }

    private static async Task WithoutClaimAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a", state: DeliveryState.Accepted)], cancellationToken);
        var arrived = new DeliveryUpdate
        {
            Id = "a",
            From = DeliveryState.Accepted,
            To = DeliveryState.Delivered,
            At = Noon + Hour,
        };
        Expect.List([], await store.Outbox.SaveAsync([arrived], cancellationToken));
        Expect.Equal(DeliveryState.Delivered, (await store.ReadAsync("a", cancellationToken)).State);
    }

    private static async Task OneAfterTheOtherAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a")], cancellationToken);
        var claimed = (await store.Outbox.ClaimAsync(Messages(Noon), cancellationToken))[0];
        var accepted = Result(claimed, DeliveryState.Accepted);
        var bounced = new DeliveryUpdate
        {
            Id = "a",
            From = DeliveryState.Accepted,
            To = DeliveryState.Bounced,
            At = Noon + Minute,
        };
        Expect.List([], await store.Outbox.SaveAsync([accepted, bounced], cancellationToken));
        Expect.Equal(DeliveryState.Bounced, (await store.ReadAsync("a", cancellationToken)).State);
    }

    private static async Task FallsDueAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        DeliveryState[] untold = [DeliveryState.Rejected, DeliveryState.Failed, DeliveryState.Bounced, DeliveryState.Expired, DeliveryState.Superseded];
        foreach (var state in untold)
        {
            var key = new OrderKey("shop", state.ToString());
            var read = await store.KeepAsync(Order(key.Id, checkAt: Noon + Hour + Hour), [Delivery("of-" + key.Id, key)], cancellationToken);
            var claimed = (await store.Outbox.ClaimAsync(Messages(Noon), cancellationToken))[0];
            await store.Outbox.SaveAsync([Result(claimed, state, Noon + Minute)], cancellationToken);
            Expect.List([key], await store.Orders.SaveAsync([Change(read)], cancellationToken));
            Expect.List([], await store.ClaimIdsAsync(Checks(Noon + Minute - Tick), cancellationToken));
            Expect.List([key.Id], await store.ClaimIdsAsync(Checks(Noon + Minute), cancellationToken));
        }
    }

    private static async Task LeavesAloneAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var others = new[] { DeliveryState.Accepted, DeliveryState.Delivered, DeliveryState.Suppressed, DeliveryState.InDoubt };
        var read = await store.KeepAsync(Order("1"), [.. others.Select(state => Delivery(state.ToString(), Key))], cancellationToken);
        var claimed = await store.Outbox.ClaimAsync(Messages(Noon), cancellationToken);
        var results = claimed.Select(delivery => Result(delivery, Enum.Parse<DeliveryState>(delivery.Message.Id)));
        Expect.List([], await store.Outbox.SaveAsync([.. results], cancellationToken));
        Expect.List([], await store.ClaimIdsAsync(Checks(Noon + Hour), cancellationToken));
        Expect.List([], await store.Orders.SaveAsync([Change(read)], cancellationToken));
    }

    private static async Task StaysEarlierAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Order("1", checkAt: Noon), [Delivery("a", Key)], cancellationToken);
        var claimed = (await store.Outbox.ClaimAsync(Messages(Noon), cancellationToken))[0];
        await store.Outbox.SaveAsync([Result(claimed, DeliveryState.Failed, Noon + Hour)], cancellationToken);
        Expect.List(["1"], await store.ClaimIdsAsync(Checks(Noon), cancellationToken));
    }

    private static async Task ConcurrentAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([.. Enumerable.Range(0, 100).Select(number => Delivery($"d{number}"))], cancellationToken);
        var claims = Enumerable.Range(0, 8).Select(_ => Task.Run(() => store.ClaimIdsAsync(Messages(Noon, max: 20), cancellationToken), cancellationToken));
        var claimed = (await Task.WhenAll(claims)).SelectMany(ids => ids).ToList();
        Expect.Equal(claimed.Count, claimed.Distinct(StringComparer.Ordinal).Count(), "messages claimed");
        Expect.True(claimed.Count > 0);
    }
}
