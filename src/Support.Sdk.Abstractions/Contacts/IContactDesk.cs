namespace Support.Sdk.Contacts;

/// <summary>What the shop's own code and its operators know and record about contact points.</summary>
public interface IContactDesk
{
    /// <summary>Finds what is known about a contact point. One that nothing is known about is fine and has the version 0.</summary>
    /// <remarks>Ask <see cref="Contact.WhyNot"/> of the answer before you send anything by yourself.</remarks>
    Task<Contact> FindAsync(string shop, ContactPoint point, CancellationToken cancellationToken = default);

    /// <summary>Records a word of consent with its proof.</summary>
    /// <returns>What is known afterwards. An older word than the one that stands is kept in the history and changes nothing else.</returns>
    /// <remarks>A refusal supersedes the messages of that purpose that wait to be sent there.</remarks>
    /// <exception cref="ArgumentException">The contact point is empty, a text is too long, or the word lies in the future.</exception>
    Task<Contact> ConsentAsync(string shop, ContactPoint point, ConsentRecord word, CancellationToken cancellationToken = default);

    /// <summary>Keeps what a person chose, in place of what was chosen before.</summary>
    /// <remarks>Messages of a kind that is no longer wanted, and that wait to be sent there, are superseded.</remarks>
    /// <exception cref="ArgumentException">The contact point is empty, or the culture is not known to this machine.</exception>
    Task<Contact> PreferAsync(string shop, ContactPoint point, ContactPreferences preferences, CancellationToken cancellationToken = default);

    /// <summary>Reads every word of consent ever recorded for a contact point, oldest first.</summary>
    Task<IReadOnlyList<ConsentRecord>> HistoryAsync(string shop, ContactPoint point, CancellationToken cancellationToken = default);
}

/// <summary>The list of contact points that a shop never writes to, whatever for.</summary>
/// <remarks>An entry survives the erasure of its person as a hash, so that an erased person is not written to again.</remarks>
public interface ISuppressionDesk
{
    /// <summary>Closes contact points for every purpose. Messages that wait to be sent there are superseded.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="points">Which; thousands at once are welcome, for example from a former system.</param>
    /// <param name="by">The operator, or the name of the import.</param>
    /// <param name="why">Why, without personal data.</param>
    /// <param name="cancellationToken">Stops the work; what was closed stays closed.</param>
    /// <returns>How many were open before.</returns>
    /// <exception cref="ArgumentException"><paramref name="by"/> or <paramref name="why"/> is empty.</exception>
    Task<int> SuppressAsync(string shop, IReadOnlyList<ContactPoint> points, string by, string why, CancellationToken cancellationToken = default);

    /// <summary>Opens a contact point again and calls it fine: it leaves the list, and its bounces and complaints are forgotten. What its person refused stays refused.</summary>
    /// <returns>False when there was nothing to restore.</returns>
    /// <exception cref="ArgumentException"><paramref name="by"/> or <paramref name="why"/> is empty.</exception>
    Task<bool> RestoreAsync(string shop, ContactPoint point, string by, string why, CancellationToken cancellationToken = default);

    /// <summary>Lists the closed contact points of a shop, the latest first.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="max">How many at most; 1 to 1,000.</param>
    /// <param name="after">The <see cref="Contact.Key"/> of the last one of the previous page, or null to begin.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="max"/> is not in its range.</exception>
    Task<IReadOnlyList<Contact>> ListAsync(string shop, int max = 100, string? after = null, CancellationToken cancellationToken = default);
}
