using Support.Sdk.Contacts;
using static Support.Sdk.Testing.Stores.StoreFacts;

namespace Support.Sdk.Testing.Stores;

/// <summary>Contacts, words of consent, and the suppression list.</summary>
internal static class ContactRules
{
    public static IReadOnlyList<StoreConformanceRule> All { get; } =
    [
        new("A contact comes back as it was saved, one version on", AsSavedAsync),
        new("Contacts that are not stored are left out", LeftOutAsync),
        new("The same key in two shops names two contacts", TwoShopsAsync),
        new("Of two saves of one version of a contact the second loses, with its words", LostRaceAsync),
        new("Of two changes of one contact in a batch the second loses", TwiceAsync),
        new("Words of consent come back whole, in the order in which they were recorded", ConsentsAsync),
        new("Dropping the evidence takes who and what proves it out of the whole history, and nothing else", EvidenceAsync),
        new("Suppressed contacts are listed by shop, the latest first, page by page", SuppressedAsync),
        new("Between 1 and 1,000 suppressed contacts can be asked for", LimitsAsync),
    ];

    private static async Task AsSavedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var contact = Contact("a") with
        {
            Point = new ContactPoint("email", "\u00E5sa@example.com"),
            Health = ContactHealth.Bouncing,
            HealthSince = Noon,
            SoftBounces = 3,
            Suppressed = Act(Noon),
            Restored = Act(Noon - Hour),
            ErasedAt = Noon - Minute,
        };
        await store.KeepAsync(contact with { Consents = [Word(granted: true)], Preferences = Preferences }, cancellationToken);
        var kept = await store.ContactAsync("a", cancellationToken);
        Expect.Equal(1L, kept.Version);
        Expect.List([Word(granted: true)], kept.Consents);
        Expect.List(["sms", "email"], kept.Preferences!.Channels!);
        Expect.List(["order-shipped"], kept.Preferences.RefusedKinds);
        Expect.Equal("sv", kept.Preferences.Culture);
        Expect.Equal(contact with { Version = 1 }, kept with { Consents = contact.Consents, Preferences = null });
        await store.KeepAsync(kept with { Point = null, Suppressed = null, Preferences = null }, cancellationToken);
        var next = await store.ContactAsync("a", cancellationToken);
        Expect.Equal(2L, next.Version);
        Expect.Equal(null, next.Point);
        Expect.Equal(null, next.Preferences);
        Expect.Equal(0, (await store.Contacts.SuppressedAsync("shop", 10, null, cancellationToken)).Count);
    }

    private static async Task LeftOutAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Contact("a"), cancellationToken);
        var found = await store.Contacts.FindAsync("shop", ["b", "a", "a", "A"], cancellationToken);
        Expect.List(["a"], found.Select(contact => contact.Key));
        Expect.Equal(0, (await store.Contacts.FindAsync("shop", [], cancellationToken)).Count);
    }

    private static async Task TwoShopsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        await store.KeepAsync(Contact("a") with { SoftBounces = 1 }, cancellationToken);
        await store.KeepAsync(Contact("a", "other") with { SoftBounces = 2 }, cancellationToken);
        Expect.Equal(1, (await store.ContactAsync("a", cancellationToken)).SoftBounces);
        Expect.Equal(2, (await store.Contacts.FindAsync("other", ["a"], cancellationToken))[0].SoftBounces);
    }

    private static async Task LostRaceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var change = new ContactChange { Contact = Contact("a"), Consents = [Record(granted: true, Noon)] };
        Expect.List([], await store.Contacts.SaveAsync([change], cancellationToken));
        Expect.List(["a"], await store.Contacts.SaveAsync([change], cancellationToken));
        var read = await store.ContactAsync("a", cancellationToken);
        await store.KeepAsync(read with { SoftBounces = 1 }, cancellationToken);
        var late = new ContactChange { Contact = read with { SoftBounces = 2 }, Consents = [Record(granted: false, Noon)] };
        Expect.List(["a", "b"], (await store.Contacts.SaveAsync([late, Missing], cancellationToken)).Order(StringComparer.Ordinal));
        Expect.Equal(1, (await store.ContactAsync("a", cancellationToken)).SoftBounces);
        Expect.Equal(1, (await store.Contacts.ConsentsAsync("shop", "a", cancellationToken)).Count);
    }

    private static async Task TwiceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var changes = Enumerable.Range(1, 2).Select(count => new ContactChange { Contact = Contact("a") with { SoftBounces = count } });
        Expect.List(["a"], await store.Contacts.SaveAsync([.. changes], cancellationToken));
        Expect.Equal(1, (await store.ContactAsync("a", cancellationToken)).SoftBounces);
    }

    private static async Task ConsentsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var full = Record(granted: true, Noon) with { By = "ada", Wording = "Offers, v2", Evidence = "order 1" };
        var bare = Record(granted: false, Noon - Hour) with { Purpose = MessageClass.Transactional, Source = ConsentSource.OneClick };
        await store.Contacts.SaveAsync([new ContactChange { Contact = Contact("a"), Consents = [full, bare] }], cancellationToken);
        await store.Contacts.SaveAsync([new ContactChange { Contact = Contact("b"), Consents = [bare] }], cancellationToken);
        Expect.List([full, bare], await store.Contacts.ConsentsAsync("shop", "a", cancellationToken));
        Expect.Equal(0, (await store.Contacts.ConsentsAsync("other", "a", cancellationToken)).Count);
    }

    private static async Task EvidenceAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        var word = Record(granted: true, Noon) with { By = "ada", Wording = "Offers, v2", Evidence = "order 1" };
        ContactChange[] changes = [new() { Contact = Contact("a"), Consents = [word] }, new() { Contact = Contact("b"), Consents = [word] }];
        await store.Contacts.SaveAsync(changes, cancellationToken);
        var read = await store.ContactAsync("a", cancellationToken);
        await store.Contacts.SaveAsync([new ContactChange { Contact = read, DropsEvidence = true }], cancellationToken);
        Expect.List([word with { By = null, Evidence = null }], await store.Contacts.ConsentsAsync("shop", "a", cancellationToken));
        Expect.List([word], await store.Contacts.ConsentsAsync("shop", "b", cancellationToken));
    }

    private static async Task SuppressedAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        foreach (var (key, minutes) in new[] { ("a", 1), ("b", 3), ("c", 2), ("d", 2) })
        {
            await store.KeepAsync(Contact(key) with { Suppressed = Act(Noon + (minutes * Minute)) }, cancellationToken);
        }

        await store.KeepAsync(Contact("open"), cancellationToken);
        await store.KeepAsync(Contact("a", "other") with { Suppressed = Act(Noon) }, cancellationToken);
        var first = await store.Contacts.SuppressedAsync("shop", 2, null, cancellationToken);
        Expect.List(["b", "d"], first.Select(contact => contact.Key));
        var second = await store.Contacts.SuppressedAsync("shop", 2, "d", cancellationToken);
        Expect.List(["c", "a"], second.Select(contact => contact.Key));
    }

    private static async Task LimitsAsync(StoreUnderTest store, CancellationToken cancellationToken)
    {
        foreach (var max in (int[])[0, 1001])
        {
            await Expect.RefusedAsync(() => store.Contacts.SuppressedAsync("shop", max, null, cancellationToken), $"{max} suppressed contacts");
        }
    }

    private static ContactChange Missing => new() { Contact = Contact("b") with { Version = 7 } };

    private static ContactPreferences Preferences =>
        new()
        {
            Channels = ["sms", "email"],
            Culture = "sv",
            RefusedKinds = ["order-shipped"],
            At = Noon,
        };

    private static Contact Contact(string key, string shop = "shop") => new() { Shop = shop, Key = key };

    private static ContactAct Act(DateTimeOffset at) =>
        new()
        {
            At = at,
            By = "ada",
            Why = "asked by phone",
        };

    private static ConsentWord Word(bool granted) => new(MessageClass.Marketing, granted, Noon);

    private static ConsentRecord Record(bool granted, DateTimeOffset at) =>
        new()
        {
            Purpose = MessageClass.Marketing,
            Granted = granted,
            At = at,
            Source = ConsentSource.PreferencePage,
        };

    private static async Task KeepAsync(this StoreUnderTest store, Contact contact, CancellationToken cancellationToken) =>
        Expect.List([], await store.Contacts.SaveAsync([new ContactChange { Contact = contact }], cancellationToken));

    private static async Task<Contact> ContactAsync(this StoreUnderTest store, string key, CancellationToken cancellationToken)
    {
        var found = await store.Contacts.FindAsync("shop", [key], cancellationToken);
        Expect.Equal(1, found.Count, "contacts found under one key");
        return found[0];
    }
}
