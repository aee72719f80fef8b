using System.Text.Json.Serialization;

namespace Support.Sdk.Orders;

/// <summary>An order's identity: its shop and the id that the shop gave it.</summary>
/// <param name="Shop">The shop's id.</param>
/// <param name="Id">The order's id as the source writes it. Opaque, compared ordinally, never parsed; at most 200 characters.</param>
/// <remarks>The same id in two shops names two orders.</remarks>
// A struct is read member by member unless told otherwise, and one that lacks its shop would be taken for an order of none.
[method: JsonConstructor]
public readonly record struct OrderKey(string Shop, string Id)
{
    /// <summary>Writes <c>shop/id</c>.</summary>
    public override string ToString() => $"{Shop}/{Id}";
}
