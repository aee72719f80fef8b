using System.Text.Json;
using Support.Sdk.Storefronts;
using static Support.Sdk.Shopify.Webhooks.ShopifyJson;

namespace Support.Sdk.Shopify.Webhooks;

/// <summary>What the three privacy topics carry.</summary>
/// <remarks>See https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance.</remarks>
internal sealed record PrivacyBody
{
    // RFC 5321, section 4.5.3.1.3, less the brackets.
    private const int MaxEmail = 254;

    // ITU-T E.164 has 15 digits at most; below 7 there is no number that could be dialled from abroad.
    private const int MinDigits = 7;
    private const int MaxDigits = 15;

    private static readonly string[] Members = ["shop_domain", "customer", "orders_requested", "data_request", "orders_to_redact"];
    private static readonly string[] CustomerMembers = ["email", "phone"];

    public string? Domain { get; private set; }

    public string? RequestId { get; private set; }

    public IReadOnlyList<ContactPoint> ContactPoints { get; private set; } = [];

    public IReadOnlyList<string> OrderIds { get; private set; } = [];

    private bool IsPersonal { get; set; }

    private bool IsExport { get; set; }

    private bool IsErasure { get; set; }

    /// <summary>Whether this is a body of that topic.</summary>
    /// <remarks>The signature does not cover the topic: without this, one request could be passed off as another.</remarks>
    public bool Fits(PrivacyRequestKind kind) =>
        kind switch
        {
            PrivacyRequestKind.Export => IsPersonal && !IsErasure,
            PrivacyRequestKind.Erase => IsPersonal && !IsExport,
            _ => !IsPersonal && !IsExport && !IsErasure,
        };

    /// <summary>Reads a body.</summary>
    /// <exception cref="JsonException">It is no JSON object, or a list of orders holds something else.</exception>
    public static PrivacyBody Read(ReadOnlySpan<byte> json)
    {
        var reader = Open(json);
        var body = new PrivacyBody();
        var seen = 0;
        while (Next(ref reader, Members, ref seen) is >= 0 and var member)
        {
            body.Take(member, ref reader);
        }

        Close(ref reader);
        return body;
    }

    private void Take(int member, ref Utf8JsonReader reader)
    {
        switch (member)
        {
            case 0:
                Domain = Text(ref reader);
                break;
            case 1:
                IsPersonal = IsObject(ref reader);
                ContactPoints = IsPersonal ? Points(ref reader) : [];
                break;
            case 3:
                IsExport = true;
                RequestId = IsObject(ref reader) ? Number(ref reader) : null;
                break;
            default:
                IsExport |= member == 2;
                IsErasure |= member == 4;
                OrderIds = IsList(ref reader) ? Ids(ref reader) : [];
                break;
        }
    }

    private static string? Number(ref Utf8JsonReader reader)
    {
        var seen = 0;
        string? id = null;
        while (Next(ref reader, ["id"], ref seen) >= 0)
        {
            id = Id(ref reader);
        }

        return id;
    }

    private static List<string> Ids(ref Utf8JsonReader reader)
    {
        var ids = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // Half of a request would look like all of it.
            ids.Add(Id(ref reader) ?? throw new JsonException("A list of orders holds something else."));
        }

        return ids;
    }

    private static List<ContactPoint> Points(ref Utf8JsonReader reader)
    {
        var (seen, points) = (0, new List<ContactPoint>(2));
        while (Next(ref reader, CustomerMembers, ref seen) is >= 0 and var member)
        {
            var text = Text(ref reader)?.Trim();
            if ((member == 0 ? Email(text) : Phone(text)) is { } point)
            {
                points.Add(point);
            }
        }

        return points;
    }

    private static ContactPoint? Email(string? text) =>
        text is { Length: > 0 and <= MaxEmail } && text.Contains('@', StringComparison.Ordinal) && !text.Any(char.IsControl) ? new("email", text) : null;

    // Without the country's code it is a different number in every country.
    private static ContactPoint? Phone(string? text)
    {
        if (text is not ['+', ..])
        {
            return null;
        }

        var digits = string.Concat(text.Skip(1).Where(one => one is not (' ' or '-' or '.' or '(' or ')')));
        return digits.Length is >= MinDigits and <= MaxDigits && digits.All(char.IsAsciiDigit) ? new("sms", "+" + digits) : null;
    }
}
