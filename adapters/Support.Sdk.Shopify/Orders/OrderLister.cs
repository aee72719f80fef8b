using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Support.Sdk.Shopify.Admin;

namespace Support.Sdk.Shopify.Orders;

/// <summary>Lists the ids of a shop's orders.</summary>
internal sealed class OrderLister(IShopifyAdmin admin, TimeProvider time)
{
    // What changed after the listing began is listed the next time; without an end, a busy shop would be listed for ever. The two clocks differ a little.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>The filter of what changed from a moment on; Shopify's stamps are whole seconds.</summary>
    public static string ChangedSince(DateTimeOffset since) => $"updated_at:>='{Second(since)}'";

    /// <summary>
    /// The filter of what may still be open: an order that Shopify archived by itself when it was fulfilled and paid can still be on its way.
    /// </summary>
    public static string Open(DateTimeOffset now) => $"status:open OR updated_at:>='{Second(Midnight(now.AddDays(-30)))}'";

    /// <summary>The orders that a filter finds, the oldest change first.</summary>
    public async IAsyncEnumerable<ListedOrder> OrdersAsync(string shop, string filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var end = time.GetUtcNow() + ClockTolerance;
        await foreach (var page in Pages.ReadAsync(null, ReadAsync, cancellationToken))
        {
            foreach (var order in page.Items.Where(order => order.Id is not null))
            {
                var updatedAt = Values.Moment(order.UpdatedAt);
                if (updatedAt > end)
                {
                    yield break;
                }

                yield return new ListedOrder(order.Id!, updatedAt);
            }
        }

        async Task<Page<OrderNode>?> ReadAsync(string? after, CancellationToken token)
        {
            var variables = new JsonObject { ["filter"] = filter, ["after"] = after };
            return (await admin.QueryAsync(shop, "OrderIds", variables, OrderJson.Default.OrderIdsAnswer, token)).Data.Orders;
        }
    }

    /// <summary>The orders whose open fulfillment orders changed, the oldest change first: holds and deadlines move without their order.</summary>
    public async IAsyncEnumerable<ListedOrder> OrdersOfChangedFulfillmentOrdersAsync(
        string shop,
        DateTimeOffset since,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var end = time.GetUtcNow() + ClockTolerance;
        await foreach (var page in Pages.ReadAsync(null, ReadAsync, cancellationToken))
        {
            foreach (var part in page.Items.Where(part => part.OrderId is not null))
            {
                if (Values.Moment(part.UpdatedAt) > end)
                {
                    yield break;
                }

                yield return new ListedOrder(part.OrderId!, null);
            }
        }

        async Task<Page<FulfillmentOrderNode>?> ReadAsync(string? after, CancellationToken token)
        {
            var variables = new JsonObject { ["filter"] = ChangedSince(since), ["after"] = after };
            try
            {
                var answer = await admin.QueryAsync(shop, "FulfillmentOrderIds", variables, OrderJson.Default.FulfillmentOrderIdsAnswer, token);
                return answer.Data.FulfillmentOrders;
            }
            catch (ShopifyException exception) when (exception.IsDenied)
            {
                // Without that scope holds and deadlines are withheld from the orders themselves as well, and each reading says so in the log.
                return null;
            }
        }
    }

    // The same text all day, so that a bulk operation that was started before a restart is known again.
    private static DateTimeOffset Midnight(DateTimeOffset moment) => new(moment.UtcDateTime.Date, TimeSpan.Zero);

    private static string Second(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>An order of a list.</summary>
/// <param name="Id">Its id in the Admin API.</param>
/// <param name="UpdatedAt">Its stamp, or null when the list does not say.</param>
internal sealed record ListedOrder(string Id, DateTimeOffset? UpdatedAt);
