using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Sdk.Orders;
using Support.Sdk.Shopify.Admin;

namespace Support.Sdk.Shopify.Orders;

/// <summary>The orders of the Shopify shops.</summary>
/// <remarks>
/// <para>
/// Without the scope <c>read_all_orders</c> an app sees the orders of the last 60 days alone; an older one counts as unknown. Deadlines, holds
/// and delivery dates need <c>read_merchant_managed_fulfillment_orders</c> and <c>read_third_party_fulfillment_orders</c> beside <c>read_orders</c>.
/// </para>
/// <para>
/// For the first time the open orders are read by a bulk operation, and page by page where that fails. Bulk readings have neither a parcel's scans
/// nor its items; an order of which a part was sent is read once more, and the scans of the others come with the tracking feed. What a
/// bulk reading holds back of the customer it does not say, and an order is read again before a customer is told of it.
/// </para>
/// </remarks>
internal sealed partial class ShopifyOrderSource(
    OrderReader reader,
    OrderLister lister,
    BulkOrders bulk,
    IOptions<ShopifyOptions> options,
    TimeProvider time,
    ILogger<ShopifyOrderSource> logger
) : IOrderSource
{
    public IReadOnlyCollection<string> ListedShops => [.. options.Value.Shops.Keys];

    public bool Serves(string shop) => options.Value.Shops.ContainsKey(shop);

    public async Task<OrderSnapshot?> FindAsync(OrderKey key, CancellationToken cancellationToken = default)
    {
        if (!ShopifyId.IsNumber(key.Id))
        {
            return null;
        }

        var found = await reader.ReadAsync(key.Shop, [ShopifyId.Order(key.Id)], cancellationToken);
        return found is [var order, ..] ? order : null;
    }

    public IAsyncEnumerable<OrderSnapshot> ChangedSinceAsync(string shop, DateTimeOffset? since, CancellationToken cancellationToken = default) =>
        since is { } from ? ChangedAsync(shop, from, cancellationToken) : OpenAsync(shop, cancellationToken);

    private async IAsyncEnumerable<OrderSnapshot> ChangedAsync(string shop, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // An order that changes while the list is read comes again at its end.
        var read = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        var listed = lister.OrdersAsync(shop, OrderLister.ChangedSince(since), cancellationToken);
        await foreach (var order in ReadAsync(shop, listed.Where(IsNews), cancellationToken))
        {
            read[ShopifyId.Order(order.Key.Id)] = order.UpdatedAt;
            yield return order;
        }

        // Only those that the list above did not bring, each once however many parts of it changed.
        listed = lister.OrdersOfChangedFulfillmentOrdersAsync(shop, since, cancellationToken);
        await foreach (var order in ReadAsync(shop, listed.Where(other => read.TryAdd(other.Id, null)), cancellationToken))
        {
            yield return order;
        }

        bool IsNews(ListedOrder order) => !read.TryGetValue(order.Id, out var stamp) || order.UpdatedAt > stamp;
    }

    private async IAsyncEnumerable<OrderSnapshot> OpenAsync(string shop, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var orders = BulkAsync(shop, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await orders.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (Exception exception) when (exception is ShopifyException { IsPaused: false } or JsonException or IOException or HttpRequestException)
            {
                LogNoBulk(exception, shop);
                break;
            }

            yield return orders.Current;
        }

        // From the beginning: what was handed over already changes nothing.
        var listed = lister.OrdersAsync(shop, OrderLister.Open(time.GetUtcNow()), cancellationToken);
        await foreach (var order in ReadAsync(shop, listed, cancellationToken))
        {
            if (IsOpen(order, MoreFollows(order)))
            {
                yield return order;
            }
        }
    }

    private async IAsyncEnumerable<OrderSnapshot> BulkAsync(string shop, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var promise = PromiseMetafield.Parse(options.Value.Shops[shop].PromiseMetafield);
        var partlySent = new List<string>();
        await foreach (var (order, readAt) in bulk.ReadAsync(shop, OrderLister.Open(time.GetUtcNow()), promise, cancellationToken))
        {
            var snapshot = OrderMapper.Map(shop, order, isWithheld: false) with { ReadAt = readAt };
            if (!OrderItems.IsPartlySent(order))
            {
                if (IsOpen(snapshot, moreFollows: false))
                {
                    yield return snapshot;
                }

                continue;
            }

            partlySent.Add(order.Id!);
            if (partlySent.Count == OrderReader.BatchSize)
            {
                foreach (var whole in await reader.ReadAsync(shop, partlySent, cancellationToken))
                {
                    yield return whole;
                }

                partlySent.Clear();
            }
        }

        if (partlySent.Count > 0)
        {
            foreach (var whole in await reader.ReadAsync(shop, partlySent, cancellationToken))
            {
                yield return whole;
            }
        }
    }

    private async IAsyncEnumerable<OrderSnapshot> ReadAsync(
        string shop,
        IAsyncEnumerable<ListedOrder> listed,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var batch in listed.Select(order => order.Id).Chunk(OrderReader.BatchSize).WithCancellation(cancellationToken))
        {
            foreach (var order in await reader.ReadAsync(shop, batch, cancellationToken))
            {
                yield return order;
            }
        }
    }

    // An order that has arrived tells nothing when it is first seen.
    private static bool IsOpen(OrderSnapshot order, bool moreFollows) =>
        order.Status is not (OrderStatus.Cancelled or OrderStatus.Completed)
        && (moreFollows || order.Shipments.Count == 0 || order.Shipments.Any(parcel => parcel.DeliveredAt is null));

    private static bool MoreFollows(OrderSnapshot order) =>
        order.Items.Sum(item => (long)item.Quantity) > order.Shipments.SelectMany(parcel => parcel.Items).Sum(item => (long)item.Quantity);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The open orders of shop {Shop} could not be read by a bulk operation; they are read page by page.")]
    private partial void LogNoBulk(Exception exception, string shop);
}
