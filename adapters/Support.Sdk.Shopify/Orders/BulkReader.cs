using System.Runtime.CompilerServices;
using System.Text.Json;
using Support.Sdk.Shopify.Admin;

namespace Support.Sdk.Shopify.Orders;

/// <summary>Puts the lines of a bulk operation's result together: an order, then its line items and fulfillment orders, each with its <c>__parentId</c>.</summary>
/// <remarks>Holds one order at a time, however long the file is; the lines have to be grouped.</remarks>
internal static class BulkReader
{
    /// <exception cref="JsonException">A line is no JSON, or the last one is cut off.</exception>
    /// <exception cref="ShopifyException">A line belongs to no order before it.</exception>
    public static async IAsyncEnumerable<OrderNode> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Assembly? current = null;
        var lines = JsonSerializer.DeserializeAsyncEnumerable(stream, OrderJson.Default.JsonElement, topLevelValues: true, cancellationToken);
        await foreach (var line in lines)
        {
            if (Member(line, "__parentId") is { } parent)
            {
                (current is not null && string.Equals(current.Order.Id, parent, StringComparison.Ordinal) ? current : throw Ungrouped()).Add(line);
                continue;
            }

            if (current is not null)
            {
                yield return current.Complete();
            }

            current = line.Deserialize(OrderJson.Default.OrderNode) is { } order ? new Assembly(order) : null;
        }

        if (current is not null)
        {
            yield return current.Complete();
        }
    }

    private static string? Member(JsonElement line, string name) =>
        line.ValueKind == JsonValueKind.Object && line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static ShopifyException Ungrouped() => new("The result of the bulk operation is not grouped by order.");

    private sealed class Assembly(OrderNode order)
    {
        private readonly List<LineItemNode> _lines = [];
        private readonly List<FulfillmentOrderNode> _parts = [];

        public OrderNode Order => order;

        // Something else than was asked for is left aside.
        public void Add(JsonElement line)
        {
            var id = Member(line, "id");
            if (ShopifyId.Names(id, "LineItem") && line.Deserialize(OrderJson.Default.LineItemNode) is { } item)
            {
                _lines.Add(item);
            }
            else if (ShopifyId.Names(id, "FulfillmentOrder") && line.Deserialize(OrderJson.Default.FulfillmentOrderNode) is { } part)
            {
                _parts.Add(part);
            }
        }

        public OrderNode Complete() =>
            order with
            {
                LineItems = new Page<LineItemNode> { Nodes = _lines },
                FulfillmentOrders = new Page<FulfillmentOrderNode> { Nodes = _parts },
            };
    }
}
