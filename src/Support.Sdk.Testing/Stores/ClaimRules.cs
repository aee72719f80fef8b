using Support.Sdk.Orders;
using static Support.Sdk.Testing.Stores.StoreFacts;

namespace Support.Sdk.Testing.Stores;

internal static class ClaimRules
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("An order is claimed at its moment, and never before", AtItsMomentAsync),
        new("A moment between two of the database's is rounded up", RoundedUpAsync),
        new("A claimed order is hidden until its lease ends", LeaseAsync),
        new("A save ends the claim", SaveEndsClaimAsync),
        new("A claim does not cost a worker its race", NoRaceAsync),
        new("A shop with many due orders does not keep the others waiting", FairnessAsync),
        new("A claim takes as many as it may when that many are due", FillsUpAsync),
        new("The oldest of a shop come first", OldestFirstAsync),
        new("A refresh claim moves the next try to the end of its lease", RefreshAsync),
        new("Checks and refreshes are claimed apart", ApartAsync),
        new("Concurrent claims share the orders out", ConcurrentAsync),
    ];

    private static async Task AtItsMomentAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Order("1", checkAt: Noon), cancellationToken);
        await store.KeepAsync(Order("never"), cancellationToken);
        Expect.List([], await store.ClaimIdsAsync(Checks(Noon - Tick), cancellationToken));
        Expect.List(["1"], await store.ClaimIdsAsync(Checks(Noon), cancellationToken));
    }

    private static async Task RoundedUpAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Order("1", checkAt: Noon + Tick), cancellationToken);
        Expect.List([], await store.ClaimIdsAsync(Checks(Noon), cancellationToken));
        var next = await store.Support.NextDueAsync(cancellationToken);
        Expect.True(next > Noon);
        Expect.List(["1"], await store.ClaimIdsAsync(Checks(next!.Value), cancellationToken));
    }

    private static async Task LeaseAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Order("1", checkAt: Noon), cancellationToken);
        Expect.List(["1"], await store.ClaimIdsAsync(Checks(Noon, lease: RunOut), cancellationToken));
        Expect.List(["1"], await store.ClaimIdsAsync(Checks(Noon, lease: Hour), cancellationToken));
        Expect.List([], await store.ClaimIdsAsync(Checks(Noon + Hour + Hour), cancellationToken));
    }

    private static async Task SaveEndsClaimAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Order("1", checkAt: Noon), cancellationToken);
        var claimed = await store.Orders.ClaimAsync(Checks(Noon), cancellationToken);
        await store.KeepAsync(claimed[0] with { CheckAt = Noon + Minute }, cancellationToken);
        Expect.List(["1"], await store.ClaimIdsAsync(Checks(Noon + Minute), cancellationToken));
    }

    private static async Task NoRaceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var read = await store.KeepAsync(Order("1", checkAt: Noon, refreshAt: Noon), cancellationToken);
        Expect.Equal(read.Version, (await store.Orders.ClaimAsync(Checks(Noon), cancellationToken))[0].Version);
        Expect.Equal(read.Version, (await store.Orders.ClaimAsync(Refreshes(Noon), cancellationToken))[0].Version);
        Expect.List([], await store.Orders.SaveAsync([Change(read)], cancellationToken));
    }

    private static async Task FairnessAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var big = Enumerable.Range(0, 200).Select(number => Change(Order($"big{number}", "big", checkAt: Noon - Hour)));
        var small = Change(Order("small", "a", checkAt: Noon));
        var another = Change(Order("small", "z", checkAt: Noon));
        await store.Orders.SaveAsync([.. big, small, another], cancellationToken);
        var claimed = await store.Orders.ClaimAsync(Checks(Noon, max: 10), cancellationToken);
        Expect.List(["a", "big", "z"], claimed.Select(order => order.Key.Shop).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Expect.Equal(10, claimed.Count);
    }

    private static async Task FillsUpAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var orders = Enumerable.Range(0, 30).Select(number => Change(Order($"{number}", number == 0 ? "a" : "b", checkAt: Noon)));
        await store.Orders.SaveAsync([.. orders], cancellationToken);
        Expect.Equal(20, (await store.Orders.ClaimAsync(Checks(Noon, max: 20), cancellationToken)).Count);
        Expect.Equal(10, (await store.Orders.ClaimAsync(Checks(Noon, max: 20), cancellationToken)).Count);
        Expect.Equal(0, (await store.Orders.ClaimAsync(Checks(Noon, max: 20), cancellationToken)).Count);
    }

    private static async Task OldestFirstAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Order("young", checkAt: Noon), cancellationToken);
        await store.KeepAsync(Order("old", checkAt: Noon - Hour), cancellationToken);
        Expect.List(["old"], await store.ClaimIdsAsync(Checks(Noon, max: 1), cancellationToken));
        Expect.List(["young"], await store.ClaimIdsAsync(Checks(Noon, max: 1), cancellationToken));
    }

    private static async Task RefreshAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var kept = await store.KeepAsync(Order("1", refreshAt: Noon), cancellationToken);
        var claimed = await store.Orders.ClaimAsync(Refreshes(Noon, lease: Minute), cancellationToken);
        Expect.Equal(Noon + Minute, claimed[0].RefreshAt);
        Expect.Equal(Noon + Minute, (await store.FindAsync(kept.Key, cancellationToken)).RefreshAt);
        Expect.Equal(Noon + Minute, await store.Support.NextDueAsync(cancellationToken));
        Expect.List([], await store.ClaimIdsAsync(Refreshes(Noon + Minute - Tick), cancellationToken));
        Expect.List(["1"], await store.ClaimIdsAsync(Refreshes(Noon + Minute), cancellationToken));
    }

    private static async Task ApartAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Order("1", checkAt: Noon, refreshAt: Noon), cancellationToken);
        await store.KeepAsync(Order("2", checkAt: Noon), cancellationToken);
        Expect.List(["1"], await store.ClaimIdsAsync(Refreshes(Noon), cancellationToken));
        Expect.List(["1", "2"], (await store.ClaimIdsAsync(Checks(Noon), cancellationToken)).Order(StringComparer.Ordinal));
    }

    private static async Task ConcurrentAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var orders = Enumerable.Range(0, 100).Select(number => Change(Order($"{number}", $"shop{number % 3}", checkAt: Noon)));
        await store.Orders.SaveAsync([.. orders], cancellationToken);
        var claims = Enumerable.Range(0, 8).Select(_ => Task.Run(() => store.Orders.ClaimAsync(Checks(Noon, max: 10), cancellationToken), cancellationToken));
        var claimed = (await Task.WhenAll(claims)).SelectMany(orders => orders).Select(order => order.Key).ToList();
        Expect.Equal(claimed.Count, claimed.Distinct().Count(), "orders claimed");
        Expect.True(claimed.Count is > 0 and <= 80);
    }
}
