using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Support.Sdk.Shopify.Webhooks;

/// <summary>A delivery that is proven to come from a shop.</summary>
internal sealed record ShopifyDelivery(SignedShop Shop, ShopifyHeaders Headers, DateTimeOffset ReceivedAt)
{
    private const int MaxTime = 40;
    private const int MaxGiven = 64;

    // Clocks differ by minutes, those of machines that nobody looks after by an hour.
    private static readonly TimeSpan MostAhead = TimeSpan.FromDays(1);

    /// <summary>When it happened, by Shopify's clock, or by ours where that says nothing sensible.</summary>
    public DateTimeOffset At => Triggered() is { } at && at - ReceivedAt <= MostAhead ? at : ReceivedAt;

    /// <summary>The id of one of its events, of at most 200 characters, or null to derive one from the content.</summary>
    /// <param name="subject">What tells it from the other events of the delivery, and of the same action of the merchant.</param>
    /// <param name="given">The id that Shopify gave, or null.</param>
    public string? Id(string subject, string? given) => given is null ? null : $"{Shop.Domain} {Headers.Topic} {subject} {Safe(given)}";

    // A header can hold anything, and an id has its limits.
    private static string Safe(string given) =>
        given.Length <= MaxGiven && given.All(one => one is > ' ' and < '\u007f')
            ? given
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(given)));

    private DateTimeOffset? Triggered() =>
        Headers.TriggeredAt is { Length: <= MaxTime } text
        && text.Contains('T', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : null;
}
