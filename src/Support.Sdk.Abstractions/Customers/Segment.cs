namespace Support.Sdk.Customers;

/// <summary>A named group of customers, by their orders, tickets and tags. Every condition that is set must hold.</summary>
public sealed record Segment
{
    /// <summary>The name that policies use.</summary>
    public required string Name { get; init; }

    /// <summary>At least so many orders; 1 to 1,000.</summary>
    public int? MinOrders { get; init; }

    /// <summary>At most so many orders; 0 to 1,000. With 0: who has not ordered yet.</summary>
    public int? MaxOrders { get; init; }

    /// <summary>Orders of at least so much together, counting those in its currency.</summary>
    public Orders.OrderTotal? MinSpent { get; init; }

    /// <summary>The latest order is no older than this.</summary>
    public TimeSpan? OrderedWithin { get; init; }

    /// <summary>At least so many tickets; 1 to 1,000.</summary>
    public int? MinTickets { get; init; }

    /// <summary>The customer has each of these tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
