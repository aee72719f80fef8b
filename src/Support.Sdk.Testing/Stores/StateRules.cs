using Support.Sdk.Storefronts;

namespace Support.Sdk.Testing.Stores;

/// <summary>What adapters remember.</summary>
internal static class StateRules
{
    private const int MaxShop = 100;
    private const int MaxName = 200;
    private const int MaxValue = 65_536;

    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("A name is kept as it was saved, one version on each time", AsSavedAsync),
        new("A name under which nothing is kept is not found", UnknownAsync),
        new("The same name of two shops keeps two values", TwoShopsAsync),
        new("Names compare ordinally", OrdinalAsync),
        new("A value of 65,536 characters comes back whole", LongValueAsync),
        new("A version that is not the stored one changes nothing", StaleAsync),
        new("Of many savers of one version one wins", RaceAsync),
        new("Of many savers of a new name one wins", FirstRaceAsync),
        new("A value of null removes the name at its version, and no other", RemovedAsync),
        new("A name that is not there is removed already", RemovedBeforeAsync),
        new("Shop, name and value have their lengths", LimitsAsync),
    ];

    private static async Task AsSavedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        Expect.True(await store.States.SaveAsync(State("one"), cancellationToken));
        Expect.Equal(State("one", version: 1), await store.CursorAsync(cancellationToken));
        Expect.True(await store.States.SaveAsync(State("", version: 1), cancellationToken));
        Expect.Equal(State("", version: 2), await store.CursorAsync(cancellationToken));
        Expect.True(await store.States.SaveAsync(State("two", version: 2), cancellationToken));
        Expect.Equal(State("two", version: 3), await store.CursorAsync(cancellationToken));
    }

    private static async Task UnknownAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.States.SaveAsync(State("one"), cancellationToken);
        Expect.Equal(null, await store.States.FindAsync("shop", "storefront/token", cancellationToken));
        Expect.Equal(null, await store.States.FindAsync("other", "storefront/cursor", cancellationToken));
        Expect.Equal(null, await store.States.FindAsync("", "", cancellationToken));
    }

    private static async Task TwoShopsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var other = State("two") with { Shop = "other" };
        Expect.True(await store.States.SaveAsync(State("one"), cancellationToken));
        Expect.True(await store.States.SaveAsync(other, cancellationToken));
        Expect.True(await store.States.SaveAsync(other with { Value = null, Version = 1 }, cancellationToken));
        Expect.Equal(State("one", version: 1), await store.CursorAsync(cancellationToken));
    }

    private static async Task OrdinalAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        string[] names = ["\u00E5/token", "a\u030A/token", "a/token", "A/token", "a/Token", "%", "_"];
        foreach (var name in names)
        {
            Expect.True(await store.States.SaveAsync(State(name) with { Name = name }, cancellationToken));
        }

        foreach (var name in names)
        {
            Expect.Equal(name, (await store.States.FindAsync("shop", name, cancellationToken))?.Value);
        }
    }

    private static async Task LongValueAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        // Quotes, line ends and characters of four bytes among them.
        const string Piece = "'\"\\\r\n\t{}\u00E5\u65E5\U0001F469";
        var value = string.Concat(Enumerable.Repeat(Piece, MaxValue / Piece.Length)).PadRight(MaxValue, ' ');
        Expect.True(await store.States.SaveAsync(State(value), cancellationToken));
        Expect.True(string.Equals(value, (await store.CursorAsync(cancellationToken))?.Value, StringComparison.Ordinal), "the value is as it was saved");
    }

    private static async Task StaleAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        Expect.Equal(false, await store.States.SaveAsync(State("one", version: 1), cancellationToken));
        Expect.Equal(null, await store.CursorAsync(cancellationToken));
        Expect.True(await store.States.SaveAsync(State("one"), cancellationToken));
        Expect.True(await store.States.SaveAsync(State("two", version: 1), cancellationToken));
        foreach (var version in (long[])[0, 1, 3])
        {
            Expect.Equal(false, await store.States.SaveAsync(State("late", version), cancellationToken));
        }

        Expect.Equal(State("two", version: 2), await store.CursorAsync(cancellationToken));
    }

    private static async Task RaceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        Expect.True(await store.States.SaveAsync(State("one"), cancellationToken));
        await OneWinsAsync(store, version: 1, cancellationToken);
    }

    private static Task FirstRaceAsync(StoreUnderTest store, CancellationToken cancellationToken) => OneWinsAsync(store, version: 0, cancellationToken);

    private static async Task OneWinsAsync(StoreUnderTest store, long version, CancellationToken cancellationToken)
    {
        string[] values = ["a", "b", "c", "d", "e", "f"];
        var saves = values.Select(value => Task.Run(() => store.States.SaveAsync(State(value, version), cancellationToken), cancellationToken));
        var saved = await Task.WhenAll(saves);
        Expect.Equal(1, saved.Count(isSaved => isSaved), "savers who won");
        Expect.Equal(State(values[Array.IndexOf(saved, true)], version + 1), await store.CursorAsync(cancellationToken));
    }

    private static async Task RemovedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.States.SaveAsync(State("one"), cancellationToken);
        foreach (var version in (long[])[0, 2])
        {
            Expect.Equal(false, await store.States.SaveAsync(State(null, version), cancellationToken));
        }

        Expect.True(await store.States.SaveAsync(State(null, version: 1), cancellationToken));
        Expect.Equal(null, await store.CursorAsync(cancellationToken));
        Expect.Equal(false, await store.States.SaveAsync(State(null, version: 1), cancellationToken));
        Expect.True(await store.States.SaveAsync(State("new"), cancellationToken));
    }

    private static async Task RemovedBeforeAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        Expect.True(await store.States.SaveAsync(State(null), cancellationToken));
        Expect.Equal(null, await store.CursorAsync(cancellationToken));
    }

    private static async Task LimitsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var longest = State(new string('v', MaxValue)) with { Shop = new string('s', MaxShop), Name = new string('n', MaxName) };
        Expect.True(await store.States.SaveAsync(longest, cancellationToken));
        await RefusedAsync(longest with { Shop = "" }, "an empty shop");
        await RefusedAsync(longest with { Shop = longest.Shop + "s" }, "a shop of 101 characters");
        await RefusedAsync(longest with { Name = "" }, "an empty name");
        await RefusedAsync(longest with { Name = longest.Name + "n" }, "a name of 201 characters");
        await RefusedAsync(longest with { Value = longest.Value + "v", Version = 1 }, "a value of 65,537 characters");

        Task RefusedAsync(StateEntry entry, string what) => Expect.RefusedAsync(() => store.States.SaveAsync(entry, cancellationToken), what);
    }

    private static StateEntry State(string? value, long version = 0) =>
        new()
        {
            Shop = "shop",
            Name = "storefront/cursor",
            Value = value,
            Version = version,
        };

    private static Task<StateEntry?> CursorAsync(this StoreUnderTest store, CancellationToken cancellationToken) =>
        store.States.FindAsync("shop", "storefront/cursor", cancellationToken);
}
