using System.Text;
using System.Text.Json.Nodes;
using Support.Sdk.Webhooks;
using static Support.Sdk.Testing.Webhooks.WebhookProbe;

namespace Support.Sdk.Testing.Webhooks;

/// <summary>What is not proven is not read.</summary>
internal static class ForgedRules
{
    private const int Spoils = 24;

    public static IReadOnlyList<WebhookRule> All { get; } =
    [
        new("Another secret is forged", OtherSecretAsync),
        new("A request without a signature is forged", NoSignatureAsync),
        new("A signature that is damaged, or sent twice, is forged", DamagedAsync),
        new("A body that was changed anywhere is forged", ChangedAsync),
        new("The same JSON in other bytes is forged", ReEncodedAsync),
        new("A request that is too old, or from the future, is forged", ReplayedAsync),
    ];

    private static Task OtherSecretAsync(WebhookProbe probe) =>
        IsForgedAsync(probe, probe.Target.Sign(probe.Target.Body, probe.Target.UnknownSecret, Noon), "A request signed with an unknown secret");

    private static Task NoSignatureAsync(WebhookProbe probe) =>
        IsForgedAsync(probe, With(probe.Genuine(), probe.Target.SignatureHeader), "A request without its signature");

    private static async Task DamagedAsync(WebhookProbe probe)
    {
        var request = probe.Genuine();
        var header = probe.Target.SignatureHeader;
        var signature = request.Header(header) ?? throw new ConformanceException($"Sign() sets no header {header}. Check WebhookUnderTest.SignatureHeader.");
        var middle = signature.Length / 2;
        var other = signature[middle] == 'A' ? 'B' : 'A';
        string[] damaged =
        [
            "",
            " ",
            signature[..^4],
            $"{signature[..middle]}{other}{signature[(middle + 1)..]}",
            new string('A', 100_000),
            "\u00e5\u00e4\u00f6 \u202e",
        ];
        foreach (var one in damaged)
        {
            await IsForgedAsync(probe, With(request, header, one), "A request with a damaged signature");
        }

        await IsForgedAsync(probe, With(request, header, signature, signature), "A request whose signature header was sent twice");
    }

    private static async Task ChangedAsync(WebhookProbe probe)
    {
        var request = probe.Genuine();
        var body = request.Body.ToArray();
        for (var spoil = 0; spoil < Spoils; spoil++)
        {
            var changed = (byte[])body.Clone();
            changed[(body.Length - 1) * spoil / (Spoils - 1)] ^= 1;
            await IsForgedAsync(probe, request with { Body = changed }, "A body with one bit changed");
        }

        await IsForgedAsync(probe, request with { Body = body.AsMemory(0, body.Length - 1) }, "A body without its last byte");
        await IsForgedAsync(probe, request with { Body = (byte[])[.. body, (byte)'\n'] }, "A body with a line break behind it");
        await IsForgedAsync(probe, request with { Body = ReadOnlyMemory<byte>.Empty }, "An empty body");
    }

    private static async Task ReEncodedAsync(WebhookProbe probe)
    {
        var request = probe.Genuine();
        var text = Encoding.UTF8.GetString(request.Body.Span);
        byte[][] encodings =
        [
            [0xEF, 0xBB, 0xBF, .. request.Body.Span],
            Encoding.Unicode.GetBytes(text),
            Encoding.UTF8.GetBytes(" " + text),
            .. JsonNode.Parse(text) is { } json ? (byte[][])[Encoding.UTF8.GetBytes(json.ToJsonString(new() { WriteIndented = true }))] : [],
        ];
        foreach (var bytes in encodings.Where(bytes => !request.Body.Span.SequenceEqual(bytes)))
        {
            await IsForgedAsync(probe, request with { Body = bytes }, "The same JSON in other bytes");
        }
    }

    private static async Task ReplayedAsync(WebhookProbe probe)
    {
        if (probe.Target.ReplayWindow is not { } window)
        {
            return;
        }

        var request = probe.Genuine();
        var grain = TimeSpan.FromSeconds(1);
        foreach (var apart in (TimeSpan[])[window + grain, -window - grain, TimeSpan.FromDays(3650), TimeSpan.FromDays(-3650)])
        {
            await IsForgedAsync(probe, request with { ReceivedAt = Noon + apart }, $"A request that arrived {apart} after it was signed");
        }

        foreach (var apart in (TimeSpan[])[window - grain, grain - window])
        {
            await probe.IsAsync(
                WebhookOutcome.Events,
                request with
                {
                    ReceivedAt = Noon + apart,
                },
                $"A request that arrived {apart} after it was signed",
                "Clocks differ, and networks wait: it lies within the window."
            );
        }
    }

    private static Task IsForgedAsync(WebhookProbe probe, WebhookRequest request, string what) =>
        probe.IsAsync(
            WebhookOutcome.Forged,
            request,
            what,
            "Verify the exact bytes and headers before anything is read from them, and return WebhookReading.Forged(reason)."
        );
}
