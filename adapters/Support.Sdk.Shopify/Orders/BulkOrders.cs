using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Support.Sdk.Shopify.Admin;

namespace Support.Sdk.Shopify.Orders;

/// <summary>Reads a shop's orders by a bulk operation: as many as there are, at the cost of a few points.</summary>
internal sealed class BulkOrders(IShopifyAdmin admin, TimeProvider time)
{
    private const string PromiseLine = "promise: metafield(namespace: \"NAMESPACE\", key: \"KEY\") { value }";
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly string Template = AdminDocuments.Text("OpenOrdersBulk");

    /// <summary>The orders, and when Shopify began to read them.</summary>
    /// <exception cref="ShopifyException">The operation cannot be started, fails, takes too long, or its result is not whole.</exception>
    public async IAsyncEnumerable<(OrderNode Order, DateTimeOffset ReadAt)> ReadAsync(
        string shop,
        string filter,
        PromiseMetafield? promise,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var query = Query(filter, promise);
        var asked = time.GetUtcNow();
        var begun = await FindAsync(shop, query, cancellationToken) ?? await StartAsync(shop, query, cancellationToken);
        var done = await WaitAsync(shop, begun, cancellationToken);
        var readAt = Values.Moment(done.CreatedAt ?? begun.CreatedAt) is { } created && created < asked ? created : asked;
        var read = 0L;
        if (done.Url is not null)
        {
            await using var stream = await admin.DownloadAsync(shop, Address(done.Url), cancellationToken);
            await foreach (var order in BulkReader.ReadAsync(stream, cancellationToken))
            {
                read++;
                yield return (order, readAt);
            }
        }

        if (read < done.RootObjectCount)
        {
            throw new ShopifyException($"The result of the bulk operation has {read} of {done.RootObjectCount} orders.");
        }
    }

    /// <summary>The text that the operation runs.</summary>
    public static string Query(string filter, PromiseMetafield? promise)
    {
        var line = promise is null
            ? ""
            : PromiseLine
                .Replace("NAMESPACE", Escaped(promise.Namespace), StringComparison.Ordinal)
                .Replace("KEY", Escaped(promise.Key), StringComparison.Ordinal);
        return Template.Replace(PromiseLine, line, StringComparison.Ordinal).Replace("FILTER", Escaped(filter), StringComparison.Ordinal);
    }

    // A restart, or another process of ours, must not begin the same work again.
    private async Task<BulkOperationNode?> FindAsync(string shop, string query, CancellationToken cancellationToken)
    {
        var answer = await admin.QueryAsync(shop, "BulkOperations", [], OrderJson.Default.BulkAnswer, cancellationToken);
        return answer.Data.BulkOperations?.Items.FirstOrDefault(operation =>
            operation is { Id: not null, Status: "CREATED" or "RUNNING" } && string.Equals(Words(operation.Query), Words(query), StringComparison.Ordinal)
        );
    }

    private async Task<BulkOperationNode> StartAsync(string shop, string query, CancellationToken cancellationToken)
    {
        var answer = await admin.MutateAsync(shop, "BulkRun", new JsonObject { ["query"] = query }, OrderJson.Default.BulkAnswer, cancellationToken);
        UserErrors.Check("The bulk operation", answer.Data.BulkOperationRunQuery?.UserErrors);
        return answer.Data.BulkOperationRunQuery?.BulkOperation is { Id: not null } operation
            ? operation
            : throw new ShopifyException("The bulk operation was not started.");
    }

    private async Task<BulkOperationNode> WaitAsync(string shop, BulkOperationNode begun, CancellationToken cancellationToken)
    {
        var giveUpAt = time.GetUtcNow() + LongestWait;
        var pause = TimeSpan.FromSeconds(2);
        while (time.GetUtcNow() < giveUpAt)
        {
            await Task.Delay(pause, time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            var answer = await admin.QueryAsync(shop, "BulkOperation", new JsonObject { ["id"] = begun.Id }, OrderJson.Default.BulkAnswer, cancellationToken);
            switch (answer.Data.BulkOperation)
            {
                case { Status: "COMPLETED" } done:
                    return done;
                case { Status: "CREATED" or "RUNNING" }:
                    break;
                case var ended:
                    throw new ShopifyException($"The bulk operation ended as {ended?.Status ?? "nothing"} ({ended?.ErrorCode ?? "no reason"}).");
            }
        }

        throw new ShopifyException("The bulk operation has not ended within an hour.");
    }

    private static Uri Address(string url) => Values.Link(url) ?? throw new ShopifyException("The result of the bulk operation has no address.");

    // What is in quotes in GraphQL is escaped as in JSON.
    private static string Escaped(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    private static string Words(string? query) => string.Join(' ', (query ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
