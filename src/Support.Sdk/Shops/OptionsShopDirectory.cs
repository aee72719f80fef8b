using Microsoft.Extensions.Options;

namespace Support.Sdk.Shops;

/// <summary>The shops of the configuration and of <c>AddShop()</c>.</summary>
internal sealed class OptionsShopDirectory(IOptions<SupportOptions> options, IEnumerable<Shop> added) : IShopDirectory
{
    private readonly Lazy<Dictionary<string, Shop>> _shops = new(() => Index(options.Value, added));

    public IReadOnlyCollection<Shop> Shops => _shops.Value.Values;

    public ValueTask<Shop?> FindAsync(string shop, CancellationToken cancellationToken = default) => new(_shops.Value.GetValueOrDefault(shop));

    private static Dictionary<string, Shop> Index(SupportOptions options, IEnumerable<Shop> added)
    {
        var shops = new Dictionary<string, Shop>(StringComparer.Ordinal);
        foreach (var shop in options.Shops.Select(pair => pair.Value with { Id = pair.Key }).Concat(added))
        {
            if (!shops.TryAdd(shop.Id, shop))
            {
                throw new InvalidOperationException($"The shop '{shop.Id}' is set up twice. Keep one of AddShop() and Support:Shops:{shop.Id}.");
            }
        }

        return shops;
    }
}
