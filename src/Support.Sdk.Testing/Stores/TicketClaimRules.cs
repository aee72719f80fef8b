using Support.Sdk.Tickets;
using static Support.Sdk.Testing.Stores.StoreFacts;
using static Support.Sdk.Testing.Stores.TicketFacts;

namespace Support.Sdk.Testing.Stores;

/// <summary>The alarm clock of tickets.</summary>
internal static class TicketClaimRules
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("A ticket is claimed at its moment, and never before", AtItsMomentAsync),
        new("A claimed ticket is hidden until its lease ends", LeaseAsync),
        new("A save ends the claim of a ticket", SaveEndsClaimAsync),
        new("A claim of a ticket costs nobody the race", NoRaceAsync),
        new("A shop with many due tickets does not keep the others waiting", FairnessAsync),
        new("The tickets that fell due first are claimed first", OldestFirstAsync),
        new("Concurrent claims share the tickets out", ConcurrentAsync),
        new("A ticket rings the alarm at its moment, and not while it is claimed", NextDueAsync),
    ];

    private static async Task AtItsMomentAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Ticket(1, checkAt: Noon), cancellationToken);
        await store.KeepAsync(Ticket(2), cancellationToken);
        Expect.List([], await store.ClaimTicketsAsync(Noon - Tick, cancellationToken));
        Expect.List([Key(1)], await store.ClaimTicketsAsync(Noon, cancellationToken));
    }

    private static async Task LeaseAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Ticket(1, checkAt: Noon), cancellationToken);
        Expect.List([Key(1)], await store.ClaimTicketsAsync(Noon, cancellationToken, lease: RunOut));
        Expect.List([Key(1)], await store.ClaimTicketsAsync(Noon, cancellationToken));
        Expect.List([], await store.ClaimTicketsAsync(Noon + Hour + Hour, cancellationToken));
    }

    private static async Task SaveEndsClaimAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Ticket(1, checkAt: Noon), cancellationToken);
        var claimed = await store.Tickets.ClaimAsync(Noon, 100, Hour, cancellationToken);
        await store.KeepAsync(claimed[0] with { CheckAt = Noon + Minute }, cancellationToken);
        Expect.List([], await store.ClaimTicketsAsync(Noon, cancellationToken));
        Expect.List([Key(1)], await store.ClaimTicketsAsync(Noon + Minute, cancellationToken));
    }

    private static async Task NoRaceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var read = await store.KeepAsync(Ticket(1, checkAt: Noon), cancellationToken);
        Expect.Equal(read.Version, (await store.Tickets.ClaimAsync(Noon, 100, Hour, cancellationToken))[0].Version);
        Expect.List([], await store.Tickets.SaveAsync([Change(read)], cancellationToken));
    }

    private static async Task FairnessAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var big = Enumerable.Range(1, 200).Select(number => Change(Ticket(number, "big", checkAt: Noon - Hour)));
        await store.Tickets.SaveAsync([.. big, Change(Ticket(1, "a", checkAt: Noon)), Change(Ticket(1, "z", checkAt: Noon))], cancellationToken);
        var claimed = await store.ClaimTicketsAsync(Noon, cancellationToken, max: 10);
        Expect.List(["a", "big", "z"], claimed.Select(key => key.Shop).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Expect.Equal(10, claimed.Count);
    }

    private static async Task OldestFirstAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Ticket(1, checkAt: Noon), cancellationToken);
        await store.KeepAsync(Ticket(2, checkAt: Noon - Hour), cancellationToken);
        Expect.List([Key(2)], await store.ClaimTicketsAsync(Noon, cancellationToken, max: 1));
        Expect.List([Key(1)], await store.ClaimTicketsAsync(Noon, cancellationToken, max: 1));
    }

    private static async Task ConcurrentAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var tickets = Enumerable.Range(1, 100).Select(number => Change(Ticket(number, $"shop{number % 3}", checkAt: Noon)));
        await store.Tickets.SaveAsync([.. tickets], cancellationToken);
        var claims = Enumerable.Range(0, 8).Select(_ => Task.Run(() => store.ClaimTicketsAsync(Noon, cancellationToken, max: 10), cancellationToken));
        var claimed = (await Task.WhenAll(claims)).SelectMany(keys => keys).ToList();
        Expect.Equal(claimed.Count, claimed.Distinct().Count(), "tickets claimed");
        Expect.True(claimed.Count is > 0 and <= 80);
    }

    private static async Task NextDueAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Ticket(1, "z", checkAt: Noon), cancellationToken);
        await store.KeepAsync(Ticket(1, "a", checkAt: Noon + Hour), cancellationToken);
        await store.KeepAsync(Ticket(2, "a"), cancellationToken);
        Expect.Equal(Noon, await store.Support.NextDueAsync(cancellationToken));
        Expect.List([Key(1, "z")], await store.ClaimTicketsAsync(Noon, cancellationToken));
        Expect.Equal(Noon + Hour, await store.Support.NextDueAsync(cancellationToken));
    }
}
