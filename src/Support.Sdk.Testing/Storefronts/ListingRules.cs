using static Support.Sdk.Testing.Storefronts.StorefrontProbe;

namespace Support.Sdk.Testing.Storefronts;

/// <summary>Changed orders are listed to the end, and no more than those. A storefront that cannot list has nothing to prove.</summary>
internal static class ListingRules
{
    // More than a page of any storefront has.
    private const int Many = 260;
    private const int MostWaits = 20;

    public static IReadOnlyList<StorefrontRule> All { get; } =
    [
        new("The first listing has every open order", FirstAsync),
        new("A listing from a stamp has the order with that stamp", IncludedAsync),
        new("A listing has what changed and not what did not", ChangedAsync),
        new("A listing goes to its end", ManyAsync),
        new("A listing begins with the oldest change", OrderedAsync),
        new("A listing says what a reading says", SameAsync),
    ];

    private static async Task FirstAsync(StorefrontProbe probe)
    {
        if (!Lists(probe))
        {
            return;
        }

        var key = await probe.PlaceAsync();
        Require((await probe.ListAsync(since: null)).ContainsKey(key), "ChangedSinceAsync(null) left out an open order.");
    }

    private static async Task IncludedAsync(StorefrontProbe probe)
    {
        if (!Lists(probe))
        {
            return;
        }

        var key = await probe.PlaceAsync();
        var stamp = Stamp(await probe.ReadAsync(key));
        Require(
            (await probe.ListAsync(stamp)).ContainsKey(key),
            "An order with that very stamp is missing. Ask for 'at or after': two changes may share a stamp."
        );
    }

    private static async Task ChangedAsync(StorefrontProbe probe)
    {
        if (!Lists(probe))
        {
            return;
        }

        var still = await probe.PlaceAsync();
        var before = Stamp(await probe.ReadAsync(still));
        var (moved, since) = (still, before);
        // Many stamps are whole seconds.
        for (var n = 0; n < MostWaits && since <= before; n++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(n == 0 ? 0 : 300), TimeProvider.System, probe.CancellationToken);
            moved = await probe.PlaceAsync();
            await probe.ShipAsync(moved, "SE1");
            since = Stamp(await probe.ReadAsync(moved));
        }

        Require(since > before, "An order that was placed and shipped seconds after another has the same stamp. Map the stamp of the last change.");
        var listed = await probe.ListAsync(since);
        Require(listed.ContainsKey(moved), "An order that was shipped since is missing.");
        Require(!listed.ContainsKey(still), "An order that did not change is listed. Every listing would cost as much as the shop has orders.");
    }

    private static async Task ManyAsync(StorefrontProbe probe)
    {
        if (!Lists(probe))
        {
            return;
        }

        var keys = new List<Orders.OrderKey>();
        for (var n = 0; n < Many; n++)
        {
            keys.Add(await probe.PlaceAsync());
        }

        var since = Stamp(await probe.ReadAsync(keys[0]));
        var listed = await probe.ListAsync(since);
        var missing = keys.Count(key => !listed.ContainsKey(key));
        Require(missing == 0, $"{missing} of {Many} new orders are missing. Read page after page until there is none.");
    }

    private static async Task OrderedAsync(StorefrontProbe probe)
    {
        if (!Lists(probe))
        {
            return;
        }

        var first = await probe.PlaceAsync();
        await probe.PlaceAsync();
        var since = Stamp(await probe.ReadAsync(first));
        var last = DateTimeOffset.MinValue;
        await foreach (var order in probe.Target.Source.ChangedSinceAsync(probe.Target.Shop, since, probe.CancellationToken))
        {
            // What is listed besides, because something around it changed, has an older stamp.
            Require(
                Stamp(order) >= last || Stamp(order) < since,
                "A later change came before an earlier one. Sort by the stamp: the engine goes on from the last that it saw."
            );
            last = Stamp(order) > last ? Stamp(order) : last;
        }
    }

    private static async Task SameAsync(StorefrontProbe probe)
    {
        if (!Lists(probe))
        {
            return;
        }

        var key = await probe.PlaceAsync();
        await probe.ShipAsync(key, "SE1");
        var read = await probe.ReadAsync(key);
        var listed = (await probe.ListAsync(Stamp(read))).GetValueOrDefault(key);
        Require(
            listed is not null && string.Equals(Text(listed), Text(read), StringComparison.Ordinal),
            "The same order says something else when it is listed. Use one mapping, and the same fields, for both."
        );
    }

    private static string Text(Orders.OrderSnapshot order) => SupportJson.Write(order with { ReadAt = null, EventId = null });

    private static bool Lists(StorefrontProbe probe) => probe.Target.Source.ListedShops.Contains(probe.Target.Shop, StringComparer.Ordinal);
}
