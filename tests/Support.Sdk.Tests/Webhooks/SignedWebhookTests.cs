using System.Text;
using Support.Sdk.Orders;
using Support.Sdk.Testing;
using Support.Sdk.Webhooks;
using Xunit;

namespace Support.Sdk.Tests.Webhooks;

public sealed class SignedWebhookTests
{
    public static TheoryData<WebhookRule> Rules => [.. WebhookConformance.Rules];

    [Theory, MemberData(nameof(Rules))]
    public Task Keeps_the_contract(WebhookRule rule) =>
        rule.CheckAsync(
            new WebhookUnderTest
            {
                Webhook = Signed.Webhook(),
                Secrets = [Signed.Secret, Signed.OtherSecret],
                UnknownSecret = "a-secret-that-nobody-ever-gave-to-us",
                Body = Encoding.UTF8.GetBytes(Signed.Order),
                SignatureHeader = "webhook-signature",
                Sign = (body, secret, at) => Signed.Request(body, secret, at),
                ReplayWindow = TimeSpan.FromMinutes(5),
            }
        );

    [Fact]
    public async Task A_signature_of_the_published_example_is_taken()
    {
        // https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, "Signature scheme".
        var key = WebhookSecret.Key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        var request = new WebhookRequest
        {
            Body = """{"test": 2432232314}"""u8.ToArray(),
            ReceivedAt = DateTimeOffset.FromUnixTimeSeconds(1614265330),
            Headers = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase)
            {
                ["webhook-id"] = ["msg_p5jXN8AQM9LWM0D4loKWxJek"],
                ["webhook-timestamp"] = ["1614265330"],
                ["webhook-signature"] = ["v1a,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="],
            },
        };

        Assert.Null(StandardSignature.Fault(request, [key!], TimeSpan.FromMinutes(5)));
        Assert.NotNull(StandardSignature.Fault(request with { Body = """{"test": 2432232315}"""u8.ToArray() }, [key!], TimeSpan.FromMinutes(5)));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task An_event_names_the_webhook_and_the_id_that_was_signed()
    {
        var reading = await Signed.ReadAsync(Signed.Order);

        var order = Assert.IsType<OrderSnapshot>(Assert.Single(reading.Events));
        Assert.Equal(("demo", "msg_1"), (order.Source, order.EventId));
        Assert.Equal(new OrderKey("main", "1001"), order.Key);
        Assert.Equal(new DateOnly(2026, 11, 13), order.Promise?.DeliverBy?.Date);
        Assert.Equal(TrackingStatus.InTransit, Assert.Single(order.Shipments[0].Events).Status);
    }

    [Fact]
    public async Task A_parcel_and_a_hint_are_taken_as_well()
    {
        var tracked = await Signed.ReadAsync("""{"type":"shipment-tracked","key":{"id":"7"},"shipment":{"id":"1","deliveredAt":"2026-11-03T09:00:00Z"}}""");
        var changed = await Signed.ReadAsync("""{"key":{"id":"7"},"at":"2026-11-03T09:00:00Z","type":"order-changed"}""");

        Assert.Equal(Given.Day(3, 9), Assert.IsType<ShipmentTracked>(Assert.Single(tracked.Events)).Shipment.DeliveredAt);
        Assert.Equal(Given.Day(3, 9), Assert.IsType<OrderChanged>(Assert.Single(changed.Events)).At);
    }

    [Fact]
    public async Task A_secret_of_one_shop_does_not_write_to_another()
    {
        var other = Signed.Order.Replace("\"id\": \"1001\"", "\"shop\": \"other\", \"id\": \"1001\"", StringComparison.Ordinal);

        Assert.Equal(WebhookOutcome.Malformed, (await Signed.ReadAsync(other, "main")).Outcome);
        Assert.Equal("other", Assert.Single((await Signed.ReadAsync(other, "main", "other")).Events).Shop);
    }

    [Fact]
    public async Task Of_several_shops_the_event_must_name_one() =>
        Assert.Equal("$.key.shop must name a shop that this webhook may write to.", (await Signed.ReadAsync(Signed.Order, "main", "other")).Reason);

    [Fact]
    public async Task A_dot_in_the_id_is_forged_because_it_could_move_into_the_time()
    {
        var body = Encoding.UTF8.GetBytes(Signed.Order);

        var reading = await Signed.Webhook().ReadAsync(Signed.Request(body, Signed.Secret, Given.Monday, "msg.1"));

        Assert.Equal(WebhookOutcome.Forged, reading.Outcome);
    }

    [Theory]
    [InlineData("9999999999999999999")]
    [InlineData("-1")]
    [InlineData(" 1793610000")]
    [InlineData("1e9")]
    [InlineData("")]
    public async Task A_time_that_is_none_is_forged(string time)
    {
        var request = Signed.Request(Encoding.UTF8.GetBytes(Signed.Order), Signed.Secret, Given.Monday);
        var headers = new Dictionary<string, IReadOnlyList<string>>(request.Headers, StringComparer.OrdinalIgnoreCase) { ["webhook-timestamp"] = [time] };

        Assert.Equal(WebhookOutcome.Forged, (await Signed.Webhook().ReadAsync(request with { Headers = headers })).Outcome);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not-base64-not-base64-not-base64-not-base64")]
    public void A_secret_that_could_be_guessed_is_refused(string secret) => Assert.Null(WebhookSecret.Key(secret));
}
