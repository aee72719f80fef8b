using System.Globalization;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Support.Sdk;
using Support.Sdk.Contacts;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>What the form of choices sends. A box that is not ticked is not sent.</summary>
public sealed record PreferenceInput
{
    /// <summary>Whether messages about orders are wanted at all.</summary>
    public bool Notices { get; set; }

    /// <summary>The kinds that are wanted.</summary>
    public IReadOnlyList<string> Kinds { get; set; } = [];

    /// <summary>The language, or empty for that of the order.</summary>
    public string? Language { get; set; }
}

/// <summary>The choices.</summary>
public sealed record PreferenceModel
{
    /// <summary>Whom they are for, so that its holder recognises it and nobody else learns it.</summary>
    public required string Contact { get; init; }

    /// <summary>Whether messages about orders are wanted at all.</summary>
    public required bool Notices { get; init; }

    /// <summary>The kinds that the shop tells.</summary>
    public required IReadOnlyList<KindModel> Kinds { get; init; }

    /// <summary>The languages that can be chosen.</summary>
    public required IReadOnlyList<Choice> Languages { get; init; }

    /// <summary>The language that was chosen, or empty.</summary>
    public string Language { get; init; } = "";

    /// <summary>Whether nothing is sent there at present, whatever is chosen.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Whether choices were just saved.</summary>
    public bool IsSaved { get; init; }
}

/// <summary>A kind of message.</summary>
/// <param name="Value">Its name.</param>
/// <param name="Text">What it tells.</param>
/// <param name="IsWanted">Whether it is wanted.</param>
public sealed record KindModel(string Value, string Text, bool IsWanted);

/// <summary>Reads and keeps what a contact point wants to be told.</summary>
internal sealed class PreferenceDesk(Words words, TimeProvider time)
{
    private static readonly string[] Written = ["en", "sv"];

    public async Task<PreferenceModel> ModelAsync(SupportEngine engine, SignedLink link, string culture, CancellationToken cancellationToken)
    {
        var contact = await engine.Get<IContactDesk>().FindAsync(link.Shop, link.Contact, cancellationToken);
        var kinds = new List<KindModel>();
        foreach (var group in Groups(engine, link))
        {
            kinds.Add(new KindModel(group.Key, await words.OfAsync($"Preferences.Kind.{group.Key}"), group.Any(kind => !IsRefused(contact, kind))));
        }

        return new PreferenceModel
        {
            Contact = Masked(link.Contact),
            Notices = IsWanted(contact),
            Kinds = kinds,
            Languages = [.. Languages(engine, link).Select(language => new Choice(language, NameOf(language)))],
            Language = contact.Preferences?.Culture is { Length: > 1 } chosen ? CultureInfo.GetCultureInfo(chosen).TwoLetterISOLanguageName : "",
            IsClosed = contact.Suppressed is not null || contact.Health == ContactHealth.Complained,
        };
    }

    public async Task SaveAsync(SupportEngine engine, SignedLink link, PreferenceInput input, CancellationToken cancellationToken)
    {
        var desk = engine.Get<IContactDesk>();
        var contact = await desk.FindAsync(link.Shop, link.Contact, cancellationToken);
        // What stands already is not said again.
        if (input.Notices != IsWanted(contact))
        {
            var word = new ConsentRecord
            {
                Purpose = MessageClass.Transactional,
                Granted = input.Notices,
                At = time.GetUtcNow(),
                Source = ConsentSource.PreferencePage,
                Wording = await words.OfAsync("Preferences.Notices"),
                Evidence = link.OrderId is { } order ? $"The signed link that came with order {order}." : "A signed link to the contact point.",
            };
            await desk.ConsentAsync(link.Shop, link.Contact, word, cancellationToken);
        }

        var groups = Groups(engine, link);
        var refused = groups.Where(group => !input.Kinds.Contains(group.Key, StringComparer.Ordinal)).SelectMany(group => group);
        var unseen = (contact.Preferences?.RefusedKinds ?? []).Except(groups.SelectMany(group => group), StringComparer.Ordinal);
        var preferences = new ContactPreferences
        {
            Channels = contact.Preferences?.Channels,
            Culture = Languages(engine, link).Contains(input.Language, StringComparer.Ordinal) ? input.Language : null,
            RefusedKinds = [.. refused, .. unseen],
        };
        await desk.PreferAsync(link.Shop, link.Contact, preferences, cancellationToken);
    }

    // The two kinds of delay are one for a customer.
    private static List<IGrouping<string, string>> Groups(SupportEngine engine, SignedLink link) =>
        [
            .. NoticeKinds
                .All.Where(kind => (ShopOf(engine, link).Tells ?? NoticeKinds.Default).Contains(kind, StringComparer.Ordinal))
                .GroupBy(kind => NoticeKinds.Delays.Contains(kind, StringComparer.Ordinal) ? NoticeKinds.OrderDelayed : kind, StringComparer.Ordinal),
        ];

    private static IEnumerable<string> Languages(SupportEngine engine, SignedLink link) =>
        Written.Append(CultureInfo.GetCultureInfo(ShopOf(engine, link).Culture).TwoLetterISOLanguageName).Distinct(StringComparer.Ordinal);

    private static Shop ShopOf(SupportEngine engine, SignedLink link) =>
        engine.Shops.First(shop => string.Equals(shop.Id, link.Shop, StringComparison.Ordinal));

    private static bool IsWanted(Contact contact) => contact.Consents.FirstOrDefault(word => word.Purpose == MessageClass.Transactional)?.Granted is not false;

    private static bool IsRefused(Contact contact, string kind) => contact.Preferences?.RefusedKinds.Contains(kind, StringComparer.Ordinal) is true;

    private static string NameOf(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        return culture.TextInfo.ToTitleCase(culture.NativeName);
    }

    private static string Masked(ContactPoint point)
    {
        var at = point.Value.LastIndexOf('@');
        return at > 0 ? $"{point.Value[0]}…{point.Value[at..]}" : $"…{point.Value[^Math.Min(3, point.Value.Length)..]}";
    }
}
