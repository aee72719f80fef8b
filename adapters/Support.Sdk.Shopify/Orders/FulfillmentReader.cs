using System.Text.Json.Nodes;
using Support.Sdk.Shopify.Admin;

namespace Support.Sdk.Shopify.Orders;

/// <summary>Reads fulfillments to the last of their events and lines.</summary>
internal sealed class FulfillmentReader(IShopifyAdmin admin)
{
    /// <summary>How many fit into one question; see the document.</summary>
    private const int BatchSize = 12;

    /// <summary>The fulfillments that exist, in any order.</summary>
    public async Task<IReadOnlyList<FulfillmentNode>> ReadAsync(string shop, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = new List<FulfillmentNode>();
        foreach (var batch in ids.Chunk(BatchSize))
        {
            var variables = new JsonObject { ["ids"] = new JsonArray([.. batch.Select(id => JsonValue.Create(id))]) };
            var answer = await admin.QueryAsync(shop, "Fulfillments", variables, OrderJson.Default.FulfillmentsAnswer, cancellationToken);
            foreach (var node in (answer.Data.Nodes ?? []).OfType<FulfillmentNode>())
            {
                found.Add(await CompleteAsync(shop, node, cancellationToken));
            }
        }

        return found;
    }

    /// <summary>A fulfillment with everything that its first pages left out.</summary>
    public async Task<FulfillmentNode> CompleteAsync(string shop, FulfillmentNode node, CancellationToken cancellationToken)
    {
        return node with
        {
            Events = await Pages.CompleteAsync(
                node.Events,
                async (after, token) => (await RestAsync("FulfillmentEvents", after, token))?.Events,
                cancellationToken
            ),
            FulfillmentLineItems = await Pages.CompleteAsync(
                node.FulfillmentLineItems,
                async (after, token) => (await RestAsync("FulfillmentLineItems", after, token))?.FulfillmentLineItems,
                cancellationToken
            ),
        };

        async Task<FulfillmentNode?> RestAsync(string document, string? after, CancellationToken token)
        {
            var variables = new JsonObject { ["id"] = node.Id, ["after"] = after };
            return (await admin.QueryAsync(shop, document, variables, OrderJson.Default.FulfillmentAnswer, token)).Data.Fulfillment;
        }
    }
}
