using System.Globalization;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Sweep;

namespace Support.Sdk.Contacts;

internal sealed class ContactDesk(ContactBook book, IContactStore store, WaitingMessages waiting, ContactOrders orders, TimeProvider time, WakeUp wake)
    : IContactDesk
{
    private const int MaxText = 1000;

    // A clock that runs ahead a little is believed; more would shut out every later word.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    public Task<Contact> FindAsync(string shop, ContactPoint point, CancellationToken cancellationToken = default)
    {
        Check(shop, point);
        return book.FindAsync(shop, point, cancellationToken);
    }

    public async Task<Contact> ConsentAsync(string shop, ContactPoint point, ConsentRecord word, CancellationToken cancellationToken = default)
    {
        Check(shop, point);
        Check(word, time.GetUtcNow());
        var (contact, _) = await book.ChangeAsync(
            shop,
            point,
            known => new ContactChange { Contact = ContactRules.Hear(known, word, point.Canonical()), Consents = [word] },
            cancellationToken
        );
        if (!word.Granted)
        {
            await waiting.SupersedeAsync(shop, point, message => message.Class == word.Purpose, "The customer does not want it any more.", cancellationToken);
        }

        await orders.FallDueAsync(shop, point, cancellationToken);
        wake.Set();
        return contact;
    }

    public async Task<Contact> PreferAsync(string shop, ContactPoint point, ContactPreferences preferences, CancellationToken cancellationToken = default)
    {
        Check(shop, point);
        Check(preferences);
        var chosen = preferences with { At = time.GetUtcNow() };
        var (contact, _) = await book.ChangeAsync(
            shop,
            point,
            known => new ContactChange { Contact = ContactRules.Alive(known) with { Point = point.Canonical(), Preferences = chosen } },
            cancellationToken
        );
        await waiting.SupersedeAsync(
            shop,
            point,
            message => Refuses(chosen, message),
            "The customer does not want messages of this kind there any more.",
            cancellationToken
        );
        await orders.FallDueAsync(shop, point, cancellationToken);
        wake.Set();
        return contact;
    }

    public async Task<IReadOnlyList<ConsentRecord>> HistoryAsync(string shop, ContactPoint point, CancellationToken cancellationToken = default)
    {
        var contact = await FindAsync(shop, point, cancellationToken);
        return await store.ConsentsAsync(shop, contact.Key, cancellationToken);
    }

    /// <summary>Refuses what names nobody.</summary>
    internal static void Check(string shop, ContactPoint point)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(shop);
        if (string.IsNullOrWhiteSpace(point.Channel) || string.IsNullOrWhiteSpace(point.Value))
        {
            throw new ArgumentException("The contact point needs a Channel and a Value.", nameof(point));
        }
    }

    private static bool Refuses(ContactPreferences chosen, OutboundMessage message) =>
        chosen.RefusedKinds.Contains(message.Occasion.Split('/')[0], StringComparer.Ordinal)
        || chosen.Channels?.Contains(message.To.Channel, StringComparer.Ordinal) is false;

    private static void Check(ConsentRecord word, DateTimeOffset now)
    {
        if (word.At > now + ClockTolerance)
        {
            throw new ArgumentException("The word of consent lies in the future; no later one could ever hold.", nameof(word));
        }

        if (word.Wording?.Length > MaxText || word.Evidence?.Length > MaxText || word.By?.Length > MaxText)
        {
            throw new ArgumentException("Wording, Evidence and By may have at most 1,000 characters.", nameof(word));
        }
    }

    private static void Check(ContactPreferences preferences)
    {
        if (preferences.Culture is { } culture)
        {
            try
            {
                _ = CultureInfo.GetCultureInfo(culture, predefinedOnly: true);
            }
            catch (CultureNotFoundException exception)
            {
                throw new ArgumentException($"'{culture}' is no culture that this machine knows.", nameof(preferences), exception);
            }
        }

        if (preferences.RefusedKinds.Any(kind => !NoticeKinds.All.Contains(kind, StringComparer.Ordinal)))
        {
            throw new ArgumentException($"RefusedKinds may hold: {string.Join(", ", NoticeKinds.All)}.", nameof(preferences));
        }
    }
}
