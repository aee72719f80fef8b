using Support.Sdk.Sweep;

namespace Support.Sdk.Contacts;

/// <summary>Looks contacts up by their contact points, and changes them whoever else does.</summary>
internal sealed class ContactBook(SupportStart start, IContactStore store)
{
    private const int MaxRaces = 10;

    /// <summary>Finds what is known, with the canonical points filled in; what nothing is known about is left out.</summary>
    public async Task<IReadOnlyList<Contact>> KnownAsync(string shop, IEnumerable<ContactPoint> points, CancellationToken cancellationToken)
    {
        var keys = (await start.EnsureAsync(cancellationToken)).Contacts;
        var byKey = points
            .Where(point => !string.IsNullOrWhiteSpace(point.Value))
            .Select(point => point.Canonical())
            .Distinct()
            .ToDictionary(point => keys.Of(shop, point), StringComparer.Ordinal);
        var found = await store.FindAsync(shop, [.. byKey.Keys], cancellationToken);
        return [.. found.Select(contact => contact with { Point = byKey[contact.Key] })];
    }

    /// <summary>Finds a contact as it is stored, or a new one.</summary>
    public async Task<Contact> FindAsync(string shop, ContactPoint point, CancellationToken cancellationToken)
    {
        var key = (await start.EnsureAsync(cancellationToken)).Contacts.Of(shop, point);
        return await store.FindAsync(shop, [key], cancellationToken) is [var known]
            ? known
            : new Contact
            {
                Shop = shop,
                Key = key,
                Point = point.Canonical(),
            };
    }

    /// <summary>Changes a contact; when somebody else was faster, the change is made anew from what they left.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="point">Which.</param>
    /// <param name="change">Answers the change, or null when there is none to make.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    public async Task<(Contact Contact, bool IsChanged)> ChangeAsync(
        string shop,
        ContactPoint point,
        Func<Contact, ContactChange?> change,
        CancellationToken cancellationToken
    )
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var contact = await FindAsync(shop, point, cancellationToken);
            if (change(contact) is not { } wanted)
            {
                return (contact, false);
            }

            if ((await store.SaveAsync([wanted], cancellationToken)).Count == 0)
            {
                return (wanted.Contact with { Version = wanted.Contact.Version + 1 }, true);
            }
        }

        throw new InvalidOperationException("The contact is being changed by others again and again. Try again.");
    }
}
