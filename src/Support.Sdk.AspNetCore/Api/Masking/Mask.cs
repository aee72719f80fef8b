using System.Globalization;
using System.Text;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Hides who a customer is from somebody of another company, in one answer about one ticket, order or customer.</summary>
/// <remarks>
/// Names become an initial, addresses their first letter and domain, numbers their end. In texts that people wrote, whatever is known of
/// the customer is hidden, and besides everything that looks like an e-mail address or has seven digits or more: dates stay, and so do
/// the numbers of the ticket's own orders. What else a customer tells about themselves in a text is shown.
/// </remarks>
internal sealed class Mask
{
    private const int MinPart = 3;
    private const string Hidden = "…";
    private readonly IReadOnlyList<KnownWord> _known;
    private readonly HashSet<string> _orders;
    private readonly bool _hides;

    private Mask(bool hides, IReadOnlyList<KnownWord> known, HashSet<string> orders) => (_hides, _known, _orders) = (hides, known, orders);

    /// <summary>Hides nothing.</summary>
    public static Mask None { get; } = new(hides: false, [], []);

    /// <summary>Hides a person.</summary>
    /// <param name="names">The names that are known.</param>
    /// <param name="points">The contact points that are known.</param>
    /// <param name="orders">The ids and numbers of orders, which stay readable in texts.</param>
    public static Mask Of(IEnumerable<string?> names, IEnumerable<ContactPoint> points, IEnumerable<string?> orders)
    {
        var known = new List<KnownWord>();
        foreach (var point in points.DistinctBy(point => point.Value.Trim(), StringComparer.OrdinalIgnoreCase))
        {
            known.Add(new KnownWord(point.Value.Trim(), Value(point)));
        }

        foreach (var name in names.OfType<string>().Select(name => name.Trim()).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            known.Add(new KnownWord(name, Initial(name)));
            known.AddRange(
                name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Where(part => part.Length >= MinPart && part.Length < name.Length)
                    .Select(part => new KnownWord(part, Initial(part)))
            );
        }

        // The longest first: a name before its parts, an address before the name in it.
        return new Mask(
            hides: true,
            [.. known.Where(word => word.Text.Length > 0).OrderByDescending(word => word.Text.Length)],
            [.. orders.OfType<string>().Select(DigitsOf).Where(digits => digits.Length > 0)]
        );
    }

    /// <summary>A name.</summary>
    public string? Name(string? name) => _hides && name is not null ? Initial(name) : name;

    /// <summary>A contact point.</summary>
    public ContactPoint Point(ContactPoint point) => _hides ? point with { Value = Value(point) } : point;

    /// <summary>The number that a parcel is followed by.</summary>
    public string? Number(string? number) => _hides && number is not null ? End(number, 4) : number;

    /// <summary>What cannot be shown in part.</summary>
    public T? Whole<T>(T? value)
        where T : class => _hides ? null : value;

    /// <summary>A text that a person, or a provider, wrote.</summary>
    public string? Text(string? text) => _hides && text is not null ? TextScan.Hide(KnownHidden(text), _orders) : text;

    /// <summary>A word of the trade, such as an article number, in which only the customer is looked for.</summary>
    public string? Word(string? text) => _hides && text is not null ? KnownHidden(text) : text;

    /// <summary>Contact points as a history lists them: <c>email:ada@example.com, sms:+4670</c>.</summary>
    public string? Contacts(string? list)
    {
        if (!_hides || list is null)
        {
            return list;
        }

        return string.Join(
            ", ",
            list.Split(", ")
                .Select(item => item.Split(':', 2))
                .Select(parts => parts.Length == 2 ? $"{parts[0]}:{Value(new ContactPoint(parts[0], parts[1]))}" : Hidden)
        );
    }

    internal static string Initial(string name)
    {
        var trimmed = name.Trim();
        var first = StringInfo.GetNextTextElementLength(trimmed);
        // One character of these is a whole name, or half of it.
        return first == 0 || first == trimmed.Length || IsUnspaced(trimmed[0]) ? Hidden : trimmed[..first] + ".";
    }

    // Letters without case: Chinese, Japanese, Thai, Hebrew. Words of such scripts stand together, or begin with a preposition.
    private static bool IsUnspaced(char letter) => char.GetUnicodeCategory(letter) == UnicodeCategory.OtherLetter;

    private static string Value(ContactPoint point)
    {
        var value = point.Value.Trim();
        return string.Equals(point.Channel, Customers.Customer.Visitor, StringComparison.Ordinal) ? Hidden
            : value.LastIndexOf('@') is > 0 and var at ? TextScan.Address(value, at)
            : End(value, 2);
    }

    private static string End(string value, int length) =>
        value.Length > length * 2 && !char.IsLowSurrogate(value[^length]) ? Hidden + value[^length..] : Hidden;

    private static string DigitsOf(string text) => string.Concat(text.Where(char.IsDigit));

    private string KnownHidden(string text)
    {
        foreach (var word in _known)
        {
            text = word.HideIn(text);
        }

        return text;
    }

    /// <summary>Something that names the customer, and what stands in its place.</summary>
    private sealed record KnownWord(string Text, string Instead)
    {
        // Shorter ones are part of too many other words.
        private const int WholeWordBelow = 6;

        public string HideIn(string text)
        {
            StringBuilder? hidden = null;
            var copied = 0;
            for (var at = Find(text, 0); at >= 0; at = Find(text, copied))
            {
                hidden ??= new StringBuilder(text.Length);
                hidden.Append(text, copied, at - copied).Append(Instead);
                copied = at + Text.Length;
            }

            return HideCut(hidden is null ? text : hidden.Append(text, copied, text.Length - copied).ToString());
        }

        // A subject may end in the middle of it.
        private string HideCut(string text)
        {
            if (!text.EndsWith(Hidden, StringComparison.Ordinal))
            {
                return text;
            }

            var end = text.Length - Hidden.Length;
            for (var length = Math.Min(Text.Length - 1, end); length >= MinPart; length--)
            {
                var start = end - length;
                if (string.Compare(text, start, Text, 0, length, StringComparison.OrdinalIgnoreCase) == 0 && IsEdge(text, start - 1, Text[0]))
                {
                    return text[..start] + Hidden;
                }
            }

            return text;
        }

        private int Find(string text, int from)
        {
            for (var at = text.IndexOf(Text, from, StringComparison.OrdinalIgnoreCase); at >= 0; )
            {
                if (Text.Length >= WholeWordBelow || (IsEdge(text, at - 1, Text[0]) && IsEdge(text, at + Text.Length, Text[^1])))
                {
                    return at;
                }

                at = text.IndexOf(Text, at + 1, StringComparison.OrdinalIgnoreCase);
            }

            return -1;
        }

        private static bool IsEdge(string text, int beside, char own) =>
            beside < 0
            || beside >= text.Length
            || !char.IsLetterOrDigit(own)
            || !char.IsLetterOrDigit(text[beside])
            || IsUnspaced(own)
            || IsUnspaced(text[beside]);
    }
}
