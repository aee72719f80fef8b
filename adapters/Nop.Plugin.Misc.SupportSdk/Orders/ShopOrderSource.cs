using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Support.Sdk;
using Support.Sdk.Orders;

namespace Nop.Plugin.Misc.SupportSdk.Orders;

/// <summary>The shop's own orders, for the engine.</summary>
internal sealed class ShopOrderSource(IServiceScopeFactory scopes, TimeProvider time, IReadOnlyCollection<string> shops) : IOrderSource
{
    private const int Batch = 100;

    public IReadOnlyCollection<string> ListedShops => shops;

    public bool Serves(string shop) => shops.Contains(shop, StringComparer.Ordinal);

    public async Task<OrderSnapshot?> FindAsync(OrderKey key, CancellationToken cancellationToken = default)
    {
        if (!int.TryParse(key.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return null;
        }

        await using var scope = scopes.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<OrderReader>().ReadAsync([id]);
        return found.FirstOrDefault(order => order.Key == key);
    }

    public async IAsyncEnumerable<OrderSnapshot> ChangedSinceAsync(
        string shop,
        DateTimeOffset? since,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var storeId = StoreShops.StoreIdOf(shop) ?? throw new ArgumentException($"'{shop}' is no store.", nameof(shop));
        foreach (var ids in (await IdsAsync(storeId, since)).Chunk(Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var scope = scopes.CreateAsyncScope();
            foreach (var order in await scope.ServiceProvider.GetRequiredService<OrderReader>().ReadAsync(ids))
            {
                yield return order;
            }
        }
    }

    private async Task<List<int>> IdsAsync(int storeId, DateTimeOffset? since)
    {
        await using var scope = scopes.CreateAsyncScope();
        var open = scope.ServiceProvider.GetRequiredService<OpenOrders>();
        return since is { } begin ? await open.SinceAsync(storeId, begin, time.GetUtcNow()) : await open.AllAsync(storeId, time.GetUtcNow());
    }
}

/// <summary>Gives the engine the shop's orders.</summary>
internal sealed class OrderPart(IServiceScopeFactory scopes, TimeProvider time) : IEnginePart
{
    public void AddTo(ISupportBuilder support, SupportSetup setup)
    {
        IReadOnlyCollection<string> shops = [.. setup.Shops.Select(shop => shop.Id)];
        support.Services.AddSingleton<IOrderSource>(new ShopOrderSource(scopes, time, shops));
        support.Services.AddSingleton<ITrackingFeed>(new ShopTracking(scopes, shops));
    }
}
