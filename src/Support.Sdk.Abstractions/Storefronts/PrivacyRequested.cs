using System.Text.Json.Serialization;
using Support.Sdk.Orders;

namespace Support.Sdk.Storefronts;

/// <summary>A storefront passes on what a person, or the law, asks about stored data.</summary>
/// <remarks>
/// An export becomes a ticket with the document attached, for the shop's people to hand out; an erasure and the forgetting of a shop
/// are done, tried again until they are complete, and recorded (<see cref="Contacts.IPrivacyDesk.ErasuresAsync"/>).
/// </remarks>
public sealed record PrivacyRequested : SupportEvent
{
    /// <summary>The shop that holds the data.</summary>
    public required string ShopId { get; init; }

    /// <summary>What is asked for.</summary>
    public required PrivacyRequestKind Kind { get; init; }

    /// <summary>When it was asked for, by the source's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The number of the request with the storefront, or null.</summary>
    public string? RequestId { get; init; }

    /// <summary>Where the person can be reached; at most 20. Not used when a shop is forgotten.</summary>
    public IReadOnlyList<ContactPoint> ContactPoints { get; init; } = [];

    /// <summary>The ids of orders that the request names; at most 1,000. What they say about the person's contact points counts too.</summary>
    public IReadOnlyList<string> OrderIds { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Shop => ShopId;

    /// <inheritdoc/>
    [JsonIgnore]
    public override OrderKey? Order => null;
}

/// <summary>What can be asked about stored data.</summary>
public enum PrivacyRequestKind
{
    /// <summary>Something that is not known here; it is parked for a person.</summary>
    Unknown,

    /// <summary>Hand out what is stored about the person (Regulation (EU) 2016/679, Articles 15 and 20).</summary>
    Export,

    /// <summary>Erase the person (Article 17).</summary>
    Erase,

    /// <summary>Erase all that is stored for the shop: it is no customer any more.</summary>
    ForgetShop,
}
