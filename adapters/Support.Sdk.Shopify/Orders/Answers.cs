using System.Text.Json;
using System.Text.Json.Serialization;

namespace Support.Sdk.Shopify.Orders;

// The member "data" of the answers, by document.

internal sealed record OrdersAnswer
{
    public IReadOnlyList<OrderNode?>? Nodes { get; init; }
}

internal sealed record OrderAnswer
{
    public OrderNode? Order { get; init; }
}

internal sealed record OrderIdsAnswer
{
    public Page<OrderNode>? Orders { get; init; }
}

internal sealed record FulfillmentOrderIdsAnswer
{
    public Page<FulfillmentOrderNode>? FulfillmentOrders { get; init; }
}

internal sealed record FulfillmentsAnswer
{
    public IReadOnlyList<FulfillmentNode?>? Nodes { get; init; }
}

internal sealed record FulfillmentAnswer
{
    public FulfillmentNode? Fulfillment { get; init; }
}

internal sealed record BulkAnswer
{
    public BulkOperationNode? BulkOperation { get; init; }
    public Page<BulkOperationNode>? BulkOperations { get; init; }
    public BulkStartedNode? BulkOperationRunQuery { get; init; }
}

internal sealed record BulkStartedNode
{
    public BulkOperationNode? BulkOperation { get; init; }
    public IReadOnlyList<UserErrorNode?>? UserErrors { get; init; }
}

internal sealed record BulkOperationNode
{
    public string? Id { get; init; }
    public string? Status { get; init; }
    public string? CreatedAt { get; init; }
    public string? Query { get; init; }
    public string? ErrorCode { get; init; }
    public long? RootObjectCount { get; init; }
    public string? Url { get; init; }
}

internal sealed record ToldAnswer
{
    public ToldNode? Order { get; init; }
}

internal sealed record ToldNode
{
    public string? Note { get; init; }
    public IReadOnlyList<string?>? Tags { get; init; }
    public MetafieldNode? Promise { get; init; }
    public MetafieldNode? DelayState { get; init; }
    public MetafieldNode? Told { get; init; }
}

internal sealed record WriteAnswer
{
    public WrittenNode? OrderUpdate { get; init; }
    public WrittenNode? TagsAdd { get; init; }
    public WrittenNode? MetafieldsSet { get; init; }
}

internal sealed record WrittenNode
{
    public IReadOnlyList<UserErrorNode?>? UserErrors { get; init; }
}

internal sealed record UserErrorNode
{
    public IReadOnlyList<string?>? Field { get; init; }
    public string? Message { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OrdersAnswer))]
[JsonSerializable(typeof(OrderAnswer))]
[JsonSerializable(typeof(OrderIdsAnswer))]
[JsonSerializable(typeof(FulfillmentOrderIdsAnswer))]
[JsonSerializable(typeof(FulfillmentsAnswer))]
[JsonSerializable(typeof(FulfillmentAnswer))]
[JsonSerializable(typeof(BulkAnswer))]
[JsonSerializable(typeof(ToldAnswer))]
[JsonSerializable(typeof(WriteAnswer))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class OrderJson : JsonSerializerContext;
