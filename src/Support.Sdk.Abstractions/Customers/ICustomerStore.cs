namespace Support.Sdk.Customers;

/// <summary>Keeps the customers.</summary>
public interface ICustomerStore
{
    /// <summary>Reads customers of a shop by their ids. Those that are not stored are left out.</summary>
    Task<IReadOnlyList<Customer>> FindAsync(string shop, IReadOnlyList<string> ids, CancellationToken cancellationToken = default);

    /// <summary>Reads the customers that contact points belong to, each once.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="points">The contact points, compared in their <see cref="ContactPoint.Canonical"/> form.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    Task<IReadOnlyList<Customer>> OfContactsAsync(string shop, IReadOnlyList<ContactPoint> points, CancellationToken cancellationToken = default);

    /// <summary>Lists customers of a shop, by their ids, that are neither merged nor erased.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="after">Only ids above this one, or null from the beginning.</param>
    /// <param name="max">How many at most; 1 to 1,000.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    Task<IReadOnlyList<Customer>> ListAsync(string shop, string? after, int max, CancellationToken cancellationToken = default);

    /// <summary>Saves customers, all or none.</summary>
    /// <param name="customers">Each as it shall be; its version is the one that was read, 0 for a new one.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <returns>False when one of them lost the race, or one of their contact points belongs to somebody who is not among them: read and decide again.</returns>
    Task<bool> SaveAsync(IReadOnlyList<Customer> customers, CancellationToken cancellationToken = default);
}
