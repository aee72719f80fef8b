namespace Support.Sdk.Contacts;

/// <summary>Keeps what is known about contact points, and every word of consent.</summary>
public interface IContactStore
{
    /// <summary>Reads contacts by their keys. Those that nothing is stored about are left out.</summary>
    Task<IReadOnlyList<Contact>> FindAsync(string shop, IReadOnlyList<string> keys, CancellationToken cancellationToken = default);

    /// <summary>Saves every change whole or not at all.</summary>
    /// <returns>The keys of the contacts that lost the race because somebody else saved them first; read and decide again.</returns>
    Task<IReadOnlyList<string>> SaveAsync(IReadOnlyList<ContactChange> changes, CancellationToken cancellationToken = default);

    /// <summary>Reads every word of consent recorded under a key, in the order in which it was recorded.</summary>
    Task<IReadOnlyList<ConsentRecord>> ConsentsAsync(string shop, string key, CancellationToken cancellationToken = default);

    /// <summary>Lists the suppressed contacts of a shop, the latest first, of two suppressed at once the greater key first.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="max"/> is not between 1 and 1,000.</exception>
    Task<IReadOnlyList<Contact>> SuppressedAsync(string shop, int max, string? after, CancellationToken cancellationToken = default);
}

/// <summary>A contact and what is recorded with it, saved in one piece.</summary>
public sealed record ContactChange
{
    /// <summary>The contact as it shall be; its <see cref="Contact.Version"/> is the one that was read, 0 for a new one.</summary>
    public required Contact Contact { get; init; }

    /// <summary>The words to append to the history.</summary>
    public IReadOnlyList<ConsentRecord> Consents { get; init; } = [];

    /// <summary>True to take <see cref="ConsentRecord.By"/> and <see cref="ConsentRecord.Evidence"/> out of the whole history: its person was erased.</summary>
    public bool DropsEvidence { get; init; }
}
