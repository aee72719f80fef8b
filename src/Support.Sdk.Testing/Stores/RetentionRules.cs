using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using static Support.Sdk.Testing.Stores.StoreFacts;

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

    private static async Task NothingAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Quiet("1", Noon), cancellationToken);
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
