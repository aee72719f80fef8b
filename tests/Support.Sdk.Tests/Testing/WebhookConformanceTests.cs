using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Support.Sdk.Orders;
using Support.Sdk.Testing;
using Support.Sdk.Webhooks;
using Xunit;

namespace Support.Sdk.Tests.Testing;

/// <summary>Each rule is shown a webhook that breaks it.</summary>
public sealed class WebhookConformanceTests
{
    private const string Header = "X-Signature";
    private const string Secret = "one";

    [Fact]
    public Task A_sound_webhook_passes() => WebhookConformance.CheckAsync(Target(new BrokenWebhook()), TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("")]
    [InlineData("Shop")]
    [InlineData("a/b")]
    public Task A_name_that_is_no_token_fails(string name) => FailsAsync("lower-case token", new BrokenWebhook { Name = name });

    [Fact]
    public Task Traits_out_of_range_fail() => FailsAsync("traits are in range", new BrokenWebhook { Traits = new WebhookTraits { MaxBody = 0 } });

    [Fact]
    public Task A_webhook_that_knows_one_secret_fails() => FailsAsync("Every secret", new BrokenWebhook { Secrets = ["one"] });

    [Fact]
    public Task A_webhook_that_looks_up_headers_by_case_fails() =>
        FailsAsync(
            "any case",
            new BrokenWebhook
            {
                FindSignature = request => request.Headers.FirstOrDefault(one => string.Equals(one.Key, Header, StringComparison.Ordinal)).Value?[0],
            }
        );

    [Fact]
    public Task A_webhook_that_numbers_its_events_fails() =>
        FailsAsync("repetition brings the same", new BrokenWebhook { EventId = request => request.ReceivedAt.ToString("O") });

    [Fact]
    public Task A_webhook_that_takes_everything_fails() => FailsAsync("Another secret is forged", new BrokenWebhook { Verifies = false });

    [Fact]
    public Task A_webhook_that_takes_what_is_not_signed_fails() =>
        FailsAsync(
            "without a signature",
            new BrokenWebhook { Verify = (webhook, request) => request.Header(Header) is null || webhook.IsGenuine(request.Body.Span, request) }
        );

    [Fact]
    public Task A_webhook_that_takes_the_first_of_two_signatures_fails() =>
        FailsAsync("damaged, or sent twice", new BrokenWebhook { FindSignature = request => request.Headers.GetValueOrDefault(Header)?[0] });

    [Fact]
    public Task A_webhook_that_verifies_what_it_understood_fails() =>
        FailsAsync(
            "in other bytes",
            new BrokenWebhook
            {
                Verify = (webhook, request) =>
                {
                    var text = Encoding.UTF8.GetString(request.Body.Span).TrimStart('\uFEFF', ' ');
                    return webhook.IsGenuine(Encoding.UTF8.GetBytes(text), request);
                },
            }
        );

    [Fact]
    public Task A_webhook_that_trims_fails() =>
        FailsAsync("changed anywhere", new BrokenWebhook { Verify = (webhook, request) => webhook.IsGenuine(request.Body.Span.TrimEnd((byte)'\n'), request) });

    [Fact]
    public Task A_webhook_that_forgets_the_time_fails() =>
        FailsAsync("too old, or from the future", new BrokenWebhook(), target => target with { ReplayWindow = TimeSpan.FromMinutes(5) });

    [Fact]
    public Task A_webhook_that_throws_fails() => FailsAsync("no JSON of the sender", new BrokenWebhook { Catches = false });

    [Fact]
    public Task A_webhook_that_throws_at_another_type_fails() => FailsAsync("of another type", new BrokenWebhook { Catches = false });

    [Fact]
    public Task A_webhook_that_calls_what_it_does_not_understand_forged_fails() =>
        FailsAsync("no JSON of the sender", new BrokenWebhook { CallsForged = true });

    [Fact]
    public Task A_webhook_that_repeats_what_came_fails() =>
        FailsAsync("No reason repeats", new BrokenWebhook { Reason = request => "Not understood: " + Encoding.UTF8.GetString(request.Body.Span) });

    private static WebhookUnderTest Target(BrokenWebhook webhook) =>
        new()
        {
            Webhook = webhook,
            Secrets = ["one", "two"],
            UnknownSecret = "three",
            Body = """{"order":"1001","at":"2026-11-02T09:00:00Z"}"""u8.ToArray(),
            SignatureHeader = Header,
            Sign = (body, secret, at) =>
                new WebhookRequest
                {
                    Body = body,
                    ReceivedAt = at,
                    Headers = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase) { [Header] = [Hash(body.Span, secret)] },
                },
        };

    private static async Task FailsAsync(string rule, BrokenWebhook webhook, Func<WebhookUnderTest, WebhookUnderTest>? with = null)
    {
        var target = Target(webhook);
        var found = WebhookConformance.Rules.Single(one => one.Name.Contains(rule, StringComparison.Ordinal));
        await Assert.ThrowsAsync<ConformanceException>(() => found.CheckAsync(with?.Invoke(target) ?? target, TestContext.Current.CancellationToken));
    }

    private static string Hash(ReadOnlySpan<byte> body, string secret) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    /// <summary>A sound webhook, until a test breaks a part of it.</summary>
    private sealed class BrokenWebhook : IWebhook
    {
        public string Name { get; init; } = "broken";

        public WebhookTraits Traits { get; init; } = new();

        public IReadOnlyList<string> Secrets { get; init; } = ["one", "two"];

        public bool Verifies { get; init; } = true;

        public bool Catches { get; init; } = true;

        public bool CallsForged { get; init; }

        public Func<WebhookRequest, string?> FindSignature { get; init; } = request => request.Header(Header);

        public Func<WebhookRequest, string?> EventId { get; init; } = _ => null;

        public Func<BrokenWebhook, WebhookRequest, bool> Verify { get; init; } = (webhook, request) => webhook.IsGenuine(request.Body.Span, request);

        public Func<WebhookRequest, string> Reason { get; init; } = _ => "It is not understood.";

        public ValueTask<WebhookReading> ReadAsync(WebhookRequest request, CancellationToken cancellationToken = default) => new(Read(request));

        public bool IsGenuine(ReadOnlySpan<byte> body, WebhookRequest request)
        {
            var isGenuine = false;
            foreach (var secret in Secrets)
            {
                isGenuine |=
                    FindSignature(request) is { } signature
                    && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Hash(body, secret)), Encoding.UTF8.GetBytes(signature));
            }

            return isGenuine;
        }

        private WebhookReading Read(WebhookRequest request)
        {
            if (Verifies && !Verify(this, request))
            {
                return WebhookReading.Forged("It is not proven.");
            }

            try
            {
                using var json = JsonDocument.Parse(request.Body);
                var changed = new OrderChanged
                {
                    Key = new OrderKey(Secret, json.RootElement.GetProperty("order").GetString()!),
                    At = json.RootElement.GetProperty("at").GetDateTimeOffset(),
                    EventId = EventId(request),
                };
                return WebhookReading.Of([changed]);
            }
            catch (Exception exception) when (Catches && exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                return CallsForged ? WebhookReading.Forged("It is not understood.") : WebhookReading.Malformed(Reason(request));
            }
        }
    }
}
