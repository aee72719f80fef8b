using Microsoft.AspNetCore.Http;
using Support.Sdk.Contacts;

namespace Support.Sdk.AspNetCore.Preferences;

/// <summary>What a person, or a mail program in the person's name, answered.</summary>
internal sealed class PreferenceForm(IFormCollection fields)
{
    public const string Marker = "preferences";
    public const string Channel = "channel";
    public const string First = "first";
    public const string Kind = "kind";
    public const string Offers = "offers";
    public const string Language = "language";

    /// <summary>RFC 8058, section 3.1: the field and its value, exactly so.</summary>
    public bool IsOneClick => string.Equals(fields["List-Unsubscribe"], "One-Click", StringComparison.Ordinal);

    /// <summary>Whether it is the form of the page. Without it, fields that are not ticked would look like refusals.</summary>
    public bool IsComplete => string.Equals(fields["form"], Marker, StringComparison.Ordinal);

    public static IEnumerable<ConsentRecord> OneClick(PreferenceView view, DateTimeOffset now)
    {
        if (view.Word(MessageClass.Marketing) is not false)
        {
            yield return Word(MessageClass.Marketing, granted: false, ConsentSource.OneClick, "List-Unsubscribe=One-Click", view, now);
        }
    }

    /// <summary>The words that are new: what stands already is not said again.</summary>
    public IEnumerable<ConsentRecord> Consents(PreferenceView view, DateTimeOffset now)
    {
        var words = new PreferenceWords(view.Culture);
        var wantsOffers = fields.ContainsKey(Offers);
        if (wantsOffers != view.WantsOffers)
        {
            yield return Word(MessageClass.Marketing, wantsOffers, ConsentSource.PreferencePage, words.Offers(view), view, now);
        }

        var wantsNotices = fields[Channel].Contains(view.Point.Channel, StringComparer.Ordinal);
        if (wantsNotices != view.Word(MessageClass.Transactional) is not false)
        {
            yield return Word(MessageClass.Transactional, wantsNotices, ConsentSource.PreferencePage, words.Notices(view.Point.Channel), view, now);
        }
    }

    public ContactPreferences Preferences(PreferenceView view)
    {
        var shown = view.Kinds.SelectMany(kinds => kinds).ToList();
        var refused = view.Kinds.Where(kinds => !fields[Kind].Contains(kinds[0], StringComparer.Ordinal)).SelectMany(kinds => kinds);
        var unseen = (view.Contact.Preferences?.RefusedKinds ?? []).Except(shown, StringComparer.Ordinal);
        var language = fields[Language].ToString();
        return new ContactPreferences
        {
            Channels = Channels(view),
            Culture = view.Languages.Contains(language, StringComparer.Ordinal) ? language : null,
            RefusedKinds = [.. refused, .. unseen],
        };
    }

    // With one channel there is nothing to choose: whether it is used at all is a word of consent.
    private List<string>? Channels(PreferenceView view)
    {
        var ticked = view.Channels.Where(channel => fields[Channel].Contains(channel, StringComparer.Ordinal));
        var first = fields[First].ToString();
        return view.Channels.Count < 2 ? null : [.. ticked.OrderBy(channel => string.Equals(channel, first, StringComparison.Ordinal) ? 0 : 1)];
    }

    private static ConsentRecord Word(MessageClass purpose, bool granted, ConsentSource source, string wording, PreferenceView view, DateTimeOffset now) =>
        new()
        {
            Purpose = purpose,
            Granted = granted,
            At = now,
            Source = source,
            Wording = wording,
            Evidence = view.Link.OrderId is { } order ? $"The signed link that came with order {order}." : "A signed link to the contact point.",
        };
}
