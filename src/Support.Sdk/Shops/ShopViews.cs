namespace Support.Sdk.Shops;

/// <summary>Puts together how shops are set up and what is known about them.</summary>
internal sealed class ShopViews(IShopDirectory directory, IShopStore store)
{
    /// <summary>Reads the shops of that name that are set up; the others are left out.</summary>
    public async Task<Dictionary<string, ShopView>> FindAsync(IEnumerable<string> shops, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = new List<Shop>();
        foreach (var id in shops.Distinct(StringComparer.Ordinal))
        {
            if (await directory.FindAsync(id, cancellationToken) is { } shop)
            {
                known.Add(shop);
            }
        }

        var states = await store.FindAsync([.. known.Select(shop => shop.Id)], now, cancellationToken);
        var byId = states.ToDictionary(state => state.Shop, StringComparer.Ordinal);
        return known.ToDictionary(
            shop => shop.Id,
            shop => new ShopView(shop, byId.GetValueOrDefault(shop.Id) ?? new ShopState { Shop = shop.Id }),
            StringComparer.Ordinal
        );
    }
}
