using Support.Sdk.Contacts;
using Support.Sdk.Orders;
using Support.Sdk.Tickets;

namespace Support.Sdk.Customers;

/// <summary>Who the customers are: one person with several contact points, with orders and tickets at hand.</summary>
public interface ICustomerDesk
{
    /// <summary>Reads a customer with the newest orders and tickets; one that was merged is followed. Null when there is no such one.</summary>
    Task<CustomerView?> FindAsync(string shop, string id, CancellationToken cancellationToken = default);

    /// <summary>Reads the customer of a contact point, a visitor's token among them; null when nobody is known by it.</summary>
    Task<CustomerView?> OfContactAsync(string shop, ContactPoint point, CancellationToken cancellationToken = default);

    /// <summary>Lists customers of a shop by their ids.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="after">Only ids above this one, or null from the beginning.</param>
    /// <param name="max">How many at most; 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="max"/> is not in its range.</exception>
    Task<IReadOnlyList<Customer>> ListAsync(string shop, string? after = null, int max = 50, CancellationToken cancellationToken = default);

    /// <summary>Changes what is set in the edit. Naming an anonymous visitor is such a change.</summary>
    /// <returns>The customer, or why it was refused: a contact point that belongs to somebody else, with whom to merge.</returns>
    /// <exception cref="ArgumentException">A value is impossible: an unknown culture or zone, an empty address, a tag that is too long.</exception>
    Task<CustomerResult> ChangeAsync(string shop, string id, CustomerEdit edit, CancellationToken cancellationToken = default);

    /// <summary>Makes one customer of two: contact points, tags and what is known go to the one that stays.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="id">The customer who turned out to be the other.</param>
    /// <param name="into">The one who stays.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <returns>The customer who stays, or why it was refused.</returns>
    /// <exception cref="ArgumentException">The two are one.</exception>
    Task<CustomerResult> MergeAsync(string shop, string id, string into, CancellationToken cancellationToken = default);
}

/// <summary>A customer with what belongs to the person.</summary>
public sealed record CustomerView
{
    /// <summary>The customer.</summary>
    public required Customer Customer { get; init; }

    /// <summary>The latest orders, at most 20.</summary>
    public IReadOnlyList<WatchedOrder> Orders { get; init; } = [];

    /// <summary>The latest tickets, at most 20.</summary>
    public IReadOnlyList<Ticket> Tickets { get; init; } = [];

    /// <summary>What is known of the contact points: whether they work, what the person agreed to, and how the person wishes to be told.</summary>
    public IReadOnlyList<Contact> Contacts { get; init; } = [];

    /// <summary>The segments that the customer is in now.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];
}

/// <summary>What becomes different; null leaves a thing as it is.</summary>
public sealed record CustomerEdit
{
    /// <summary>The name; empty for none.</summary>
    public string? Name { get; init; }

    /// <summary>The culture; empty for none.</summary>
    public string? Culture { get; init; }

    /// <summary>The time zone (IANA); empty for none.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Contact points to add.</summary>
    public IReadOnlyList<ContactPoint> AddContacts { get; init; } = [];

    /// <summary>Contact points to take away.</summary>
    public IReadOnlyList<ContactPoint> RemoveContacts { get; init; } = [];

    /// <summary>Tags to add.</summary>
    public IReadOnlyList<string> AddTags { get; init; } = [];

    /// <summary>Tags to take away.</summary>
    public IReadOnlyList<string> RemoveTags { get; init; } = [];

    /// <summary>The version that was seen, or null to do it in any case.</summary>
    public long? Version { get; init; }
}

/// <summary>What came of an act.</summary>
public sealed record CustomerResult
{
    private CustomerResult() { }

    /// <summary>The customer as it stands now, or null when there is none.</summary>
    public Customer? Customer { get; private init; }

    /// <summary>Why it was not done, or null when it was.</summary>
    public string? Refusal { get; private init; }

    /// <summary>True when it was refused because the customer has changed since the version that was seen.</summary>
    public bool IsOvertaken { get; private init; }

    /// <summary>It was done.</summary>
    public static CustomerResult Done(Customer customer) => new() { Customer = customer };

    /// <summary>It cannot be done.</summary>
    public static CustomerResult Refused(string reason, Customer? customer = null) => new() { Refusal = reason, Customer = customer };

    /// <summary>Somebody else changed the customer since the version that was seen.</summary>
    public static CustomerResult Overtaken(Customer customer) =>
        new()
        {
            Refusal = "The customer has changed since. Read it again, then decide.",
            Customer = customer,
            IsOvertaken = true,
        };
}
