using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using static Support.Sdk.Testing.Stores.StoreFacts;

namespace Support.Sdk.Testing.Stores;

/// <summary>Lists and recent contacts.</summary>
internal static class DeliveryRules
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly ContactPoint Ada = new(Channel, "ada@example.com");

    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("Deliveries are listed with the last that came in first, page by page", ListAsync),
        new("Every value of a query narrows the list", NarrowAsync),
        new("A list is between 1 and 1,000 long", LimitsAsync),
        new("Recent contacts count what was decided for an address in a shop since a moment", RecentAsync),
        new("An address counts as the same in capitals", CapitalsAsync),
        new("The slot is free a day after the oldest message, at that very moment", SlotAsync),
        new("An address is unreachable while the last message that ended there bounced or was rejected", UnreachableAsync),
    ];

    private static async Task ListAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        foreach (var id in (string[])["d0", "d2", "d3", "d4", "d1"])
        {
            await store.SendAsync([Delivery(id)], cancellationToken);
        }

        var first = await store.Outbox.ListAsync(new DeliveryQuery { Max = 2 }, cancellationToken);
        Expect.List(["d1", "d4"], first.Select(delivery => delivery.Message.Id));
        var second = await store.Outbox.ListAsync(new DeliveryQuery { Max = 2, After = "d4" }, cancellationToken);
        Expect.List(["d3", "d2"], second.Select(delivery => delivery.Message.Id));
        var third = await store.Outbox.ListAsync(new DeliveryQuery { Max = 2, After = "d2" }, cancellationToken);
        Expect.List(["d0"], third.Select(delivery => delivery.Message.Id));
    }

    private static async Task NarrowAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var order = new OrderKey("shop", "1");
        await store.SendAsync(
            [
                Delivery("a", order),
                Delivery("b", order, DeliveryState.Held),
                Delivery("c", new OrderKey("other", "1"), DeliveryState.Held),
                Delivery("d", state: DeliveryState.Accepted),
            ],
            cancellationToken
        );
        await FindsAsync("c", new DeliveryQuery { Id = "c" });
        await FindsAsync("abd", new DeliveryQuery { Shop = "shop" });
        await FindsAsync("ab", new DeliveryQuery { Order = order });
        await FindsAsync("bc", new DeliveryQuery { States = [DeliveryState.Held] });
        await FindsAsync("bcd", new DeliveryQuery { States = [DeliveryState.Held, DeliveryState.Accepted] });
        await FindsAsync("b", new DeliveryQuery { Shop = "shop", States = [DeliveryState.Held, DeliveryState.InDoubt] });
        await FindsAsync("", new DeliveryQuery { Id = "a", Shop = "other" });
        await FindsAsync("abd", new DeliveryQuery { Shop = "shop", To = Ada with { Value = " ADA@example.com" } });
        await FindsAsync("", new DeliveryQuery { Shop = "shop", To = Ada with { Channel = "sms" } });

        async Task FindsAsync(string ids, DeliveryQuery query)
        {
            var found = await store.Outbox.ListAsync(query, cancellationToken);
            Expect.Equal(ids, string.Concat(found.Select(delivery => delivery.Message.Id).Order(StringComparer.Ordinal)), query.ToString());
        }
    }

    private static async Task LimitsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        foreach (var max in (int[])[0, 1001])
        {
            await Expect.RefusedAsync(() => store.Outbox.ListAsync(new DeliveryQuery { Max = max }, cancellationToken), $"a list of {max}");
        }
    }

    private static async Task RecentAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync(
            [
                Delivery("old", decidedAt: Noon - Day),
                Delivery("a", decidedAt: Noon - Hour),
                Delivery("b", decidedAt: Noon, state: DeliveryState.Accepted),
                Delivery("other shop", shop: "other"),
                Delivery("other channel", channel: "sms"),
                Delivery("other person", to: "bob@example.com"),
            ],
            cancellationToken
        );
        var nobody = new ContactPoint(Channel, "nobody@example.com");
        var recent = await store.Outbox.RecentAsync("shop", [nobody, Ada], Noon - Day, cancellationToken);
        var some = recent.Where(contact => contact.InLastDay > 0);
        Expect.List(
            [
                new RecentContact
                {
                    ContactPoint = Ada,
                    InLastDay = 2,
                    NextSlotAt = Noon - Hour + Day,
                },
            ],
            some
        );
        Expect.Equal(0, (await store.Outbox.RecentAsync("shop", [], Noon - Day, cancellationToken)).Count);
    }

    private static async Task CapitalsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a", to: "Ada@Example.com")], cancellationToken);
        var asked = new ContactPoint(Channel, "ADA@example.com");
        var recent = await store.Outbox.RecentAsync("shop", [asked], Noon - Day, cancellationToken);
        Expect.Equal(1, recent[0].InLastDay);
        Expect.Equal(asked, recent[0].ContactPoint);
        Expect.Equal("Ada@Example.com", (await store.ReadAsync("a", cancellationToken)).Message.To.Value);
    }

    private static async Task SlotAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a", decidedAt: Noon + TimeSpan.FromTicks(7))], cancellationToken);
        var slot = (await store.Outbox.RecentAsync("shop", [Ada], Noon - Hour, cancellationToken))[0].NextSlotAt!.Value;
        var then = await store.Outbox.RecentAsync("shop", [Ada], slot - Day, cancellationToken);
        Expect.Equal(0, then.Sum(contact => contact.InLastDay), "messages of the last day at the end of the day");
    }

    private static async Task UnreachableAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.SendAsync([Delivery("a", state: DeliveryState.Bounced, decidedAt: Noon - (2 * Day))], cancellationToken);
        await store.SendAsync([Delivery("b", decidedAt: Noon)], cancellationToken);
        await IsUnreachableAsync(true, store, cancellationToken);
        await store.SendAsync([Delivery("c", state: DeliveryState.Delivered, decidedAt: Noon - Hour)], cancellationToken);
        await IsUnreachableAsync(false, store, cancellationToken);
        await store.SendAsync([Delivery("d", state: DeliveryState.Rejected, decidedAt: Noon)], cancellationToken);
        await IsUnreachableAsync(true, store, cancellationToken);
    }

    private static async Task IsUnreachableAsync(bool expected, StoreUnderTest store, CancellationToken cancellationToken)
    {
        var recent = await store.Outbox.RecentAsync("shop", [Ada], Noon - Day, cancellationToken);
        Expect.Equal(expected, recent.Any(contact => contact.Unreachable), "the address is unreachable");
    }
}
