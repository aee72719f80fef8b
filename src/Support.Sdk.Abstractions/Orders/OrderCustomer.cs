namespace Support.Sdk.Orders;

/// <summary>The customer of an order, as far as the source tells. Every value may be withheld.</summary>
public sealed record OrderCustomer
{
    /// <summary>True when the source has values that it holds back, for want of a permission; false where it has none, or they were erased.</summary>
    public bool IsWithheld { get; init; }

    /// <summary>The name to greet with, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The culture to write in (<c>sv-SE</c>), or null for the shop's.</summary>
    public string? Culture { get; init; }

    /// <summary>The customer's time zone (IANA), or null to take it from the destination country, else from the shop.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Where the customer can be reached, the preferred one first. Empty when nowhere.</summary>
    public IReadOnlyList<ContactPoint> ContactPoints { get; init; } = [];

    /// <summary>What the customer agreed to or refused; a pair that is not listed was never asked.</summary>
    public IReadOnlyList<ContactConsent> Consents { get; init; } = [];
}

/// <summary>A customer's word on one channel and purpose.</summary>
/// <param name="Channel">The name of the channel.</param>
/// <param name="Purpose">What it is about.</param>
/// <param name="Granted">True when the customer agreed, false when the customer refused.</param>
public sealed record ContactConsent(string Channel, MessageClass Purpose, bool Granted);
