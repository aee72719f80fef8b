using System.Text.Json.Serialization;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Storefronts;
using Support.Sdk.Tickets;

namespace Support.Sdk;

/// <summary>Something that happened outside and that support has to know of.</summary>
/// <remarks>
/// The set is closed: <see cref="OrderSnapshot"/>, <see cref="OrderChanged"/>, <see cref="ShipmentTracked"/>,
/// <see cref="DeliveryReceipt"/>, <see cref="DeliveryTrouble"/>, <see cref="InboundMessage"/> and <see cref="PrivacyRequested"/>. An event is accepted once for each pair of <see cref="Source"/> and <see cref="EventId"/>.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(OrderSnapshot), "order-snapshot")]
[JsonDerivedType(typeof(OrderChanged), "order-changed")]
[JsonDerivedType(typeof(ShipmentTracked), "shipment-tracked")]
[JsonDerivedType(typeof(DeliveryReceipt), "delivery-receipt")]
[JsonDerivedType(typeof(DeliveryTrouble), "delivery-trouble")]
[JsonDerivedType(typeof(InboundMessage), "inbound-message")]
[JsonDerivedType(typeof(PrivacyRequested), "privacy-requested")]
public abstract record SupportEvent
{
    private protected SupportEvent() { }

    /// <summary>Who reports: <c>app</c> (the shop's own code, the default), or the name of a webhook, poller or channel.</summary>
    public string Source { get; init; } = "app";

    /// <summary>The id that the source gave the event, or null to derive one from its content.</summary>
    /// <remarks>With a derived id, the same facts accepted twice are one event. At most 200 characters.</remarks>
    public string? EventId { get; init; }

    /// <summary>The shop that the event belongs to.</summary>
    [JsonIgnore]
    public abstract string Shop { get; }

    /// <summary>The order that the event is about, or null when it is about none.</summary>
    [JsonIgnore]
    public abstract OrderKey? Order { get; }
}
