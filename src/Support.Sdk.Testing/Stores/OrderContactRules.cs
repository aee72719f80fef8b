using Support.Sdk.Orders;
using static Support.Sdk.Testing.Stores.StoreFacts;

namespace Support.Sdk.Testing.Stores;

/// <summary>Which orders name a contact point.</summary>
internal static class OrderContactRules
{
    private static readonly ContactPoint Ada = new(Channel, "ada@example.com");
    private static readonly ContactPoint Phone = new("sms", "+46700000001");

    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("The orders of a contact point come newest first, and no more than asked for", NewestFirstAsync),
        new("A contact point is the same in capitals and with blanks around it", CanonicalAsync),
        new("The orders of another shop, channel or person are not among them", ApartAsync),
        new("The orders of a contact point are those whose newest snapshot names it", NewestSnapshotAsync),
        new("An order that names a contact point twice comes once", OnceAsync),
        new("The orders of a contact point carry the state of their messages", StatesAsync),
        new("A change that lost the race moves no contact point", LostRaceAsync),
        new("Between 1 and 1,000 orders of a contact point can be asked for", LimitsAsync),
    ];

    private static async Task NewestFirstAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        foreach (var (id, hours) in new[] { ("b", 1), ("a", 3), ("d", 2), ("c", 2) })
        {
            await store.KeepAsync(Of(id, [Ada], placedAt: Noon + (hours * Hour)), cancellationToken);
        }

        await FindsAsync(["a", "d", "c", "b"], Ada, store, cancellationToken);
        var two = await store.Orders.OfContactAsync("shop", Ada, 2, cancellationToken);
        Expect.List(["a", "d"], two.Select(order => order.Key.Id));
    }

    private static async Task CanonicalAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Of("1", [new ContactPoint(Channel, " Ada@Example.com ")]), cancellationToken);
        await FindsAsync(["1"], new ContactPoint(Channel, "ADA@example.com"), store, cancellationToken);
    }

    private static async Task ApartAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Of("1", [Ada], shop: "other"), cancellationToken);
        await store.KeepAsync(Of("2", [Ada with { Channel = "sms" }]), cancellationToken);
        await store.KeepAsync(Of("3", [Ada with { Value = "bob@example.com" }, new ContactPoint(Channel, " ")]), cancellationToken);
        await store.KeepAsync(Order("4"), cancellationToken);
        await FindsAsync([], Ada, store, cancellationToken);
        await FindsAsync([], new ContactPoint(Channel, ""), store, cancellationToken);
    }

    private static async Task NewestSnapshotAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var kept = await store.KeepAsync(Of("1", [Ada]), cancellationToken);
        kept = await store.KeepAsync(kept with { Muted = "other things change" }, cancellationToken);
        await FindsAsync(["1"], Ada, store, cancellationToken);
        kept = await store.KeepAsync(kept with { Snapshot = Of("1", [Phone]).Snapshot }, cancellationToken);
        await FindsAsync([], Ada, store, cancellationToken);
        await FindsAsync(["1"], Phone, store, cancellationToken);
        kept = await store.KeepAsync(kept with { Snapshot = Of("1", []).Snapshot }, cancellationToken);
        await FindsAsync([], Phone, store, cancellationToken);
        await store.KeepAsync(kept with { Snapshot = Of("1", [Ada]).Snapshot }, cancellationToken);
        await FindsAsync(["1"], Ada, store, cancellationToken);
    }

    private static async Task OnceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Of("1", [Ada, Ada with { Value = "ADA@example.com" }]), cancellationToken);
        await FindsAsync(["1"], Ada, store, cancellationToken);
    }

    private static async Task StatesAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var order = Of("1", [Ada]) with { Notices = [Notice("a")] };
        await store.KeepAsync(order, [Delivery("a", order.Key)], cancellationToken);
        var claimed = await store.Outbox.ClaimAsync(Messages(Noon), cancellationToken);
        await store.Outbox.SaveAsync([Result(claimed[0], Deliveries.DeliveryState.Accepted)], cancellationToken);
        var found = await store.Orders.OfContactAsync("shop", Ada, 10, cancellationToken);
        Expect.Equal(Deliveries.DeliveryState.Accepted, found[0].Notices[0].State);
    }

    private static async Task LostRaceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var read = await store.KeepAsync(Of("1", [Ada]), cancellationToken);
        await store.KeepAsync(read, cancellationToken);
        Expect.List([read.Key], await store.Orders.SaveAsync([Change(read with { Snapshot = Of("1", [Phone]).Snapshot })], cancellationToken));
        await FindsAsync(["1"], Ada, store, cancellationToken);
        await FindsAsync([], Phone, store, cancellationToken);
    }

    private static async Task LimitsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        foreach (var max in (int[])[0, 1001])
        {
            await Expect.RefusedAsync(() => store.Orders.OfContactAsync("shop", Ada, max, cancellationToken), $"{max} orders");
        }
    }

    private static async Task FindsAsync(string[] ids, ContactPoint contact, StoreUnderTest store, CancellationToken cancellationToken)
    {
        var found = await store.Orders.OfContactAsync("shop", contact, 1000, cancellationToken);
        Expect.List(ids, found.Select(order => order.Key.Id), $"orders of {contact}");
    }

    private static WatchedOrder Of(string id, IReadOnlyList<ContactPoint> contacts, string shop = "shop", DateTimeOffset? placedAt = null) =>
        Order(id, shop) with
        {
            Snapshot = new OrderSnapshot
            {
                Key = new OrderKey(shop, id),
                PlacedAt = placedAt ?? Noon,
                Customer = new OrderCustomer { ContactPoints = contacts },
            },
        };
}
