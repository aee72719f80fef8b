using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Support.Sdk.Orders;
using Support.Sdk.Shopify.Admin;

namespace Support.Sdk.Shopify.Orders;

/// <summary>Reads orders by their ids, to the last line and parcel of each.</summary>
internal sealed class OrderReader(IShopifyAdmin admin, FulfillmentReader fulfillments, IOptions<ShopifyOptions> options)
{
    /// <summary>How many fit into one question; see the document.</summary>
    public const int BatchSize = 6;

    // As many as the document asks for of a list that cannot be paged.
    private const int FirstFulfillments = 3;

    /// <summary>The orders that exist and that the app may see, in the order of the ids; at most <see cref="BatchSize"/>.</summary>
    /// <exception cref="ShopifyException">The shop cannot be read, or holds back a whole order.</exception>
    public async Task<IReadOnlyList<OrderSnapshot>> ReadAsync(string shop, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var answer = await admin.QueryAsync(shop, "Orders", Variables(shop, ids), OrderJson.Default.OrdersAnswer, cancellationToken);
        var snapshots = new List<OrderSnapshot>();
        var nodes = answer.Data.Nodes ?? [];
        for (var index = 0; index < nodes.Count; index++)
        {
            var path = $"nodes.{index}";
            if (nodes[index] is { Id: not null } node)
            {
                var order = await CompleteAsync(shop, node, cancellationToken);
                snapshots.Add(OrderMapper.Map(shop, order, CustomerMapper.IsWithheld(answer.Withheld, path)));
            }
            else if (answer.Withheld.Contains(path, StringComparer.Ordinal))
            {
                throw new ShopifyException($"The app may not read orders of shop {shop}. Give it the scope read_orders.");
            }
        }

        return snapshots;
    }

    private JsonObject Variables(string shop, IReadOnlyList<string> ids)
    {
        var promise = PromiseMetafield.Parse(options.Value.Shops[shop].PromiseMetafield);
        return new JsonObject
        {
            ["ids"] = new JsonArray([.. ids.Select(id => JsonValue.Create(id))]),
            ["withPromise"] = promise is not null,
            ["promiseNamespace"] = promise?.Namespace ?? "",
            ["promiseKey"] = promise?.Key ?? "",
        };
    }

    private async Task<OrderNode> CompleteAsync(string shop, OrderNode order, CancellationToken cancellationToken)
    {
        return order with
        {
            LineItems = await Pages.CompleteAsync(
                order.LineItems,
                async (after, token) => (await RestAsync("OrderLineItems", after, token))?.LineItems,
                cancellationToken
            ),
            FulfillmentOrders = await Pages.CompleteAsync(
                order.FulfillmentOrders,
                async (after, token) => (await RestAsync("OrderFulfillmentOrders", after, token))?.FulfillmentOrders,
                cancellationToken
            ),
            Fulfillments = await FulfillmentsAsync(shop, order, cancellationToken),
        };

        async Task<OrderNode?> RestAsync(string document, string? after, CancellationToken token)
        {
            var variables = new JsonObject { ["id"] = order.Id, ["after"] = after };
            return (await admin.QueryAsync(shop, document, variables, OrderJson.Default.OrderAnswer, token)).Data.Order;
        }
    }

    private async Task<IReadOnlyList<FulfillmentNode>> FulfillmentsAsync(string shop, OrderNode order, CancellationToken cancellationToken)
    {
        var known = order.Fulfillments?.OfType<FulfillmentNode>().ToList() ?? [];
        var complete = new List<FulfillmentNode>();
        foreach (var node in known)
        {
            complete.Add(await fulfillments.CompleteAsync(shop, node, cancellationToken));
        }

        if (known.Count < FirstFulfillments)
        {
            return complete;
        }

        var variables = new JsonObject { ["id"] = order.Id };
        var all = await admin.QueryAsync(shop, "OrderFulfillments", variables, OrderJson.Default.OrderAnswer, cancellationToken);
        var ids = (all.Data.Order?.Fulfillments ?? [])
            .Select(node => node?.Id)
            .OfType<string>()
            .Except(known.Select(node => node.Id ?? ""), StringComparer.Ordinal);
        return [.. complete, .. await fulfillments.ReadAsync(shop, [.. ids], cancellationToken)];
    }
}
