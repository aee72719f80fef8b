namespace Support.Sdk.Customers;

/// <summary>A person who has to do with a shop: one, however many contact points.</summary>
public sealed record Customer
{
    /// <summary>The shop.</summary>
    public required string Shop { get; init; }

    /// <summary>The id: opaque and unguessable.</summary>
    public required string Id { get; init; }

    /// <summary>How often it was saved; 0 before the first time.</summary>
    public long Version { get; init; }

    /// <summary>The name, or null: a visitor who was not named yet.</summary>
    public string? Name { get; init; }

    /// <summary>The culture to write in, or null when it was never told.</summary>
    public string? Culture { get; init; }

    /// <summary>The time zone (IANA), or null when it was never told.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Where the person can be reached. Each contact point belongs to one customer of a shop. At most 50.</summary>
    public IReadOnlyList<ContactPoint> ContactPoints { get; init; } = [];

    /// <summary>The shop's own tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>When the person was first seen.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The customer that this one turned out to be, or null. Whatever is said to this one goes there.</summary>
    public string? MergedInto { get; init; }

    /// <summary>The ids of the customers who turned out to be this one. An erasure looks for what still names them, too.</summary>
    public IReadOnlyList<string> MergedFrom { get; init; } = [];

    /// <summary>When the person was erased, or null.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>True for somebody who left neither a name nor an address: known by a visitor's token only.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsAnonymous => Name is null && ContactPoints.All(point => string.Equals(point.Channel, Visitor, StringComparison.Ordinal));

    /// <summary>The channel of a visitor's token: a contact point that tells a browser again, and reaches nobody.</summary>
    public const string Visitor = "visitor";
}
