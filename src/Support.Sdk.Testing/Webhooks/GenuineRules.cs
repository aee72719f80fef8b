using Support.Sdk.Webhooks;
using static Support.Sdk.Testing.Webhooks.WebhookProbe;

namespace Support.Sdk.Testing.Webhooks;

/// <summary>What is proven is read, and read the same every time.</summary>
internal static class GenuineRules
{
    private const int MaxBody = 16 * 1024 * 1024;
    private const int Readers = 32;

    public static IReadOnlyList<WebhookRule> All { get; } =
    [
        new("The name is a lower-case token", NameAsync),
        new("The traits are in range", TraitsAsync),
        new("A genuine request brings its events", EventsAsync),
        new("Every secret is taken", SecretsAsync),
        new("Header names are read in any case", CaseAsync),
        new("A repetition brings the same events", RepetitionAsync),
        new("Requests read at the same time are read alike", ParallelAsync),
    ];

    private static Task NameAsync(WebhookProbe probe)
    {
        var name = probe.Target.Webhook.Name;
        Require(
            name is { Length: > 0 and <= 50 }
                && char.IsAsciiLetterLower(name[0])
                && name.All(one => char.IsAsciiLetterLower(one) || char.IsAsciiDigit(one) || one is '-'),
            $"It is '{name}'. Senders post to it: use 1 to 50 of a-z, 0-9 and '-', beginning with a letter."
        );
        return Task.CompletedTask;
    }

    private static Task TraitsAsync(WebhookProbe probe)
    {
        var traits = probe.Target.Webhook.Traits;
        Require(traits is not null, "Traits is null. Return new WebhookTraits() for the defaults.");
        Require(traits.MaxBody is >= 1 and <= MaxBody, $"MaxBody is {traits.MaxBody}. Give 1 to {MaxBody} bytes.");
        Require(traits.ContentTypes.Count > 0, "ContentTypes is empty. Name what the sender posts, for example application/json.");
        return Task.CompletedTask;
    }

    private static async Task EventsAsync(WebhookProbe probe)
    {
        var reading = await probe.ReadAsync(probe.Genuine());
        Require(
            reading is { Outcome: WebhookOutcome.Events, Events.Count: > 0 },
            $"It was read as {reading.Outcome} with {reading.Events.Count} events ({reading.Reason}). Check WebhookUnderTest.Body and Sign, then the verification."
        );
    }

    private static async Task SecretsAsync(WebhookProbe probe)
    {
        Require(probe.Target.Secrets.Count > 1, "WebhookUnderTest.Secrets has one entry. Give two: a secret is replaced while senders still use the old one.");
        foreach (var secret in probe.Target.Secrets)
        {
            await probe.IsAsync(
                WebhookOutcome.Events,
                probe.Target.Sign(probe.Target.Body, secret, Noon),
                "A request signed with one of the secrets",
                "Compare with every secret, whatever the others said."
            );
        }
    }

    private static Task CaseAsync(WebhookProbe probe)
    {
        var request = probe.Genuine();
        var shouting = request.Headers.ToDictionary(one => one.Key.ToUpperInvariant(), one => one.Value, StringComparer.OrdinalIgnoreCase);
        return probe.IsAsync(WebhookOutcome.Events, request with { Headers = shouting }, "A request with headers in capitals", "Look headers up by name.");
    }

    private static async Task RepetitionAsync(WebhookProbe probe)
    {
        var request = probe.Genuine();
        var first = await probe.ReadAsync(request);
        // Later, but within every window.
        var second = await probe.ReadAsync(request with { ReceivedAt = request.ReceivedAt + TimeSpan.FromMilliseconds(1) });
        Require(
            Written(first).SequenceEqual(Written(second), StringComparer.Ordinal),
            "It brought other events, which would be kept as new ones. Make SupportEvent.EventId from what the sender repeats, and nothing from the time of arrival."
        );
    }

    private static async Task ParallelAsync(WebhookProbe probe)
    {
        var expected = Written(await probe.ReadAsync(probe.Genuine())).ToList();
        var readings = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => probe.ReadAsync(probe.Genuine())));
        Require(
            Array.TrueForAll(readings, reading => Written(reading).SequenceEqual(expected, StringComparer.Ordinal)),
            "They were mixed up. Keep nothing between calls that is not safe for threads."
        );
    }

    private static IEnumerable<string> Written(WebhookReading reading) => reading.Events.Select(SupportJson.Write);
}
