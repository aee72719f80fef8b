using System.Text;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Hides what looks like an e-mail address or a phone number, in one pass: a text may be long, and its writer hostile.</summary>
internal static class TextScan
{
    private const string Hidden = "…";
    private const int MinDigits = 7;
    private const int DateLength = 10;

    /// <param name="text">The text.</param>
    /// <param name="orders">The digits of order numbers, which stay.</param>
    public static string Hide(string text, HashSet<string> orders) => HideNumbers(HideAddresses(text), orders);

    /// <summary>An address with the first letter of who is addressed.</summary>
    /// <param name="address">The address.</param>
    /// <param name="at">Where its @ is, not at the beginning.</param>
    public static string Address(string address, int at) =>
        string.Concat(address.AsSpan(0, char.IsHighSurrogate(address[0]) ? 2 : 1), Hidden, address.AsSpan(at));

    private static string HideAddresses(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var hidden = new StringBuilder(text.Length);
        var copied = 0;
        for (; at >= 0; at = text.IndexOf('@', at + 1))
        {
            var start = at;
            while (start > copied && IsLocal(text[start - 1]))
            {
                start--;
            }

            if (start < at && at + 1 < text.Length && IsDomain(text[at + 1]))
            {
                hidden.Append(text, copied, start - copied).Append(text, start, char.IsHighSurrogate(text[start]) ? 2 : 1).Append(Hidden);
                copied = at;
            }
        }

        return hidden.Append(text, copied, text.Length - copied).ToString();
    }

    private static string HideNumbers(string text, HashSet<string> orders)
    {
        var hidden = new StringBuilder(text.Length);
        var index = 0;
        while (index < text.Length)
        {
            if (!char.IsDigit(text[index]))
            {
                hidden.Append(text[index++]);
                continue;
            }

            var end = MomentEnd(text, index);
            if (end > index)
            {
                hidden.Append(text, index, end - index);
            }
            else
            {
                end = NumberEnd(text, index, out var digits);
                hidden.Append(digits.Length < MinDigits || orders.Contains(digits) ? text[index..end] : Hidden + digits[^2..]);
            }

            index = end;
        }

        return hidden.ToString();
    }

    // Digits with at most two of what is written between them.
    private static int NumberEnd(string text, int start, out string digits)
    {
        var found = new StringBuilder();
        var end = start;
        for (var index = start; index < text.Length && index - end <= 2; index++)
        {
            if (char.IsDigit(text[index]))
            {
                found.Append(text[index]);
                end = index + 1;
            }
            else if (!IsBetweenDigits(text[index]))
            {
                break;
            }
        }

        digits = found.ToString();
        return end;
    }

    // 2026-11-02, with or without a time behind it; the start itself when there is none.
    private static int MomentEnd(string text, int start)
    {
        var span = text.AsSpan(start);
        if (span.Length < DateLength || !DateOnly.TryParseExact(span[..DateLength], "yyyy-MM-dd", out var date) || date.Year is < 1900 or > 2100)
        {
            return start;
        }

        var end = DateLength;
        if (span.Length >= DateLength + 6 && span[end] is 'T' or ' ' && TimeOnly.TryParseExact(span.Slice(end + 1, 5), "HH:mm", out _))
        {
            end += 6;
            while (end < span.Length && (char.IsAsciiDigit(span[end]) || span[end] is ':' or '.'))
            {
                end++;
            }
        }

        return end < span.Length && char.IsDigit(span[end]) ? start : start + end;
    }

    private static bool IsLocal(char character) =>
        !char.IsWhiteSpace(character) && character is not ('@' or '<' or '>' or '(' or ')' or ',' or ';' or ':' or '"');

    private static bool IsDomain(char character) => char.IsLetterOrDigit(character) || character == '[';

    private static bool IsBetweenDigits(char character) => character is ' ' or '\u00A0' or '\u202F' or '.' or '-' or '‑' or '–' or '/' or '(' or ')';
}
