using Support.Sdk.Orders;

namespace Support.Sdk.Testing;

/// <summary>A storefront adapter, and what its suite needs to make things happen at its storefront.</summary>
public sealed record StorefrontUnderTest
{
    /// <summary>The shop that the orders are placed in.</summary>
    public required string Shop { get; init; }

    /// <summary>Reads orders.</summary>
    public required IOrderSource Source { get; init; }

    /// <summary>Writes back what was told, or null when the adapter does not.</summary>
    public IOrderWriteBack? WriteBack { get; init; }

    /// <summary>Places an order, and gives its id.</summary>
    public required Func<StorefrontOrder, CancellationToken, Task<string>> PlaceAsync { get; init; }

    /// <summary>Hands a parcel of an order over to a carrier.</summary>
    public required Func<string, StorefrontParcel, CancellationToken, Task> ShipAsync { get; init; }

    /// <summary>Records that the parcel of an order with a tracking number arrived, or null when the storefront records no arrivals.</summary>
    public Func<string, string, CancellationToken, Task>? DeliverAsync { get; init; }

    /// <summary>Cancels an order.</summary>
    public required Func<string, CancellationToken, Task> CancelAsync { get; init; }

    /// <summary>Takes the storefront away (true), or brings it back (false); or null when that cannot be done.</summary>
    public Func<bool, Task>? TakeAwayAsync { get; init; }

    /// <summary>Counts what was written to the storefront since it stands, or null when that cannot be counted. Needed with <see cref="WriteBack"/>.</summary>
    public Func<Task<int>>? CountWritesAsync { get; init; }
}

/// <summary>An order to place.</summary>
public sealed record StorefrontOrder
{
    /// <summary>The customer's address.</summary>
    public string Email { get; init; } = "ada@example.com";

    /// <summary>What is ordered.</summary>
    public string Item { get; init; } = "Teapot, blue";

    /// <summary>How many.</summary>
    public int Quantity { get; init; } = 2;

    /// <summary>Where it goes, as ISO 3166-1 alpha-2.</summary>
    public string Country { get; init; } = "SE";
}

/// <summary>A parcel to ship: everything of the order that was not shipped yet, or one piece of it when more parcels follow.</summary>
/// <param name="Carrier">Who carries it.</param>
/// <param name="TrackingNumber">The number to follow it by.</param>
/// <param name="Url">Where it can be followed.</param>
public sealed record StorefrontParcel(string Carrier, string TrackingNumber, Uri Url);
