using Microsoft.Extensions.Options;
using Support.Sdk.Orders;

namespace Support.Sdk.Shopify.Orders;

/// <summary>What Shopify knows of a parcel: the scans of the carriers that it follows, and those that apps and the shop report.</summary>
/// <remarks>It serves every parcel of a Shopify shop; a carrier's own feed that shall be asked instead is registered before it.</remarks>
internal sealed class ShopifyTrackingFeed(FulfillmentReader reader, IOptions<ShopifyOptions> options) : ITrackingFeed
{
    public string Name => "shopify";

    public bool Serves(string shop, Shipment shipment) => options.Value.Shops.ContainsKey(shop) && ShopifyId.IsNumber(shipment.Id);

    public async Task<Shipment?> ReadAsync(string shop, Shipment shipment, CancellationToken cancellationToken = default)
    {
        var found = await reader.ReadAsync(shop, [ShopifyId.Fulfillment(shipment.Id)], cancellationToken);
        return found.Select(node => ParcelMapper.Map(node, isCounter: false)).FirstOrDefault();
    }
}
