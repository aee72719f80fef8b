using System.Text;
using System.Text.Json.Nodes;
using Support.Sdk.Webhooks;
using static Support.Sdk.Testing.Webhooks.WebhookProbe;

namespace Support.Sdk.Testing.Webhooks;

/// <summary>What is proven and makes no sense is a value, too.</summary>
internal static class MalformedRules
{
    private const int MaxPlaces = 100;
    private const int Depth = 20_000;
    private const string Marker = "hostile-7f3a";

    public static IReadOnlyList<WebhookRule> All { get; } =
    [
        new("What is no JSON of the sender is malformed", GarbageAsync),
        new("A value of another type is never an exception", WrongTypesAsync),
        new("A body as long as the webhook takes is read in time", LongAsync),
        new("No reason repeats the request", ReasonsAsync),
    ];

    private static async Task GarbageAsync(WebhookProbe probe)
    {
        byte[][] garbage =
        [
            [],
            "{"u8.ToArray(),
            "null"u8.ToArray(),
            "[]"u8.ToArray(),
            "\"text\""u8.ToArray(),
            "1e999"u8.ToArray(),
            "{\"\\ud83d\":\"\\ud83d\"}"u8.ToArray(),
            [(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}'],
            Encoding.UTF8.GetBytes(new string('[', Depth)),
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", Depth))),
        ];
        foreach (var body in garbage)
        {
            await probe.IsAsync(
                WebhookOutcome.Malformed,
                probe.Genuine(body),
                $"A signed body of {body.Length} bytes that is none of the sender's",
                "Read strictly, limit the depth, and return WebhookReading.Malformed(reason)."
            );
        }
    }

    private static async Task WrongTypesAsync(WebhookProbe probe)
    {
        var places = Count(JsonNode.Parse(probe.Target.Body.Span));
        for (var place = 0; place < Math.Min(places, MaxPlaces); place++)
        {
            foreach (var wrong in (string[])["null", "1e400", "-1", "true", "\"\"", "\"x\\u0000y\"", "[[]]", "{\"x\":{}}"])
            {
                var at = place;
                var changed = Replace(JsonNode.Parse(probe.Target.Body.Span), wrong, ref at);
                var reading = await probe.ReadAsync(probe.Genuine(Encoding.UTF8.GetBytes(changed?.ToJsonString() ?? "null")));
                Require(
                    reading.Outcome is not WebhookOutcome.Forged,
                    "A signed request with a value of another type was called forged. Verify the bytes only, then say Malformed."
                );
            }
        }
    }

    private static async Task LongAsync(WebhookProbe probe)
    {
        var body = new byte[probe.Target.Webhook.Traits.MaxBody];
        Array.Fill(body, (byte)'[');
        await probe.ReadAsync(probe.Genuine(body));
        Array.Fill(body, (byte)' ');
        probe.Target.Body.Span[..Math.Min(body.Length, probe.Target.Body.Length)].CopyTo(body);
        await probe.ReadAsync(probe.Genuine(body));
    }

    private static async Task ReasonsAsync(WebhookProbe probe)
    {
        var hostile = Encoding.UTF8.GetBytes($$"""{"{{Marker}}":"{{Marker}}","type":"{{Marker}}"}""");
        WebhookRequest[] requests =
        [
            probe.Genuine(hostile),
            probe.Genuine() with
            {
                Body = hostile,
            },
            With(probe.Genuine(), probe.Target.SignatureHeader, Marker),
        ];
        foreach (var request in requests)
        {
            var reading = await probe.ReadAsync(request);
            Require(!string.IsNullOrWhiteSpace(reading.Reason), $"{reading.Outcome} came without a reason. Say in a sentence what the sender can do.");
            Require(
                !reading.Reason.Contains(Marker, StringComparison.OrdinalIgnoreCase),
                "A reason is logged, and answered to whoever posted. Name what is known, never what came."
            );
        }
    }

    private static int Count(JsonNode? node) => 1 + Children(node).Sum(Count);

    private static IEnumerable<JsonNode?> Children(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };

    // Counts down through the document and replaces the value that it ends at.
    private static JsonNode? Replace(JsonNode? node, string wrong, ref int at)
    {
        if (at-- == 0)
        {
            // A number that is none of .NET's stays as it is written.
            return JsonNode.Parse(wrong);
        }

        if (node is JsonObject members)
        {
            var changed = new JsonObject();
            foreach (var (name, value) in members)
            {
                changed[name] = Replace(value?.DeepClone(), wrong, ref at);
            }

            return changed;
        }

        if (node is JsonArray items)
        {
            var changed = new JsonArray();
            foreach (var item in items)
            {
                changed.Add(Replace(item?.DeepClone(), wrong, ref at));
            }

            return changed;
        }

        return node;
    }
}
