using System.Globalization;
using Support.Sdk.IntegrationTests.Faults;
using Support.Sdk.Orders;
using Xunit;

namespace Support.Sdk.IntegrationTests.Shopify;

/// <summary>The first reading of a shop takes a bulk operation, and no more memory for more orders.</summary>
[Collection(FaultsAlone.Name)]
public sealed class BulkTests(ShopifyPeer shop, TemporaryDatabase database, ITestOutputHelper output)
    : IClassFixture<ShopifyPeer>,
        IClassFixture<TemporaryDatabase>
{
    private const int Sampled = 10_000;
    private const double Megabyte = 1024 * 1024;

    [Fact]
    public async Task The_open_orders_are_read_by_one_bulk_operation()
    {
        await BeginAsync(300);
        await using var storefront = new ShopifyStorefront(shop, database);

        var read = await ReadAsync(storefront).ToListAsync(TestContext.Current.CancellationToken);

        // Every third has arrived.
        Assert.Equal(200, read.Select(order => order.Key).Distinct().Count());
        Assert.Equal(200, read.Count);
        await AssertBulkAsync();
    }

    [Fact]
    public async Task A_part_that_was_sent_is_read_with_its_items()
    {
        await BeginAsync(0);
        await shop.PutAsync(
            """
            {
              "id": "gid://shopify/Order/1",
              "lineItems": [{ "id": "gid://shopify/LineItem/1", "name": "Teapot", "quantity": 3, "unfulfilledQuantity": 1 }],
              "fulfillments": [{ "id": "gid://shopify/Fulfillment/7", "fulfillmentLineItems": [{ "quantity": 2, "lineItem": { "id": "gid://shopify/LineItem/1" } }] }]
            }
            """
        );
        await using var storefront = new ShopifyStorefront(shop, database);

        var order = Assert.Single(await ReadAsync(storefront).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Equal(3, Assert.Single(order.Items).Quantity);
        Assert.Equal(2, Assert.Single(Assert.Single(order.Shipments).Items).Quantity);
    }

    [Fact]
    public async Task A_bulk_operation_that_fails_is_made_up_for_page_by_page()
    {
        await BeginAsync(30);
        await shop.CommandAsync("settings", new { bulkFailure = new { errorCode = "TIMEOUT", afterObjects = 10 } });
        await using var storefront = new ShopifyStorefront(shop, database);

        var read = await ReadAsync(storefront).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(20, read.Count);
    }

    [Fact]
    public async Task A_hundred_thousand_orders_take_no_more_memory_than_ten_thousand()
    {
        Requirement.IsSlow();
        await BeginAsync(100_000);
        await using var storefront = new ShopifyStorefront(shop, database);

        var (count, samples) = (0, new List<double>());
        await foreach (var _ in ReadAsync(storefront))
        {
            if (++count % Sampled == 0)
            {
                samples.Add(GC.GetTotalMemory(forceFullCollection: true) / Megabyte);
            }
        }

        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{count} open orders; the heap after each {Sampled}: ")
                + string.Join(", ", samples.Select(sample => sample.ToString("0.0 MB", CultureInfo.InvariantCulture)))
        );
        Assert.Equal(66_667, count);
        Assert.True(samples[^1] <= samples[0] + 20, "The heap grew with the number of orders.");
        await AssertBulkAsync();
    }

    private async Task BeginAsync(int count)
    {
        await shop.BeginAsync();
        await shop.CommandAsync("settings", new { bulkPolls = 0 });
        await shop.CommandAsync("fill", new { count });
    }

    private static IAsyncEnumerable<OrderSnapshot> ReadAsync(ShopifyStorefront storefront) =>
        storefront.Orders.ChangedSinceAsync(ShopifyStorefront.Id, null, TestContext.Current.CancellationToken);

    private async Task AssertBulkAsync()
    {
        var calls = (await shop.CommandAsync("calls"))["calls"]!.AsArray().Select(call => (string?)call!["operation"]).Distinct(StringComparer.Ordinal);
        Assert.Equal(["BulkOperation", "BulkOperations", "BulkRun"], calls.Order(StringComparer.Ordinal));
        Assert.Equal(1, (await shop.CommandAsync("stats"))["stats"]!["downloads"]!.GetValue<int>());
    }
}
