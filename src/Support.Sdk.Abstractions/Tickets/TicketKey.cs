using System.Globalization;
using System.Text.Json.Serialization;

namespace Support.Sdk.Tickets;

/// <summary>A ticket's identity: its shop and the number that customers are told.</summary>
/// <param name="Shop">The shop's id.</param>
/// <param name="Number">The number, from 1 on. Numbers grow; one may be left out.</param>
[method: JsonConstructor]
public readonly record struct TicketKey(string Shop, long Number)
{
    /// <summary>Writes <c>shop/12</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Shop}/{Number}");
}
