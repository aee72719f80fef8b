namespace Support.Sdk.Storefronts;

/// <summary>Keeps the little that an adapter has to remember: how far it has read, a token that changes, a write that it is about to make.</summary>
/// <remarks>Values are stored as they are: the database is as secret as its secrets. What belongs to a shop goes when the shop is forgotten.</remarks>
public interface IStateStore
{
    /// <summary>Reads what is kept under a name, or null when nothing is.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="name">The name, beginning with that of the adapter: <c>shopify/token</c>.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    Task<StateEntry?> FindAsync(string shop, string name, CancellationToken cancellationToken = default);

    /// <summary>Keeps a value. When the call returns true, it survives a crash.</summary>
    /// <param name="entry">What to keep; its <see cref="StateEntry.Version"/> is the one that was read, 0 for a new name.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <returns>False when somebody else saved the name since it was read; nothing was changed then.</returns>
    /// <exception cref="ArgumentException">Shop, name or value is empty where it must not be, or too long.</exception>
    Task<bool> SaveAsync(StateEntry entry, CancellationToken cancellationToken = default);
}

/// <summary>What is kept under a name.</summary>
public sealed record StateEntry
{
    /// <summary>The shop; at most 100 characters.</summary>
    public required string Shop { get; init; }

    /// <summary>The name; 1 to 200 characters, compared ordinally.</summary>
    public required string Name { get; init; }

    /// <summary>The value; at most 65,536 characters. Null removes the name.</summary>
    public string? Value { get; init; }

    /// <summary>How often it was saved; 0 before the first time.</summary>
    public long Version { get; init; }
}
