using System.Globalization;
using Support.Sdk.Contacts;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.AspNetCore.Preferences;

/// <summary>What the page shows, and what an answer is read against.</summary>
internal sealed record PreferenceView
{
    public required Shop Shop { get; init; }

    public required SignedLink Link { get; init; }

    public required Contact Contact { get; init; }

    /// <summary>The channels that the person's orders name, in their order; that of the link among them.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    public required CultureInfo Culture { get; init; }

    public ContactPoint Point => Link.Contact;

    /// <summary>What the shop tells at all, the two kinds of delay as one.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Kinds =>
        [
            .. NoticeKinds
                .All.Where(kind => (Shop.Tells ?? NoticeKinds.Default).Contains(kind, StringComparer.Ordinal))
                .GroupBy(kind => NoticeKinds.Delays.Contains(kind, StringComparer.Ordinal) ? NoticeKinds.OrderDelayed : kind, StringComparer.Ordinal)
                .Select(group => group.ToList()),
        ];

    /// <summary>The languages that can be chosen: those of the pages, and the shop's own.</summary>
    public IReadOnlyList<string> Languages =>
        [.. new[] { "en", "sv", CultureInfo.GetCultureInfo(Shop.Culture).TwoLetterISOLanguageName }.Distinct(StringComparer.Ordinal)];

    public string? Language => Contact.Preferences?.Culture is { } culture ? CultureInfo.GetCultureInfo(culture).TwoLetterISOLanguageName : null;

    public bool WantsOffers => Word(MessageClass.Marketing) is true;

    public bool Wants(IReadOnlyList<string> kinds) => kinds.Any(kind => Contact.Preferences?.RefusedKinds.Contains(kind, StringComparer.Ordinal) is not true);

    /// <summary>The channels that are used now, the preferred one first.</summary>
    public IReadOnlyList<string> Used
    {
        get
        {
            var chosen = Contact.Preferences?.Channels?.Where(channel => Channels.Contains(channel, StringComparer.Ordinal)) ?? Channels;
            return [.. chosen.Where(channel => !IsOwn(channel) || Word(MessageClass.Transactional) is not false)];
        }
    }

    public bool IsOwn(string channel) => string.Equals(channel, Point.Channel, StringComparison.Ordinal);

    public bool? Word(MessageClass purpose) => Contact.Consents.FirstOrDefault(word => word.Purpose == purpose)?.Granted;
}
